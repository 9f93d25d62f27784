"""The instant at which something is due, and the sentences that explain it.

Source: `clock/seeds.py` names the hub leaflets and the practice that the shipped numbers come from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

from clock.choices import URGENCY, Unit
from clock.rules.calendar import ONE_DAY, Calendar, day_of, in_utc
from clock.rules.words import day_and_time, length_of, number_of
from common.moments import require_aware

BEFORE_SAFE_UNTIL = timedelta(hours=1)
"""How long before the child is no longer safe the hub must have acted."""


@dataclass(frozen=True)
class Allowance:
    """The time that a rating policy gives.

    Attributes:
        quantity: minutes, working days, or minutes after midnight in London, as the unit says.
        waits_for_opening: a start outside hub hours counts from the next opening. Hub hours, working days and
            times of day always do.
        runs_past_closing: elapsed time goes on after the hub has closed; otherwise an instant outside hub hours
            moves to the next opening.
    """

    unit: str
    quantity: int
    waits_for_opening: bool = False
    runs_past_closing: bool = True

    @property
    def words(self) -> str:
        """The allowance as people say it: "4 hours, also past closing time"."""
        if self.unit == Unit.WORKING_DAYS:
            return number_of(self.quantity, "working day") if self.quantity else "the same working day"
        if self.unit == Unit.TIME_OF_DAY:
            return f"by {self.quantity // 60:02}:{self.quantity % 60:02} the same day"
        length = length_of(self.quantity)
        if self.unit == Unit.HUB_HOURS:
            return f"{length} of hub hours"
        past = ", also past closing time" if self.runs_past_closing else ""
        return f"{length} without closed days{past}" if self.unit == Unit.ELAPSED_OPEN_DAYS else f"{length}{past}"


@dataclass(frozen=True)
class Due:
    """An instant in UTC and how it was found, in short sentences."""

    at: datetime
    explanation: tuple[str, ...]

    def then(self, at: datetime, sentence: str) -> Due:
        """Return another instant, with the sentence that says why it replaces this one."""
        return Due(at, (*self.explanation, sentence))


def due(allowance: Allowance, start: datetime, calendar: Calendar) -> Due:
    """Return when something is due that counts from a start.

    Args:
        start: aware.

    Raises:
        NoOpenDay: the calendar has no open day left.
        ValueError: the start has no time zone, or the unit is unknown.
    """
    start = require_aware(start)
    counts_from, sentences = _effective_start(allowance, start, calendar)
    count = _COUNTS.get(allowance.unit)
    if count is None:
        raise ValueError(f"There is no unit {allowance.unit!r}.")
    instant, sentence = count(counts_from, allowance.quantity, calendar)
    found = Due(instant, (*sentences, sentence))
    if not allowance.runs_past_closing and _ends_outside(instant, calendar):
        opening = calendar.counts_from(instant)
        found = found.then(
            opening, f"That is outside hub hours, so it moves to the next opening, {day_and_time(opening)}."
        )
    return found


def _effective_start(allowance: Allowance, start: datetime, calendar: Calendar) -> tuple[datetime, tuple[str, ...]]:
    begun = f"It counts from {day_and_time(start)}."
    if not allowance.waits_for_opening and allowance.unit in {Unit.ELAPSED, Unit.ELAPSED_OPEN_DAYS}:
        return start, (begun,)
    counts_from = calendar.counts_from(start)
    if counts_from == start:
        return start, (begun,)
    waits = f"The hub was closed then, so it counts from the next opening, {day_and_time(counts_from)}."
    return counts_from, (f"The start was {day_and_time(start)}.", waits)


def _ends_outside(instant: datetime, calendar: Calendar) -> bool:
    day = day_of(instant)
    return not calendar.is_open(instant) and not (calendar.is_open_day(day) and instant == calendar.closing(day))


def add_elapsed(start: datetime, minutes: int) -> datetime:
    """Return the moment after so many minutes of real time; a change of the clocks makes no difference to it."""
    return require_aware(start) + timedelta(minutes=minutes)


def add_open_day_time(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    """Return the moment after so many minutes, day and night, on days on which the hub opens.

    A day of 23 or 25 hours counts as long as it is.
    """
    start, left = require_aware(start), timedelta(minutes=minutes)
    for day in calendar.open_days(day_of(start)):
        begins, ends = max(start, in_utc(day, time())), in_utc(day + ONE_DAY, time())
        if left <= ends - begins:
            return begins + left
        left -= ends - begins
    raise AssertionError("open_days ends by raising")  # pragma: no cover


def add_hub_time(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    """Return the moment after so many minutes of hub hours; time that ends exactly at closing is due at closing."""
    start, left = require_aware(start), timedelta(minutes=minutes)
    for day in calendar.open_days(day_of(start)):
        begins, ends = max(start, calendar.opening(day)), calendar.closing(day)
        if begins < ends and left <= ends - begins:
            return begins + left
        left -= max(ends - begins, timedelta(0))
    raise AssertionError("open_days ends by raising")  # pragma: no cover


def end_of_working_day(start: datetime, days: int, calendar: Calendar) -> datetime:
    """Return closing time of the nth working day after the day of the start; 0 is the day of the start itself.

    Args:
        start: a moment in hub hours.
    """
    return calendar.closing(next(islice(calendar.open_days(day_of(start)), days, None)))


def time_of_day(start: datetime, minute: int, calendar: Calendar) -> datetime:
    """Return a time of the same day, or of the next working day if it has gone by at the start.

    Args:
        start: a moment in hub hours.
        minute: minutes after midnight in London.
    """
    wanted = time(minute // 60, minute % 60)
    return next(in_utc(day, wanted) for day in calendar.open_days(day_of(start)) if in_utc(day, wanted) > start)


def _elapsed(start: datetime, minutes: int, calendar: Calendar) -> tuple[datetime, str]:
    instant = add_elapsed(start, minutes)
    return instant, f"{length_of(minutes)} later is {day_and_time(instant)}."


def _open_days(start: datetime, minutes: int, calendar: Calendar) -> tuple[datetime, str]:
    instant = add_open_day_time(start, minutes, calendar)
    length = length_of(minutes)
    return instant, f"{length} later, leaving out days on which the hub is closed, is {day_and_time(instant)}."


def _hub_hours(start: datetime, minutes: int, calendar: Calendar) -> tuple[datetime, str]:
    instant = add_hub_time(start, minutes, calendar)
    return instant, f"{length_of(minutes)} of hub hours later is {day_and_time(instant)}."


def _working_days(start: datetime, days: int, calendar: Calendar) -> tuple[datetime, str]:
    instant = end_of_working_day(start, days, calendar)
    after = f"{number_of(days, 'working day')} after that day" if days else "The same day"
    return instant, f"{after}, at closing time, is {day_and_time(instant)}."


def _same_day(start: datetime, minute: int, calendar: Calendar) -> tuple[datetime, str]:
    instant = time_of_day(start, minute, calendar)
    clock = f"{minute // 60:02}:{minute % 60:02}"
    if day_of(instant) == day_of(start):
        return instant, f"By {clock} the same day is {day_and_time(instant)}."
    return instant, f"{clock} had gone by, so it is {clock} on the next working day, {day_and_time(instant)}."


_COUNTS: dict[str, Callable[[datetime, int, Calendar], tuple[datetime, str]]] = {
    Unit.ELAPSED: _elapsed,
    Unit.ELAPSED_OPEN_DAYS: _open_days,
    Unit.HUB_HOURS: _hub_hours,
    Unit.WORKING_DAYS: _working_days,
    Unit.TIME_OF_DAY: _same_day,
}


def act_by(policy: Due, *, own: datetime | None = None, safe_until: datetime | None = None) -> Due:
    """Return the earliest of the policy's instant, the manager's own deadline and one hour before *safe until*."""
    found = policy
    if own is not None and own < found.at:
        found = found.then(own, f"The MASH manager set an earlier deadline, {day_and_time(own)}.")
    hour_before = require_aware(safe_until) - BEFORE_SAFE_UNTIL if safe_until else None
    if safe_until is not None and hour_before is not None and hour_before < found.at:
        safe, hour = day_and_time(safe_until), day_and_time(hour_before)
        found = found.then(hour_before, f"A child is safe until {safe}; one hour before is {hour}.")
    return found


def is_more_urgent(new: str, old: str) -> bool:
    """Say whether a colour is more urgent than another."""
    return URGENCY[new] < URGENCY[old]


def rerated_up(old: datetime, new_time: Due, *, at: datetime) -> Due:
    """Return the policy's instant after a rating up: the earlier of the old one and the new colour's time from now.

    Args:
        new_time: the new colour's time, counted from the re-rating.
        at: the re-rating.
    """
    begun = Due(new_time.at, (f"It was rated up on {day_and_time(at)}.", *new_time.explanation))
    return begun if new_time.at <= old else begun.then(old, f"The earlier deadline, {day_and_time(old)}, stands.")


def rerated_down(old: datetime, new_time: Due, *, at: datetime) -> Due:
    """Return the policy's instant after a rating down: the new colour's time, unless the old one has gone by.

    Args:
        new_time: the new colour's time, counted from the same start as before.
        at: the re-rating.
    """
    begun = Due(new_time.at, (f"It was rated down on {day_and_time(at)}.", *new_time.explanation))
    if old > at:
        return begun
    return begun.then(old, f"The earlier deadline, {day_and_time(old)}, had gone by, so it stands.")
