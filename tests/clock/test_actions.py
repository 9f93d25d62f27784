"""Deadlines begin, are met, are withdrawn."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction

from agencies.models import HubSettings
from clock import actions
from clock.choices import Colour, Measure, Start
from clock.models import BankHoliday, Closure, Deadline, RatingPolicy
from clock.rules.subject import Owing
from common.errors import RuleBroken
from tests.clock.conftest import MONDAY, Starter, enquiry_subject, request_subject
from tests.clock.times import london
from tests.people import Person

pytestmark = pytest.mark.django_db

ALL = dict.fromkeys(Start, MONDAY)


@pytest.mark.parametrize(
    ("measure", "colour", "expected"),
    [
        (Measure.DECISION, "red", "2027-02-01 13:30"),
        (Measure.DECISION, "amber", "2027-02-02 09:30"),
        (Measure.DECISION, "green", "2027-02-04 17:00"),
        (Measure.FIRST_WORD, "red", "2027-02-01 10:00"),
        (Measure.FULL_ANSWER, "red", "2027-02-01 11:00"),
        (Measure.FULL_ANSWER, "amber", "2027-02-01 13:30"),
        (Measure.FULL_ANSWER, "green", "2027-02-02 17:00"),
        (Measure.ACCEPTANCE, "red", "2027-02-01 10:00"),
        (Measure.ACCEPTANCE, "amber", "2027-02-01 13:30"),
        (Measure.ACCEPTANCE, "green", "2027-02-02 17:00"),
        (Measure.ACCEPTANCE, "", "2027-02-02 17:00"),
        (Measure.FIRST_SIGHT, "", "2027-02-01 10:30"),
        (Measure.STATUTORY_STEP, "", "2027-02-02 17:00"),
        (Measure.ACKNOWLEDGEMENT, "", "2027-02-01 17:00"),
        (Measure.FEEDBACK, "", "2027-02-02 17:00"),
        (Measure.FEEDBACK, "red", "2027-02-02 17:00"),
        (Measure.FEEDBACK_SCHOOL, "", "2027-02-01 15:00"),
        (Measure.SAFETY_INSTRUCTION, "", "2027-02-01 10:30"),
    ],
)
def test_shipped_policy(measure: Measure, colour: str, expected: str) -> None:
    made = actions.start_deadline(enquiry_subject(), measure, moments=ALL, colour=colour, at=MONDAY)
    assert made.due_at == london(expected)


@pytest.mark.parametrize(
    ("measure", "sent", "expected"),
    [
        (Measure.FULL_ANSWER, "2027-02-06 23:00", "2027-02-07 00:30"),
        (Measure.ACCEPTANCE, "2027-02-06 23:00", "2027-02-06 23:30"),
        (Measure.SAFETY_INSTRUCTION, "2027-02-06 23:00", "2027-02-07 00:00"),
        (Measure.DECISION, "2027-02-06 23:00", "2027-02-08 13:00"),
    ],
)
def test_red_work_waits_for_opening_only_from_arrival(measure: Measure, sent: str, expected: str) -> None:
    moments = dict.fromkeys(Start, london(sent))
    made = actions.start_deadline(enquiry_subject(), measure, moments=moments, colour="red", at=london(sent))
    assert made.due_at == london(expected)


def test_a_deadline_keeps_what_it_was_told(police_officer: Person, social_worker: Person) -> None:
    enquiry_id = uuid.uuid4()
    about = request_subject(enquiry_id)
    owing = Owing(agency_id=police_officer.membership.agency_id, membership_id=social_worker.membership.pk)
    made = actions.start_deadline(
        about, Measure.FULL_ANSWER, moments={Start.SENDING: MONDAY}, colour=Colour.RED, owing=owing, at=MONDAY
    )
    made.refresh_from_db()
    kept = (made.subject_kind, made.subject_id, made.subject_reference, made.enquiry_id, made.enquiry_reference)
    assert kept == ("request", about.id, "R-2345-6789", enquiry_id, "M-7KQ4-M2XD")
    assert (made.agency_id, made.team_id, made.membership_id) == (owing.agency_id, None, owing.membership_id)
    assert (made.started_at, made.created_at, made.policy_due_at) == (MONDAY, MONDAY, made.due_at)
    assert (made.policy.measure, made.policy.colour, str(made)) == ("full_answer", "red", "R-2345-6789 full_answer")


def test_a_deadline_explains_itself(decision: Starter) -> None:
    assert decision().sentences == [
        "Decision, Red: 4 hours, also past closing time, from arrival at the hub.",
        "It counts from Monday 1 February 2027 at 09:30.",
        "4 hours later is Monday 1 February 2027 at 13:30.",
    ]


def test_starting_twice_starts_once(decision: Starter) -> None:
    about = enquiry_subject()
    first, second = decision(subject=about), decision("green", subject=about)
    assert (second.pk, second.colour, Deadline.objects.about([about.id]).count()) == (first.pk, "red", 1)


def test_two_open_clocks_of_one_measure_are_refused_by_the_database(decision: Starter) -> None:
    first = decision()
    first.pk = uuid.uuid4()
    with pytest.raises(IntegrityError, match="deadline_open_once"), transaction.atomic():
        first.save(force_insert=True)


def test_a_measure_without_a_policy(decision: Starter) -> None:
    about = request_subject(uuid.uuid4())
    with pytest.raises(RuleBroken) as refused:
        actions.start_deadline(about, Measure.FIRST_WORD, moments=ALL, colour="amber", at=MONDAY)
    assert refused.value.sentence == (
        "No rating policy says how long “First response” of Amber work may take. Ask an administrator to add one."
    )
    assert actions.start_if_measured(about, Measure.FIRST_WORD, moments=ALL, colour="amber", at=MONDAY) is None


def test_an_unrated_measure_without_a_policy() -> None:
    with pytest.raises(RuleBroken, match="how long “Decision” may take"):
        actions.start_deadline(enquiry_subject(), Measure.DECISION, moments=ALL, at=MONDAY)


def test_a_missing_moment_is_named() -> None:
    with pytest.raises(ValueError, match="counts from arrival: give that moment"):
        actions.start_deadline(
            enquiry_subject(), Measure.DECISION, moments={Start.SENDING: MONDAY}, colour="red", at=MONDAY
        )


def test_a_deadline_keeps_the_policy_in_force_at_its_start(decision: Starter) -> None:
    earlier = decision()
    RatingPolicy(
        measure="decision",
        colour="red",
        unit="elapsed_minutes",
        quantity=60,
        start="first_rating",
        waits_for_opening=False,
        runs_past_closing=True,
        effective_from=london("2027-02-01 10:00"),
    ).save(force_insert=True)
    later = decision(arrived=london("2027-02-01 10:00"))
    before = decision(arrived=london("2027-02-01 09:59"))
    earlier.refresh_from_db()
    assert [earlier.due_at, later.due_at, before.due_at] == [
        london("2027-02-01 13:30"),
        london("2027-02-01 11:00"),
        london("2027-02-01 13:59"),
    ]


def test_a_deadline_reckons_with_closures_and_the_nations_holidays(decision: Starter) -> None:
    assert decision("green", arrived=london("2027-11-29 10:00")).due_at == london("2027-12-02 17:00")
    Closure(day="2027-12-01", name="Moving house").save(force_insert=True)
    assert decision("green", arrived=london("2027-11-29 10:00")).due_at == london("2027-12-03 17:00")
    HubSettings.objects.update_or_create(pk=1, defaults={"nation": "SCT"})
    assert decision("green", arrived=london("2027-11-29 10:00")).due_at == london("2027-12-06 17:00")


def test_a_hub_with_other_hours(decision: Starter) -> None:
    HubSettings.objects.update_or_create(pk=1, defaults={"opens_at": "08:00", "closes_at": "18:00"})
    assert decision("green").due_at == london("2027-02-04 18:00")


def test_bank_holidays_are_seeded() -> None:
    days = BankHoliday.objects.filter(nation="ENG", day__year=2027).order_by("day").values_list("day", flat=True)
    assert [f"{day:%m-%d}" for day in days] == [
        "01-01",
        "03-26",
        "03-29",
        "05-03",
        "05-31",
        "08-30",
        "12-25",
        "12-26",
        "12-27",
        "12-28",
    ]
    assert sorted(BankHoliday.objects.values_list("day__year", flat=True).distinct()) == list(range(2024, 2031))


def test_own_deadline_and_safe_until_at_the_start(decision: Starter) -> None:
    made = decision("amber", own_due_at=london("2027-02-01 16:00"), safe_until=london("2027-02-01 16:30"))
    assert (made.policy_due_at, made.due_at) == (london("2027-02-02 09:30"), london("2027-02-01 15:30"))
    assert [sentence.split(", Monday")[0].split(";")[0] for sentence in made.explanation["act_by"]] == [
        "The MASH manager set an earlier deadline",
        "A child is safe until Monday 1 February 2027 at 16:30",
    ]


def test_meeting_stops_the_clocks_named(answer: Starter) -> None:
    about = request_subject(uuid.uuid4())
    word = actions.start_deadline(about, Measure.FIRST_WORD, moments=ALL, colour="red", at=MONDAY)
    full = answer(subject=about)
    at = london("2027-02-01 09:45")
    met = actions.meet_deadline("request", about.id, Measure.FIRST_WORD, at=at)
    word.refresh_from_db()
    full.refresh_from_db()
    assert [one.pk for one in met] == [word.pk]
    assert (word.met_at, word.next_check_at, word.version, full.met_at, full.is_open) == (at, None, 2, None, True)


def test_meeting_without_a_measure_stops_all(answer: Starter) -> None:
    about = request_subject(uuid.uuid4())
    actions.start_deadline(about, Measure.FIRST_WORD, moments=ALL, colour="red", at=MONDAY)
    answer(subject=about)
    assert len(actions.meet_deadline("request", about.id, at=MONDAY)) == 2
    assert Deadline.objects.about([about.id]).open().count() == 0


def test_meeting_twice_keeps_the_first_moment(decision: Starter) -> None:
    made = decision()
    first, second = london("2027-02-01 10:00"), london("2027-02-01 11:00")
    actions.meet_deadline("enquiry", made.subject_id, Measure.DECISION, at=first)
    assert actions.meet_deadline("enquiry", made.subject_id, Measure.DECISION, at=second) == []
    made.refresh_from_db()
    assert made.met_at == first


def test_withdrawing(decision: Starter, answer: Starter) -> None:
    made = decision()
    asked = answer(subject=request_subject(made.subject_id))
    at = london("2027-02-01 10:00")
    assert [one.pk for one in actions.cancel_deadlines("request", asked.subject_id, Measure.FULL_ANSWER, at=at)] == [
        asked.pk
    ]
    assert [one.pk for one in actions.cancel_enquiry_deadlines(made.subject_id, at=at)] == [made.pk]
    made.refresh_from_db()
    assert (made.cancelled_at, made.met_at, made.is_open) == (at, None, False)


def test_withdrawing_only_some_of_an_enquiry(decision: Starter, answer: Starter) -> None:
    made = decision()
    asked = answer(subject=request_subject(made.subject_id))
    withdrawn = actions.cancel_enquiry_deadlines(made.subject_id, Measure.FULL_ANSWER, at=MONDAY)
    assert [one.pk for one in withdrawn] == [asked.pk]


def test_met_and_withdrawn_at_once_is_refused_by_the_database(decision: Starter) -> None:
    made = decision()
    made.met_at = made.cancelled_at = MONDAY
    with pytest.raises(IntegrityError, match="deadline_met_or_cancelled"), transaction.atomic():
        made.save(update_fields=["met_at", "cancelled_at"])


def test_assigning_names_the_worker_on_all_open_clocks(
    decision: Starter, answer: Starter, social_worker: Person, other_social_worker: Person
) -> None:
    made = decision()
    asked = answer(subject=request_subject(made.subject_id))
    actions.meet_deadline("request", asked.subject_id, at=MONDAY)
    actions.assign_deadlines(made.subject_id, social_worker.membership.pk)
    made.refresh_from_db()
    asked.refresh_from_db()
    assert (made.membership_id, asked.membership_id) == (social_worker.membership.pk, None)
    actions.assign_deadlines(made.subject_id, other_social_worker.membership.pk)
    made.refresh_from_db()
    assert made.membership_id == other_social_worker.membership.pk


def test_a_clock_runs_again_after_it_was_met(decision: Starter) -> None:
    about = enquiry_subject()
    first = decision(subject=about)
    actions.meet_deadline("enquiry", about.id, at=MONDAY)
    assert decision(subject=about).pk != first.pk


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("quantity", 0, "policy_gives_time"),
        ("runs_past_closing", True, "policy_hub_units_keep_hub_hours"),
        ("waits_for_opening", False, "policy_hub_units_keep_hub_hours"),
    ],
)
def test_policies_that_make_no_sense_are_refused_by_the_database(column: str, value: object, constraint: str) -> None:
    row = {
        "measure": "decision",
        "unit": "hub_minutes",
        "quantity": 60,
        "start": "arrival",
        "waits_for_opening": True,
        "runs_past_closing": False,
        "effective_from": MONDAY,
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RatingPolicy(**row | {column: value}).save(force_insert=True)
