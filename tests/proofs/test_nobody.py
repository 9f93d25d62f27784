"""Nobody falls through: hubs that are lived in from a seed, and who could have acted at every moment."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.proofs.figures import add, is_quick, report
from tests.proofs.nobody.gathered import KINDS, OFTEN, Gathered, gathered
from tests.proofs.nobody.known import KNOWN, known
from tests.proofs.nobody.living import Lived, Seed, living, monday
from tests.proofs.nobody.shrinking import shrunk
from tests.proofs.nobody.stories import story
from tests.proofs.notes import keep

QUICK = is_quick()
STEPS = int(os.environ.get("NOBODY_STEPS", "500" if QUICK else "1000"))
"""Of each seed; `./run nightly` goes further."""

WEEKS = (monday(2027, 3, 25), monday(2027, 10, 28), monday(2027, 6, 7), monday(2027, 12, 22))
"""The clocks go forward over Easter, back in autumn, not at all, and Christmas."""

SECONDS_TO_SHRINK = 30 if QUICK else 120
GOAL = int(os.environ.get("NOBODY_GOAL", "1500" if QUICK else "12000"))

OWED = "30 November 2026: a step takes 0.2 s of a processor (docs/adr/0062)."


def seeds() -> Iterator[Seed]:
    """Yield the seeds of a run: every tenth is drained, every fourth has a flood, every fifth more than can be done."""
    first, _, last = os.environ.get("NOBODY_SEEDS", "1-2" if QUICK else "1-8").partition("-")
    for number in range(int(first), int(last or first) + 1):
        yield Seed(
            number,
            WEEKS[number % len(WEEKS)],
            STEPS,
            a_day=90 if number % 5 == 0 else 40,
            mishaps=2.4,
            flood=6 if number % 4 == 0 else 1,
            drains=number % 10 == 3,
        )


SEEDS = list(seeds())


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"seed{seed.number}")
def test_nobody_falls_through(seed: Seed, transactional_db: None) -> None:
    began = time.monotonic()
    with living(seed) as lived:
        firsts = {one.kind: one for one in reversed(lived.watch.found)}
        stories = {kind: story(lived, one) for kind, one in firsts.items()}
        keep(f"nobody seed {seed.number}", [*told(lived, time.monotonic() - began), *stories.values()])
        new = [one for one in lived.watch.found if known(one.kind) is None]
        kinds = tuple(lived.happened)
        tell(lived, len(new))
    if new:
        small = shrunk(seed, new[0], kinds, seconds=SECONDS_TO_SHRINK)
        stories |= {small.violation.kind: small.story} if small else {}
    assert [one.words for one in new] == [], "\n\n".join(stories[kind] for kind in sorted({one.kind for one in new}))


def told(lived: Lived, seconds: float) -> Iterator[str]:
    """Yield what a seed did, for the notes."""
    diary = lived.borough.diary
    yield f"{len(diary)} steps in {seconds:.0f} s, until {lived.borough.clock.now:%d %B %H:%M}"
    outcomes = Counter((step.section, step.taken.route.split("/")[0], str(step.taken.outcome)) for step in diary)
    yield from (f"  {count} {' | '.join(what)}" for what, count in sorted(outcomes.items()))
    yield from (f"  {count} {what}" for what, count in sorted(lived.watch.checks.items()))
    yield from (f"  {count} {what}" for what, count in sorted(lived.happened.items()))
    yield from (f"  {count} {what}" for what, count in sorted(lived.borough.counts.items()))
    objections = Counter((step.taken.route, problem) for step in diary for problem in step.taken.problems)
    yield from (f"  {count} {route}: {problem}" for (route, problem), count in objections.most_common())
    yield from (f"  left over: {one}" for one in lived.left)


def tell(lived: Lived, new: int) -> None:
    """Add a seed to the figures; with the last of the run come those that all seeds make together."""
    with gathered(lived) as all_:
        add("nobody: steps", len(lived.borough.diary), f">= {GOAL}", owed=OWED)
        checks = sum(lived.watch.checks.values())
        add("nobody: times that a rule was put to the test", checks, f">= {1_000 if QUICK else 10_000}", owed=OWED)
        if all_.seeds == len(SEEDS):
            tell_together(all_)
        add_new(new)


def add_new(new: int) -> None:
    """Add the violations of one seed that nobody knew of; the test itself fails with their stories."""
    try:
        add("nobody: violations that are not known", new, "0")
    except AssertionError:
        return


def tell_together(all_: Gathered) -> None:
    """Tell what all seeds came to."""
    still = sum(any(one.words in kind for kind in all_.kinds) for one in KNOWN)
    report("nobody: known kinds of violation that occur", still, "0", ok=still == 0, owed=OWED)
    tell_met(all_)
    if QUICK:
        return
    gone = [one.words for one in KNOWN if not any(one.words in kind for kind in all_.kinds)]
    keep("nobody known", [f"did not occur: {one}" for one in gone])
    report("nobody: known kinds that do not occur any more", len(gone), "0", ok=not gone, owed=OWED)
    drained = f"{sum(all_.drained)} of {len(all_.drained)}"
    report("nobody: seeds drained", drained, "all", ok=all(all_.drained), owed=OWED)


def tell_met(all_: Gathered) -> None:
    """Tell how much of the tables and of what can go wrong was met; the notes name the rest.

    The quick run tells both as they are: two seeds cannot come to the goals of the whole run.
    """
    keep("nobody never met", all_.never_met)
    keep("nobody mishaps", all_.times)
    met = f"{all_.coverage} ({all_.of_the_tables})"
    report("nobody: states x events met, per cent", met, "100", ok=all_.coverage == 100, owed=OWED)
    times, kind = all_.rarest
    report("nobody: mishaps of each kind", f"{times} ({kind})", f">= {OFTEN}", ok=times >= OFTEN, owed=OWED)
    enough = f"{all_.often_enough} of {len(KINDS)}"
    report("nobody: kinds of mishap met often enough", enough, "all", ok=times >= OFTEN, owed=OWED)
