"""Text that rests encrypted: sealed information, private referrers, protected addresses."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

MARK = "enc1"
"""First part of every stored value: the form of the envelope, so that a later form can stand beside it."""


NAME = re.compile(r"[A-Za-z0-9_-]+")
"""What a key may be called: a dot would part the stored value in the wrong place."""

KEY_BYTES = 32


class KeyMissing(RuntimeError):
    """The key ring does not hold the key that a stored value names: the text is there but cannot be read."""


class Tampered(RuntimeError):
    """A stored value does not open with the key that it names: it was altered or moved."""


@dataclass(frozen=True)
class KeyRing:
    """Named keys; the first one encrypts, all of them decrypt."""

    keys: dict[str, bytes]

    @property
    def current(self) -> str:
        """The name of the key that encrypts."""
        return next(iter(self.keys))

    def key(self, name: str) -> bytes:
        """Return a key by name.

        Raises:
            KeyMissing: no key of that name is on the ring.
        """
        try:
            return self.keys[name]
        except KeyError:
            raise KeyMissing(
                f"Key {name!r} is not on the key ring: add it to MASH_FIELD_KEYS and start again."
            ) from None


def read_ring(text: str) -> KeyRing:
    """Read `name:base64,name:base64`; each key is 32 bytes.

    Raises:
        ValueError: the text is empty, a name is odd or comes twice, or a key has another length or is not base64.
    """
    keys: dict[str, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, encoded = part.partition(":")
        if not NAME.fullmatch(name) or name in keys:
            raise ValueError("Each key of MASH_FIELD_KEYS has a name of its own: letters, digits, - and _.")
        keys[name] = _key_bytes(encoded)
    if not keys:
        raise ValueError("MASH_FIELD_KEYS holds no key.")
    return KeyRing(keys)


def _key_bytes(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError("Each key of MASH_FIELD_KEYS is written name:base64 and has 32 bytes.")
    return key


@lru_cache(maxsize=4)
def _ring_of(text: str) -> KeyRing:
    return read_ring(text)


def ring() -> KeyRing:
    """Return the key ring of this process."""
    return _ring_of(settings.MASH_FIELD_KEYS)


def seal(text: str, *, place: str) -> str:
    """Encrypt text for one place (table and column), so that a value copied elsewhere does not open."""
    keys = ring()
    name = keys.current
    nonce = os.urandom(12)
    body = AESGCM(keys.key(name)).encrypt(nonce, text.encode(), place.encode())
    return f"{MARK}.{name}.{base64.b64encode(nonce + body).decode()}"


def unseal(stored: str, *, place: str) -> str:
    """Decrypt a stored value.

    Raises:
        KeyMissing: the key it names is not on the ring.
        Tampered: it was altered, or comes from another place.
    """
    try:
        mark, name, encoded = stored.split(".", 2)
        blob = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise Tampered(f"A value in {place} is not in the stored form.") from error
    if mark != MARK:
        raise Tampered(f"A value in {place} has the unknown form {mark!r}.")
    try:
        return AESGCM(ring().key(name)).decrypt(blob[:12], blob[12:], place.encode()).decode()
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce.
        raise Tampered(f"A value in {place} does not open with key {name!r}.") from error


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A text that the database never sees in clear. Cannot be searched or sorted; empty stays empty."""

    description = "Encrypted text"

    @property
    def place(self) -> str:
        """Table and column: bound into each value."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        text = super().get_prep_value(value)
        return text if text in (None, "") else seal(text, place=self.place)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        """Decrypt on the way out."""
        return value if value in (None, "") else unseal(str(value), place=self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only "is it empty" can be asked of an encrypted column."""
        return {"isnull": super().get_lookup("isnull"), "exact": IsEmpty}.get(lookup_name)


class IsEmpty(Exact):
    """Compares with the empty text alone: two encryptions of one text differ, so nothing else would ever match."""

    def get_prep_lookup(self) -> Any:
        """Refuse a comparison that could never be true."""
        if self.rhs != "":
            raise FieldError("An encrypted column can only be compared with the empty text.")
        return self.rhs
