"""When the hub is open: a value that the rules are given; it looks nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from common.moments import LONDON, require_aware

WEEKDAYS = frozenset({0, 1, 2, 3, 4})
FURTHEST_DAYS = 1500
"""How many days a rule looks ahead before it says that the calendar has no open day."""

ONE_DAY = timedelta(days=1)


class NoOpenDay(ValueError):
    """The calendar closes every day that a rule could use."""


@dataclass(frozen=True)
class Calendar:
    """Hub hours and closed days.

    Attributes:
        opens_at: time of day in London; belongs to the hub's hours.
        closes_at: time of day in London; the first minute that no longer belongs to them.
        closed_days: bank holidays of the nation and the hub's own closures.
        weekdays: days of the week on which the hub opens, Monday is 0.
    """

    opens_at: time = time(9)
    closes_at: time = time(17)
    closed_days: frozenset[date] = frozenset()
    weekdays: frozenset[int] = WEEKDAYS

    def __post_init__(self) -> None:
        """Refuse hours that never are.

        Raises:
            ValueError: the hub closes before it opens.
        """
        if self.closes_at <= self.opens_at:
            raise ValueError("The hub's closing time must be after its opening time.")

    def is_open_day(self, day: date) -> bool:
        """Say whether the hub opens on a day."""
        return day.weekday() in self.weekdays and day not in self.closed_days

    def opening(self, day: date) -> datetime:
        """Return the moment, in UTC, at which an open day begins."""
        return in_utc(day, self.opens_at)

    def closing(self, day: date) -> datetime:
        """Return the moment, in UTC, at which an open day ends."""
        return in_utc(day, self.closes_at)

    def is_open(self, moment: datetime) -> bool:
        """Say whether a moment lies in hub hours; closing time itself does not."""
        day = day_of(moment)
        return self.is_open_day(day) and self.opening(day) <= moment < self.closing(day)

    def open_days(self, first: date) -> Iterator[date]:
        """Yield the open days from a day on, that day included.

        Raises:
            NoOpenDay: the next four years have none left.
        """
        for ahead in range(FURTHEST_DAYS):
            day = first + timedelta(days=ahead)
            if self.is_open_day(day):
                yield day
        raise NoOpenDay("The hub's calendar has no open day left: correct its closures.")

    def counts_from(self, moment: datetime) -> datetime:
        """Return the moment itself in hub hours, otherwise the next opening.

        Raises:
            NoOpenDay: the next four years have no open day.
            ValueError: the moment has no time zone.
        """
        moment = require_aware(moment)
        if self.is_open(moment):
            return moment
        return next(self.opening(day) for day in self.open_days(day_of(moment)) if self.opening(day) > moment)


def in_utc(day: date, at: time) -> datetime:
    """Return a time of day in London as a moment in UTC."""
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Return the day in London."""
    return moment.astimezone(LONDON).date()
