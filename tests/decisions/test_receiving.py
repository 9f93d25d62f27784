"""What a receiving team does with a summary, and how an enquiry ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

import screening.actions
from agencies.access.identity import acting_as
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts.choices import ContactState, Ending
from contacts.models import Contact, Subject
from decisions import actions, queries
from decisions.actions import Door
from decisions.choices import DeclineReason, Outcome
from decisions.models import Exchange, MashSummary, SummaryInstruction
from screening.choices import EnquiryState
from screening.models import Enquiry
from tests.people import Person
from tests.scenes.case import Case
from tests.work import items_of

MINUTE = timedelta(minutes=1)


def take(case: Case, summary: MashSummary, key: str = "asha_assessment") -> MashSummary:
    viewer = case.who(key).viewer
    with acting_as(viewer):
        return actions.accept_summary(summary, viewer=viewer, at=case.at, version=summary.version)


def endings(case: Case) -> list[str]:
    with acting_as(case.manager.viewer):
        rows = Subject.objects.filter(contact=case.contact, kind="child").order_by("position")
        return list(rows.values_list("ending", flat=True))


def test_the_enquiry_closes_when_the_last_team_has_accepted(case: Case) -> None:
    first, second = case.out(Outcome.ASSESSMENT, Outcome.EARLY_HELP, teams={0: "assessment", 1: "early_help_team"})
    take(case, first)
    assert case.again().state == EnquiryState.RELEASED
    take(case, second, "ella_early_help")
    assert case.again().state == EnquiryState.CLOSED
    assert endings(case) == [Ending.ASSESSMENT, Ending.EARLY_HELP]


def test_accepting_meets_the_clock_and_starts_that_of_feedback(case: Case) -> None:
    summary = case.out()[0]
    take(case, summary)
    with acting_as(case.manager.viewer):
        assert Deadline.objects.get(subject_id=summary.pk).met_at == case.at
        open_ones = Deadline.objects.filter(subject_id=case.contact.pk, met_at__isnull=True, cancelled_at__isnull=True)
        assert "feedback_school" in set(open_ones.values_list("measure", flat=True))


def test_a_child_without_a_team_ends_with_the_rest(case: Case) -> None:
    case.in_mash()
    case.recommended()
    case.decided(Outcome.ASSESSMENT, Outcome.NO_FURTHER_ACTION)
    summary = case.released(case.with_manager(case.prepared({0: "assessment"})[0]))
    assert case.enquiry.state == EnquiryState.RELEASED
    take(case, summary)
    assert endings(case) == [Ending.ASSESSMENT, Ending.NO_FURTHER_ACTION]


def test_early_help_that_the_family_refused_comes_back_to_the_manager(case: Case) -> None:
    both = (Outcome.EARLY_HELP, Outcome.EARLY_HELP)
    summary = case.out(*both, teams={0: "early_help_team", 1: "early_help_team"})[0]
    viewer = case.who("ella_early_help").viewer
    with acting_as(viewer):
        actions.decline_summary(
            summary, DeclineReason.FAMILY_REFUSED, "They said no.", viewer=viewer, at=case.at, version=summary.version
        )
    assert case.again().state == EnquiryState.DECIDED
    manager = case.manager.viewer
    (declined,) = items_of(manager, "screening", at=case.at)
    assert declined.todo == "A summary came back: release again or decide otherwise"
    assert declined.due_at is not None
    case.decided(Outcome.UNIVERSAL, Outcome.NO_FURTHER_ACTION, change_reason="The family refused early help.")
    with acting_as(manager):
        actions.close_enquiry(case.enquiry, viewer=manager, at=case.at, version=case.enquiry.version)
    assert case.again().state == EnquiryState.CLOSED
    assert endings(case) == [Ending.UNIVERSAL, Ending.NO_FURTHER_ACTION]


def test_what_one_team_took_over_stays_taken_when_the_other_declines(case: Case) -> None:
    first, second = case.out(Outcome.ASSESSMENT, Outcome.EARLY_HELP, teams={0: "assessment", 1: "early_help_team"})
    take(case, first)
    viewer = case.who("ella_early_help").viewer
    with acting_as(viewer):
        actions.decline_summary(second, "other", "Not ours.", viewer=viewer, at=case.at, version=second.version)
    case.decided(Outcome.ASSESSMENT, Outcome.NO_FURTHER_ACTION, change_reason="Early help is not right.")
    manager = case.manager.viewer
    with acting_as(manager):
        actions.close_enquiry(case.enquiry, viewer=manager, at=case.at, version=case.enquiry.version)
    assert endings(case) == [Ending.ASSESSMENT, Ending.NO_FURTHER_ACTION]


def test_a_query_is_answered_and_then_accepted(case: Case) -> None:
    summary = case.out()[0]
    receiver, worker = case.who("asha_assessment").viewer, case.worker.viewer
    with acting_as(receiver):
        asked = actions.query_summary(summary, "Who is at home?", viewer=receiver, at=case.at, version=summary.version)
    with acting_as(worker):
        answered = actions.answer_query(
            asked, "Their mother.", viewer=worker, at=case.at + MINUTE, version=asked.version
        )
    with acting_as(receiver):
        said = list(Exchange.objects.visible_to(receiver).values_list("kind", "text"))
    assert said == [("query", "Who is at home?"), ("answer", "Their mother.")]
    take(case, answered)
    assert case.again().state == EnquiryState.CLOSED


@pytest.mark.parametrize(
    ("reason", "text", "field"), [("", "x", "reason"), ("made up", "x", "reason"), ("other", " ", "text")]
)
def test_declining_needs_a_reason(case: Case, reason: str, text: str, field: str) -> None:
    summary = case.out()[0]
    viewer = case.who("asha_assessment").viewer
    with acting_as(viewer), pytest.raises(RuleBroken) as broken:
        actions.decline_summary(summary, reason, text, viewer=viewer, at=case.at, version=summary.version)
    assert broken.value.field == field


@pytest.mark.parametrize("key", ["ella_early_help", "aled_allocated", "maeve_manager", "saira_worker", "fiona_front"])
def test_only_the_team_that_got_it_accepts(case: Case, key: str) -> None:
    summary = case.out()[0]
    with pytest.raises((NotPermitted, NotVisible)):
        take(case, summary, key)
    with acting_as(case.manager.viewer):
        assert MashSummary.objects.get().state == "sent"


def test_of_two_workers_the_first_one_answers(case: Case) -> None:
    summary = case.out()[0]
    version = summary.version
    take(case, summary)
    viewer = case.who("asha_assessment").viewer
    with acting_as(viewer), pytest.raises(MoveNotAllowed):
        actions.decline_summary(summary, "other", "x", viewer=viewer, at=case.at, version=version)
    other = Case(case.at)
    sent = other.out()[0]
    with acting_as(viewer), pytest.raises(StaleRecord):
        actions.accept_summary(sent, viewer=viewer, at=case.at, version=sent.version - 1)


def test_a_team_sees_its_summary_and_nothing_of_the_hub(case: Case) -> None:
    summary = case.out()[0]
    viewer = case.who("asha_assessment").viewer
    with acting_as(viewer):
        assert [line.summary.reference for line in queries.inbox(viewer, at=case.at)] == [summary.reference]
        assert not Contact.objects.visible_to(viewer).exists()
        assert not Subject.objects.visible_to(viewer).exists()
        with pytest.raises(NotVisible):
            queries.decision_team_enquiry(viewer, case.enquiry.reference)


def test_an_enquiry_with_a_child_that_must_go_to_a_team_is_not_closed(case: Case) -> None:
    case.in_mash()
    case.recommended()
    viewer = case.manager.viewer
    with acting_as(viewer), pytest.raises(MoveNotAllowed, match="Nothing is decided"):
        actions.close_enquiry(case.enquiry, viewer=viewer, at=case.at, version=case.enquiry.version)
    case.decided()
    with acting_as(viewer), pytest.raises(MoveNotAllowed, match="goes to a team"):
        actions.close_enquiry(case.enquiry, viewer=viewer, at=case.at, version=case.enquiry.version)


def test_a_child_that_came_in_after_the_decision_brings_the_enquiry_back(case: Case) -> None:
    summary = case.out()[0]
    second = Case(case.at).received()
    manager = case.manager.viewer
    with acting_as(manager):
        second.contact.refresh_from_db()
        screening.actions.join_enquiry(case.enquiry, second.contact, viewer=manager, at=case.at)
    take(case, summary)
    assert case.again().state == EnquiryState.DECIDED
    with acting_as(manager), pytest.raises(MoveNotAllowed, match="after the decision"):
        actions.close_enquiry(case.enquiry, viewer=manager, at=case.at, version=case.enquiry.version)
    with acting_as(manager):
        assert Enquiry.objects.count() == 1
        assert Contact.objects.get(pk=second.contact.pk).state == ContactState.IN_ENQUIRY


def test_out_of_hours_sees_the_safety_instruction_alone(case: Case, out_of_hours: Person) -> None:
    case.in_mash()
    case.recommended()
    case.decided()
    summary = case.with_manager(case.prepared()[0])
    case.released(summary, Door("yes", own_words="Two workers go.", own_words_rest_on_nothing_sealed=True))
    with acting_as(out_of_hours.viewer):
        assert SummaryInstruction.objects.visible_to(out_of_hours.viewer).get().text == "Two workers go."
        assert not MashSummary.objects.visible_to(out_of_hours.viewer).exists()
