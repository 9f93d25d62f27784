"""One seed from beginning to end: a hub of its own, lived in while the watch looks on, and drained where asked."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from unittest import mock

from agencies.access import transitions
from common.moments import LONDON
from demo.borough import visitors
from demo.borough.arrivals import Worries
from demo.borough.box import VirtualClock, drawn_from
from demo.borough.hub import COLLEAGUES, people_of_the_hub
from demo.borough.life import Borough, Step, Work
from demo.borough.mishaps import MISHAPS, SELDOM
from demo.people import DemoPerson
from mash.worklist import SECTIONS, work_of
from tests.logins import kept_login
from tests.proofs.nobody.rows import Raw
from tests.proofs.nobody.scope import scope
from tests.proofs.nobody.violations import Violation
from tests.proofs.nobody.walls import Walls
from tests.proofs.nobody.watch import Watch
from tests.walls import past_the_walls

LONGEST = timedelta(days=30)
DRAINED_WITHIN = timedelta(days=21)
A_WHILE = timedelta(hours=16)
"""Between two of the mishaps that a hub does not survive every day."""

BEGUN_BEFORE = (
    "UPDATE agencies_membership SET starts_on = '2025-03-01'",
    "UPDATE agencies_agreement SET starts_on = '2025-01-01', ends_on = '2030-12-31'",
    "UPDATE agencies_signature SET signed_on = '2025-02-01'",
    "UPDATE agencies_signature SET ends_on = '2026-02-01' WHERE ends_on IS NOT NULL",
)
"""The hub of the template was begun on the machine's day; in the box it began before the first of its days."""


DUE = """
SELECT EXISTS (SELECT FROM clock_deadline WHERE next_check_at <= %(at)s)
    OR EXISTS (SELECT FROM notices_notice WHERE channel = 'mail' AND sent_at IS NULL AND not_before <= %(at)s)
       AS is_due
"""
TOLD = "SELECT DISTINCT membership_id FROM notices_notice WHERE channel = 'in_app' AND created_at >= %(at)s"


@dataclass(frozen=True)
class Seed:
    """What a life is made from.

    Attributes:
        starts: a Monday morning, in London.
        steps: how many steps at least.
        a_day: worries on a working day.
        mishaps: how many in an hour of the hub, on average.
        flood: how many times as much arrives in the second hour of the second day.
        drains: whether it ends with everybody working off what is on their lists.
        replays_from: the number of the step from which everything is judged after every step.
        only: the kinds of mishap that happen; None for all.
    """

    number: int
    starts: datetime
    steps: int
    a_day: int = 40
    mishaps: float = 0.6
    flood: float = 1
    drains: bool = False
    replays_from: int = 10**9
    only: tuple[str, ...] | None = None


def monday(year: int, month: int, day: int) -> datetime:
    """Return nine o'clock in London on a day, in UTC."""
    return datetime(year, month, day, 9, tzinfo=LONDON).astimezone(UTC)


@dataclass
class Lived:
    """What came of a seed.

    Attributes:
        met: events with the state in which they were made.
        happened: the mishaps, by kind.
        told: what happened, in sentences, with the number of the step before it.
        drained: whether everything ended, where that was tried.
    """

    seed: Seed
    borough: Borough
    watch: Watch
    met: set[tuple[str, str]] = field(default_factory=set)
    happened: Counter[str] = field(default_factory=Counter)
    told: list[tuple[int, str]] = field(default_factory=list)
    drained: bool | None = None
    left: list[str] = field(default_factory=list)


@contextmanager
def moves_met(met: set[tuple[str, str]]) -> Iterator[None]:
    """Keep which event is made in which state."""
    apply = transitions.apply

    def kept(record: Any, event: str, **rest: Any) -> Any:
        state = str(record.state)
        moved = apply(record, event, **rest)
        met.add((event, state))
        return moved

    with mock.patch.object(transitions, "apply", kept):
        yield


@contextmanager
def begun(seed: Seed, colleagues: Sequence[DemoPerson] = COLLEAGUES) -> Iterator[Lived]:
    """Begin a hub in its box.

    Args:
        colleagues: who works there beside the people of the demo.
    """
    clock, draw = VirtualClock(seed.starts), Random(f"nobody {seed.number}")  # noqa: S311 - a seed
    looks_with = Random(seed.number)  # noqa: S311 - a seed
    with past_the_walls() as connection, scope() as narrowed, kept_login("mash_sweep") as as_workers:
        raw = Raw(connection)

        def outside(statement: str, values: list[object]) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)

        def something_is_due(at: datetime) -> bool:
            return bool(raw.rows(DUE, {"at": at})[0]["is_due"])

        for statement in BEGUN_BEFORE:
            outside(statement, [])
        work = Work(
            lambda viewer, at: work_of(viewer, at=at).items,
            SECTIONS,
            as_workers,
            outside,
            something_is_due,
            lambda at: {row["membership_id"] for row in raw.rows(TOLD, {"at": at})},
        )
        hands = mock.patch.object(visitors, "HANDS", count(1))  # What they write does not hang on earlier seeds.
        with clock.believed(), drawn_from(f"nobody {seed.number}"), hands:
            borough = Borough(clock, draw, Worries(draw, seed.a_day), people_of_the_hub(clock, draw, colleagues), work)
            lived = Lived(seed, borough, Watch(borough, raw, narrowed, Walls(connection, looks_with)))
            with moves_met(lived.met):
                yield lived


Until = Callable[[Violation], bool]


@contextmanager
def living(seed: Seed, until: Until | None = None) -> Iterator[Lived]:
    """Live through a seed, and give what came of it while its hub still stands.

    Args:
        until: ends it when a violation is found of which this says yes.
    """
    gc.collect()
    gc.freeze()  # The product and its libraries are not looked through again and again while a life goes on.
    with begun(seed) as lived:
        borough, watch = lived.borough, lived.watch
        borough.watchers += [watch.on_step, lambda step: _touched(lived, step)]
        mishaps = Mishaps(lived)
        while len(borough.diary) < seed.steps and borough.clock.now < seed.starts + LONGEST:
            if until is not None and any(until(one) for one in watch.found):
                break
            second_day = timedelta(hours=25) <= borough.clock.now - seed.starts < timedelta(hours=26)
            borough.quarter(flood=seed.flood if second_day else 1)
            mishaps.of_quarter()
            if borough.clock.now.minute == 0:
                watch.everything()
        if seed.drains:
            _drain(lived)
        watch.everything()
        watch.at_the_end()
        yield lived


def _touched(lived: Lived, step: Step) -> None:
    if step.number >= lived.seed.replays_from:
        lived.watch.everything()
    else:
        lived.watch.touched()


@dataclass
class Mishaps:
    """Lets things go wrong, each kind in its turn, so that none is forgotten."""

    lived: Lived
    waiting: list[str] = field(default_factory=list)
    seldom_at: datetime | None = None

    def of_quarter(self) -> None:
        """Let something happen now, or not."""
        borough, seed = self.lived.borough, self.lived.seed
        if borough.draw.random() >= seed.mishaps / 4 or not borough.open_now():
            return
        if not self.waiting:
            self.waiting = sorted(MISHAPS if seed.only is None else seed.only)
            borough.draw.shuffle(self.waiting)
        for kind in list(self.waiting):
            if kind in SELDOM and self.seldom_at is not None and borough.clock.now < self.seldom_at + A_WHILE:
                continue
            self.lived.watch.deadlines()  # Those of until now, by the calendar and the policies of until now.
            said = MISHAPS[kind](borough)
            if said is not None:
                self.waiting.remove(kind)
                self._keep(kind, said)
                return

    def _keep(self, kind: str, said: str) -> None:
        lived = self.lived
        if kind in SELDOM:
            self.seldom_at = lived.borough.clock.now
        lived.happened[kind] += 1
        lived.told.append((len(lived.borough.diary), f"{lived.borough.clock.now:%a %d %b %H:%M}  {said}"))
        lived.watch.everything()


def _drain(lived: Lived) -> None:
    """Stop arrivals and mishaps, and let everybody do what is on their list until nothing moves any more."""
    borough = lived.borough
    borough.is_draining = True
    borough.sweeps_again_at = borough.mail_again_at = None
    for visitor in borough.people:
        visitor.idle_until = None
    ends = borough.clock.now + DRAINED_WITHIN
    while borough.clock.now < ends:
        borough.quarter()
        if borough.clock.now.minute == 0 and borough.clock.london.hour == 17:
            lived.left = lived.watch.left_over()
            if not lived.left:
                break
    lived.drained = not lived.left
