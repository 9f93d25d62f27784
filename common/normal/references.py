"""References and secret codes, however they were typed.

Each is made of signs that are not confused with each other, so nothing is guessed. Hyphens, spaces and dots may be
other ones or none, capitals may be small, and words may stand before or after.
"""

from __future__ import annotations

import re

from common.normal.signs import visible
from common.references import ALPHABET, PATTERN

GROUPS = [1, 4, 4]
"""Signs between the dashes of a reference."""

_BETWEEN = r"[\W_]{0,3}"
_DASH = r"\s*[\-\u2010-\u2015\u2212]+\s*"
_TYPED = re.compile(rf"(?<![^\W_])(?=(([A-Z])((?:{_BETWEEN}[{ALPHABET}]){{8}})(?![^\W_])))")
"""One letter and eight signs between two edges of a word; looked for from every letter, because words may precede."""


def references_in(text: str) -> list[str]:
    """Return what can be a reference in a text, the likeliest first: as it is written, then with the least between.

    Two words of a name can make one ("Mary Egger"): whoever searches looks for both.
    """
    found: dict[str, tuple[bool, int]] = {}
    plain = re.sub(r"\s+", " ", visible(text)).upper()
    for reference, start, end in references_at(plain):
        rank = (PATTERN.fullmatch(plain[start:end]) is None, end - start)
        found[reference] = min(rank, found.get(reference, rank))
    return sorted(found, key=lambda one: found[one])


def references_at(text: str) -> list[tuple[str, int, int]]:
    """Return each place in a text where a reference can stand, with where it begins and ends.

    Args:
        text: as `visible` gives it, in capitals.
    """
    found = []
    for match in _TYPED.finditer(text):
        signs = re.sub(r"[\W_]", "", match[1])
        found.append((f"{signs[0]}-{signs[1:5]}-{signs[5:]}", *match.span(1)))
    return found


def reference_of(typed: str) -> str:
    """Return the reference that somebody typed, in the form in which it is kept; empty if there is none in it."""
    return next(iter(references_in(typed)), "")


def plain_reference_of(typed: str) -> str:
    """Return the reference that somebody typed, unless it can be a name: where the rest must not be kept or shown.

    With the dashes in their places it is one. Otherwise it needs a figure, and no word of letters alone ("Fenby, ZZ23",
    "Pearce 23/6", "Flat 2 Ash 7"), unless the words are the three groups ("m abcd ef23").
    """
    dashed = re.sub(_DASH, "-", visible(typed)).upper()
    plain = re.sub(r"\s+", " ", visible(typed)).upper()
    cannot = {reference for reference, start, end in references_at(plain) if not _is_plain(plain[start:end])}
    found = (one for one in references_in(typed) if one in dashed or one not in cannot)
    return next(found, "")


def _is_plain(typed: str) -> bool:
    """Say whether what has the signs of a reference cannot be a name with a number behind it."""
    words = re.findall(r"[^\W_]+", typed)
    if not any(sign.isdigit() for sign in typed):
        return False
    return [len(word) for word in words] == GROUPS or not any(len(word) > 1 and word.isalpha() for word in words)


def secret_of(typed: str) -> str:
    """Return a secret code as it was shown, in groups of five, however its spaces and dashes were typed."""
    signs = re.sub(r"[\W_]", "", visible(typed)).upper()
    return "-".join(signs[place : place + 5] for place in range(0, len(signs), 5))
