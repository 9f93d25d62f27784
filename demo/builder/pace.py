"""How the moments of one story follow each other: in hub hours for what is past, in real time for what goes on now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clock.actions.deadlines import policy_in_force
from clock.choices import Measure, Start
from clock.models import hub_calendar
from clock.rules.calendar import Calendar
from clock.rules.due import add_hub_time, due
from common.moments import london_day
from screening.choices import Colour

ROUGH, FINE = timedelta(minutes=45), timedelta(minutes=3)
NEAR_ENOUGH, RED_LASTS = timedelta(minutes=15), timedelta(hours=4)
LONGEST_SEARCH = timedelta(days=8)
WRONG_SIDE = timedelta(days=30)
"""So much worse is an arrival whose deadline is over when it should run, or runs when it should be over."""


@dataclass
class Pace:
    """The present moment of a story; it never passes its limit.

    Attributes:
        limit: the moment before which everything has to happen.
        in_hub_hours: minutes count while the hub is open.
        slowness: how many times longer than usual everything takes.
    """

    moment: datetime
    limit: datetime
    calendar: Calendar
    in_hub_hours: bool
    slowness: int = 1

    def after(self, minutes: int) -> datetime:
        """Let some minutes pass, fewer where the limit is near, and return the new moment."""
        length = minutes * self.slowness
        if self.in_hub_hours:
            wanted = add_hub_time(self.calendar.counts_from(self.moment), length, self.calendar)
        else:
            wanted = self.moment + timedelta(minutes=length)
        self.moment = min(wanted, self.moment + (self.limit - self.moment) / 4)
        return self.moment

    def jump(self, moment: datetime, *, limit: datetime) -> datetime:
        """Go on at a moment, towards another limit."""
        self.moment, self.limit = max(moment, self.moment), limit
        return self.moment


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


def arrival_with(colour: Colour, left: timedelta, *, now: datetime, latest: datetime) -> Arrival:
    """Return an arrival whose decision is due as long from now as wanted, or as near to it as the calendar allows.

    While the hub is closed no Red case can be due in a few minutes; then the manager has set a deadline of their own.

    Args:
        left: below zero for what is overdue.
        latest: the arrival is not after this moment.
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

    roughly = min(_moments(latest - LONGEST_SEARCH, latest, ROUGH), key=miss)
    arrived_at = min(_moments(roughly - ROUGH, min(roughly + ROUGH, latest), FINE), key=miss)
    if colour == Colour.RED and miss(arrived_at) > NEAR_ENOUGH:
        return Arrival(min(latest, wanted - RED_LASTS), own_due_at=wanted)
    return Arrival(arrived_at)


def _moments(first: datetime, last: datetime, step: timedelta) -> list[datetime]:
    """Return moments from the last one back to the first."""
    return [last - step * count for count in range((last - first) // step + 1)]
