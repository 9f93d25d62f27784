"""Rings of field keys for tests that turn them."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from typing import Any

import pytest

from common import key_ring


@pytest.fixture
def ring(settings: Any) -> Iterator[list[str]]:
    """Begin with a ring of one key, called old; give two keys, of which the first is new."""
    both = [f"{name}:{base64.b64encode(os.urandom(32)).decode()}" for name in ("new", "old")]
    before, settings.MASH_FIELD_KEYS = settings.MASH_FIELD_KEYS, both[1]
    yield both
    settings.MASH_FIELD_KEYS = before
    key_ring._ring_of.cache_clear()
