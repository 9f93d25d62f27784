"""What people type, made safe to keep without changing what they said."""

import unicodedata
from typing import TypeVar

Typed = TypeVar("Typed")

_KEPT = frozenset("\n\t")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs"})


def plain_text(typed: str) -> str:
    """Return the text without control characters and with one kind of line break.

    Emoji, joiners and right-to-left marks stay: they carry meaning. Lone surrogates go: no database can store them.
    """
    unified = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in unified if sign in _KEPT or unicodedata.category(sign) not in _REFUSED_CATEGORIES)


def plain_value(posted: Typed) -> Typed:
    """Return what a widget read from the form with every text in it made plain; files and the like pass through."""
    if isinstance(posted, str):
        return plain_text(posted)  # type: ignore[return-value]  # a str goes in and comes out
    if isinstance(posted, list):
        return [plain_value(part) for part in posted]  # type: ignore[return-value]  # a list goes in and comes out
    return posted
