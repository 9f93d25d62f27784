"""Finding an encrypted value again without reading it: a keyed hash that only this hub can compute."""

from __future__ import annotations

import hashlib
import hmac

from mash.common.encryption import KeyRing, ring


def blind_index(text: str, *, place: str, keys: KeyRing | None = None) -> str:
    """Return the keyed hash under which a value is stored; empty stays empty.

    Args:
        text: already brought into the one form in which it is compared.
        place: table and column, so that the same text elsewhere has another hash.
    """
    held = keys or ring()
    return _hash(held.key(held.current), text, place) if text else ""


def blind_indexes(text: str, *, place: str, keys: KeyRing | None = None) -> list[str]:
    """Return the hashes under which a value may be stored: one for each key of the ring, whichever wrote it."""
    held = keys or ring()
    return [_hash(key, text, place) for key in held.keys.values()] if text else []


def _hash(key: bytes, text: str, place: str) -> str:
    own = hmac.new(key, f"blind index of {place}".encode(), hashlib.sha256).digest()
    return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()
