"""What hangs on each record, and on what it hangs: which of that is hidden from somebody who may see the record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from agencies.access.table.words import Audience
from tests.proofs import oracle
from tests.proofs.cells import Person
from tests.proofs.choosing import Row, rows_of

Pattern = tuple[tuple[bool, bool], ...]
"""For each kind of record beside it: whether one is open, and whether one is hidden."""


@cache
def every_row(label: str, superuser: Connection) -> list[Row]:
    """Return every record of a kind, read once."""
    return rows_of(label, superuser)


@cache
def links(label: str, superuser: Connection) -> list[tuple[str, dict[str, set[str]]]]:
    """Return which guarded records hang on each record of a kind, or it on them: by the kind of the other."""
    return [(other, _pairs(statement, superuser)) for other, statement in _statements(label)]


def _statements(label: str) -> Iterator[tuple[str, sql.Composed]]:
    """Yield how to read which records of another kind one of these names, and which of them name it."""
    model = oracle.model_of(label)
    for other in oracle.guarded():
        for column in _leading(model, other):
            yield other._meta.label, _two_columns(model, oracle.key_of(model), column)
        for column in _leading(other, model):
            yield other._meta.label, _two_columns(other, column, oracle.key_of(other))


def _leading(source: oracle.Model, target: oracle.Model) -> list[str]:
    return [str(one.column) for one in source._meta.concrete_fields if one.related_model is target]


def _two_columns(model: oracle.Model, own: str, theirs: str) -> sql.Composed:
    names = (sql.Identifier(name) for name in (own, theirs, model._meta.db_table))
    return sql.SQL("SELECT {}::text, {}::text FROM {}").format(*names)


def _pairs(statement: sql.Composed, superuser: Connection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with superuser.cursor() as cursor:
        cursor.execute(statement)
        for own, theirs in cursor.fetchall():
            if own and theirs:
                found.setdefault(own, set()).add(theirs)
    return found


def pattern(person: Person, label: str, key: str, superuser: Connection) -> Pattern:
    """Return what of a record's surroundings is open to somebody and what is hidden from them."""
    found = []
    for other, pairs in links(label, superuser):
        beside, seen = pairs.get(key, set()), person.rows(other, tuple(Audience))
        found.append((bool(beside & seen), bool(beside - seen)))
    return tuple(found)
