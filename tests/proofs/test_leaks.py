"""The proof of the proof: twenty leaks are planted, and the comparison of twin worlds finds each of them."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.architecture.planting import PLAIN, enter_world
from tests.proofs.crawling import Crawl, compare, crawl, standing_clock, visits
from tests.proofs.figures import report
from tests.proofs.kinds import KINDS
from tests.proofs.leaks import LEAKS, Leak, planted
from tests.proofs.outbox import Told, mail_to
from tests.proofs.scenes import Scene, scene
from tests.proofs.test_twins import twins

__all__ = ["twins"]

SECRET = next(kind for kind in KINDS if kind.name == "something sealed where nothing was")
EVERY = 20
Seen = dict[str, Crawl]


def looked_at(leak: Leak, case: Scene) -> Crawl:
    """Look at the page of a leak as the person to whom it leaks."""
    wanted = visits(case.references, case.items, only=[leak.route])
    assert wanted
    with planted(leak, case):
        return crawl([leak.person], wanted)


def seen_in(world: str, case: Scene, told: dict[str, set[Told]]) -> Seen:
    """Look at every leak in one world."""
    told[world] = mail_to(["social_worker"])
    return {leak.name: looked_at(leak, case) for leak in LEAKS if leak.route}


def test_every_planted_leak_is_found(twins: None) -> None:
    told: dict[str, set[Told]] = {}
    with standing_clock(), ExitStack() as actions:
        enter_world(PLAIN)
        case = scene(SECRET.scene)
        first = seen_in("first", case, told)
        enter_world(PLAIN)
        patch = actions.enter_context(pytest.MonkeyPatch.context())
        for leak in LEAKS:
            if leak.action:
                leak.action(patch)
        SECRET.keep(case)
        second = seen_in("second", case, told)
    missed = [leak.name for leak in LEAKS if not is_found(leak, first, second, told)]
    found = len(LEAKS) - len(missed)
    said = ", ".join([f"{found} of {EVERY}", *missed])
    report("planted leaks: found", said, f"{EVERY} of {EVERY}", ok=found == EVERY)


def is_found(leak: Leak, first: dict[str, Crawl], second: dict[str, Crawl], told: dict[str, set[Told]]) -> bool:
    """Say whether the two worlds are told apart by what a leak shows."""
    if not leak.route:
        return told["first"] != told["second"]
    wanted = [visit for _, visit in first[leak.name].answers]
    difference = compare(first[leak.name], second[leak.name], [leak.person], wanted)
    return bool(difference.where)
