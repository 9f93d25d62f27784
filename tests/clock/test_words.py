"""How long and when, in words."""

from datetime import datetime

import pytest

from clock.choices import State
from clock.rules.words import Standing, day_and_time, length_of, number_of, standing, when
from tests.clock.times import london

DUE = london("2027-02-01 15:40")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (30, "30 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (1440, "24 hours"),
    ],
)
def test_length_of(minutes: int, words: str) -> None:
    assert length_of(minutes) == words


def test_number_of() -> None:
    assert [number_of(1, "day"), number_of(2, "day"), number_of(0, "day")] == ["1 day", "2 days", "0 days"]


def test_day_and_time_is_london() -> None:
    assert day_and_time(london("2027-07-01 09:05")) == "Thursday 1 July 2027 at 09:05"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2027-02-01 15:40", "15:40"),
        ("2027-02-02 09:00", "tomorrow 09:00"),
        ("2027-01-31 09:00", "yesterday 09:00"),
        ("2027-02-04 17:00", "Thu 4 Feb 17:00"),
        ("2028-02-29 17:00", "Tue 29 Feb 2028 17:00"),
    ],
)
def test_when(moment: str, words: str) -> None:
    assert when(london(moment), at=london("2027-02-01 12:00")) == words


def at_moment(at: str, met: datetime | None = None, cancelled: datetime | None = None) -> Standing:
    return standing(due_at=DUE, met_at=met, cancelled_at=cancelled, at=london(at))


@pytest.mark.parametrize(
    ("at", "state", "words"),
    [
        ("2027-02-01 14:28", State.RUNNING, "1 hour 12 minutes left, due 15:40"),
        ("2027-02-01 15:40", State.RUNNING, "less than a minute left, due 15:40"),
        ("2027-02-01 15:40:01", State.OVERDUE, "Overdue by less than a minute, due 15:40"),
        ("2027-02-01 16:00", State.OVERDUE, "Overdue by 20 minutes, due 15:40"),
        ("2027-02-02 15:40", State.OVERDUE, "Overdue by 1 day, due yesterday 15:40"),
        ("2027-01-29 12:40", State.RUNNING, "3 days 3 hours left, due Mon 1 Feb 15:40"),
    ],
)
def test_standing_while_open(at: str, state: State, words: str) -> None:
    assert at_moment(at) == Standing(state, words)


def test_standing_when_met() -> None:
    assert at_moment("2027-02-01 18:00", met=DUE) == Standing(State.MET, "Done 15:40, due 15:40")


def test_standing_when_met_late() -> None:
    late = london("2027-02-01 16:10")
    assert at_moment("2027-02-02 09:00", met=late) == Standing(
        State.MET_LATE, "Done 30 minutes late, yesterday 16:10, due yesterday 15:40"
    )


def test_standing_when_withdrawn() -> None:
    assert at_moment("2027-02-01 18:00", cancelled=DUE) == Standing(State.CANCELLED, "No longer needed, due 15:40")
