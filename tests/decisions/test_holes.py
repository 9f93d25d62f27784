"""Where a case had fallen on nobody's list: what comes in after a release, what closes unanswered, who is taken off."""

from __future__ import annotations

from datetime import timedelta

import pytest

import screening.actions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from clock.choices import Measure
from clock.models import Deadline
from contacts.models import Contact
from contacts.reads.kin import parents_of
from decisions import actions, queries
from decisions.models import FamilyLetter
from information_sharing.models import InformationRequest
from notices.models import Notice
from screening.choices import EnquiryState
from screening.models import Enquiry
from screening.queries.conflicts import case_of_enquiry
from screening.rules import Whom
from tests.people import Person, person
from tests.scenes.case import Case
from tests.work import items_of

pytestmark = pytest.mark.django_db


def sections(who: Person, case: Case) -> set[str]:
    return {one.section for one in items_of(who.viewer, at=case.at)}


def running(case: Case, *measures: Measure) -> int:
    with acting_as(CLOCK) as viewer:
        rows = Deadline.objects.visible_to(viewer).open().filter(subject_id=case.enquiry.pk, measure__in=measures)
        return rows.count()


@pytest.mark.parametrize("key", ["fiona_front", "sunita_screener", "maeve_manager"])
def test_a_contact_that_comes_in_after_the_release_makes_it_the_managers_again(case: Case, key: str) -> None:
    case.out()
    other = Case(case.at).received()
    assert "screening.declined" not in sections(case.manager, case)
    with acting_as(person(key).viewer, as_of=case.at) as viewer:
        enquiry = Enquiry.objects.get(pk=case.enquiry.pk)
        screening.actions.join_enquiry(enquiry, other.contact, viewer=viewer, at=case.at)
    assert (case.again().state, running(case, Measure.RELEASE_AGAIN)) == (EnquiryState.DECIDED, 1)
    assert sections(case.manager, case) & {"screening.declined", "screening.to_release"}
    with acting_as(case.manager.viewer):
        told = Notice.objects.filter(kind="enquiry.contact_joined", membership=case.manager.membership)
        assert {one.channel for one in told} == {"in_app"}


@pytest.mark.parametrize("way", ["closed", "accepted"])
def test_what_nobody_had_answered_ends_with_the_enquiry_and_the_agency_is_told(case: Case, way: str) -> None:
    case.in_mash()
    asked, health = case.asked(), person("health_researcher")
    waiting = case.asked("health")
    case.recommended()
    if way == "closed":
        case.decided("no_further_action", "no_further_action")
        with acting_as(case.manager.viewer) as viewer:
            enquiry = case.again()
            actions.close_enquiry(enquiry, viewer=viewer, at=case.at, version=enquiry.version)
    else:
        case.decided()
        (summary,) = case.prepared()
        summary = case.released(case.with_manager(summary))
        team = person("asha_assessment")
        with acting_as(team.viewer) as viewer:
            actions.accept_summary(summary, viewer=viewer, at=case.at, version=summary.version)
    assert case.again().state == EnquiryState.CLOSED
    with acting_as(case.manager.viewer):
        found = InformationRequest.objects.filter(pk__in=(asked.pk, waiting.pk))
        assert {(one.state, one.lapsed_at) for one in found} == {("withdrawn", case.at)}
    assert sections(health, case) == set()
    with acting_as(health.viewer):
        told = Notice.objects.filter(kind="request.lapsed", membership=health.membership, channel="in_app")
        assert [one.reference for one in told] == [waiting.reference]


def test_whoever_a_conflict_takes_off_is_replaced_in_the_managers_time(case: Case) -> None:
    case.in_mash("red")
    assert screening.actions.tell_left_behind(viewer=CLOCK, at=case.at) == 0
    worker = case.worker
    with acting_as(case.manager.viewer, as_of=case.at) as viewer:
        whom = Whom("membership", worker.membership.pk)
        screening.actions.close_to(
            case_of_enquiry(case.enquiry), whom, reason="They are cousins.", viewer=viewer, at=case.at
        )
    minute = timedelta(minutes=1)
    assert screening.actions.tell_left_behind(viewer=CLOCK, at=case.at + minute) == 1
    assert screening.actions.tell_left_behind(viewer=CLOCK, at=case.at + 2 * minute) == 0
    assert running(case, Measure.REASSIGNMENT) == 1
    due = {one.due_at for one in items_of(case.manager.viewer, "screening", at=case.at + minute)}
    assert due == {case.at + 30 * minute}
    with acting_as(case.manager.viewer) as viewer:
        again = case.again()
        other = person("sean_worker").membership.pk
        screening.actions.assign_social_worker(again, other, viewer=viewer, at=case.at + minute, version=again.version)
    assert running(case, Measure.REASSIGNMENT) == 0


def test_an_enquiry_that_never_had_a_worker_has_no_such_clock(case: Case) -> None:
    case.in_mash()
    with acting_as(case.manager.viewer) as viewer:
        Enquiry.objects.visible_to(viewer).get(pk=case.enquiry.pk)
    assert (screening.actions.tell_left_behind(viewer=CLOCK, at=case.at), running(case, Measure.REASSIGNMENT)) == (0, 0)


def to_write(case: Case) -> bool:
    lines = items_of(person("fiona_front").viewer, "decisions", at=case.at)
    return "decisions.to_write" in {one.section for one in lines}


def settle_letters(case: Case, contact: Contact, reason: str = "") -> list[FamilyLetter]:
    """Write to each parent, or say why not."""
    settled = []
    with acting_as(person("fiona_front").viewer) as viewer:
        for parent in sorted({row.subject_id for row in parents_of(contact)}):
            letter = actions.begin_letter(contact, parent, viewer=viewer, at=case.at)
            if not reason:
                letter = actions.save_letter(
                    letter, address="1 Elm Row", text=letter.text, viewer=viewer, at=case.at, version=letter.version
                )
                letter = actions.send_letter(letter, viewer=viewer, at=case.at, version=letter.version)
            else:
                letter = actions.hold_letter_back(letter, reason, viewer=viewer, at=case.at, version=letter.version)
            settled.append(letter)
    return settled


def end_anew(case: Case) -> None:
    case.at += timedelta(hours=1)
    with acting_as(case.manager.viewer) as viewer:
        enquiry = case.again()
        why = "The school has rung about something new."
        screening.actions.reopen_enquiry(enquiry, why, viewer=viewer, at=case.at, version=enquiry.version)
    assert not to_write(case)
    case.decided("no_further_action", "no_further_action", change_reason="The school has rung.")
    with acting_as(case.manager.viewer) as viewer:
        enquiry = case.again()
        actions.close_enquiry(enquiry, viewer=viewer, at=case.at, version=enquiry.version)


def test_a_parent_who_was_written_to_is_written_to_again_after_another_ending(case: Case) -> None:
    contact = case.ended()
    assert to_write(case)
    first = settle_letters(case, contact)
    assert not to_write(case)
    end_anew(case)
    with acting_as(person("fiona_front").viewer) as viewer:
        contact = Contact.objects.get(pk=contact.pk)
        parents = [one for one in queries.letters_page(viewer, contact).addressees if one.is_parent]
        assert [(one.letter, len(one.earlier)) for one in parents] == [(None, 1)] * len(first)
        begun = actions.begin_letter(contact, parents[0].subject.pk, viewer=viewer, at=case.at)
        assert begun.text.startswith("We wrote to you on 18 November 2026.")
    assert to_write(case)
    again = settle_letters(case, contact, "They have moved, and nobody knows where.")
    assert {one.pk for one in again} & {one.pk for one in first} == set()
    assert not to_write(case)
