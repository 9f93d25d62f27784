"""How long and when, in words that people read out. Pages, mails and explanations say it alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clock.choices import State
from common.moments import LONDON
from common.time_left import countdown, span


def number_of(count: int, noun: str) -> str:
    """Return a count with its noun: "1 hour", "2 hours"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def length_of(minutes: int) -> str:
    """Return an allowance in hours and minutes, never in days: 1440 is "24 hours", and nothing is empty."""
    parts = ((minutes // 60, "hour"), (minutes % 60, "minute"))
    return " ".join(number_of(count, noun) for count, noun in parts if count)


def day_and_time(moment: datetime) -> str:
    """Return day and time in London, such as "Friday 1 January 2027 at 15:40"."""
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M}"


def when(moment: datetime, *, at: datetime) -> str:
    """Return the time in London, with the day where it is not the day of `at`: "15:40", "Fri 2 Jan 15:40"."""
    return countdown(moment, at=at).due.removeprefix("due ")


@dataclass(frozen=True)
class Standing:
    """Where a deadline stands at a moment, and the words for it."""

    state: State
    words: str


def standing(*, due_at: datetime, met_at: datetime | None, cancelled_at: datetime | None, at: datetime) -> Standing:
    """Say where a deadline stands: it is never both met and cancelled. The instant at which it is due is in time."""
    due = f"due {when(due_at, at=at)}"
    if met_at is not None and met_at > due_at:
        return Standing(State.MET_LATE, f"Done {span(met_at - due_at)} late, {when(met_at, at=at)}, {due}")
    if met_at is not None:
        return Standing(State.MET, f"Done {when(met_at, at=at)}, {due}")
    if cancelled_at is not None:
        return Standing(State.CANCELLED, f"No longer needed, {due}")
    return Standing(State.OVERDUE if at > due_at else State.RUNNING, countdown(due_at, at=at).sentence)
