"""Which dates cannot be, and which are so unlikely that somebody is asked before they are stored.

What cannot be is refused with what to do. What is unlikely is a slip of the pen more often than not: whoever typed it
says that they looked again. No clock counts from an unlikely arrival: it would be overdue, and escalate through every
step, in the minute in which the contact is logged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from contacts.choices import PersonKind

LONG_AGO = timedelta(days=7)
"""A worry lies in a mailbox for some days; further back somebody looks at the date again."""
NO_ARRIVAL = timedelta(days=2 * 366)
"""Further back nothing arrives that was not logged: the day is that of the event, or a slip."""
GROWN_UP = 18
YOUNGEST_ADULT = 12
OLDEST_YEARS = 120
FARTHEST_AHEAD = timedelta(days=366)


class Dated(Protocol):
    """A child or an adult as typed."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def date_of_birth(self) -> date | None: ...  # noqa: D102


def clocks_from(arrived_at: datetime, logged_at: datetime) -> datetime:
    """Return from when the clocks of a contact count: its arrival, or its logging where that is long after."""
    return logged_at if logged_at - arrived_at > LONG_AGO else arrived_at


def impossible_arrival(arrived_at: datetime, *, at: datetime) -> str:
    """Return what to do about an arrival that cannot be; empty when it can."""
    if arrived_at > at:
        return "The time of arrival is in the future: enter when it was, or leave it out"
    if at - arrived_at > NO_ARRIVAL:
        return (
            f"Nothing that reached the hub in {arrived_at.year} is logged now: enter when it reached the hub, or leave "
            "it out for now. When it happened has a question of its own"
        )
    return ""


def impossible_day(day: date | None, *, today: date, what: str) -> str:
    """Return what to do about a day on which something happened and cannot have; empty when it can."""
    if day is None:
        return ""
    if day > today:
        return f"{what} is in the future: enter when it was, or leave it out"
    if day.year < today.year - OLDEST_YEARS:
        return f"{what} would be more than {OLDEST_YEARS} years ago: check the year"
    return ""


def too_far_ahead(moment: datetime | None, *, at: datetime, what: str) -> str:
    """Return what to do about a moment ahead that nobody can know; empty when all is well."""
    if moment is None or moment - at <= FARTHEST_AHEAD:
        return ""
    return f"{what} is more than a year ahead: check the year"


def to_look_at_again(arrived_at: datetime | None, people: Iterable[Dated], *, at: datetime, today: date) -> list[str]:
    """Return what is so unlikely that somebody is asked before it is stored, each as a sentence."""
    found = []
    if arrived_at is not None and LONG_AGO < at - arrived_at <= NO_ARRIVAL:
        found.append(f"It reached the hub {_ago((at - arrived_at).days)} ago.")
    for one in people:
        years = years_old(one.date_of_birth, today)
        if years is None or not 0 <= years <= OLDEST_YEARS:
            continue
        if one.kind == PersonKind.CHILD and years >= GROWN_UP:
            found.append(f"A child is {years} years old.")
        if one.kind == PersonKind.ADULT and years < YOUNGEST_ADULT:
            found.append(f"An adult is {years} year{'' if years == 1 else 's'} old.")
    return found


def asked_again(found: Iterable[str]) -> str:
    """Return what is asked about unlikely dates."""
    return f"{' '.join(found)} Put the date right, or tick that it is right as it stands"


def years_old(born: date | None, on: date) -> int | None:
    """Return how old somebody is; None where nobody knows."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _ago(days: int) -> str:
    if days >= 2 * 30:
        return f"{days // 30} months"
    return f"{days} days"
