"""No page loses a row that its viewer may see because a statement goes through a table that is hidden from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Any
from zlib import crc32

import pytest
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from psycopg2.extensions import connection as Connection
from pytest_django.plugin import DjangoDbBlocker

from agencies.access.identity import acting_as
from agencies.access.table.whole import ADDRESSES
from agencies.access.table.words import Address
from contacts.models import Subject
from decisions.models import SummaryChild
from tests.architecture.planting import World
from tests.proofs.cells import ROUTES, SENT, SHOWN, Cell, Person, Record, further_arguments
from tests.proofs.choosing import entry
from tests.proofs.crawling import LEFT_OUT, LOOKED_FOR, QUERIES
from tests.proofs.figures import add, is_quick
from tests.proofs.hidden_rows import LOST, OTHER, TOO_MANY, Found, Watch
from tests.proofs.notes import keep
from tests.proofs.people import PRINCIPALS, viewer
from tests.proofs.surroundings import every_row, pattern

QUICK = is_quick()
ONE_IN = 6
"""The quick run opens one in so many of the pages, always the same ones, and sends no forms."""


@pytest.mark.parametrize("name", PRINCIPALS)
def test_pages_lose_no_row(name: str, world: World, superuser: Connection, django_db_blocker: DjangoDbBlocker) -> None:
    found = Found()
    with django_db_blocker.unblock():
        person = Person(name, superuser)
        watch = Watch(name, found)
        for cell in pages_of(person, world, superuser):
            if not QUICK or (cell.method == SHOWN and sampled(name, cell)):
                meet(person, cell, watch)
    keep(f"hidden {name}", [f"{found.pages} pages, {found.run_again} statements", *found.to_mend(), *found.to_know()])
    tell(found)
    assert found.to_mend() == []


def tell(found: Found) -> None:
    """Add one person to the figures."""
    add("hidden rows: statements run again past the policies", found.run_again, f">= {500 if QUICK else 3_000}")
    for name, figure in {
        "hidden rows: rows that a page's statement lost": found.rows(LOST),
        "hidden rows: rows and values that are otherwise for want of a hidden row": found.rows(TOO_MANY, OTHER),
        "hidden rows: statements that were not understood": len(found.not_read),
    }.items():
        with suppress(AssertionError):  # The test itself fails with the places.
            add(name, figure, "0")


def sampled(name: str, cell: Cell) -> bool:
    """Say whether the quick run opens a page."""
    return crc32(f"{name} {cell.path}".encode()) % ONE_IN == 0


LOSSES: dict[str, Callable[[], QuerySet[Any]]] = {
    "order": lambda: SummaryChild.objects.order_by("subject__position"),
    "joined": lambda: SummaryChild.objects.select_related("subject"),
    "filter": lambda: SummaryChild.objects.filter(subject__position__gte=0),
    "exists": lambda: SummaryChild.objects.filter(Exists(Subject.objects.filter(pk=OuterRef("subject_id")))),
    "among": lambda: SummaryChild.objects.filter(subject_id__in=Subject.objects.values("pk")).distinct(),
}


WAYS: dict[str, Callable[[QuerySet[Any]], object]] = {
    "listed": list,
    "first": QuerySet.first,
    "any": QuerySet.exists,
    "counted": QuerySet.count,
}
WITHOUT_JOIN = {(loss, way) for loss in ("order", "joined") for way in ("any", "counted")}
"""Where nothing is shown of the other table, nor in its order, Django leaves the join out: nothing is lost."""


@pytest.mark.parametrize(("loss", "way"), sorted({(loss, way) for loss in LOSSES for way in WAYS} - WITHOUT_JOIN))
def test_a_planted_loss_is_found(loss: str, way: str, world: World, django_db_blocker: DjangoDbBlocker) -> None:
    found = heard(lambda: WAYS[way](LOSSES[loss]()), django_db_blocker)
    [(place, rows)] = found.of(LOST).items()
    assert place.table == "decisions_summarychild"
    assert rows.rows


def test_planted_absence_and_value_are_found(world: World, django_db_blocker: DjangoDbBlocker) -> None:
    of_child = Exists(Subject.objects.filter(pk=OuterRef("subject_id")))
    absent = heard(lambda: list(SummaryChild.objects.filter(~of_child)), django_db_blocker)
    assert absent.rows(TOO_MANY) > 0
    told = heard(lambda: list(SummaryChild.objects.annotate(is_there=of_child)), django_db_blocker)
    assert {place.table for place in told.of(OTHER)} == {"decisions_summarychild: is_there"}


def test_what_loses_nothing_is_not_reported(world: World, django_db_blocker: DjangoDbBlocker) -> None:
    found = heard(lambda: list(SummaryChild.objects.select_related("summary__team")), django_db_blocker)
    assert (found.run_again, found.losses) == (1, {})


def heard(ask_: Callable[[], object], django_db_blocker: DjangoDbBlocker) -> Found:
    """Return what a receiving worker's statement loses: they see children of summaries, and no people of contacts."""
    found = Found()
    watch = Watch("receiving_worker", found)
    with django_db_blocker.unblock(), acting_as(viewer("receiving_worker")), connection.execute_wrapper(watch):
        ask_()
    return found


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
            if tried[like] == 1:
                yield entry(row.record, *found)


def meet(person: Person, cell: Cell, watch: Watch) -> None:
    """Open a page with its further pages and filters, or send its form, empty and filled in."""
    if cell.method == SHOWN:
        for query in QUERIES.get(cell.route.name, [""]):
            ask(person, watch, cell, cell.path + query)
        return
    for form in ({"version": "1"}, *LOOKED_FOR.get(cell.route.name, ())):
        ask(person, watch, cell, cell.path, form)


def ask(person: Person, watch: Watch, cell: Cell, path: str, form: dict[str, str] | None = None) -> None:
    """Make one request, and undo what was done."""
    kept = {name: morsel.value for name, morsel in person.client.cookies.items()}
    watch.page = f"{cell.route.name} {cell.method} {path}"
    with transaction.atomic(durable=True), connection.execute_wrapper(watch):
        response = person.client.get(path) if form is None else person.client.post(path, form)
        b"".join(response)
        transaction.set_rollback(True)
    person.client.cookies = SimpleCookie(kept)
