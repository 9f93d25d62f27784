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
        begins: how its kind begins.
        finding: its letter in the list of findings, or what would mend it.
        since: when it was written down.
    """

    begins: str
    finding: str
    since: date = WRITTEN


B1, B2, H6 = "B1: a holder who is gone still holds", "B2: a state without a clock", "H6: a failed mail is nobody's task"

KNOWN: tuple[Known, ...] = (
    Known("not listed: answer a request, where nobody is", B1),
    Known("not listed: confirm a spoken answer, where nobody is", B1),
    Known("not listed: agree a safety instruction", B1),
    Known("not listed: assign a worker", B1),
    Known(
        "not listed: complete a contact", "B1: what somebody who left had claimed is on nobody's list of the front door"
    ),
    Known("nobody in force could", B1),
    Known("all who could are away", "B1: the product knows no absence"),
    Known("no manager is left", "B1: the last manager"),
    Known("no time: assign a worker", B2),
    Known("no time: prepare a summary", B2),
    Known("no time: confirm a summary", B2),
    Known("no time: release or close an enquiry", B2),
    Known("no time: confirm a spoken answer", B2),
    Known("no time: answer a complaint", B2),
    Known("no time: read a correction", B2),
    Known("no time: write to a parent", B2),
    Known("no time: settle a match", B2),
    Known("no time: acknowledge what was passed on", B2),
    Known("no time: record whether the family agrees", B2),
    Known("no time: go on with a released enquiry", B2),
    Known("no time: send a handover", B2),
    Known("no clock runs: full answer", "B2: closing an enquiry ends the clocks of its requests and leaves them open"),
    Known("no time: answer a request", "B2: closing an enquiry ends the clocks of its requests and leaves them open"),
    Known("no time: lead protective work", "A4: protect now has no limit of time"),
    Known("no time: protect a child in danger", "A4: protect now has no limit of time"),
    Known("not listed: record whether the family agrees", "B2: a family that nobody asked stops the worker alone"),
    Known("not listed: see to a mail", H6),
    Known(
        "nobody on duty has it, hub closed",
        "B: a Red stands on no list of the night; out of hours see it, and are not given it",
    ),
    Known("one who is told can open it", "A3: told to act, and shut out"),
    Known("nobody told can open it", "A3: told to act, and shut out"),
    Known("two children of one contact are one person", "B4: twins become one child"),
)


def known(kind: str) -> Known | None:
    """Return the line of a kind; None where it is new."""
    return next((one for one in KNOWN if kind.startswith(one.begins)), None)
