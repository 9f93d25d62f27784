"""The order of a list: unattended danger, then children not known to be safe, then time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from common.work import Danger, People, WorkItem
from contacts.choices import ProtectState
from contacts.rules.ages import age_in_words, name_and_age
from contacts.rules.danger import Plan, standing_of
from mash.worklist.order import in_order

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def line(
    reference: str,
    *,
    due: timedelta | None = None,
    arrived: timedelta | None = None,
    danger: Danger = Danger.NONE,
    next_: timedelta | None = None,
) -> WorkItem:
    people = People(danger=danger, next_at=None if next_ is None else NOW + next_)
    due_at, arrived_at = (None if moment is None else NOW + moment for moment in (due, arrived))
    return WorkItem("s", reference, "/", "", due_at=due_at, arrived_at=arrived_at, people=people)


def test_danger_without_a_plan_comes_before_everything_however_late() -> None:
    wanted = [
        line("D-1", due=2 * HOUR, danger=Danger.UNATTENDED),
        line("D-2", danger=Danger.UNATTENDED),
        line("U-1", next_=-HOUR, danger=Danger.UNSAFE),
        line("L-1", due=-24 * HOUR),
        line("P-1", due=3 * HOUR, next_=HOUR / 2, danger=Danger.ATTENDED),
        line("L-2", due=HOUR),
        line("C-1", arrived=-48 * HOUR),
    ]
    for lines in permutations(wanted):
        assert in_order(lines, at=NOW) == wanted


STANDINGS = [
    (None, False, True, Danger.NONE),
    (None, True, True, Danger.UNATTENDED),
    (None, True, False, Danger.NONE),
    (Plan(ProtectState.RAISED, None), False, True, Danger.UNATTENDED),
    (Plan(ProtectState.RAISED, None), False, False, Danger.UNATTENDED),
    (Plan(ProtectState.CONVENED, None), True, True, Danger.UNSAFE),
    (Plan(ProtectState.CONVENED, NOW), True, True, Danger.UNSAFE),
    (Plan(ProtectState.CONVENED, NOW + HOUR), True, True, Danger.ATTENDED),
    (Plan(ProtectState.HELD, None), True, True, Danger.ATTENDED),
    (Plan(ProtectState.HELD, NOW - HOUR), True, True, Danger.UNSAFE),
    (Plan(ProtectState.HELD, NOW - HOUR), True, False, Danger.NONE),
    (Plan(ProtectState.STOOD_DOWN, NOW - HOUR), True, True, Danger.NONE),
]


@pytest.mark.parametrize(("plan", "said", "is_open", "danger"), STANDINGS)
def test_how_children_stand(plan: Plan | None, said: bool, is_open: bool, danger: Danger) -> None:
    plans = [plan] if plan else []
    assert standing_of(is_marked=said, is_open=is_open, plans=plans, sees_plans=True, at=NOW).danger == danger


RAISED = Plan(ProtectState.RAISED, None)
SAFE_FOR_AN_HOUR = Plan(ProtectState.HELD, NOW + HOUR)
NO_LONGER_SAFE = Plan(ProtectState.HELD, NOW)
OVER = Plan(ProtectState.STOOD_DOWN, None)


@pytest.mark.parametrize(
    ("plans", "danger", "next_at"),
    [
        ([OVER, RAISED], Danger.UNATTENDED, None),
        ([SAFE_FOR_AN_HOUR, RAISED], Danger.UNATTENDED, None),
        ([SAFE_FOR_AN_HOUR, NO_LONGER_SAFE], Danger.UNSAFE, NOW),
        ([Plan(ProtectState.HELD, NOW + 2 * HOUR), SAFE_FOR_AN_HOUR], Danger.ATTENDED, NOW + HOUR),
        ([SAFE_FOR_AN_HOUR, OVER], Danger.ATTENDED, NOW + HOUR),
        ([OVER, OVER], Danger.NONE, None),
    ],
)
def test_the_worst_of_several_alarms_counts(plans: list[Plan], danger: Danger, next_at: datetime | None) -> None:
    """Also of two that were raised at one moment; that one was stood down says nothing about another."""
    for order in permutations(plans):
        now = standing_of(is_marked=True, is_open=True, plans=order, sees_plans=True, at=NOW)
        assert (now.danger, now.next_at) == (danger, next_at)


def test_whoever_sees_no_protective_work_is_told_that_they_do_not() -> None:
    words = {
        sees: standing_of(is_marked=True, is_open=True, plans=[], sees_plans=sees, at=NOW).words
        for sees in (True, False)
    }
    assert words == {
        True: "Somebody said that a child is in danger now",
        False: "Said to be in danger now; protective work is not shown to you",
    }


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"born": "2019-06-04"}, "6"),
        ({"born": "2019-06-03"}, "7"),
        ({"born": "2024-06-04"}, "23 months"),
        ({"born": "2026-05-01"}, "1 month"),
        ({"is_unborn": True}, "not born yet"),
        ({"reported": "5"}, "about 5"),
        ({"reported": "About five"}, "About five"),
        ({}, "age not known"),
    ],
)
def test_ages(said: dict[str, str | bool], words: str) -> None:
    born = said.get("born")
    day = datetime.fromisoformat(str(born)).date() if born else None
    reported, unborn = str(said.get("reported", "")), bool(said.get("is_unborn"))
    assert age_in_words(born=day, is_unborn=unborn, expected=None, reported=reported, on=NOW.date()) == words


def test_children_without_a_name_are_told_apart_by_their_age() -> None:
    assert name_and_age("", "about 5", is_unborn=False) == "Unnamed child, about 5"
    assert name_and_age("", "not born yet", is_unborn=True) == "Unborn child, not born yet"
    assert name_and_age("Holroyd", "due 3 May 2027", is_unborn=True) == "Unborn child Holroyd, due 3 May 2027"
    assert name_and_age("Alicja Entwistle", "7", is_unborn=False) == "Alicja Entwistle, 7"
