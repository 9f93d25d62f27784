"""A correction stands beside what was reported, and reaches those who had been told the wrong fact, nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import screening.actions
from agencies.access.identity import acting_as
from common.errors import NotPermitted, NotVisible, RuleBroken
from contacts.actions import correct_contact
from contacts.models import Contact, Correction, Report
from contacts.rules.intake import ReportedReferrer
from decisions import actions, queries
from decisions.actions import Word
from decisions.choices import FeedbackState
from decisions.models import CorrectionNotice
from notices.models import Notice
from screening.rules import Case as Closed
from screening.rules import Whom
from tests.people import ClientOf, Person
from tests.scenes.case import Case

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)
WRONG = "It was not the father who shouted but a neighbour."
SHARED = "Please note: the shouting came from another flat, not from the father."


def corrected(case: Case, who: Person, at: datetime | None = None) -> Correction:
    with acting_as(who.viewer) as viewer:
        contact = Contact.objects.get(pk=case.contact.pk)
        return correct_contact(contact, WRONG, viewer=viewer, at=at or case.at + LATER)


def passed_on(case: Case, who: Person, correction: Correction, text: str = SHARED) -> list[CorrectionNotice]:
    with acting_as(who.viewer) as viewer:
        return actions.pass_on_correction(correction, text, viewer=viewer, at=case.at + 2 * LATER)


def words(page: Any) -> str:
    return str(page.content.decode())


@pytest.fixture
def told_everybody(case: Case) -> Case:
    """Return a case of which an agency, a team and the referrer have been told."""
    contact = case.ended()
    front = case.who("fiona_front").viewer
    word = Word(FeedbackState.SPOKEN, "The hub, 01632 960000", "Ring again if it goes on.", "By telephone.")
    with acting_as(front) as viewer:
        actions.give_feedback(contact, word, viewer=viewer, at=case.at, told_before=0)
    return case


def test_the_report_stays_and_everybody_told_before_is_listed(told_everybody: Case) -> None:
    case = told_everybody
    corrected(case, case.manager)
    assert Report.objects.get(contact=case.contact).text == "She said that the children are frightened at home."
    with acting_as(case.manager.viewer) as viewer:
        found = queries.corrected(viewer, Contact.objects.get(pk=case.contact.pk))
    assert [(one.told_by, one.standing) for one in found[0].tellers] == [
        ("request", "Not told yet"),
        ("summary", "Not told yet"),
        ("feedback", "Not told yet"),
    ]


def test_who_was_told_after_the_correction_is_not_listed(case: Case) -> None:
    case.in_mash()
    corrected(case, case.manager, at=case.at - LATER)
    case.asked()
    with acting_as(case.manager.viewer) as viewer:
        found = queries.corrected(viewer, Contact.objects.get(pk=case.contact.pk))
    assert [one.tellers for one in found] == [[]]


def test_passing_on_tells_those_inside_and_lists_those_outside(told_everybody: Case, client_of: ClientOf) -> None:
    case = told_everybody
    made = passed_on(case, case.manager, corrected(case, case.manager))
    assert sorted(one.kind for one in made) == ["feedback", "request", "summary"]
    police, team = case.who("police_researcher"), case.who("asha_assessment")
    told = Notice.objects.filter(kind="correction.passed_on", channel="in_app")
    holders = set(told.values_list("membership__user__name", flat=True))
    assert holders == {police.user.name, case.who("police_lead").user.name, team.user.name}
    assert not any(word in one.subject + one.body for one in told for word in ("Quill", "father", "shout"))
    for who, kind in ((police, "request"), (team, "summary")):
        notice = next(one for one in made if one.kind == kind)
        client = client_of(who)
        assert "Read a correction to what you were told" in words(client.get(reverse("work")))
        page = words(client.get(reverse("decisions:correction", args=[notice.reference])))
        assert SHARED in page
        assert WRONG not in page
        settle = reverse("decisions:correction_told", args=[notice.reference])
        assert client.post(settle, {"submission_key": str(notice.pk)}).status_code == 302
        assert "Read a correction" not in words(client.get(reverse("work")))
        notice.refresh_from_db()
        assert notice.told_by_id == who.membership.pk
    front = client_of(case.who("fiona_front"))
    assert "Tell the referrer or the family of a correction" in words(front.get(reverse("work")))
    outside = next(one for one in made if one.kind == "feedback")
    settle = reverse("decisions:correction_told", args=[outside.reference])
    assert front.post(settle, {"submission_key": str(outside.pk)}).status_code == 302
    assert "Tell the referrer or the family" not in words(front.get(reverse("work")))
    with acting_as(case.manager.viewer) as viewer:
        found = queries.corrected(viewer, Contact.objects.get(pk=case.contact.pk))
    assert [one.standing for one in found[0].tellers] == ["Told and read", "Told and read", "Told"]


def test_each_reads_their_own_and_nobody_elses(told_everybody: Case, client_of: ClientOf, stranger: Person) -> None:
    case = told_everybody
    made = {one.kind: one for one in passed_on(case, case.manager, corrected(case, case.manager))}
    seen = {
        "police_researcher": ["request"],
        "asha_assessment": ["summary"],
        "health_researcher": [],
        "ella_early_help": [],
        "fiona_front": ["feedback"],
        "saira_worker": ["feedback", "request", "summary"],
        "maeve_manager": ["feedback", "request", "summary"],
        "sunita_screener": [],
        "audrey_auditor": [],
    }
    for key, kinds in seen.items():
        who = case.who(key)
        with acting_as(who.viewer) as viewer:
            assert sorted(CorrectionNotice.objects.visible_to(viewer).values_list("kind", flat=True)) == kinds, key
            assert sorted(CorrectionNotice.objects.values_list("kind", flat=True)) == kinds, f"{key}, wall 2"
        for kind, notice in made.items():
            page = client_of(who).get(reverse("decisions:correction", args=[notice.reference]))
            assert (page.status_code == 200) is (kind in kinds), (key, kind)


def test_the_front_door_does_not_learn_who_was_asked(told_everybody: Case, client_of: ClientOf) -> None:
    case = told_everybody
    corrected(case, case.manager)
    page = words(
        client_of(case.who("fiona_front")).get(reverse("decisions:corrections", args=[case.contact.reference]))
    )
    assert "The referrer" in page
    assert "Police" not in page


def test_it_may_not_give_away_a_private_referrer(case: Case) -> None:
    case.kind, case.referrer = "neighbour", ReportedReferrer(name="Nora Feld", telephone="01632 960123")
    case.in_mash()
    case.asked()
    correction = corrected(case, case.manager)
    for text in ("Nora Feld was wrong about the father.", "Ring 01632 960123 about this."):
        with pytest.raises(RuleBroken, match="gives away"):
            passed_on(case, case.manager, correction, text)
    assert len(passed_on(case, case.manager, correction)) == 1


def test_nobody_is_told_twice_and_others_do_not_tell(case: Case) -> None:
    case.in_mash()
    case.asked()
    correction = corrected(case, case.manager)
    passed_on(case, case.worker, correction)
    with pytest.raises(RuleBroken, match="already"):
        passed_on(case, case.manager, correction)
    for key, refused in (("sunita_screener", (NotPermitted, NotVisible)), ("sean_worker", (NotVisible, NotPermitted))):
        with pytest.raises(refused):
            passed_on(case, case.who(key), correction)
    notice = CorrectionNotice.objects.get()
    with acting_as(case.worker.viewer) as viewer, pytest.raises(NotPermitted):
        actions.settle_correction(notice, viewer=viewer, at=case.at)


def test_the_worklist_asks_until_somebody_is_told(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.asked()
    todo = "Tell those who were told a wrong fact"
    assert todo not in words(client_of(case.manager).get(reverse("work")))
    correction = corrected(case, case.who("fiona_front"))
    for who in (case.manager, case.worker):
        assert todo in words(client_of(who).get(reverse("work")))
    assert todo not in words(client_of(case.who("fiona_front")).get(reverse("work")))
    page = reverse("decisions:corrections", args=[case.contact.reference])
    said = {"correction": str(correction.pk), "text": SHARED, "submission_key": str(correction.pk)}
    assert client_of(case.manager).post(page, said).status_code == 302
    for who in (case.manager, case.worker):
        assert todo not in words(client_of(who).get(reverse("work")))


def test_a_conflict_of_interest_closes_it_too(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.asked()
    notice = passed_on(case, case.manager, corrected(case, case.manager))[0]
    police = case.who("police_researcher")
    with acting_as(case.manager.viewer) as viewer:
        closed = Closed(case.enquiry.reference, enquiry_id=case.enquiry.pk)
        whom = Whom("user", police.user.pk)
        screening.actions.close_to(closed, whom, reason="They are cousins.", viewer=viewer, at=case.at)
    client = client_of(police)
    assert client.get(reverse("decisions:correction", args=[notice.reference])).status_code == 404
    assert "Read a correction" not in words(client.get(reverse("work")))
    with acting_as(police.viewer):
        assert not CorrectionNotice.objects.exists()


def test_the_page_costs_the_same_for_one_and_for_four(told_everybody: Case) -> None:
    case = told_everybody

    def cost() -> int:
        with acting_as(case.manager.viewer) as viewer:
            contact = Contact.objects.get(pk=case.contact.pk)
            with CaptureQueriesContext(connection) as asked:
                queries.corrected(viewer, contact)
        return len(asked)

    corrected(case, case.manager)
    one = cost()
    for hour in range(2, 5):
        corrected(case, case.manager, at=case.at + hour * LATER)
    assert (one, cost()) == (7, 7)
