"""The key ring of the environment: named keys that close data keys and short-lived texts, and what can go wrong."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from common.errors import Conflict, HubError

NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")
"""What a key may be called: a dot would part the stored value in the wrong place."""

KEY_BYTES = 32
NONCE_BYTES = 12


class TextUnreadable(HubError):
    """A text is there and cannot be opened: a fault of the installation, told without a word of the text (503)."""

    status = 503

    def __init__(self, reason: str) -> None:
        super().__init__(
            "This page holds text that the hub cannot open at the moment. Nothing is lost: tell whoever runs the hub."
        )
        self.reason = reason

    def __str__(self) -> str:
        """Return the reason, for whoever runs the hub: names of keys and columns, never content."""
        return self.reason


class KeyMissing(TextUnreadable):
    """The key ring does not hold the key that a stored value names."""


class Tampered(TextUnreadable):
    """A stored value does not open with the key that it names: it was altered or moved."""


class KeyDestroyed(Conflict):
    """The data key of a record was destroyed: its texts are erased and no other can be added (409)."""

    def __init__(self) -> None:
        super().__init__("The protected texts of this record were erased for good: none can be added to it.")


@dataclass(frozen=True)
class KeyRing:
    """Named keys; the first one closes, all of them open."""

    keys: dict[str, bytes]

    @property
    def current(self) -> str:
        """The name of the key that closes."""
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


def close(content: bytes, *, key: bytes, bound_to: str) -> str:
    """Encrypt and sign content so that it opens with the same key and the same binding only; base64."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())).decode()


def open_closed(encoded: str, *, key: bytes, bound_to: str, what: str) -> bytes:
    """Return what `close` closed.

    Args:
        what: what it is, for the reason of a failure.

    Raises:
        Tampered: it was altered, or belongs to another key or binding.
    """
    try:
        blob = base64.b64decode(encoded, validate=True)
        return AESGCM(key).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: not base64, or too short to hold a nonce.
        raise Tampered(f"{what} does not open with its key.") from error
