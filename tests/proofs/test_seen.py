"""What must be seen is seen: what the access table opens to somebody stands on a page that they reach by links."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.utils import timezone
from psycopg2.extensions import connection as Connection
from pytest_django.plugin import DjangoDbBlocker

from agencies.access.identity import acting_as
from mash.worklist import work_of
from tests.database import FOLDER, replace_database
from tests.proofs.cells import Person
from tests.proofs.figures import add, is_quick, report
from tests.proofs.judging import Judged, judged, known_losses
from tests.proofs.matters import among, few, matters_of
from tests.proofs.notes import keep
from tests.proofs.people import PRINCIPALS, WITHOUT_PART
from tests.proofs.showing import open_cells
from tests.proofs.shown_hub import enter_shown_world
from tests.proofs.telling import dead_ends
from tests.proofs.walking import Walk, alike, walk
from tests.walls import past_the_walls

QUICK = is_quick()
ALIKE = {"other_researcher", "closed_out", "closed_lead", "closed_screener", "stranger_lead", "stranger_receiver"}
"""People who see less of what somebody in the same role sees: the quick run leaves them out."""

WALKERS = [name for name in PRINCIPALS if name not in WITHOUT_PART and not (QUICK and name in ALIKE)]
CELLS = 2_000 if QUICK else 50_000
NOWHERE = 99
"""Stands for what no number of clicks leads to."""


@pytest.fixture(scope="module")
def shown(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Connection]:
    """Enter the hub in which each cell is known by itself; give a connection past both walls."""
    with django_db_blocker.unblock():
        enter_shown_world()
        with past_the_walls() as superuser:
            yield superuser
        replace_database()


@pytest.mark.parametrize("name", WALKERS)
def test_what_is_open_is_seen(name: str, shown: Connection, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        person = Person(name, shown)
        found, said = walked(person, shown)
        waits = clicks_to_what_waits(person, found)
    known = known_losses()
    unknown = [line for line in said.lines() if line.split(": ")[1] not in known]
    odd = [line for line in found.odd if line not in known]
    keep(f"seen {name}", [f"{len(found.pages)} pages, {said.open} open", *said.lines(), *found.odd])
    keep(f"seen far {name}", [f"{count} {where}" for where, count in said.far.most_common()])
    together(name, said, found, waits)
    tell(said, found, unknown)
    assert (unknown, odd) == ([], [])


def walked(person: Person, superuser: Connection) -> tuple[Walk, Judged]:
    """Walk as somebody, in the quick run among a few matters of theirs, and judge it."""
    cells = list(open_cells(person, superuser))
    if not QUICK:
        found = walk(person)
        return found, judged(person, found, cells, superuser)
    chosen = few(cells, superuser)
    found = walk(person, wanted=among(chosen, superuser), same=alike)
    owed = [one for one in cells if matters_of(one.label, superuser).get(one.key) in chosen]
    return found, judged(person, found, owed, superuser)


def clicks_to_what_waits(person: Person, found: Walk) -> int:
    """Return how many clicks it takes at most from the list of work to what stands on it."""
    start = found.pages.get("/work/")
    if start is None:
        return 0
    with acting_as(person.viewer) as viewer:
        lines = work_of(viewer, at=timezone.now()).items
    return max((found.pages[line.url] - start for line in lines if line.url in found.pages), default=0)


def tell(said: Judged, found: Walk, unknown: list[str]) -> None:
    """Add one person to the figures."""
    lost = sum(len(rows) for kind, rows in said.lost.items())
    of_known = sum(len(rows) for kind, rows in said.lost.items() if kind in known_losses())
    for name, figure, goal in (
        ("seen: cells open", said.open, f">= {CELLS}"),
        ("seen: open and never seen, besides the known", lost - of_known, "0"),
        ("seen: seen and not open", sum(map(len, said.not_open.values())), "0"),
        ("seen: links that answer anything but 200", len(found.odd), "0"),
    ):
        with suppress(AssertionError):  # The test itself fails with the places.
            add(name, figure, goal)
    if not QUICK:
        with suppress(AssertionError):
            add("seen: open and never seen, the known with them", lost, "0")


def together(name: str, said: Judged, found: Walk, waits: int) -> None:
    """Keep one person's part; whoever is last judges what only all together can show."""
    folder = FOLDER / "seen"
    folder.mkdir(exist_ok=True)
    part = {"lost": sorted(said.lost), "odd": found.odd, "clicks": said.clicks, "waits": waits}
    with (FOLDER / "seen.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (folder / f"{name}.json").write_text(json.dumps(part), encoding="utf-8")
        parts = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    if len(parts) == len(WALKERS):
        whole(parts)


def whole(parts: list[dict[str, Any]]) -> None:
    """Judge clicks over all people, and that each known loss still occurs."""
    clicks = sorted(number for part in parts for number in part["clicks"])
    waits = max(part["waits"] for part in parts)
    p95 = clicks[len(clicks) * 95 // 100]
    occurring = {kind for part in parts for kind in [*part["lost"], *part["odd"]]}
    gone = sorted(set(known_losses()) - occurring)
    report("seen: known losses that do not occur any more", len(gone), "0", ok=gone == [])
    report("seen: clicks from My work to what waits there, at most", waits, "<= 1", ok=waits <= 1)
    report("seen: clicks to anything of an open case, p95", p95, "<= 3", ok=p95 <= 3)


def test_who_is_told_can_open_it(shown: Connection, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        told, dead = dead_ends(every=not QUICK)
    keep("seen notices", [f"{told} links", *dead])
    report("seen: notices and mails that lead nowhere", len(dead), "0", ok=dead == [])
