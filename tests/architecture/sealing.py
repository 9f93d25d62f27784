"""Texts of the planted hub encrypted as the product does it: under the data key of their contact or enquiry."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

from common.data_keys import HUB, fresh, seal_under, unwrap, wrap
from common.encryption import EncryptedTextField


def owners(cursor: Cursor, model: type[models.Model], column: EncryptedTextField) -> dict[str, uuid.UUID]:
    """Return for each row of a table the contact or enquiry under whose data key a text of it rests."""
    key: Any = model._meta.pk
    way = column.of.split("__") if column.of else []
    joins: list[sql.Composable] = []
    at: Any = model
    for number, name in enumerate(way[:-1]):
        field: Any = at._meta.get_field(name)
        parts = {"table": at_table(field.related_model), "here": alias(number), "there": alias(number + 1)}
        names = {"column": sql.Identifier(field.column), "key": sql.Identifier(field.related_model._meta.pk.column)}
        joins.append(sql.SQL(" JOIN {table} {there} ON {there}.{key} = {here}.{column}").format(**parts, **names))
        at = field.related_model
    last: sql.Composable = sql.SQL("NULL")
    if way:
        last = sql.SQL("{}.{}").format(alias(len(way) - 1), sql.Identifier(at._meta.get_field(way[-1]).column))
    statement = sql.SQL("SELECT {here}.{key}, {last} FROM {table} {here}").format(
        here=alias(0), key=sql.Identifier(key.column), last=last, table=at_table(model)
    )
    cursor.execute(statement + sql.Composed(joins))
    return {str(row): uuid.UUID(str(owner)) if owner else HUB for row, owner in cursor.fetchall()}


def sealed(cursor: Cursor, text: str, column: EncryptedTextField, row: str, owner: uuid.UUID) -> str:
    """Return a text as it rests in one column of one row."""
    offered = fresh()
    cursor.execute("SELECT * FROM fw.data_key_of(%s, %s, %s, %s)", [str(owner), str(offered.id), *wrap(offered)])
    key_id, ring_key, wrapped, _is_destroyed = cursor.fetchone()  # type: ignore[misc]  # there is one always
    return seal_under(unwrap(uuid.UUID(str(key_id)), ring_key, wrapped), text, place=column.place, row=row)


def alias(number: int) -> sql.Identifier:
    """Return what the table so many steps away is called."""
    return sql.Identifier(f"t{number}")


def at_table(model: type[models.Model]) -> sql.Identifier:
    """Return the table of a model."""
    return sql.Identifier(model._meta.db_table)
