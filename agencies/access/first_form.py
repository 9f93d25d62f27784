"""Texts of before data keys, which the key ring itself closes: carried over into the present form."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from agencies.models import DataKey
from common import data_keys
from common.encryption import EncryptedTextField, unseal
from common.key_ring import KEY_BYTES, KeyDestroyed, Tampered, ring


@dataclass(frozen=True)
class Column:
    """One column of protected texts, and the way from its row to the record whose data key closes them.

    Attributes:
        by_table: where the owner stands, if not in the row itself; `by_column` leads there.
        owner_column: empty for what the hub's own data key closes.
    """

    table: str
    key: str
    name: str
    by_table: str = ""
    by_column: str = ""
    owner_column: str = ""

    @property
    def place(self) -> str:
        """Table and column, as each text is bound to them."""
        return f"{self.table}.{self.name}"


@dataclass(frozen=True)
class Carried:
    """What became of one batch.

    Attributes:
        last: the row of the last text; None where there was none left to look at.
        made: how many were carried over.
        odd: how many do not open, because they were altered or moved; they stay as they are.
    """

    last: uuid.UUID | None
    made: int
    odd: int


def columns() -> Iterator[Column]:
    """Yield every column of protected texts."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield _column(model, field)


def _column(model: type[models.Model], field: EncryptedTextField) -> Column:
    table, key, name = model._meta.db_table, str(model._meta.pk.column), str(field.column)
    *way, owner = field.of.split("__")
    if not way:
        return Column(table, key, name, owner_column=owner)
    (step,) = way  # No owner is farther away than the record that the row belongs to.
    link = next(one for one in model._meta.concrete_fields if one.name == step)
    beside: Any = link.related_model
    return Column(table, key, name, beside._meta.db_table, str(link.column), owner)


@transaction.atomic
def carry_over(column: Column, after: uuid.UUID | None, most: int) -> Carried:
    """Close up to `most` texts of a column under the data keys of their records, in the order of their rows.

    As the owner of the tables. Texts whose key is not on the ring are left out. What somebody saves meanwhile is in the
    present form already, and stays. A text of a record that was erased is erased with it.

    Args:
        after: the row of the last text of the batch before.
    """
    made = odd = 0
    rows = _texts(column, after, most)
    for key, stored, owner in rows:
        try:
            text = unseal(stored, place=column.place)
        except Tampered:
            odd += 1
            continue
        closed = data_keys.seal_under(_key_of(owner or data_keys.HUB), text, place=column.place, row=key)
        made += _written(column, key, stored, closed)
    return Carried(rows[-1][0] if rows else None, made, odd)


def _texts(column: Column, after: uuid.UUID | None, most: int) -> list[tuple[uuid.UUID, str, uuid.UUID | None]]:
    way = (column.by_table, column.by_column, column.owner_column)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, stored, owner FROM fw.first_form_texts(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [column.table, column.key, column.name, *way, list(ring().keys), after, most],
        )
        return list(cursor.fetchall())


def _written(column: Column, key: uuid.UUID, before: str, made: str) -> bool:
    with connection.cursor() as cursor:
        names = [column.table, column.key, column.name]
        cursor.execute("SELECT fw.carry_text_over(%s, %s, %s, %s, %s, %s)", [*names, key, before, made])
        return bool(cursor.fetchone()[0])


def _key_of(owner: uuid.UUID) -> data_keys.DataKey:
    """Return the data key of a record; of an erased one a key that nobody keeps, so that the text reads "Erased"."""
    try:
        return data_keys.key_of(owner)
    except KeyDestroyed:
        gone = DataKey.objects.get(owner_id=owner)
        return data_keys.DataKey(gone.pk, os.urandom(KEY_BYTES))
