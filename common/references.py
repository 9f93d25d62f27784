"""References: what people read out over the telephone and what stands in a URL."""

from __future__ import annotations

import re
import secrets
import uuid

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty signs without 0, 1, I, L, O and U: no pair is confused aloud or in handwriting."""

PATTERN = re.compile(rf"[A-Z]-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
PATH = r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}"


def new_key() -> uuid.UUID:
    """Return a random primary key: nothing to count, nothing to guess the neighbour of."""
    return uuid.uuid4()


def new_reference(prefix: str) -> str:
    """Return a random reference such as `M-7KQ4-M2XD` (30^8, about 6.6e11 values).

    Args:
        prefix: one capital letter that says which kind of record it is.
    """
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{signs[:4]}-{signs[4:]}"


def new_secret() -> str:
    """Return a secret for a person without an account: 147 random bits, in groups of five signs."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(6))


class ReferenceConverter:
    """URL path converter: only what looks like a reference reaches a view."""

    regex = PATH

    def to_python(self, value: str) -> str:
        """Keep the reference as it is written."""
        return value

    def to_url(self, value: str) -> str:
        """Keep the reference as it is written."""
        return value
