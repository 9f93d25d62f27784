"""Moments written as the wall clock in London shows them, and the calendar of the hand-computed tables."""

from datetime import UTC, date, datetime

from clock.rules.calendar import Calendar
from common.moments import LONDON


def london(written: str, *, fold: int = 0) -> datetime:
    """Return "2027-03-30 09:00" in London as UTC; `fold=1` is the second of two equal times in the autumn."""
    return datetime.fromisoformat(written).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


ENGLAND = Calendar(
    closed_days=frozenset(
        {
            date(2026, 12, 25),  # Friday, Christmas Day
            date(2026, 12, 28),  # Monday, substitute for Boxing Day
            date(2027, 1, 1),  # Friday, New Year's Day
            date(2027, 3, 26),  # Good Friday; the clocks go forward on Sunday 28 March
            date(2027, 3, 29),  # Easter Monday
            date(2027, 6, 9),  # a Wednesday on which this hub is closed
        }
    )
)
