"""The whole demo hub: the six cases first, then what is past, what waits and what goes on now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from auditlog.context import disable_auditlog
from django.db import transaction

import agencies.actions
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER
from agencies.choices import ScreeningBy
from clock.models import hub_calendar
from clock.rules.calendar import Calendar
from common.moments import london_day
from contacts.models import Contact
from demo.builder import plan
from demo.builder.exceptions import build_exceptions
from demo.builder.journey import Journey
from demo.builder.pace import Arrival, Pace, arrival_with, hub_minutes_ago, last_night, working_day_ago
from demo.builder.plan import Line, Stop
from demo.builder.roads import travel
from demo.builder.settling import settle
from demo.cases import CASES
from demo.directory import Directory, read_directory
from demo.people import HUB
from demo.shapes import CaseText
from demo.stories import tell

Say = Callable[[str], None]
CASE_MINUTES = (22, 9, 41, 67, 13, 34)
"""After opening, so that a Red case is over before the hub closes."""
SLOW_EVERY, SLOWNESS = 9, 5


@dataclass
class Building:
    """What is at hand while the hub is built.

    Attributes:
        households: of which several stories tell: their first story, from whose day the ages count.
        tellings: how often each plot was told so far.
    """

    hub: Directory
    now: datetime
    calendar: Calendar
    households: dict[int, Journey] = field(default_factory=dict)
    tellings: Counter[str] = field(default_factory=Counter)
    latest: Journey | None = None
    built: int = 0


def is_built() -> bool:
    """Say whether the stories are there already; asked as somebody who sees every contact."""
    with acting_as(read_directory().viewer("maeve_manager")):
        return Contact.objects.exists()


@transaction.atomic
def build_hub(*, at: datetime, say: Say = print) -> int:
    """Build all stories, in one transaction: all of them or none.

    Args:
        at: now; nothing is dated later, apart from deadlines and what people promise.
        say: told what is being built, a line each.

    Returns:
        How many contacts there are.
    """
    building = Building(read_directory(), at, hub_calendar())
    with acting_as(BUILDER):
        settings = HUB | {"screening_by": ScreeningBy.PANEL}
        agencies.actions.save_hub_settings(viewer=BUILDER, at=at, **settings)
    # The audit log would date every row of these ninety days today; the events, which are the evidence, are dated.
    with disable_auditlog():
        _build_all(building, say)
        build_exceptions(building.hub, at=at)
    settle(at=at)
    return building.built


def _build_all(building: Building, say: Say) -> None:
    for days, case in zip(plan.CASE_DAYS, CASES, strict=True):
        _build_case(building, case, days)
    say(f"The six cases: {building.built} contacts.")
    for name, lines in (("over", plan.PAST), ("waiting", plan.WAITING), ("under way", plan.UNDER_WAY)):
        for line in lines:
            _build_line(building, line)
        say(f"What is {name}: {len(lines)} contacts.")


def _build_case(building: Building, case: CaseText, days: int) -> None:
    minute = CASE_MINUTES[building.built]
    arrived_at = working_day_ago(building.now, days, minute, building.calendar)
    pace = Pace(arrived_at, building.now, building.calendar, in_hub_hours=True, draw=_draw(building.built))
    journey = Journey(case, building.hub, pace, building.built, london_day(arrived_at))
    travel(journey, Line(case.key, Stop.TOLD, days))
    building.built += 1


def _build_line(building: Building, line: Line) -> None:
    number = building.built
    first = building.households.get(line.of) if line.of is not None else None
    joined = building.latest if line.twist == plan.Twist.JOINS else None
    of = line.of if line.of is not None else joined.number if joined else None
    case = tell(line.plot, number, of=of, wording=building.tellings[line.plot])
    building.tellings[line.plot] += 1
    arrival, pace = _arrival(building, line, case, number)
    known = first or joined
    born_from = known.born_from if known else london_day(pace.moment)
    worked_by = joined.number if joined else number
    journey = Journey(case, building.hub, pace, worked_by, born_from, own_due_at=arrival.own_due_at)
    travel(journey, line, earlier=known, now=building.now)
    if line.of is not None:
        building.households.setdefault(line.of, journey)
    building.latest = journey
    building.built += 1


def _arrival(building: Building, line: Line, case: CaseText, number: int) -> tuple[Arrival, Pace]:
    now, calendar = building.now, building.calendar
    if not line.is_live:
        at = working_day_ago(now, line.days_ago, 10 + number * 37 % 400, calendar)
        slowness = SLOWNESS if number % SLOW_EVERY == 0 else 1
        return Arrival(at), Pace(at, now, calendar, in_hub_hours=True, slowness=slowness, draw=_draw(number))
    if line.twist == plan.Twist.NIGHT:
        at = last_night(now, calendar)
        return Arrival(at), Pace(at, at + timedelta(minutes=30), calendar, in_hub_hours=False, draw=_draw(number))
    arrival = Arrival(hub_minutes_ago(now, line.minutes_ago, calendar))
    if line.left is not None:
        latest = hub_minutes_ago(now, line.mark[1] + 25 if line.mark else 45, calendar)
        arrival = arrival_with(case.colour, timedelta(minutes=line.left), now=now, latest=latest, number=number)
    limit = hub_minutes_ago(now, line.mark[1], calendar) if line.mark else now
    return arrival, Pace(arrival.at, limit, calendar, in_hub_hours=True, draw=_draw(number))


def _draw(number: int) -> Random:
    return Random(number)  # noqa: S311 - no secret hangs on it
