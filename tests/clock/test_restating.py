"""Rating again, the manager's own deadline, safe until: a new row replaces the old one."""

from __future__ import annotations

import uuid

import pytest

from clock import actions
from clock.choices import Colour, Measure, Start
from clock.models import Deadline, Escalation
from common.errors import RuleBroken
from tests.clock.conftest import MONDAY, Starter, enquiry_subject, request_subject
from tests.clock.times import london

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after", "at", "expected"),
    [
        # up: the earlier of the old instant and now plus the new colour's time
        ("amber", Colour.RED, "2027-02-01 11:00", "2027-02-01 15:00"),
        ("amber", Colour.RED, "2027-02-02 09:00", "2027-02-02 09:30"),
        ("amber", Colour.RED, "2027-02-01 18:00", "2027-02-01 22:00"),
        ("green", Colour.RED, "2027-02-03 16:00", "2027-02-03 20:00"),
        ("green", Colour.AMBER, "2027-02-02 10:00", "2027-02-03 10:00"),
        ("green", Colour.AMBER, "2027-02-04 10:00", "2027-02-04 17:00"),
        # up when it is late already: the breach stands
        ("amber", Colour.RED, "2027-02-02 12:00", "2027-02-02 09:30"),
        # down: the new colour's time from the same start
        ("red", Colour.AMBER, "2027-02-01 11:00", "2027-02-02 09:30"),
        ("red", Colour.GREEN, "2027-02-01 13:29", "2027-02-04 17:00"),
        ("amber", Colour.GREEN, "2027-02-02 09:29", "2027-02-04 17:00"),
        # down after the old instant: it stands
        ("red", Colour.AMBER, "2027-02-01 13:30", "2027-02-01 13:30"),
        ("red", Colour.GREEN, "2027-02-02 12:00", "2027-02-01 13:30"),
    ],
)
def test_rating_again(decision: Starter, before: str, after: Colour, at: str, expected: str) -> None:
    old = decision(before)
    [new] = actions.rerate_deadlines(old.subject_id, after, at=london(at))
    assert (new.due_at, new.colour, new.started_at, new.policy.colour) == (london(expected), after, MONDAY, after)


def test_rating_again_keeps_the_old_row(decision: Starter) -> None:
    old = decision("amber")
    at = london("2027-02-01 11:00")
    [new] = actions.rerate_deadlines(old.subject_id, Colour.RED, at=at)
    old.refresh_from_db()
    assert (old.cancelled_at, old.met_at, old.next_check_at, old.due_at) == (at, None, None, london("2027-02-02 09:30"))
    assert (new.replaces_id, new.created_at) == (old.pk, at)
    assert new.sentences == [
        "Decision, Red: 4 hours, also past closing time, from arrival at the hub.",
        "It was rated up on Monday 1 February 2027 at 11:00.",
        "It counts from Monday 1 February 2027 at 11:00.",
        "4 hours later is Monday 1 February 2027 at 15:00.",
    ]


def test_down_and_up_again_counts_from_the_same_start(decision: Starter) -> None:
    old = decision("red")
    [down] = actions.rerate_deadlines(old.subject_id, Colour.GREEN, at=london("2027-02-01 10:00"))
    [up] = actions.rerate_deadlines(old.subject_id, Colour.AMBER, at=london("2027-02-01 12:00"))
    assert [down.due_at, up.due_at] == [london("2027-02-04 17:00"), london("2027-02-02 12:00")]
    [again] = actions.rerate_deadlines(old.subject_id, Colour.GREEN, at=london("2027-02-01 13:00"))
    assert (again.due_at, again.started_at) == (london("2027-02-04 17:00"), MONDAY)


def test_the_same_colour_changes_nothing(decision: Starter) -> None:
    old = decision("red")
    assert actions.rerate_deadlines(old.subject_id, Colour.RED, at=london("2027-02-01 10:00")) == []


def test_all_open_coloured_clocks_of_the_enquiry_move(decision: Starter, answer: Starter) -> None:
    old = decision("amber")
    asked = answer("amber", subject=request_subject(old.subject_id), sent=london("2027-02-01 10:00"))
    done = answer("amber", subject=request_subject(old.subject_id))
    actions.meet_deadline("request", done.subject_id, at=MONDAY)
    sight = actions.start_deadline(
        enquiry_subject(old.subject_id), Measure.FIRST_SIGHT, moments={Start.ARRIVAL: MONDAY}, at=MONDAY
    )
    stranger = decision("amber")
    made = actions.rerate_deadlines(old.subject_id, Colour.RED, at=london("2027-02-01 10:30"))
    assert {one.subject_id: one.due_at for one in made} == {
        old.subject_id: london("2027-02-01 14:30"),
        asked.subject_id: london("2027-02-01 12:00"),
    }
    sight.refresh_from_db()
    stranger.refresh_from_db()
    assert (sight.is_open, stranger.is_open) == (True, True)


def test_a_measure_that_the_new_colour_has_not_is_withdrawn_unless_late(decision: Starter) -> None:
    about = request_subject(uuid.uuid4())
    word = actions.start_deadline(about, Measure.FIRST_WORD, moments={Start.SENDING: MONDAY}, colour="red", at=MONDAY)
    assert about.enquiry_id
    assert actions.rerate_deadlines(about.enquiry_id, Colour.AMBER, at=london("2027-02-01 10:01")) == []
    word.refresh_from_db()
    assert word.is_open
    other = request_subject(uuid.uuid4())
    timely = actions.start_deadline(other, Measure.FIRST_WORD, moments={Start.SENDING: MONDAY}, colour="red", at=MONDAY)
    assert other.enquiry_id
    assert actions.rerate_deadlines(other.enquiry_id, Colour.AMBER, at=london("2027-02-01 09:59")) == []
    timely.refresh_from_db()
    assert timely.cancelled_at == london("2027-02-01 09:59")


def test_the_managers_own_deadline(decision: Starter) -> None:
    old = decision("amber")
    at, own = london("2027-02-01 10:00"), london("2027-02-01 16:00")
    [new] = actions.set_own_deadline("enquiry", old.subject_id, own, at=at)
    assert (new.due_at, new.policy_due_at, new.own_due_at, new.replaces_id) == (own, old.due_at, own, old.pk)
    assert new.sentences == [
        *old.sentences,
        "The MASH manager set an earlier deadline, Monday 1 February 2027 at 16:00.",
    ]
    assert actions.set_own_deadline("enquiry", old.subject_id, own, at=at) == []


def test_taking_the_own_deadline_back(decision: Starter) -> None:
    old = decision("amber", own_due_at=london("2027-02-01 16:00"))
    [new] = actions.set_own_deadline("enquiry", old.subject_id, None, at=london("2027-02-01 10:00"))
    assert (new.due_at, new.own_due_at, new.explanation["act_by"]) == (london("2027-02-02 09:30"), None, [])


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ("2027-02-01 10:00", "Enter a deadline that is later than now."),
        (
            "2027-02-02 09:30",
            "The rating already asks for Tuesday 2 February 2027 at 09:30. Enter an earlier deadline.",
        ),
    ],
)
def test_an_own_deadline_that_makes_no_sense(decision: Starter, own: str, sentence: str) -> None:
    old = decision("amber")
    with pytest.raises(RuleBroken) as refused:
        actions.set_own_deadline("enquiry", old.subject_id, london(own), at=london("2027-02-01 10:00"))
    assert (refused.value.sentence, refused.value.field) == (sentence, "own_due_at")
    old.refresh_from_db()
    assert (old.is_open, Deadline.objects.about([old.subject_id]).count()) == (True, 1)


def test_an_own_deadline_where_nothing_runs(decision: Starter) -> None:
    assert actions.set_own_deadline("enquiry", uuid.uuid4(), london("2027-02-01 16:00"), at=MONDAY) == []


def test_the_own_deadline_survives_a_rating(decision: Starter) -> None:
    own = london("2027-02-01 12:00")
    old = decision("red", own_due_at=own)
    [new] = actions.rerate_deadlines(old.subject_id, Colour.GREEN, at=london("2027-02-01 10:00"))
    assert (new.due_at, new.policy_due_at) == (own, london("2027-02-04 17:00"))


def test_safe_until(decision: Starter) -> None:
    old = decision("amber")
    at = london("2027-02-01 10:00")
    [new] = actions.set_safe_until("enquiry", old.subject_id, london("2027-02-01 15:00"), at=at)
    assert (new.due_at, new.safe_until) == (london("2027-02-01 14:00"), london("2027-02-01 15:00"))
    assert actions.set_safe_until("enquiry", old.subject_id, london("2027-02-01 15:00"), at=at) == []
    [safer] = actions.set_safe_until("enquiry", old.subject_id, None, at=at)
    assert (safer.due_at, safer.safe_until) == (old.due_at, None)


def test_safe_until_that_has_gone_by_makes_it_late_at_once(decision: Starter) -> None:
    old = decision("red")
    at = london("2027-02-01 10:00")
    [new] = actions.set_safe_until("enquiry", old.subject_id, london("2027-02-01 10:30"), at=at)
    assert (new.due_at, new.next_check_at) == (london("2027-02-01 09:30"), at)


def test_steps_taken_are_not_taken_again_while_the_instant_stands(decision: Starter) -> None:
    old = decision("red")
    late = london("2027-02-01 14:00")
    actions.claim_due(at=late, batch=10)
    [new] = actions.rerate_deadlines(old.subject_id, Colour.GREEN, at=late)
    taken = list(Escalation.objects.filter(deadline=new).values_list("level", flat=True))
    assert (new.due_at, taken) == (old.due_at, [2])
    assert actions.claim_due(at=late, batch=10).raised == ()


def test_a_new_instant_has_a_ladder_of_its_own(decision: Starter) -> None:
    old = decision("red")
    actions.claim_due(at=london("2027-02-01 12:45"), batch=10)
    [new] = actions.rerate_deadlines(old.subject_id, Colour.GREEN, at=london("2027-02-01 13:00"))
    assert Escalation.objects.filter(deadline=new).count() == 0
    assert new.next_check_at == london("2027-02-04 15:00")
