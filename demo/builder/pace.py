"""How the moments of one story follow each other: in hub hours for what is past, in real time for what goes on now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from clock.actions.deadlines import policy_in_force
from clock.choices import Colour, Measure, Start
from clock.models import hub_calendar
from clock.rules.calendar import Calendar
from clock.rules.due import add_hub_time, due
from common.moments import london_day

A_MINUTE, AN_EVENING = timedelta(minutes=1), timedelta(hours=1)
LONGER_OR_SHORTER = (0.6, 1.5)
ROUGH, FINE = timedelta(minutes=45), timedelta(minutes=3)
NEAR_ENOUGH, MOST_APART = timedelta(minutes=15), 400
LONGEST_SEARCH = timedelta(days=8)
WRONG_SIDE = timedelta(days=30)
"""So much worse is an arrival whose deadline is over when it should run, or runs when it should be over."""


@dataclass
class Pace:
    """The present moment of a story; it never passes its limit.

    Attributes:
        limit: the moment before which everything has to happen.
        in_hub_hours: minutes count while the hub is open; only the night counts them all.
        slowness: how many times longer than usual everything takes.
        draw: makes what people do take longer or shorter than usual.
    """

    moment: datetime
    limit: datetime
    calendar: Calendar
    in_hub_hours: bool
    slowness: int = 1
    draw: Random = field(default_factory=lambda: Random(0))  # noqa: S311 - no secret hangs on it

    def after(self, minutes: int) -> datetime:
        """Let about so many minutes pass, fewer where the limit is near, and return the new moment."""
        length = timedelta(minutes=minutes * self.slowness * self.draw.uniform(*LONGER_OR_SHORTER))
        if not self.in_hub_hours:
            self.moment += min(length, (self.limit - self.moment) / 4)
            return self.moment
        self.moment = self.calendar.counts_from(self.moment)
        left = open_time(self.moment, self.limit, self.calendar)
        self.moment = add_hub_time(self.moment, minutes_of(min(length, left / 4)), self.calendar)
        return self.moment

    def jump(self, moment: datetime, *, limit: datetime) -> datetime:
        """Go on at a moment, towards another limit."""
        self.moment, self.limit = max(moment, self.moment), limit
        return self.moment


def minutes_of(length: timedelta) -> int:
    """Return the whole minutes of a length."""
    return length // timedelta(minutes=1)


def open_time(first: datetime, last: datetime, calendar: Calendar) -> timedelta:
    """Return for how long the hub is open between two moments."""
    total, day = timedelta(0), london_day(first)
    while day <= london_day(last):
        if calendar.is_open_day(day):
            total += max(min(last, calendar.closing(day)) - max(first, calendar.opening(day)), timedelta(0))
        day += timedelta(days=1)
    return total


def hub_minutes_ago(now: datetime, minutes: int, calendar: Calendar) -> datetime:
    """Return the moment since which the hub has been open for so many minutes."""
    left, day = timedelta(minutes=minutes), london_day(now)
    while True:
        if calendar.is_open_day(day) and calendar.opening(day) < now:
            begins, ends = calendar.opening(day), min(now, calendar.closing(day))
            if left < ends - begins:
                return ends - max(left, A_MINUTE)
            left -= ends - begins
        day -= timedelta(days=1)


def last_night(now: datetime, calendar: Calendar) -> datetime:
    """Return a moment at which the hub was closed and the duty team at work: late in the evening, or just now."""
    day = london_day(now)
    while not calendar.is_open_day(day) or calendar.closing(day) > now - AN_EVENING:
        day -= timedelta(days=1)
    return min(calendar.closing(day) + AN_EVENING * 4, now - AN_EVENING / 2)


def working_day_ago(now: datetime, days: int, minute: int, calendar: Calendar) -> datetime:
    """Return a moment in hub hours about so many days ago.

    Args:
        minute: after opening.
    """
    day = london_day(now) - timedelta(days=days)
    while not calendar.is_open_day(day):
        day -= timedelta(days=1)
    return calendar.opening(day) + timedelta(minutes=minute)


@dataclass(frozen=True)
class Arrival:
    """When a live story arrived, and the manager's own deadline where the policy's cannot be as wanted."""

    at: datetime
    own_due_at: datetime | None = None


def arrival_with(colour: Colour, left: timedelta, *, now: datetime, latest: datetime, number: int = 0) -> Arrival:
    """Return an arrival whose decision is due as long from now as wanted, or as near to it as the calendar allows.

    Whoever takes it in is at work, so it arrives in hub hours. While the hub is closed no Red case can be due in a few
    minutes: then the manager has set a deadline of their own for the next opening.

    Args:
        left: below zero for what is overdue.
        latest: the arrival is not after this moment.
        number: parts those that would arrive together, because the calendar allows no better.
    """
    calendar = hub_calendar()
    policy = policy_in_force(Measure.DECISION, colour, {Start.ARRIVAL: now, Start.FIRST_RATING: now})
    if policy is None:
        return Arrival(latest)
    allowance, wanted, overdue = policy.allowance, now + left, left < timedelta(0)

    def miss(moment: datetime) -> timedelta:
        found = due(allowance, moment, calendar).at
        wrong_side = (found < now) != overdue
        return abs(found - wanted) + (WRONG_SIDE if wrong_side else timedelta(0))

    roughly = min(_moments(latest - LONGEST_SEARCH, latest, ROUGH, calendar), key=miss)
    near = _moments(roughly - ROUGH, min(roughly + ROUGH, latest), FINE, calendar)
    arrived_at = min(near, key=miss)
    if miss(arrived_at) <= NEAR_ENOUGH:
        return Arrival(arrived_at)
    if colour == Colour.RED and not overdue:
        opening = calendar.counts_from(now)
        at = max(arrived_at, hub_minutes_ago(now, 60 + number * 17 % 120, calendar))
        return Arrival(min(at, latest), own_due_at=add_hub_time(opening, minutes_of(left), calendar))
    minutes = number * 37 % MOST_APART
    later = min(add_hub_time(calendar.counts_from(arrived_at), minutes, calendar), latest)
    apart = (hub_minutes_ago(arrived_at, minutes, calendar), later, arrived_at)
    return Arrival(next((moment for moment in apart if miss(moment) < WRONG_SIDE), arrived_at))


def _moments(first: datetime, last: datetime, step: timedelta, calendar: Calendar) -> list[datetime]:
    """Return moments in hub hours from the last one back to the first; the last one alone where there is none."""
    every = [last - step * count for count in range((last - first) // step + 1)]
    return [moment for moment in every if calendar.is_open(moment)] or [last]
