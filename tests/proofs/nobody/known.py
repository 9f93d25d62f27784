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


GONE = "B1: who is gone, away, or not there at all still holds; the manager is not told"

KNOWN: tuple[Known, ...] = (
    Known("where nobody is", GONE),
    Known("the worker is gone", GONE),
    Known("all who could are away", GONE),
    Known("nobody in force could", GONE),
    Known("no manager is left", GONE),
    Known("in force, managers among them", "B1: with no manager left, a step for managers reaches nobody"),
    Known("not listed: complete a contact", "B1: what a leaver had claimed is on no list of the front door"),
    Known("not listed: see to a mail", "H6: a failed mail about a child is nobody's task"),
    Known("no clock runs: full answer", "B2: a closed enquiry leaves its requests open and ends their clocks"),
    Known("no time: read a correction", "B2: a correction that an agency or a team must read has no clock"),
    Known(
        "one who is told can open it (safe_until", "A3: out of hours are told of danger whose contact they see no more"
    ),
)


def known(kind: str) -> Known | None:
    """Return the line of a kind; None where it is new."""
    return next((one for one in KNOWN if one.words in kind), None)
