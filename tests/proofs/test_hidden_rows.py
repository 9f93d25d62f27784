"""No page loses a row that its viewer may see because a statement goes through a table that is hidden from them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import connection, transaction
from psycopg2.extensions import connection as Connection
from pytest_django.plugin import DjangoDbBlocker

from agencies.access.table import ADDRESSES
from agencies.access.table.words import Address
from tests.architecture.planting import World
from tests.proofs.cells import ROUTES, SENT, SHOWN, Cell, Person, Record, further_arguments
from tests.proofs.choosing import entry
from tests.proofs.crawling import LEFT_OUT, LOOKED_FOR, QUERIES
from tests.proofs.figures import add, is_quick
from tests.proofs.hidden_rows import LOST, Found, Watch
from tests.proofs.notes import keep
from tests.proofs.people import PRINCIPALS
from tests.proofs.surroundings import every_row, pattern

QUICK = is_quick()
PER_PATTERN = int(os.environ.get("HIDDEN_PER_PATTERN", "1"))
"""How many records of each state and pattern each person opens at each address."""


@pytest.mark.parametrize("name", PRINCIPALS)
def test_pages_lose_no_row(
    name: str, world: World, superuser: Connection, django_db_blocker: DjangoDbBlocker
) -> None:
    found = Found()
    with django_db_blocker.unblock():
        person = Person(name, superuser)
        watch = Watch(name, found)
        for cell in pages_of(person, world, superuser):
            for query in QUERIES.get(cell.route.name, [""]) if cell.method == SHOWN else [""]:
                ask(person, cell, watch, query=query)
            for form in LOOKED_FOR.get(cell.route.name, ()) if cell.method == SENT else ():
                ask(person, cell, watch, form=form)
    keep(f"hidden {name}", [f"{found.pages} pages, {found.run_again} statements", *found.lines()])
    add("hidden rows: statements run again past the policies", found.run_again, ">= 1000")
    add("hidden rows: rows that a page's statement lost", sum(len(one.rows) for one in found.of(LOST).values()), "0")


def pages_of(person: Person, world: World, superuser: Connection) -> Iterator[Cell]:
    """Yield every address that reaches somebody, for some records of each state that are open to them there."""
    for name, row in ADDRESSES.items():
        if name.startswith(LEFT_OUT):
            continue
        for record in records(person, row, superuser):
            for arguments in further_arguments(ROUTES[name], world, record.known):
                cells = (Cell(ROUTES[name], row, arguments, record, method) for method in (SHOWN, SENT))
                yield from (cell for cell in cells if cell.method in row.methods and person.reaches(cell))


def records(person: Person, row: Address, superuser: Connection) -> Iterator[Record]:
    """Yield some records of each state and pattern that reach somebody at an address."""
    if not row.record:
        yield Record("", "")
        return
    tried = Counter[object]()
    open_to_them = person.rows(row.record, row.reach)
    for found in every_row(row.record, superuser):
        if found[1] in open_to_them:
            like = (found[0], pattern(person, row.record, found[1], superuser))
            tried[like] += 1
            if tried[like] <= PER_PATTERN:
                yield entry(row.record, *found)


def ask(person: Person, cell: Cell, watch: Watch, *, query: str = "", form: dict[str, str] | None = None) -> None:
    """Ask for a page, and undo what was done."""
    kept = {name: morsel.value for name, morsel in person.client.cookies.items()}
    watch.page = f"{cell.route.name} {cell.method} {cell.path}{query}"
    with transaction.atomic(durable=True), connection.execute_wrapper(watch):
        if cell.method == SHOWN:
            response = person.client.get(cell.path + query)
        else:
            response = person.client.post(cell.path, form or {"version": "1"})
        b"".join(response)
        transaction.set_rollback(True)
    person.client.cookies = SimpleCookie(kept)
