"""What had no clock, no list or no way out, and has them: each as somebody meets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

import contacts.actions
import information_sharing.actions as sharing
import screening.actions
from agencies.access.identity import acting_as
from clock.choices import Measure
from clock.models import Deadline
from common import work
from common.errors import MoveNotAllowed, NotPermitted
from contacts.models import Contact, Protection, Subject
from contacts.rules.discussion import Discussion
from decisions import actions
from decisions.choices import Outcome
from decisions.models import Complaint
from decisions.queries.release import release_page
from mash.worklist import work_of
from screening.models import Handover
from tests.contacts.conftest import intake_of
from tests.people import Person
from tests.scenes.case import Case
from tests.scenes.screening import handed_over, url
from tests.work import items_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
"""Wednesday, half past ten in London: the hub is open."""
NIGHT = datetime(2026, 6, 3, 21, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def case(db: None) -> Case:
    """Return a case that nobody has logged yet."""
    return Case(datetime(2026, 11, 18, 10, 0, tzinfo=UTC))


def logged(who: Person, at: datetime = AT, **changes: object) -> Contact:
    with acting_as(who.viewer) as viewer:
        return contacts.actions.receive_contact(intake_of(arrived_at=at, **changes), viewer=viewer, at=at)


def running(*measures: Measure) -> list[tuple[str, datetime]]:
    """Return the open clocks of some measures: what for, and when each runs out."""
    rows = Deadline.objects.open().filter(measure__in=measures).order_by("due_at", "id")
    return list(rows.values_list("measure", "due_at"))


def on_list(who: Person, section: str, at: datetime) -> list[tuple[str, datetime | None]]:
    """Return the lines of one section: reference and when it is due."""
    return [(one.reference, one.due_at) for one in items_of(who.viewer, at=at) if one.section == section]


def test_an_enquiry_waits_an_hour_to_be_rated(front_door: Person, mash_manager: Person) -> None:
    contact = logged(front_door)
    with acting_as(mash_manager.viewer) as viewer:
        contacts.actions.acknowledge_contact(contact, viewer=viewer, at=AT)
        enquiry = screening.actions.open_enquiry(contact, viewer=viewer, at=AT)
    assert on_list(mash_manager, "screening.to_rate", AT) == [(enquiry.reference, AT + timedelta(hours=1))]
    with acting_as(mash_manager.viewer) as viewer:
        screening.actions.rate_enquiry(enquiry, "green", viewer=viewer, at=AT)
    assert running(Measure.RATING) == []


def test_a_decision_is_released_within_its_time(case: Case) -> None:
    case.in_mash("amber")
    case.recommended()
    case.decided()
    due = case.at + timedelta(hours=4)
    assert on_list(case.manager, "screening.to_release", case.at) == [(case.enquiry.reference, due)]
    assert on_list(case.worker, "decisions.to_prepare", case.at) == [(case.enquiry.reference, due)]
    summary = case.with_manager(case.prepared()[0])
    assert on_list(case.manager, "decisions.to_confirm", case.at) == [(summary.reference, due)]
    case.released(summary)
    assert running(Measure.RELEASE, Measure.RELEASE_AGAIN) == []


def test_what_is_with_the_manager_has_left_the_workers_list(case: Case) -> None:
    case.in_mash()
    case.recommended()
    case.decided("assessment", "early_help")
    first, second = case.prepared({0: "assessment", 1: "early_help_team"})
    prepares = [case.enquiry.reference]
    case.with_manager(first)
    assert [reference for reference, _due in on_list(case.worker, "decisions.to_prepare", case.at)] == prepares
    case.with_manager(second)
    assert on_list(case.worker, "decisions.to_prepare", case.at) == []


def test_nothing_is_to_be_prepared_where_no_child_goes_to_a_team(case: Case) -> None:
    case.in_mash()
    case.recommended()
    case.decided("no_further_action", "no_further_action")
    assert on_list(case.worker, "decisions.to_prepare", case.at) == []
    assert [reference for reference, _due in on_list(case.manager, "screening.to_release", case.at)] == [
        case.enquiry.reference
    ]


@pytest.mark.parametrize(
    ("again", "prepares"), [(Outcome.NO_FURTHER_ACTION, False), (Outcome.EARLY_HELP, True)], ids=["nobody", "a team"]
)
def test_only_the_decision_in_force_says_who_is_to_be_prepared(case: Case, again: str, prepares: bool) -> None:
    """After a team declined, what was decided first waits for nobody: the page would offer the worker no move."""
    summary = case.out()[0]
    with acting_as(case.who("asha_assessment").viewer) as viewer:
        actions.decline_summary(summary, "other", "Not ours.", viewer=viewer, at=case.at, version=summary.version)
    wanted = [case.enquiry.reference]
    assert [reference for reference, _due in on_list(case.worker, "decisions.to_prepare", case.at)] == wanted
    case.decided(again, again, change_reason="The team would not take them.")
    listed = [reference for reference, _due in on_list(case.worker, "decisions.to_prepare", case.at)]
    assert listed == (wanted if prepares else [])
    page = release_page(case.worker.viewer, case.again())
    assert page.may_prepare is prepares


def test_a_child_without_a_summary_stays_while_the_others_is_with_the_manager(case: Case) -> None:
    case.in_mash()
    case.recommended()
    case.decided("assessment", "early_help")
    case.with_manager(case.prepared({0: "assessment"})[0])
    assert [one for one, _due in on_list(case.worker, "decisions.to_prepare", case.at)] == [case.enquiry.reference]


def test_whom_a_team_took_over_is_not_prepared_again(case: Case) -> None:
    first, second = case.out("assessment", "early_help", teams={0: "assessment", 1: "early_help_team"})
    with acting_as(case.who("asha_assessment").viewer) as viewer:
        actions.accept_summary(first, viewer=viewer, at=case.at, version=first.version)
    with acting_as(case.who("ella_early_help").viewer) as viewer:
        actions.decline_summary(second, "other", "Not ours.", viewer=viewer, at=case.at, version=second.version)
    case.decided("assessment", "no_further_action", change_reason="The other child needs no team.")
    assert on_list(case.worker, "decisions.to_prepare", case.at) == []


def test_what_was_accepted_without_one_child_comes_back_with_a_clock(case: Case, front_door: Person) -> None:
    summary = case.out()[0]
    later = logged(front_door, at=case.at)
    with acting_as(case.manager.viewer) as viewer:
        screening.actions.join_enquiry(case.again(), later, viewer=viewer, at=case.at)
    with acting_as(case.who("asha_assessment").viewer) as viewer:
        actions.accept_summary(summary, viewer=viewer, at=case.at, version=summary.version)
    assert case.again().state == "decided"
    assert [measure for measure, _due in running(Measure.RELEASE, Measure.RELEASE_AGAIN)] == [Measure.RELEASE_AGAIN]


def test_what_came_back_is_not_cut_away(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that is cut keeps what is due first, also where the enquiry itself carries no instant any more."""
    summary = case.out(*[Outcome.EARLY_HELP] * 2, teams={0: "early_help_team", 1: "early_help_team"})[0]
    with acting_as(case.who("ella_early_help").viewer) as viewer:
        actions.decline_summary(summary, "other", "Not ours.", viewer=viewer, at=case.at, version=summary.version)
    other = Case(case.at - DAY, people=case.people)
    other.in_mash("green")
    other.recommended()
    monkeypatch.setattr(work, "MOST", 1)
    kept = [one.reference for one in items_of(case.manager.viewer, "screening", at=case.at)]
    assert kept == [case.enquiry.reference]


def test_a_complaint_is_answered_within_ten_working_days(front_door: Person, mash_manager: Person) -> None:
    contact = logged(front_door)
    with acting_as(front_door.viewer) as viewer:
        made = actions.record_complaint(contact, "Nobody rang back.", received_at=AT, viewer=viewer, at=AT)
    due = datetime(2026, 6, 17, 16, 0, tzinfo=UTC)
    for who in (front_door, mash_manager):
        assert on_list(who, "decisions.complaints", AT) == [(contact.reference, due)]
    with acting_as(front_door.viewer) as viewer:
        actions.answer_complaint(Complaint.objects.get(pk=made.pk), "We rang.", viewer=viewer, at=AT, version=1)
    assert running(Measure.COMPLAINT) == []


def test_the_familys_letters_have_a_clock_until_the_last_is_settled(case: Case) -> None:
    contact = case.ended()
    front_door = case.who("fiona_front")
    ((_measure, due),) = running(Measure.LETTER)
    assert on_list(front_door, "decisions.to_write", case.at) == [(contact.reference, due)]
    assert on_list(case.manager, "decisions.to_write", case.at) == []
    assert on_list(case.manager, "decisions.to_write", due + DAY) == [(contact.reference, due)]
    parents = [one for one in case.subjects() if one.kind == "adult"]
    with acting_as(front_door.viewer) as viewer:
        letters = [actions.begin_letter(contact, one.pk, viewer=viewer, at=case.at) for one in parents]
        for left, letter in reversed(list(enumerate(letters))):
            assert len(running(Measure.LETTER)) == 1, left
            actions.hold_letter_back(letter, "It would raise the risk.", viewer=viewer, at=case.at, version=1)
    assert running(Measure.LETTER) == []


def test_what_was_said_by_telephone_is_chased_until_it_is_confirmed(case: Case) -> None:
    case.in_mash()
    request = case.asked()
    with acting_as(case.worker.viewer) as viewer:
        sharing.record_spoken_answer(request, "Sergeant Poole", [], viewer=viewer, at=case.at)
    police = case.who("police_researcher")
    ((_measure, due),) = running(Measure.CONFIRMATION)
    assert on_list(police, "sharing.to_confirm", case.at) == [(request.reference, due)]
    assert on_list(case.worker, "sharing.unconfirmed", due) == []
    assert on_list(case.worker, "sharing.unconfirmed", due + DAY) == [(request.reference, due)]
    with acting_as(police.viewer) as viewer:
        sharing.confirm_answer(request, [], viewer=viewer, at=case.at)
    assert running(Measure.CONFIRMATION) == []


def test_a_telephone_answer_is_owed_after_the_enquiry_has_closed(case: Case) -> None:
    case.in_mash()
    with acting_as(case.worker.viewer) as viewer:
        sharing.record_spoken_answer(case.asked(), "Sergeant Poole", [], viewer=viewer, at=case.at)
    case.recommended()
    case.decided(*[Outcome.NO_FURTHER_ACTION] * 2)
    with acting_as(case.manager.viewer) as viewer:
        actions.close_enquiry(case.enquiry, viewer=viewer, at=case.at, version=case.enquiry.version)
    assert [measure for measure, _due in running(Measure.CONFIRMATION, Measure.FULL_ANSWER)] == [Measure.CONFIRMATION]


@pytest.mark.parametrize(("colour", "chasers"), [("red", ("worker", "manager")), ("amber", ("worker",))])
def test_a_late_agency_is_on_the_list_of_whoever_rings_it(case: Case, colour: str, chasers: tuple[str, ...]) -> None:
    case.in_mash(colour)
    request = case.asked()
    late = case.at + 3 * DAY
    found = {who for who in ("worker", "manager") if on_list(getattr(case, who), "sharing.to_chase", late)}
    assert found == set(chasers)
    assert on_list(case.worker, "sharing.to_chase", case.at) == []
    assert on_list(case.worker, "sharing.to_chase", late)[0][0] == request.reference


def test_the_manager_rings_the_owner_of_words_that_nobody_answers(case: Case) -> None:
    _summary, instruction = case.instructed()
    due = case.at + timedelta(hours=1)
    assert running(Measure.WORDING) == [("wording", due)]
    assert on_list(case.manager, "sharing.to_press", due + DAY) == [(instruction.reference, due)]
    with acting_as(case.who("police_researcher").viewer) as viewer:
        sharing.agree_instruction(instruction, "Do not visit alone.", viewer=viewer, at=case.at, version=1)
    assert running(Measure.WORDING, Measure.SAFETY_INSTRUCTION) == []


def test_the_night_has_what_nobody_has_seen(front_door: Person, out_of_hours: Person) -> None:
    contact = logged(front_door)
    assert [one.reference for one in items_of(out_of_hours.viewer, at=NIGHT)] == [contact.reference]
    assert items_of(out_of_hours.viewer, at=AT) == []
    with acting_as(front_door.viewer) as viewer:
        contacts.actions.claim_contact(contact, viewer=viewer, at=AT, version=contact.version)
    assert items_of(out_of_hours.viewer, at=NIGHT) == []


@pytest.mark.parametrize(("colour", "count"), [("red", 1), ("amber", 0)])
def test_the_night_answers_for_every_open_red(case: Case, colour: str, count: int, out_of_hours: Person) -> None:
    case.in_mash(colour)
    night = case.at + timedelta(hours=11)
    assert len(on_list(out_of_hours, "contacts.red_at_night", night)) == count
    assert on_list(out_of_hours, "contacts.red_at_night", case.at) == []


def test_danger_has_a_clock_from_the_first_word_to_its_end(
    front_door: Person, social_worker: Person, out_of_hours: Person
) -> None:
    hour = timedelta(hours=1)
    contact = logged(front_door, at=NIGHT, immediate_danger=True)
    assert running(Measure.CONVENING) == [("convening", NIGHT + hour)]
    assert on_list(out_of_hours, "contacts.in_danger", NIGHT) == [(contact.reference, NIGHT + hour)]
    with acting_as(out_of_hours.viewer) as viewer:
        protection = contacts.actions.protect_now(contact, "He is outside.", viewer=viewer, at=NIGHT).protection
        assert running(Measure.CONVENING) == [("convening", NIGHT + hour)]
        contacts.actions.convene(protection, viewer=viewer, at=NIGHT)
        assert running(*STEPS) == [("discussion", NIGHT + 4 * hour)]
        contacts.actions.hold_discussion(protection, _discussion(NIGHT), viewer=viewer, at=NIGHT)
    assert running(*STEPS) == [("safe_until", NIGHT + DAY)]
    child = Subject.objects.get(contact=contact, kind="child")
    with acting_as(out_of_hours.viewer) as viewer:
        now = Protection.objects.get(pk=protection.pk)
        contacts.actions.record_whereabouts(
            now, child, place="", with_whom="Aunt", safe_until=NIGHT + 6 * hour, viewer=viewer, at=NIGHT
        )
    assert running(*STEPS) == [("safe_until", NIGHT + 5 * hour)]
    assert on_list(social_worker, "contacts.unsafe", NIGHT) == []
    assert on_list(out_of_hours, "contacts.unsafe", NIGHT + 5 * hour) == [(protection.reference, NIGHT + 5 * hour)]
    with acting_as(out_of_hours.viewer) as viewer:
        contacts.actions.end_protection(now, "The police hold him.", viewer=viewer, at=NIGHT)
    assert (running(*STEPS), on_list(out_of_hours, "contacts.unsafe", NIGHT + DAY)) == ([], [])


STEPS = (Measure.CONVENING, Measure.DISCUSSION, Measure.SAFE_UNTIL)


def _discussion(at: datetime) -> Discussion:
    return Discussion(
        held_at=at, invited="Police", present="Police", agreed="He leaves.", section_47="no", actions="Police, tonight"
    )


def test_who_sees_the_contact_no_more_is_not_given_its_danger(
    front_door: Person, social_worker: Person, mash_manager: Person
) -> None:
    """The contact ended with its danger in hand: for whoever cannot see that it has, nothing waits either."""
    contact = logged(front_door)
    with acting_as(front_door.viewer) as viewer:
        protection = contacts.actions.protect_now(contact, "He is outside.", viewer=viewer, at=AT).protection
    with acting_as(social_worker.viewer) as viewer:
        contacts.actions.hold_discussion(protection, _discussion(AT), viewer=viewer, at=AT)
    assert [one for one, _due in on_list(social_worker, "contacts.unsafe", AT)] == [protection.reference]
    endings = {
        one.pk: ("no_further_action", "level_1") for one in Subject.objects.filter(contact=contact, kind="child")
    }
    with acting_as(mash_manager.viewer) as viewer:
        contacts.actions.end_contact(contact, endings=endings, viewer=viewer, at=AT + timedelta(hours=1))
    later = AT + 2 * DAY
    assert on_list(mash_manager, "contacts.unsafe", later) == on_list(social_worker, "contacts.unsafe", later) == []


def test_only_what_was_discussed_is_ended(front_door: Person, social_worker: Person) -> None:
    """A form that stands down what was only raised, sent after a discussion was held, ends nothing."""
    contact = logged(front_door)
    with acting_as(front_door.viewer) as viewer:
        protection = contacts.actions.protect_now(contact, "He is outside.", viewer=viewer, at=AT).protection
    with acting_as(social_worker.viewer) as viewer:
        with pytest.raises(MoveNotAllowed):
            contacts.actions.end_protection(protection, "It is over.", viewer=viewer, at=AT)
        contacts.actions.hold_discussion(protection, _discussion(AT), viewer=viewer, at=AT)
        assert contacts.actions.stand_down(protection, "Not needed.", viewer=viewer, at=AT).state == "held"
        assert contacts.actions.end_protection(protection, "He is held.", viewer=viewer, at=AT).state == "stood_down"


def test_what_came_back_from_a_team_may_need_none(
    front_door: Person, screener: Person, mash_manager: Person, client_of: Callable[[Person], Client]
) -> None:
    handover = handed_over(front_door, screener, AT)
    with acting_as(mash_manager.viewer) as viewer:
        screening.actions.withdraw_handover(handover, viewer=viewer, at=AT)
    assert [one for one, _due in on_list(mash_manager, "screening.to_send_again", AT)] == [handover.reference]
    held = Handover.objects.get(pk=handover.pk)
    with acting_as(front_door.viewer) as viewer, pytest.raises(NotPermitted):
        screening.actions.settle_handover(held, "The family does not want it.", viewer=viewer, at=AT)
    page = url("settle_handover", handover.reference)
    answer = {"text": "The family does not want the help, and no child is at risk.", "version": held.version}
    assert client_of(mash_manager).post(page, answer).status_code == 302
    assert Handover.objects.get(pk=handover.pk).state == "settled"
    assert on_list(mash_manager, "screening.to_send_again", AT) == []
    assert running(Measure.RELEASE_AGAIN, Measure.ACCEPTANCE) == []


def test_what_a_team_has_again_is_not_settled(front_door: Person, screener: Person, mash_manager: Person) -> None:
    handover = handed_over(front_door, screener, AT)
    with acting_as(mash_manager.viewer) as viewer:
        screening.actions.withdraw_handover(handover, viewer=viewer, at=AT)
        screening.actions.send_anew(handover, handover.team_id, handover.text, viewer=viewer, at=AT)
    with acting_as(mash_manager.viewer) as viewer, pytest.raises(MoveNotAllowed):
        screening.actions.settle_handover(handover, "The family does not want it.", viewer=viewer, at=AT)


def test_a_second_alarm_stands_first_by_itself_and_not_by_the_first(front_door: Person, social_worker: Person) -> None:
    contact = logged(front_door)
    with acting_as(front_door.viewer) as viewer:
        earlier = contacts.actions.protect_now(contact, "He is outside.", viewer=viewer, at=AT).protection
    with acting_as(social_worker.viewer) as viewer:
        contacts.actions.hold_discussion(earlier, _discussion(AT), viewer=viewer, at=AT)
    with acting_as(front_door.viewer) as viewer:
        again = contacts.actions.protect_now(contact, "He is back.", viewer=viewer, at=AT).protection
    assert again.reference != earlier.reference
    with acting_as(social_worker.viewer) as viewer:
        first = work_of(viewer, at=AT).groups[0]
    assert (first.title, [item.reference for item in first.items]) == ("In danger now", [again.reference])
