"""Moments and days: stored in UTC, shown in London."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
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


def london_moment(day: date, hour: time = time()) -> datetime:
    """Return the moment at which it is a time of a day in London; without a time its midnight, when the day begins.

    The hour that the autumn clock change repeats means its first run; one that the spring skips means the hour after.
    """
    return datetime.combine(day, hour, LONDON).astimezone(UTC)


def span_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """Write from when to when: whole days of London as days, else with the time. The end is not part of it."""
    first, last = london_day(starts_at), london_day(ends_at - timedelta(microseconds=1))
    if starts_at == london_moment(first) and ends_at == london_moment(last + timedelta(days=1)):
        return f"On {short_moment(first)}" if first == last else f"From {short_moment(first)} to {short_moment(last)}"
    return f"From {short_moment(starts_at)} to {short_moment(ends_at)}"


def short_moment(moment: datetime | date) -> str:
    """Write a moment as "3 Jun 2025, 15:40" in London, a day as "3 Jun 2025"."""
    if not isinstance(moment, datetime):
        return f"{moment.day} {moment:%b %Y}"
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%b %Y, %H:%M}"
