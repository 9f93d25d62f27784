"""What a text gives away, and what it says of agencies that have not answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SHORTEST_NAME = 2


def mentioned(text: str, words: Iterable[str]) -> list[str]:
    """Return those of some names, addresses or numbers that a text gives away; whole words, any case, any spacing."""
    plain = _plain(text)
    return [word for word in words if len(_plain(word)) > SHORTEST_NAME and f" {_plain(word)} " in f" {plain} "]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def missing_in_words(agencies: Sequence[str]) -> str:
    """Return what a decision or a summary says of agencies that have not answered."""
    if not agencies:
        return "Nothing: every agency that was asked has answered."
    return f"Missing: {'; '.join(agencies)}."
