"""Data keys of contacts, enquiries and the hub: found or made for a text, closed anew, destroyed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, models, transaction

from agencies.models import DataKey
from common import data_keys
from common.key_ring import KeyDestroyed, ring

Held = dict[uuid.UUID, tuple[list[str], data_keys.DataKey]]
_held: ContextVar[Held | None] = ContextVar("data_keys_held", default=None)
"""Opened keys of the transaction at hand, each with the savepoints in which it was found."""


@contextmanager
def remembered() -> Iterator[None]:
    """Let a transaction open each data key once; at its end they are forgotten."""
    before = _held.set({})
    try:
        yield
    finally:
        _held.reset(before)


class KeysInDatabase:
    """Finds or makes data keys through `fw.data_key_of`; the table itself is closed to the application."""

    def key_of(self, owner: uuid.UUID) -> data_keys.DataKey:
        """Return the data key of an owner, making it if it has none.

        Raises:
            KeyDestroyed: it was destroyed.
            KeyMissing: the ring does not hold the key that closes it.
        """
        held = _held.get()
        if held is None:
            return _find(owner)
        savepoints = list(connection.savepoint_ids)
        if owner in held and held[owner][0] == savepoints[: len(held[owner][0])]:
            return held[owner][1]
        held[owner] = (savepoints, _find(owner))  # A key that was made in a savepoint is gone with it.
        return held[owner][1]


def _find(owner: uuid.UUID) -> data_keys.DataKey:
    offered = data_keys.fresh()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, ring_key, wrapped, is_destroyed FROM fw.data_key_of(%s, %s, %s, %s)",
            [owner, offered.id, *data_keys.wrap(offered)],
        )
        key_id, ring_key, wrapped, is_destroyed = cursor.fetchone()
    if is_destroyed:
        raise KeyDestroyed
    return offered if key_id == offered.id else data_keys.unwrap(key_id, ring_key, wrapped)


def make_key(owner: uuid.UUID) -> None:
    """Give a record its data key when it is made, whatever is written later: that a key is there tells nothing."""
    data_keys.key_of(owner)


def ring_keys_in_use() -> dict[str, int]:
    """Return how many data keys each key of the ring closes, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ring_key, held FROM fw.ring_keys_in_use()")
        return dict(cursor.fetchall())


def missing_ring_keys() -> dict[str, int]:
    """Return the names of keys that are needed and not on the ring, with how many data keys each closes."""
    held = ring().keys
    return {name: count for name, count in ring_keys_in_use().items() if name not in held}


def may_rotate() -> bool:
    """Say whether this login may close data keys anew and destroy them: the owner of the tables may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [DataKey._meta.db_table])
        return bool(cursor.fetchone()[0])


def to_rewrap() -> int:
    """Return how many data keys another key of the ring than the first one closes; as the owner of the tables."""
    return _waiting().count()


def _waiting() -> models.QuerySet[DataKey]:
    keys = ring()
    return DataKey.objects.filter(ring_key__in=[name for name in keys.keys if name != keys.current])


@transaction.atomic
def rewrap_some(most: int) -> int:
    """Close up to `most` data keys with the ring's first key; what another process has in hand is left to it.

    Returns:
        How many were closed anew: none does not mean that none is left, `to_rewrap` says that.
    """
    rows = list(_waiting().order_by("ring_key", "id").select_for_update(skip_locked=True, no_key=True)[:most])
    for row in rows:
        row.ring_key, row.wrapped = data_keys.wrap(data_keys.unwrap(row.pk, row.ring_key, row.wrapped))
    DataKey.objects.bulk_update(rows, ["ring_key", "wrapped"])
    return len(rows)


@transaction.atomic
def destroy_key(owner: uuid.UUID, *, at: datetime) -> bool:
    """Destroy the data key of a contact or enquiry: all its protected texts are erased. As the owner of the tables.

    Waits for texts that are just being written. Returns whether there was a key to destroy.
    """
    row = DataKey.objects.select_for_update().filter(owner_id=owner, destroyed_at__isnull=True).first()
    if row is None:
        return False
    row.ring_key, row.wrapped, row.destroyed_at = "", "", at
    row.save(update_fields=["ring_key", "wrapped", "destroyed_at"])
    return True
