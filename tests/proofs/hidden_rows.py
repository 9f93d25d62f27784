"""Rows lost in a join: every SELECT of a page is run again past the policies, in the same transaction.

Under row-level security a row of another table that the viewer may not see takes with it what hangs on it and is open:
no error says so. Here the keys that a statement lists are compared with those that it lists past the policies, and each
that is missing is looked up alone, as the viewer.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from django.apps import apps
from django.db import connection
from psycopg2.extensions import cursor as Cursor

from tests.database import ROOT
from tests.proofs.statements import Statement, lists_rows, read

LOST, TOO_MANY, EMPTIED, EMPTY, OTHER = "lost", "too many", "joined row lost", "joined row hidden", "another value"
"""What may be wrong with a statement: it lists fewer of the rows that are open to the viewer, or more than it would if
it saw all; a joined row is not found that is open, or that is hidden; a column that asks on its own says otherwise."""

AS_MEANT = {
    (
        LOST,
        "agencies/access/table/meaning.py",
    ): "why it is open may rest on who else was asked: the page then names all",
    (OTHER, "contacts_report: is_corrected"): "says only whether to ask for corrections, and the rule shows none then",
}
"""What is otherwise past the policies and takes nothing from anybody, with the reason: kind, and column or file."""

MACHINERY = ("agencies/access/firewall.py", "common/", "tests/")
WEB = "mash_web"
CALLERS = 3

Row = tuple[str | None, ...]


@dataclass(frozen=True, order=True)
class Place:
    """What a line of code loses.

    Attributes:
        table: whose rows are lost.
        hidden: the tables of the statement whose rows hide them.
        line: of product code, and who called it.
    """

    kind: str
    line: str
    table: str
    hidden: str


@dataclass
class Loss:
    """Where a place lost rows, and how many."""

    rows: set[str] = field(default_factory=set)
    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pages: set[str] = field(default_factory=set)
    example: str = ""

    def told(self) -> str:
        """Return it in a line."""
        people = ", ".join(f"{name} {len(rows)}" for name, rows in sorted(self.people.items()))
        return f"{len(self.rows)} rows; {people}; {', '.join(sorted(self.pages))}; e.g. {self.example}"


@dataclass
class Found:
    """What all pages together have lost."""

    losses: dict[Place, Loss] = field(default_factory=lambda: defaultdict(Loss))
    pages: int = 0
    run_again: int = 0
    not_read: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> dict[Place, Loss]:
        """Return the places of one kind."""
        return {place: loss for place, loss in sorted(self.losses.items()) if place.kind == kind}

    def rows(self, *kinds: str) -> int:
        """Return how many rows all places of some kinds lost together."""
        return sum(len(loss.rows) for kind in kinds for loss in self.of(kind).values())

    def lines(self, *kinds: str) -> list[str]:
        """Return the places of some kinds, a line for each."""
        return [
            f"{kind}: {place.line} | {place.table} | hidden: {place.hidden} | {loss.told()}"
            for kind in kinds
            for place, loss in self.of(kind).items()
        ]

    def to_mend(self) -> list[str]:
        """Return what must not be."""
        not_read = [f"not understood: {line} | {text}" for text, line in sorted(self.not_read.items())]
        return self.lines(LOST, TOO_MANY, OTHER) + not_read

    def to_know(self) -> list[str]:
        """Return which columns stay empty because a joined row is hidden; mostly that is what hiding is for."""
        return self.lines(EMPTIED, EMPTY)


@cache
def keys() -> dict[str, str]:
    """Return the column of each table's key."""
    return {one._meta.db_table: str(one._meta.pk.column) for one in apps.get_models(include_auto_created=True)}


class Watch:
    """Hears the statements of somebody's pages and runs each again past the policies, once for each text."""

    def __init__(self, name: str, found: Found) -> None:
        self._name, self._found = name, found
        self._done: set[str] = set()
        self._page = ""

    @property
    def page(self) -> str:
        """The page at hand."""
        return self._page

    @page.setter
    def page(self, page: str) -> None:
        self._page = page
        self._found.pages += 1

    def __call__(self, execute: Callable[..., Any], text: str, values: Any, many: bool, context: Any) -> Any:
        """Let the statement through, then look what it lost."""
        result = execute(text, values, many, context)
        if not many and text.lstrip(" (").startswith("SELECT"):
            self._look_into(text, values)
        return result

    def _look_into(self, text: str, values: Any) -> None:
        with connection.connection.cursor() as cursor:
            whole = cursor.mogrify(text, values).decode()
            if whole in self._done:
                return
            self._done.add(whole)
            statements = read(whole)
            if not statements and lists_rows(whole):
                self._found.not_read.setdefault(text[:150], calling_line())
            for statement in statements:
                if statement.may_differ and {statement.base.table, *statement.tables} <= keys().keys():
                    self._compare(statement, cursor)

    def _compare(self, statement: Statement, cursor: Cursor) -> None:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() != (WEB,):
            return
        self._found.run_again += 1
        listing = statement.listing(keys())
        cursor.execute(listing)
        under = set(cursor.fetchall())
        past = past_the_policies(listing, cursor)
        if under != past:
            self._judge(statement, under, past, cursor)

    def _judge(self, statement: Statement, under: set[Row], past: set[Row], cursor: Cursor) -> None:
        seen, all_ = {row[0] for row in under}, {row[0] for row in past}
        missing = open_alone(statement.base.table, all_ - seen, cursor)
        hiding = [row for row in past if row[0] in missing]
        self._keep(LOST, statement, statement.base.table, missing, hidden_of(statement, hiding, cursor))
        self._keep(TOO_MANY, statement, statement.base.table, seen - all_, "")
        for place, source in enumerate(statement.joined, start=1):
            if statement.having:
                break
            had = {(row[0], row[place]) for row in under}
            more = {row[place] for row in past if row[0] in seen and (row[0], row[place]) not in had}
            more.discard(None)
            alone = open_alone(source.table, more, cursor)
            self._keep(EMPTIED, statement, source.table, alone, hidden_of(statement, past, cursor))
            self._keep(EMPTY, statement, source.table, more - alone, source.table)
        for place, (_, name) in enumerate(statement.worked_out, start=1 + len(statement.joined)):
            before = {(row[0], row[place]) for row in under}
            odd = {row[0] for row in past if row[0] in seen and (row[0], row[place]) not in before}
            self._keep(OTHER, statement, f"{statement.base.table}: {name}", odd, "")

    def _keep(self, kind: str, statement: Statement, table: str, rows: Iterable[str | None], hidden: str) -> None:
        lost = {str(row) for row in rows}
        line = calling_line()
        if not lost or (kind, table) in AS_MEANT or (kind, line.partition(":")[0]) in AS_MEANT:
            return
        loss = self._found.losses[Place(kind, line, table, hidden or ", ".join(sorted(statement.tables)))]
        loss.rows |= lost
        loss.people[self._name] |= lost
        loss.pages.add(self.page.partition(" ")[0])
        loss.example = loss.example or f"{self._name} {self.page} {min(lost)}"


def past_the_policies(listing: str, cursor: Cursor) -> set[Row]:
    """Run a statement as the role of the tests, which no policy stops; the web role comes back."""
    cursor.execute(f"SAVEPOINT past; SET LOCAL ROLE none; {listing}")
    found = set(cursor.fetchall())
    cursor.execute("ROLLBACK TO SAVEPOINT past; RELEASE SAVEPOINT past")
    return found


def open_alone(table: str, wanted: Iterable[str | None], cursor: Cursor) -> set[str]:
    """Return which rows of a table the viewer may see, asked for one by one and with nothing else."""
    listed = [one for one in wanted if one is not None]
    if not listed:
        return set()
    key = keys()[table]
    cursor.execute(f'SELECT ("{key}")::text FROM "{table}" WHERE ("{key}")::text = ANY (%s)', [listed])
    return {row[0] for row in cursor.fetchall()}


def hidden_of(statement: Statement, rows: Iterable[Row], cursor: Cursor) -> str:
    """Return the joined tables of which the viewer may not see every row that was joined; empty where none is."""
    listed, names = list(rows), set()
    for place, source in enumerate(statement.joined, start=1):
        joined = {row[place] for row in listed if len(row) > place and row[place] is not None}
        if joined - open_alone(source.table, joined, cursor):
            names.add(source.table)
    return ", ".join(sorted(names))


def calling_line() -> str:
    """Return the line of product code that asked, with those that called it, innermost first."""
    frame: FrameType | None = sys._getframe(1)
    lines: list[str] = []
    while frame is not None and len(lines) < CALLERS:
        file = frame.f_code.co_filename
        if file.startswith(f"{ROOT}/") and "/.venv/" not in file:
            path = str(Path(file).relative_to(ROOT))
            if not path.startswith(MACHINERY):
                lines.append(f"{path}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(lines) or "?"
