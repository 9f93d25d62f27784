"""A violation made small: the same kind of it, in the life with the fewest steps that was found in a bounded time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.database import replace_database
from tests.proofs.nobody.living import Lived, Seed, living
from tests.proofs.nobody.stories import story
from tests.proofs.nobody.violations import Violation

QUIET_DAY = 6
"""Worries on a working day of a small life."""

LOOKS_BACK = 25
"""So many steps before a violation everything is judged after every step when it is lived again."""


@dataclass(frozen=True)
class Found:
    """A violation with the life in which it came.

    Attributes:
        story: what led to it, in sentences.
    """

    seed: Seed
    violation: Violation
    story: str


def shrunk(seed: Seed, violation: Violation, kinds: tuple[str, ...], *, seconds: float) -> Found | None:
    """Return the smallest life in which a violation of this kind comes; None where it did not come again in the time.

    Small lives are tried first: without mishaps, then with one kind of those that had happened. The last of them is
    lived once more with everything judged after every step, so that the story ends with the very step.

    Args:
        kinds: mishaps that had happened before it.
    """
    ends, best = time.monotonic() + seconds, None
    steps = violation.after
    for smaller in _smaller(seed, kinds):
        if time.monotonic() > ends or steps < 1:
            break
        found = lived_again(replace(smaller, steps=steps), violation.kind)
        if found is not None:
            best, steps = found, found.violation.after - 1
    if best is None:
        return None
    again = replace(best.seed, replays_from=max(1, best.violation.after - LOOKS_BACK))
    return lived_again(again, violation.kind) or best


def _smaller(seed: Seed, kinds: tuple[str, ...]) -> Iterator[Seed]:
    quiet = replace(seed, a_day=QUIET_DAY, flood=1, drains=False)
    yield replace(quiet, mishaps=0, only=())
    yield from (replace(quiet, mishaps=2, only=(kind,)) for kind in kinds)
    yield replace(seed, drains=False)


def lived_again(seed: Seed, kind: str) -> Found | None:
    """Live a seed until a kind of violation comes, in a hub of its own; None where it does not."""
    replace_database()
    with living(seed, until=lambda one: one.kind == kind) as lived:
        return found_in(lived, kind)


def found_in(lived: Lived, kind: str) -> Found | None:
    """Return the first violation of a kind in a life, with its story."""
    first = next((one for one in lived.watch.found if one.kind == kind), None)
    return None if first is None else Found(lived.seed, first, story(lived, first))
