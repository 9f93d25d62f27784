"""What must be seen is seen: what the access table opens to somebody stands on a page that they reach by links."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

import pytest
from psycopg2.extensions import connection as Connection
from pytest_django.plugin import DjangoDbBlocker

from tests.database import replace_database
from tests.proofs.cells import Person
from tests.proofs.figures import is_quick
from tests.proofs.judging import judged
from tests.proofs.matters import among, few, matters_of
from tests.proofs.notes import keep
from tests.proofs.people import PRINCIPALS, WITHOUT_PART
from tests.proofs.showing import open_cells
from tests.proofs.shown_hub import enter_shown_world
from tests.proofs.walking import route_of, walk
from tests.walls import past_the_walls

QUICK = is_quick()
WALKERS = [name for name in PRINCIPALS if name not in WITHOUT_PART]


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
        began = time.monotonic()
        person = Person(name, shown)
        cells = list(open_cells(person, shown))
        prepared = time.monotonic()
        if QUICK:
            chosen = few(cells, shown)
            cells = [one for one in cells if matters_of(one.label, shown).get(one.key) in chosen]
            found = walk(person, wanted=among(chosen, shown))
        else:
            found = walk(person)
        took = time.monotonic() - prepared
        said = judged(person, found, cells, shown)
    lost = [f"LOST {len(keys)} {kind} e.g. {keys[0]}" for kind, keys in sorted(said.lost.items())]
    other = [f"NOT OPEN {len(pages)} {kind} e.g. {pages[0]}" for kind, pages in sorted(said.not_open.items())]
    routes = Counter(route_of(path) for path in found.pages)
    figures = f"{len(found.pages)} pages, {prepared - began:.0f} s and {took:.0f} s, {said.open} open, {sum(map(len, said.lost.values()))} lost"
    clicks = Counter(said.clicks)
    keep(f"seen {name}", [figures, *lost, *other, *found.odd, str(sorted(clicks.items())), str(routes)])
