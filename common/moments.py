"""Moments and days: stored in UTC, shown in London."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def require_aware(moment: datetime) -> datetime:
    """Return the moment in UTC.

    Raises:
        ValueError: the moment has no time zone, so nobody can know when it was.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return moment.astimezone(UTC)


def london_day(moment: datetime) -> date:
    """Return the calendar day in London on which an aware moment falls."""
    return require_aware(moment).astimezone(LONDON).date()
