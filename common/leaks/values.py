"""What the leak check is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

AROUND = 30
"""Characters that are shown on either side of a match."""


class Kind(StrEnum):
    """What sort of thing must not stand in a text."""

    NAME = "name"
    ADDRESS = "address"
    TELEPHONE = "telephone number"
    EMAIL = "email address"
    PLACE = "school or organisation"
    REFERENCE = "reference"
    TEXT = "sentence"


@dataclass(frozen=True)
class Secret:
    """One thing that a recipient may not have, or may have.

    Attributes:
        value: as it is recorded: a name with or without its title, a whole address, a whole text.
        also: what else it goes by: another first name of a person, the short name of a school.
        in_small_letters: of a name, whether one part of it alone counts without its capital too: for texts that may
            name nobody at all. Otherwise a surname such as Fish would be found in what somebody eats.
        whose: what a writer who may know it is told about it, as in "who told the hub and is not to be named".
    """

    kind: Kind
    value: str
    also: tuple[str, ...] = ()
    whose: str = ""
    in_small_letters: bool = False


@dataclass(frozen=True)
class Match:
    """Where a text gives something away.

    Attributes:
        start: of the first character, in the text as it was handed over.
        end: behind the last one.
        form: the way in which it stands there, as in "title and surname".
    """

    secret: Secret
    start: int
    end: int
    form: str


def excerpt(text: str, match: Match) -> str:
    """Return what a text says at a match, with a little around it: for whoever may know what it gives away."""
    start, end = max(match.start - AROUND, 0), min(match.end + AROUND, len(text))
    before, behind = "\u2026" if start else "", "\u2026" if end < len(text) else ""
    return f"{before}{' '.join(text[start:end].split())}{behind}"
