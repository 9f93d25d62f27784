"""Data keys: one for each contact and enquiry, closed by the key ring; the key destroyed, its texts are erased.

A text rests as `enc2.<data key>.<body>`. The database hands it out together with the key of its row and the closed
data key (`fw.with_key`), so that reading a list asks no further question and a destroyed key counts at once.
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, field
from typing import Protocol

from common.key_ring import KEY_BYTES, KeyDestroyed, Tampered, close, open_closed, ring

MARK = "enc2"
"""First part of a text under a data key."""

DESTROYED = "destroyed"
MISSING = "missing"
"""What the database hands out in place of a key that was destroyed, or that it does not know."""

HUB = uuid.UUID("00000000-0000-4000-8000-0000000000a1")
"""Owner of the hub's own data key: for notices, and for the keyed hashes by which a value is found again."""


@dataclass(frozen=True)
class DataKey:
    """An opened data key: lives as long as the request at most and is never printed."""

    id: uuid.UUID
    key: bytes = field(repr=False)


class Erased(str):
    """What stands where a text was erased: words for the page, and the stored value, which is never replaced."""

    stored: str
    __slots__ = ("stored",)

    def __new__(cls, stored: str) -> Erased:
        """Return the words."""
        made = super().__new__(cls, "Erased")
        made.stored = stored
        return made


class KeySource(Protocol):
    """Where data keys rest; the security kernel registers one."""

    def key_of(self, owner: uuid.UUID) -> DataKey:
        """Return the data key of a contact, an enquiry or the hub, making it if it has none.

        Raises:
            KeyDestroyed: it was destroyed.
            KeyMissing: the ring does not hold the key that closes it.
        """


_sources: list[KeySource] = []


def register(source: KeySource) -> None:
    """Say where data keys rest."""
    _sources[:] = [source]


def key_of(owner: uuid.UUID) -> DataKey:
    """Return the data key under which texts of a record are written; as `KeySource.key_of`."""
    return _sources[0].key_of(owner)


def fresh() -> DataKey:
    """Return a new data key."""
    return DataKey(uuid.uuid4(), os.urandom(KEY_BYTES))


def wrap(data_key: DataKey) -> tuple[str, str]:
    """Return the name of the ring's first key and the data key closed with it."""
    keys = ring()
    name = keys.current
    return name, close(data_key.key, key=keys.key(name), bound_to=_binding(data_key.id))


def unwrap(key_id: uuid.UUID, ring_key: str, wrapped: str) -> DataKey:
    """Return an opened data key.

    Raises:
        KeyMissing: the ring does not hold the key that closes it.
        Tampered: it was altered, or belongs to another row.
    """
    bound = _binding(key_id)
    return DataKey(key_id, open_closed(wrapped, key=ring().key(ring_key), bound_to=bound, what=bound))


def _binding(key_id: uuid.UUID) -> str:
    return f"data key {key_id}"


def seal_under(data_key: DataKey, text: str, *, place: str, row: object) -> str:
    """Encrypt a text for one column of one row, so that a value copied elsewhere does not open."""
    return f"{MARK}.{data_key.id.hex}.{close(text.encode(), key=data_key.key, bound_to=f'{place} of {row}')}"


def open_stored(value: str, *, place: str) -> str:
    """Decrypt a text as the database hands it out: stored value, row, closed data key, parted by blanks.

    Returns:
        The text, or `Erased` where its data key was destroyed.

    Raises:
        KeyMissing: the ring does not hold the key that closes its data key.
        Tampered: text, row or data key are not what they were when it was written.
    """
    try:
        stored, row, ring_key, *wrapped = value.split(" ")
        _mark, key_id, body = stored.split(".")
        known = uuid.UUID(key_id)
    except ValueError as error:
        raise Tampered(f"A value in {place} is not in the stored form, or came without its key.") from error
    if ring_key == DESTROYED and not wrapped:
        return Erased(stored)
    if not wrapped:
        raise Tampered(f"A value in {place} names a data key that there is not.")
    data_key = unwrap(known, ring_key, wrapped[0])
    bound = f"{place} of {row}"
    return open_closed(body, key=data_key.key, bound_to=bound, what=f"A value in {place}").decode()


__all__ = [
    "HUB",
    "DataKey",
    "Erased",
    "KeyDestroyed",
    "KeySource",
    "fresh",
    "key_of",
    "open_stored",
    "register",
    "seal_under",
    "unwrap",
    "wrap",
]
