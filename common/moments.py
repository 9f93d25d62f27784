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


def short_moment(moment: datetime | date) -> str:
    """Write a moment as "3 Jun 2025, 15:40" in London, a day as "3 Jun 2025"."""
    if not isinstance(moment, datetime):
        return f"{moment.day} {moment:%b %Y}"
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%b %Y, %H:%M}"
