"""Whoever was told a wrong fact is put right in time: a clock for each step, and somebody who chases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

import contacts.actions
import screening.actions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from agencies.models import Membership
from clock.choices import Measure
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, RuleBroken
from contacts.models import Contact, Correction, PersonLink
from decisions import actions, queries
from decisions.models import CorrectionNotice
from tests.decisions.pages import hidden
from tests.decisions.test_corrections import LATER, corrected, passed_on, told_everybody
from tests.people import ClientOf, Person, person
from tests.scenes.case import Case
from tests.work import items_of

__all__ = ["told_everybody"]

pytestmark = pytest.mark.django_db
CALL = "Sergeant Poole, who corrects it in their system."


def clocked(case: Case) -> int:
    return actions.clock_corrections(viewer=CLOCK, at=case.at + LATER)


def running(who: Person) -> set[tuple[str, str]]:
    with acting_as(who.viewer) as viewer:
        rows = Deadline.objects.visible_to(viewer).open().filter(measure=Measure.CORRECTION)
        return set(rows.values_list("subject_kind", "subject_reference"))


def lines_of(who: Person, case: Case, after: timedelta = LATER) -> set[tuple[str, bool]]:
    """Return the sections about corrections on somebody's list, and whether each has a time."""
    items = items_of(who.viewer, "decisions", at=case.at + after)
    return {(one.section, one.due_at is not None) for one in items if "correction" in one.todo or "wrong" in one.todo}


def test_what_nobody_was_told_has_a_clock_on_each_list_until_it_is_passed_on(told_everybody: Case) -> None:
    case, front_door = told_everybody, person("fiona_front")
    made = corrected(case, front_door)
    assert clocked(case) == 1
    reference = case.contact.reference
    assert [running(who) for who in (case.manager, case.worker, front_door)] == [{("correction", reference)}] * 3
    assert [lines_of(who, case) for who in (case.manager, front_door)] == [{("decisions.to_pass_on", True)}] * 2
    passed_on(case, case.manager, made)
    assert clocked(case) == 0
    assert ("correction", reference) not in running(case.manager)


def test_the_front_door_learns_by_no_clock_that_an_agency_was_asked(case: Case) -> None:
    case.in_mash()
    case.asked()
    corrected(case, person("fiona_front"))
    assert clocked(case) == 1
    assert [running(who) for who in (person("fiona_front"), case.manager, case.worker)] == [
        set(),
        {("correction_within", case.contact.reference)},
        {("correction_within", case.contact.reference)},
    ]


def test_each_who_must_read_or_say_it_has_a_time_and_the_manager_chases(told_everybody: Case) -> None:
    case = told_everybody
    made = passed_on(case, case.manager, corrected(case, case.manager))
    of_kind = {one.kind: one for one in made}
    police, team, front_door = person("police_lead"), person("asha_assessment"), person("fiona_front")
    assert running(police) == {("correction_read", of_kind["request"].reference)}
    assert running(team) == {("correction_read", of_kind["summary"].reference)}
    assert running(front_door) == {("correction_said", case.contact.reference)}
    assert [lines_of(who, case) for who in (police, team)] == [{("decisions.to_read", True)}] * 2
    later = timedelta(days=4)
    assert {key for key, _has_time in lines_of(case.manager, case, later)} == {
        "decisions.to_chase_correction",
        "decisions.to_say",
    }
    with acting_as(team.viewer) as viewer:
        notice = CorrectionNotice.objects.visible_to(viewer).get()
        actions.settle_correction(notice, viewer=viewer, at=case.at + later)
    assert running(team) == set()


def test_an_agency_in_which_nobody_is_at_work_is_rung_at_once(told_everybody: Case, client_of: ClientOf) -> None:
    case = told_everybody
    made = passed_on(case, case.manager, corrected(case, case.manager))
    asked = next(one for one in made if one.kind == "request")
    Membership.objects.filter(agency=asked.agency).update(ends_on=case.at.date() - timedelta(days=1))
    assert lines_of(case.manager, case) == {("decisions.to_ring_correction", True)}
    client, page = client_of(case.manager), reverse("decisions:correction", args=[asked.reference])
    shown = client.get(page).content
    assert b"has not read it yet" in shown
    rung = reverse("decisions:correction_rung", args=[asked.reference])
    sent = {"text": CALL, "submission_key": hidden(shown, "submission_key")}
    assert client.post(rung, sent).status_code == 302
    assert CALL in client.get(page).content.decode()
    assert (lines_of(case.manager, case), ("correction_read", asked.reference) in running(case.manager)) == (
        set(),
        False,
    )


def test_only_a_manager_rings_says_whom_and_only_once(told_everybody: Case) -> None:
    case = told_everybody
    made = passed_on(case, case.manager, corrected(case, case.manager))
    asked = next(one for one in made if one.kind == "request")
    said = next(one for one in made if one.kind == "feedback")

    def ring(who: Person, notice: CorrectionNotice, call: str) -> None:
        with acting_as(who.viewer) as viewer:
            actions.ring_correction(notice, call, viewer=viewer, at=case.at + 2 * LATER)

    with pytest.raises(NotPermitted):
        ring(person("fiona_front"), said, CALL)
    with pytest.raises(RuleBroken):
        ring(case.manager, asked, " ")
    with pytest.raises(MoveNotAllowed):
        ring(case.manager, said, CALL)
    ring(case.manager, asked, CALL)
    with pytest.raises(MoveNotAllowed):
        ring(case.manager, asked, CALL)


@pytest.fixture
def joined(case: Case) -> tuple[Case, PersonLink]:
    """Return an enquiry of two contacts whose children were taken for one, and an agency asked about one of them."""
    case.in_mash()
    other = Case(case.at).received()
    with acting_as(case.manager.viewer) as viewer:
        screening.actions.join_enquiry(case.enquiry, other.contact, viewer=viewer, at=case.at)
    with acting_as(person("fiona_front").viewer) as viewer:
        mine, theirs = case.subjects()[0], other.subjects()[0]
        link = contacts.actions.link_person(theirs, mine, matched_on=["name"], viewer=viewer, at=case.at)
    case.asked()
    return case, link


def test_what_rests_on_a_link_is_listed_before_it_is_undone_and_after(
    joined: tuple[Case, PersonLink], client_of: ClientOf
) -> None:
    case, link = joined
    contact, position = link.subject.contact, link.subject.position
    client = client_of(case.manager)
    page = reverse("decisions:undo_person", args=[contact.reference, position])
    before = client.get(page).content
    with acting_as(case.manager.viewer):
        request = case.enquiry.requests.get()
    assert f"Request {request.reference}, about one through the other" in before.decode()
    undo = reverse("contacts:undo_link", args=[contact.reference, position])
    pressed = client.post(undo, {"submission_key": hidden(before, "submission_key")})
    assert (pressed.status_code, pressed["Location"]) == (
        302,
        reverse("decisions:corrections", args=[contact.reference]),
    )
    after = client.get(pressed["Location"]).content.decode()
    assert f"Request {request.reference}" in after
    assert "Not told yet" in after
    with acting_as(case.manager.viewer) as viewer:
        correction = Correction.objects.get()
        found = queries.corrected(viewer, Contact.objects.get(pk=contact.pk))
        assert [(one.told_by, one.is_through) for one in found[0].tellers] == [("request", True)]
        assert (correction.since, correction.subject_id) == (link.linked_at, link.subject_id)
    clocked(case)
    assert running(case.worker) == {("correction_within", contact.reference)}
    made = passed_on(case, case.worker, correction, "Two children were taken for one. They are two.")
    assert [one.kind for one in made] == ["request"]


def test_what_was_told_before_a_link_was_made_does_not_rest_on_it(case: Case) -> None:
    earlier = Case(case.at).received()
    case.ended()
    with acting_as(person("fiona_front").viewer) as viewer:
        mine, theirs = case.subjects()[0], earlier.subjects()[0]
        link = contacts.actions.link_person(mine, theirs, matched_on=["name"], viewer=viewer, at=case.at + LATER)
        assert queries.rests_on(viewer, link, at=case.at + 2 * LATER) == []
        contacts.actions.undo_link(link, viewer=viewer, at=case.at + 2 * LATER)
    assert clocked(case) == 0
    with acting_as(case.manager.viewer) as viewer:
        assert [one.tellers for one in queries.corrected(viewer, Contact.objects.get(pk=case.contact.pk))] == [[]]
