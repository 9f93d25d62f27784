"""What one person's walk is judged by: what is open to them and was not seen, and what was seen and is not open."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from psycopg2.extensions import connection as Connection

from agencies.access.table.whole import RECORDS
from tests.proofs.cells import PLACES, Person
from tests.proofs.matters import matters_of, open_matters
from tests.proofs.showing import Cell
from tests.proofs.walking import Walk

NAMES_A_RECORD = re.compile(r"[A-Z]-[2-9A-Z]{4}-[2-9A-Z]{4}|[0-9a-f]{8}-[0-9a-f-]{27}")
FAR = 3
"""Clicks to anything of an open case: the goal."""

KNOWN = Path(__file__).with_name("known_losses.txt")


@dataclass
class Judged:
    """One person's walk beside the access table.

    Attributes:
        open: how many cells are open to them and owed by a page.
        lost: those that no page showed, by kind of cell and audience, with their rows.
        not_open: texts that a page showed and that are not open to them, with the pages.
        clicks: how many it took to each cell of an open matter.
        far: which of them took more than the goal, by kind of cell and by page.
    """

    open: int = 0
    lost: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    not_open: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    clicks: list[int] = field(default_factory=list)
    far: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return what is wrong, a line for each kind."""
        lost = [f"open and never seen: {kind}: {len(rows)}, e.g. {rows[0]}" for kind, rows in sorted(self.lost.items())]
        shown = ((kind, pages) for kind, pages in sorted(self.not_open.items()))
        return [*lost, *(f"seen and not open: {kind}: {len(pages)}, e.g. on {pages[0]}" for kind, pages in shown)]


def judged(person: Person, walk: Walk, cells: Iterable[Cell], superuser: Connection) -> Judged:
    """Compare a walk with what is open to somebody, both ways."""
    found, known, running = Judged(), set(), open_matters(superuser)
    for cell in cells:
        known.add(cell.mark)
        found.open += 1
        if cell.mark not in walk.clicks:
            found.lost[f"{cell.kind} as {cell.audience}"].append(cell.key)
        elif matters_of(cell.label, superuser).get(cell.key) in running:
            found.clicks.append(walk.clicks[cell.mark])
            if walk.clicks[cell.mark] > FAR:
                found.far[f"{cell.kind}, {page_of(walk.where[cell.mark])}"] += 1
    for (number, row), page in walk.where.items():
        if number in PLACES and (number, row) not in known and not may_read(person, PLACES[number], row):
            found.not_open[".".join(PLACES[number])].append(page)
    return found


def page_of(path: str) -> str:
    """Return an address without what names a record."""
    return NAMES_A_RECORD.sub("…", path)


def may_read(person: Person, column: tuple[str, str], row: str) -> bool:
    """Say whether a text may be shown to somebody: open to them, or opened when they have said what for."""
    label, name = column
    opened = RECORDS[label].with_purpose.get(name, ())
    return bool(person.audiences & frozenset(opened)) or person.may_read(column, row)


def known_losses() -> dict[str, str]:
    """Return the kinds of cells and links that are known to be lost, each with its reason, as they are written down."""
    found = {}
    for line in KNOWN.read_text(encoding="utf-8").splitlines():
        kind, _, reason = (part.strip() for part in line.partition("|"))
        if kind and not kind.startswith("#"):
            found[kind] = reason
    return found
