"""Finding an encrypted value again without reading it: a keyed hash that only this hub can compute."""

from __future__ import annotations

import hashlib
import hmac

from common.data_keys import HUB, key_of
from common.key_ring import ring


def blind_index(text: str, *, place: str) -> str:
    """Return the keyed hash under which a value is stored; empty stays empty.

    The hub's own data key makes it, which outlives every rotation of the key ring.

    Args:
        text: already brought into the one form in which it is compared.
        place: table and column, so that the same text elsewhere has another hash.
    """
    return _hash(key_of(HUB).key, text, place) if text else ""


def blind_indexes(text: str, *, place: str) -> list[str]:
    """Return the hashes under which a value may be stored: also those that a key of the ring made once."""
    if not text:
        return []
    return [blind_index(text, place=place), *(_hash(key, text, place) for key in ring().keys.values())]


def passing_index(text: str, *, place: str) -> str:
    """Return a keyed hash for a counter that forgets within an hour, such as of sent forms: it asks no database.

    Args:
        text: already in the one form in which it is compared.
        place: what is counted, so that the same text elsewhere has another hash.
    """
    keys = ring()
    return _hash(keys.key(keys.current), text, place)


def _hash(key: bytes, text: str, place: str) -> str:
    own = hmac.new(key, f"blind index of {place}".encode(), hashlib.sha256).digest()
    return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()
