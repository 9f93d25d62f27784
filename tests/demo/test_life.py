"""The demo hub keeps what a hub that was lived in keeps: nobody falls through it, and life goes on in it.

It is built by the actions alone (docs/adr/0087); the watch of the proof that nobody falls through judges it, and the
engine then lives on in it.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from common.moments import LONDON
from demo.borough.life import Borough
from demo.borough.moving import Outcome
from demo.builder import build_hub
from tests.proofs.nobody.known import known
from tests.proofs.nobody.living import Seed, begun

TUESDAY_MORNING = datetime(2027, 3, 23, 10, 30, tzinfo=LONDON)
LEAST_STEPS, FEWEST_DOERS = 40, 20


def test_nobody_falls_through_the_demo(transactional_db: None) -> None:
    with begun(Seed(1, TUESDAY_MORNING, LEAST_STEPS), colleagues=()) as lived:
        build_hub(at=lived.borough.clock.now, say=lambda _line: None)
        lived.watch.everything()
        lived.borough.watchers.append(lived.watch.on_step)
        live_on(lived.borough)
        lived.watch.everything()
        checks, found = lived.watch.checks, lived.watch.found
    assert [one.words for one in found if known(one.kind) is None] == []
    assert checks["1: a matter is on a list"] > 80
    assert checks["3: a deadline recomputes"] > 500
    assert checks["3: a clock runs"] > 60
    assert checks["3: a step of the ladder was told"] > 30


def live_on(borough: Borough) -> None:
    """Let the people of the demo go on from where it stands."""
    while len(borough.diary) < LEAST_STEPS:
        borough.quarter()
    outcomes = Counter(step.taken.outcome for step in borough.diary)
    assert outcomes[Outcome.DONE] > LEAST_STEPS * 3 / 4
    assert len({step.who for step in borough.diary if step.taken.outcome == Outcome.DONE}) > FEWEST_DOERS
