"""How long and when, in words that people read out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clock.choices import State
from mash.common.moments import LONDON, london_day

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def number_of(count: int, noun: str) -> str:
    """Return a count with its noun: "1 hour", "2 hours"."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"


def duration(length: timedelta, *, days: bool = True) -> str:
    """Return a length of time by its two largest units, rounded down to the minute.

    Args:
        days: whether 24 hours are called a day.
    """
    seconds = int(abs(length).total_seconds())
    if seconds < MINUTE:
        return "less than a minute"
    parts = [(seconds // DAY, "day"), (seconds % DAY // HOUR, "hour")] if days else [(seconds // HOUR, "hour")]
    parts.append((seconds % HOUR // MINUTE, "minute"))
    first = next(place for place, (count, _) in enumerate(parts) if count)
    return " ".join(number_of(count, noun) for count, noun in parts[first : first + 2] if count)


def clock_time(moment: datetime) -> str:
    """Return the time of day in London, such as 15:40."""
    return moment.astimezone(LONDON).strftime("%H:%M")


def day_and_time(moment: datetime) -> str:
    """Return day and time in London, such as "Friday 1 January 2027 at 15:40"."""
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"


def when(moment: datetime, *, at: datetime) -> str:
    """Return the time in London, with the day where it is not the day of `at`, and the year where it differs."""
    day, today = london_day(moment), london_day(at)
    if day == today:
        return clock_time(moment)
    year = f" {day.year}" if day.year != today.year else ""
    return f"{clock_time(moment)} on {day:%a} {day.day} {day:%b}{year}"


@dataclass(frozen=True)
class Standing:
    """Where a deadline stands at a moment, and the words for it."""

    state: State
    words: str

    @property
    def is_overdue(self) -> bool:
        """Say whether it is open and late."""
        return self.state == State.OVERDUE


def standing(*, due_at: datetime, met_at: datetime | None, cancelled_at: datetime | None, at: datetime) -> Standing:
    """Say where a deadline stands: it is late from the first instant after the one at which it was due."""
    due = when(due_at, at=at)
    if met_at is not None and met_at > due_at:
        late = duration(met_at - due_at)
        return Standing(State.MET_LATE, f"done {late} late, at {when(met_at, at=at)}, was due {due}")
    if met_at is not None:
        return Standing(State.MET, f"done at {when(met_at, at=at)}, was due {due}")
    if cancelled_at is not None:
        return Standing(State.CANCELLED, f"no longer needed, was due {due}")
    if at > due_at:
        return Standing(State.OVERDUE, f"overdue by {duration(at - due_at)}, was due {due}")
    return Standing(State.RUNNING, f"{duration(due_at - at)} left, due {due}")
