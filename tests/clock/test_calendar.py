"""When the hub is open."""

from datetime import date, time

import pytest

from clock.rules.calendar import Calendar, NoOpenDay, day_of, in_utc
from tests.clock.times import ENGLAND, london


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2027-02-01 08:59", False),
        ("2027-02-01 09:00", True),
        ("2027-02-01 16:59", True),
        ("2027-02-01 17:00", False),
        ("2027-02-06 12:00", False),
        ("2027-03-26 12:00", False),
        ("2027-06-09 12:00", False),
        ("2028-02-29 12:00", True),
    ],
)
def test_is_open(moment: str, is_open: bool) -> None:
    assert ENGLAND.is_open(london(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2027-02-01 08:59", "2027-02-01 09:00"),
        ("2027-02-01 09:00", "2027-02-01 09:00"),
        ("2027-02-01 12:34", "2027-02-01 12:34"),
        ("2027-02-01 17:00", "2027-02-02 09:00"),
        ("2027-02-05 17:00", "2027-02-08 09:00"),
        ("2027-03-25 20:00", "2027-03-30 09:00"),
        ("2027-10-31 01:30", "2027-11-01 09:00"),
        ("2026-12-24 17:00", "2026-12-29 09:00"),
    ],
)
def test_counts_from(moment: str, expected: str) -> None:
    assert ENGLAND.counts_from(london(moment)) == london(expected)


def test_opening_follows_the_clocks() -> None:
    assert in_utc(date(2027, 3, 25), time(9)).hour == 9
    assert in_utc(date(2027, 3, 30), time(9)).hour == 8


def test_day_of_is_the_day_in_london() -> None:
    assert day_of(london("2027-06-01 00:30")) == date(2027, 6, 1)


def test_a_hub_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="after its opening time"):
        Calendar(opens_at=time(17), closes_at=time(9))


def test_a_calendar_without_an_open_day_says_so() -> None:
    with pytest.raises(NoOpenDay, match="correct its closures"):
        Calendar(weekdays=frozenset()).counts_from(london("2027-02-01 12:00"))
