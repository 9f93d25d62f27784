"""What the access table opens to one person, cell by cell: a cell is one column of one row.

Texts, moments and days are recognised each by itself. What is chosen from a list, and who did something, is not: those
columns are in the table and are not looked for here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, reduce
from operator import or_

from django.db.models import Q
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from agencies.access.table.columns import Word, columns
from agencies.access.table.whole import RECORDS
from agencies.access.table.words import Audience, Record
from tests.architecture.planting import codes
from tests.proofs import oracle
from tests.proofs.cells import Person
from tests.proofs.shown_hub import filled, planted_dates
from tests.proofs.walking import Mark, mark_of

NUMBERS = codes()
CLOCK = "clock.Deadline"
"""Stands beside the record whose clock it is, of whatever stage."""


@dataclass(frozen=True)
class Cell:
    """One column of one row that is open to somebody.

    Attributes:
        audience: as whom it is open to them.
        mark: by what it is recognised on a page.
    """

    label: str
    column: str
    key: str
    audience: Audience
    mark: Mark

    @property
    def kind(self) -> str:
        """Record and column."""
        return f"{self.label}.{self.column}"


def open_cells(person: Person, superuser: Connection) -> Iterator[Cell]:
    """Yield every cell that the table opens to somebody and a page owes them, once for each audience of theirs."""
    for column in columns():
        for audience in sorted(person.audiences & frozenset(column.readers)) if column.word != Word.NEVER else ():
            marks = marked(column.label, column.name, superuser)
            if marks:
                owed = person.rows(column.label, (audience,)) - not_owed(column.label, superuser)
                owed &= beside_what_is_open(person, column.label, superuser)
                owed &= where_it_is_shown(column.label, column.name, superuser)
                for key in sorted(owed & marks.keys()):
                    yield Cell(column.label, column.name, key, audience, marks[key])


@cache
def where_it_is_shown(label: str, name: str, superuser: Connection) -> frozenset[str]:
    """Return the rows of which a page shows a column: all, unless the table says of which."""
    return oracle.keys(oracle.model_of(label), Q(**RECORDS[label].only_where.get(name, {})), superuser)


@cache
def beside_what_is_open(person: Person, label: str, superuser: Connection) -> frozenset[str]:
    """Return the rows that hang on a record which is open to somebody too, where a page shows them beside it alone."""
    record, model = RECORDS[label], oracle.model_of(label)
    ways = record.beside or (() if label != CLOCK else [one.like for one in record.openings if one.like])
    if not ways:
        return frozenset(oracle.keys(model, Q(), superuser))
    hanging = (Q(**{f"{path}__in": list(person.rows(other, tuple(Audience)))}) for other, path in ways)
    return oracle.keys(model, reduce(or_, hanging), superuser)


@cache
def marked(label: str, name: str, superuser: Connection) -> Mapping[str, Mark]:
    """Return by what each written cell of a column is recognised; empty for columns of other kinds."""
    if (label, name) in NUMBERS:
        number = NUMBERS[label, name]
        return {key: (number, key[:8]) for key in filled()[number]}
    return {key: mark_of(value) for key, value in _dates(superuser).get((label, name), {}).items()}


@cache
def _dates(superuser: Connection) -> dict[tuple[str, str], dict[str, datetime | date]]:
    found: dict[tuple[str, str], dict[str, datetime | date]] = {}
    for one in planted_dates(superuser):
        found.setdefault((one.label, one.column), {})[one.key] = one.value
    return found


@cache
def not_owed(label: str, superuser: Connection) -> frozenset[str]:
    """Return the rows that no page owes: earlier versions, and what is kept elsewhere as it was sent."""
    record, model = RECORDS[label], oracle.model_of(label)
    found: frozenset[str] = frozenset()
    if record.kept_elsewhere:
        found |= oracle.keys(model, Q(**record.kept_elsewhere), superuser)
    return found | _earlier_versions(record, superuser) if record.latest_of else found


def _earlier_versions(record: Record, superuser: Connection) -> frozenset[str]:
    model = oracle.model_of(record.label)
    names = (sql.Identifier(one) for one in (record.latest_of, model._meta.db_table))
    with superuser.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "SELECT id::text FROM (SELECT id, row_number() OVER (PARTITION BY {} ORDER BY version DESC) AS place"
                " FROM {}) one WHERE place > 1"
            ).format(*names)
        )
        return frozenset(row[0] for row in cursor.fetchall())
