"""What a decision or a summary says of agencies that have not answered."""

from __future__ import annotations

from collections.abc import Sequence


def missing_in_words(agencies: Sequence[str]) -> str:
    """Return what a decision or a summary says of agencies that have not answered."""
    if not agencies:
        return "Nothing: every agency that was asked has answered."
    return f"Missing: {'; '.join(agencies)}."
