"""The whole demo hub: the six cases first, then what is past, what waits and what goes on now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from auditlog.context import disable_auditlog
from django.db import transaction

import agencies.actions
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER
from agencies.choices import ScreeningBy
from clock.models import hub_calendar
from clock.rules.calendar import Calendar
from common.data_keys import HUB as HUB_KEY
from common.data_keys import key_of
from common.moments import london_day
from contacts.models import Contact
from demo.builder import plan
from demo.builder.exceptions import build_exceptions
from demo.builder.journey import Journey
from demo.builder.pace import Arrival, Pace, arrival_with, hub_minutes_ago, last_night, working_day_ago
from demo.builder.plan import Story
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
CASES_BY_KEY = {case.key: case for case in CASES}


@dataclass
class Building:
    """What is at hand while the hub is built.

    Attributes:
        families: of which several stories tell: the first story of each, from whose day the ages count.
    """

    hub: Directory
    now: datetime
    calendar: Calendar
    families: dict[int, Journey] = field(default_factory=dict)


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
    set_up(at=at)
    stories = plan.told()
    build(stories, at=at, say=say)
    round_off(at=at)
    return len(stories)


def set_up(*, at: datetime) -> None:
    """Settle how the hub screens, and make the key of the hub, for which two processes would wait."""
    with acting_as(BUILDER):
        key_of(HUB_KEY)
        settings = HUB | {"screening_by": ScreeningBy.PANEL}
        agencies.actions.save_hub_settings(viewer=BUILDER, at=at, **settings)


def build(stories: Sequence[Story], *, at: datetime, say: Say) -> None:
    """Build some stories, in their order, and say what of each kind there is."""
    building = Building(read_directory(), at, hub_calendar())
    # The audit log would date every row of these ninety days today; the events, which are the evidence, are dated.
    with disable_auditlog():
        for kind, of_kind in groupby(stories, key=lambda story: story.kind):
            count = 0
            for story in of_kind:
                _build_story(building, story)
                count += 1
            say(f"{kind}: {count} contacts.")


def round_off(*, at: datetime) -> None:
    """Add what is out of the ordinary, and what the clock and the mail would have done; after all stories."""
    with disable_auditlog():
        build_exceptions(read_directory(), at=at)
    settle(at=at)


def _build_story(building: Building, story: Story) -> None:
    line, first = story.line, building.families.get(story.family)
    case = CASES_BY_KEY.get(line.plot) or tell(line.plot, story.number, of=story.family, wording=story.wording)
    arrival, pace = _arrival(building, story, case)
    born_from = first.born_from if first else london_day(pace.moment)
    worked_by = first.number if first and line.twist == plan.Twist.JOINS else story.number
    journey = Journey(case, building.hub, pace, worked_by, born_from, own_due_at=arrival.own_due_at)
    travel(journey, line, earlier=first, now=building.now)
    building.families.setdefault(story.family, journey)


def _arrival(building: Building, story: Story, case: CaseText) -> tuple[Arrival, Pace]:
    now, calendar, line, number = building.now, building.calendar, story.line, story.number
    if not line.is_live:
        is_case = line.plot in CASES_BY_KEY
        minute = CASE_MINUTES[number] if is_case else 10 + number * 37 % 400
        at = working_day_ago(now, line.days_ago, minute, calendar)
        slowness = SLOWNESS if number % SLOW_EVERY == 0 and not is_case else 1
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
