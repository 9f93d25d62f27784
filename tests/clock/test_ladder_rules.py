"""When the steps of the ladder are reached."""

from datetime import datetime

import pytest

from clock.rules.ladder import Step, first_check, next_check, reached_at, steps_due, steps_for
from tests.clock.times import ENGLAND, london

WARN = Step(1, -60, False, ("worker",))
MISSED = Step(2, 0, False, ("worker",))
LATER = Step(3, 60, True, ("managers",))
LADDER = [WARN, MISSED, LATER]
DUE = london("2027-02-05 16:30")
BEGUN = london("2027-02-05 12:00")


def levels(at: datetime, begun: datetime = BEGUN) -> list[int]:
    return [step.level for step in steps_due(LADDER, DUE, ENGLAND, begun_at=begun, at=at)]


@pytest.mark.parametrize(
    ("step", "expected"),
    [(WARN, "2027-02-05 15:30"), (MISSED, "2027-02-05 16:30"), (LATER, "2027-02-08 09:30")],
)
def test_reached_at(step: Step, expected: str) -> None:
    assert reached_at(step, DUE, ENGLAND) == london(expected)


def test_reached_at_counts_hub_hours_from_opening_when_due_at_night() -> None:
    assert reached_at(LATER, london("2027-02-05 20:00"), ENGLAND) == london("2027-02-08 10:00")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-02-05 15:29", []),
        ("2027-02-05 15:30", [1]),
        ("2027-02-05 16:29", [1]),
        ("2027-02-05 16:30", [2]),
        ("2027-02-08 09:29", [2]),
        ("2027-02-08 09:30", [2, 3]),
        ("2027-02-20 12:00", [2, 3]),
    ],
)
def test_steps_due(at: str, expected: list[int]) -> None:
    assert levels(london(at)) == expected


def test_a_warning_is_not_given_to_what_began_after_it() -> None:
    assert levels(london("2027-02-05 16:00"), begun=london("2027-02-05 15:45")) == []


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-02-05 12:00", "2027-02-05 15:30"),
        ("2027-02-05 15:30", "2027-02-05 16:30"),
        ("2027-02-05 16:30", "2027-02-08 09:30"),
        ("2027-02-08 09:30", None),
    ],
)
def test_next_check(at: str, expected: str | None) -> None:
    assert next_check(LADDER, DUE, ENGLAND, at=london(at)) == (london(expected) if expected else None)


def test_first_check_is_the_first_step() -> None:
    assert first_check(LADDER, DUE, ENGLAND, at=BEGUN) == london("2027-02-05 15:30")


def test_first_check_of_what_begins_late_is_at_once() -> None:
    begun = london("2027-02-05 18:00")
    assert first_check(LADDER, DUE, ENGLAND, at=begun) == begun


def test_steps_for_prefers_the_ladder_of_the_colour() -> None:
    table = [
        ("decision", "", LATER),
        ("decision", "red", MISSED),
        ("decision", "red", WARN),
        ("feedback", "", MISSED),
    ]
    assert steps_for(table, "decision", "red") == [WARN, MISSED]
    assert steps_for(table, "decision", "amber") == [LATER]
    assert steps_for(table, "feedback", "") == [MISSED]
    assert steps_for(table, "acceptance", "red") == []
