"""The watch over a lived-in hub finds planted faults, each by itself; `./run prove faults` runs them, at night."""

from __future__ import annotations

import os

import pytest

from tests.proofs.faults import only_at_night
from tests.proofs.figures import add
from tests.proofs.nobody.living import Seed, living, monday
from tests.proofs.nobody.planted import PLANTED, Planted

STEPS = int(os.environ.get("NOBODY_STEPS", "200"))
PLANTINGS = {one.name: one for one in PLANTED}


@only_at_night
@pytest.mark.parametrize("name", PLANTINGS)
def test_a_planted_fault_is_found(name: str, transactional_db: None) -> None:
    fault: Planted = PLANTINGS[name]
    seed = Seed(101, monday(2027, 6, 7), STEPS, a_day=12, mishaps=3 if fault.mishaps else 0, only=fault.mishaps)
    with fault.plant(), living(seed, until=fault.is_seen_in) as lived:
        found = [one for one in lived.watch.found if fault.is_seen_in(one)]
    add("nobody: planted faults found", bool(found), f">= {len(PLANTED)}")
    assert found, sorted({one.kind for one in lived.watch.found})


def test_there_are_twenty_of_them() -> None:
    assert len(PLANTED) == len(PLANTINGS) == 20
    assert len({fault.rule for fault in PLANTED}) >= 6
