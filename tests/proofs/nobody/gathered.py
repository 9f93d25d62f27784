"""What all seeds of a run came to together: kept in the folder of the run, judged by the one that ends last."""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from common.transition import StateTable
from contacts.transitions import CONTACT, PROTECTION
from decisions.transitions import COMPLAINT, LETTER, OUTGOING_TEXT, SUMMARY
from demo.borough.mishaps import MISHAPS
from information_sharing.transitions import INSTRUCTION, REQUEST
from screening.transitions import ENQUIRY, HANDOVER, SCREENING
from tests.proofs.nobody.living import Lived

TABLES: tuple[StateTable, ...] = (
    CONTACT, PROTECTION, SCREENING, ENQUIRY, HANDOVER, REQUEST, INSTRUCTION, SUMMARY, LETTER, COMPLAINT, OUTGOING_TEXT,
)  # fmt: skip
IN_THE_TABLES = {(event, state) for table in TABLES for event, row in table.items() for state in row.sources}
CLOCKS_CHANGE = "the clocks change"
KINDS = (*MISHAPS, CLOCKS_CHANGE)
OFTEN = 20
"""So often each kind of mishap is to happen in the whole run."""


@dataclass
class Gathered:
    """The seeds of a run that have ended.

    Attributes:
        kinds: the kinds of violation of all seeds.
        drained: of the seeds that were drained, how each ended.
    """

    seeds: int = 0
    met: set[tuple[str, str]] = field(default_factory=set)
    happened: Counter[str] = field(default_factory=Counter)
    kinds: set[str] = field(default_factory=set)
    drained: list[bool] = field(default_factory=list)

    @property
    def coverage(self) -> int:
        """How much of the state tables was met, per cent: events in each state from which they lead."""
        return 100 * len(self.met & IN_THE_TABLES) // len(IN_THE_TABLES)

    @property
    def of_the_tables(self) -> str:
        """How many of the events in their states were met, and of how many."""
        return f"{len(self.met & IN_THE_TABLES)} of {len(IN_THE_TABLES)}"

    @property
    def times(self) -> list[str]:
        """How often each kind of mishap happened, the rarest first; a kind that never did stands with 0."""
        counted = sorted((self.happened[kind], kind) for kind in KINDS)
        return [f"{times} {kind}" for times, kind in counted]

    @property
    def often_enough(self) -> int:
        """Of how many kinds of mishap at least `OFTEN` happened."""
        return sum(self.happened[kind] >= OFTEN for kind in KINDS)

    @property
    def never_met(self) -> list[str]:
        """Events with a state from which they lead, that no seed met."""
        return sorted(f"{event} in {state}" for event, state in IN_THE_TABLES - self.met)

    @property
    def rarest(self) -> tuple[int, str]:
        """How often the rarest mishap happened, and which it is."""
        return min((self.happened[kind], kind) for kind in KINDS)


@contextmanager
def gathered(lived: Lived) -> Iterator[Gathered]:
    """Keep what a seed came to, and give all that have ended so far; no other seed ends meanwhile."""
    folder = Path(os.environ.get("NOBODY_KEPT") or Path(os.environ["MASH_TEST_FOLDER"]) / "nobody")
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (folder / f"seed-{lived.seed.number}.json").write_text(json.dumps(_kept(lived)), encoding="utf-8")
        yield _together([json.loads(one.read_text(encoding="utf-8")) for one in sorted(folder.glob("seed-*.json"))])


def _kept(lived: Lived) -> dict[str, Any]:
    happened = Counter(lived.happened)
    first, last = lived.seed.starts, lived.borough.clock.now
    zone = lived.borough.clock.london.tzinfo
    happened[CLOCKS_CHANGE] += first.astimezone(zone).utcoffset() != last.astimezone(zone).utcoffset()
    return {
        "seed": lived.seed.number,
        "steps": len(lived.borough.diary),
        "from": first.isoformat(),
        "until": last.isoformat(),
        "checks": dict(lived.watch.checks),
        "violations": [one.words for one in lived.watch.found],
        "met": sorted(lived.met),
        "happened": dict(happened),
        "kinds": sorted({one.kind for one in lived.watch.found}),
        "drained": lived.drained,
    }


def _together(kept: list[dict[str, Any]]) -> Gathered:
    found = Gathered(seeds=len(kept))
    for one in kept:
        found.met |= {(event, state) for event, state in one["met"]}
        found.happened.update(one["happened"])
        found.kinds |= set(one["kinds"])
        if one["drained"] is not None:
            found.drained.append(one["drained"])
    return found
