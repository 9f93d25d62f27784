"""Violations that are known, by their kind: each with its finding and the day on which it was written down.

The list only shrinks. A kind that no longer occurs in the whole run is told until its line is gone; any other stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WRITTEN = date(2026, 11, 30)


@dataclass(frozen=True)
class Known:
    """A kind of violation that the product still has.

    Attributes:
        words: that stand in the kind.
        finding: its letter in the list of findings, or what would mend it.
        since: when it was written down.
    """

    words: str
    finding: str
    since: date = WRITTEN


KNOWN: tuple[Known, ...] = ()


def known(kind: str) -> Known | None:
    """Return the line of a kind; None where it is new."""
    return next((one for one in KNOWN if one.words in kind), None)
