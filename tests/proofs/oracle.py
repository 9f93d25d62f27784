"""The fast oracle: which rows each wall alone opens to somebody, and which the access table says.

Three readings of one question, none made from another: the table (`agencies.access.table.meaning`), the rules of the
application (`visibility.py`), run where no policy stands in the way, and the policies of the database, run by raw SQL
where no rule is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Q
from psycopg2.extensions import connection as Connection

from agencies.access.firewall import guarded_models, rule_for
from agencies.access.identity import _setting_for, acting_as
from agencies.access.table.meaning import opened
from agencies.access.viewer import NO_CASE_ACCESS, Viewer
from tests.proofs.case_access import case_access_of_rows

Model = type[models.Model]
Rows = frozenset[str]


def guarded() -> list[Model]:
    """Return every guarded model, by its label."""
    return sorted(guarded_models(), key=lambda model: model._meta.label)


def model_of(label: str) -> Model:
    """Return a model by its label."""
    return apps.get_model(label)


def key_of(model: Model) -> str:
    """Return the column of a model's key."""
    key: Any = model._meta.pk
    return str(key.column)


def keys(model: Model, condition: Q, superuser: Connection) -> Rows:
    """Return the keys of the rows that fulfil a condition, with both walls off."""
    rows = model._default_manager.filter(condition).values("pk")
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return frozenset()
    with superuser.cursor() as cursor:
        cursor.execute(statement, values)
        return _as_keys(cursor.fetchall())


def by_the_table(model: Model, viewer: Viewer, superuser: Connection) -> Rows:
    """Return what the access table opens; what is closed and opened by name is read from the rows themselves."""
    return keys(model, opened(model._meta.label, as_the_rows_say(viewer, superuser)), superuser)


def as_the_rows_say(viewer: Viewer, superuser: Connection) -> Viewer:
    """Return a viewer with what is closed and opened to them by name, without asking the database's own functions."""
    plain = viewer.with_case_access(NO_CASE_ACCESS)
    if plain not in _known:
        _known[plain] = plain.with_case_access(case_access_of_rows(plain, superuser))
    return _known[plain]


_known: dict[Viewer, Viewer] = {}


def by_the_rule(model: Model, viewer: Viewer, superuser: Connection) -> Rows:
    """Return what wall 1 alone opens: no policy stands in its way, and the database knows who asks."""
    with superuser.cursor() as cursor:
        cursor.execute("SELECT set_config('app.identity', %s, true)", [_setting_for(viewer, None)])
    try:
        return keys(model, rule_for(model)(viewer), superuser)
    finally:
        with superuser.cursor() as cursor:
            cursor.execute("SELECT set_config('app.identity', '', true)")


def by_the_policy(model: Model, viewer: Viewer) -> Rows:
    """Return what wall 2 alone opens: raw SQL as the web role with the signed identity."""
    name = connection.ops.quote_name
    table, key = name(model._meta.db_table), name(key_of(model))
    with acting_as(viewer), connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table}")
        return _as_keys(cursor.fetchall())


def under_policies(superuser: Connection) -> set[str]:
    """Return the tables that have row-level security."""
    with superuser.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity")
        return {row[0] for row in cursor.fetchall()}


def _as_keys(rows: Iterable[tuple[object, ...]]) -> Rows:
    return frozenset(str(row[0]) for row in rows)
