"""Measures the search on a filled hub: started by `./run bench matching`.

Everybody of the frozen list of mistakes in names is looked for in several ways, as the web role, with the walls up: in
one box, with what a caller has. What counts is whether they are among the first ten.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import django

from benchmarks.firewall.figures import Figure, printed, quantile
from benchmarks.matching.crowd import SEED, Crowd
from benchmarks.matching.filling import key
from benchmarks.matching.mistakes import address_mistakes

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer

GOAL_MS, GOAL_FOUND, FIRST = 10.0, 0.9, 10
ALONE = "mistake in the name, nothing else"
"""Told and not counted: of two million people many bear the same name."""


@dataclass(frozen=True)
class LookUp:
    """One search, and who has to be found by it."""

    way: str
    typed: str
    wanted: str
    right: str


def main(arguments: list[str]) -> int:
    """Measure, print, and return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=int)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args(arguments)
    django.setup()
    crowd = Crowd(options.people)
    figures = [Figure("people", crowd.contacts * 2), *measured(crowd, show_misses=options.misses)]
    print(printed(figures))
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in figures], indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.ok for one in figures) else 1


def look_ups(crowd: Crowd) -> Iterator[LookUp]:
    """Yield every search."""
    rng = random.Random(SEED)  # noqa: S311  # the same in every run
    mistakes = address_mistakes([crowd.home(number) for number in range(len(crowd.sought))])
    for number, one in enumerate(crowd.sought):
        born = next(crowd.people(number))[2]
        wanted, home = key(2, number * 2), crowd.home(number)
        yield LookUp("mistake in the name, date of birth", f"{one.typed} {said(born)}", wanted, one.right)
        yield LookUp("date of birth typed wrongly, name", f"{one.right} {said(mistyped(born, rng))}", wanted, one.right)
        yield LookUp("mistake in the address, name", f"{one.right}, {mistakes[number]}", wanted, one.right)
        yield LookUp("mistake in the name, address", f"{one.typed}, {home.text}", wanted, one.right)
        yield LookUp(ALONE, one.typed, wanted, one.right)


def said(day: date) -> str:
    """Return a day as it is typed."""
    return f"{day.day}/{day.month}/{day.year}"


def mistyped(day: date, rng: random.Random) -> date:
    """Return a day with day and month exchanged, or one part wrong."""
    which = rng.randrange(3)
    if which == 0 and day.day <= 12:
        return day.replace(day=day.month, month=day.day)
    if which == 1:
        return day.replace(year=day.year + rng.choice((-1, 1, 10)))
    return day.replace(day=day.day % 28 + 1)


def measured(crowd: Crowd, *, show_misses: bool) -> list[Figure]:
    """Return the figures of all searches, with the walls up."""
    from agencies.access.identity import acting_as
    from contacts import queries

    found: dict[str, list[bool]] = {}
    times: dict[str, list[float]] = {"matching": [], "page": [], "by telephone": []}
    searches = list(look_ups(crowd))
    somebody = front_door()
    for one in searches:  # What is read first comes from the disk: a hub that is at work has read it.
        with acting_as(somebody) as viewer:
            queries.best_people(viewer, one.typed)
    for one in searches:
        with acting_as(somebody) as viewer:  # As in a request: who searches is told anew, and is not believed for ever.
            took, keys = timed(viewer, one.typed)
        times["matching"].append(took)
        hit = one.wanted in keys[:FIRST]
        found.setdefault(one.way, []).append(hit)
        if show_misses and not hit and one.way != ALONE:
            print(f"  missed: {one.way}: {one.typed} for {one.right}")
    for number, one in enumerate(searches[::10]):
        with acting_as(somebody) as viewer:
            times["page"].append(whole(viewer, one.typed))
            times["by telephone"].append(whole(viewer, crowd.telephone(number)))
    return [*of_finding(found), *of_time(times)]


def of_finding(found: dict[str, list[bool]]) -> list[Figure]:
    """Return which part was among the first ten."""
    figures = [Figure(f"found among ten: {way}", round(statistics.mean(hits), 3)) for way, hits in found.items()]
    counted = [hit for way, hits in found.items() if way != ALONE for hit in hits]
    share = round(statistics.mean(counted), 3)
    return [*figures, Figure("found among ten, all but the last", share, f">= {GOAL_FOUND}", share >= GOAL_FOUND)]


def of_time(times: dict[str, list[float]]) -> list[Figure]:
    """Return how long it took."""
    figures = []
    for name, each in times.items():
        p95 = round(quantile(each, 0.95), 1)
        figures.append(Figure(f"{name}: p50 ms", round(quantile(each, 0.5), 1)))
        is_goal = name == "matching"
        figures.append(
            Figure(f"{name}: p95 ms", p95, f"<= {GOAL_MS}" if is_goal else "", not is_goal or p95 <= GOAL_MS)
        )
    return figures


def timed(viewer: Viewer, typed: str) -> tuple[float, Sequence[str]]:
    """Return how many milliseconds the matching took, and whom it found."""
    from contacts import queries

    began = time.perf_counter()
    keys = queries.best_people(viewer, typed)
    return (time.perf_counter() - began) * 1000, [str(one) for one in keys]


def whole(viewer: Viewer, typed: str) -> float:
    """Return how many milliseconds all of a search took: matching, rights once more, words."""
    from contacts import queries

    began = time.perf_counter()
    queries.search(viewer, typed)
    return (time.perf_counter() - began) * 1000


def front_door() -> Viewer:
    """Return somebody of the front door, as the middleware would."""
    from agencies.access.lookup import viewer_of
    from benchmarks.firewall.accounts import membership_of

    return viewer_of(membership_of("fiona_front"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
