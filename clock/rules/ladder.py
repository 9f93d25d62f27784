"""When each step of the ladder is reached, and which comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from clock.rules.calendar import Calendar
from clock.rules.due import add_elapsed, add_hub_time


@dataclass(frozen=True)
class Step:
    """One step: who is told, and how long before or after the deadline.

    Attributes:
        minutes: after the deadline; below zero before it.
        in_hub_hours: the minutes count in hub hours only.
        who: codes of `clock.choices.Who`.
    """

    level: int
    minutes: int
    in_hub_hours: bool
    who: tuple[str, ...]


def reached_at(step: Step, due_at: datetime, calendar: Calendar) -> datetime:
    """Return the instant of a step."""
    if step.in_hub_hours:
        return add_hub_time(calendar.counts_from(due_at), step.minutes, calendar)
    return add_elapsed(due_at, step.minutes)


def steps_due(
    steps: Iterable[Step], due_at: datetime, calendar: Calendar, *, begun_at: datetime, at: datetime
) -> list[Step]:
    """Return the steps that have been reached.

    A warning from before the deadline is dropped once the deadline has gone by, and where the deadline began after it.
    """
    reached = [(step, reached_at(step, due_at, calendar)) for step in steps]
    return [
        step
        for step, instant in reached
        if instant <= at and not (step.minutes < 0 and (at >= due_at or instant <= begun_at))
    ]


def next_check(steps: Iterable[Step], due_at: datetime, calendar: Calendar, *, at: datetime) -> datetime | None:
    """Return the first instant after `at` at which a step is reached; None when the ladder has ended."""
    ahead = [instant for step in steps if (instant := reached_at(step, due_at, calendar)) > at]
    return min(ahead, default=None)


def first_check(steps: Iterable[Step], due_at: datetime, calendar: Calendar, *, at: datetime) -> datetime | None:
    """Return when a deadline that begins now is to be looked at: at once if it begins late."""
    known = list(steps)
    if steps_due(known, due_at, calendar, begun_at=at, at=at):
        return at
    return next_check(known, due_at, calendar, at=at)


def steps_for(table: Iterable[tuple[str, str, Step]], measure: str, colour: str) -> list[Step]:
    """Return the ladder of a measure: that of the colour if it has one of its own, otherwise that of any colour.

    Args:
        table: (measure, colour or "", step).
    """
    of_measure = [(row_colour, step) for row_measure, row_colour, step in table if row_measure == measure]
    own = [step for row_colour, step in of_measure if row_colour == colour]
    chosen = own or [step for row_colour, step in of_measure if row_colour == ""]
    return sorted(chosen, key=lambda step: step.level)
