"""How the log is worded, and how a line of it leaves as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

PAGES = {
    "contact": "The contact",
    "enquiry": "The enquiry, with the concerns",
    "screening": "Screening",
    "earlier_list": "Earlier contacts, in short",
    "letter": "A letter to a parent",
    "outcome": "The decision's confidential reasons",
    "contacts_suggested": "Earlier contacts, while logging a new one",
    "earlier_contact": "An earlier contact in full",
    "protected_places": "Protected places",
    "handover": "A handover",
    "request": "The request and its answer",
    "item": "The item, to change it",
    "shared": "Shared with you",
    "information": "Information side by side",
    "chronology": "The chronology",
    "sealed": "Confidential information",
    "instruction": "A safety instruction",
    "analysis": "The analysis",
    "decision": "The decision",
    "release": "Preparing a MASH summary",
    "summary": "A MASH summary",
    "log_export": "The log, as a spreadsheet",
}
"""Pages that write the read log, in words."""

PURPOSES = {
    "break glass": "emergency access",
    "new_contact": "a new contact about the same child or household",
    "safety": "safety now",
    "referrer": "the referrer or the family rang about it",
    "complaint": "a complaint, a review or an inspection",
    "assigned": "the assigned worker's own case",
    "decision": "to decide on the enquiry",
    "rating": "to rate the enquiry",
    "protection": "to protect a child now",
    "instruction": "to agree a safety instruction",
}

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


def why(page: str, purpose: str) -> str:
    """Return what a reading was for: the page, and the purpose that was named on it."""
    said = PAGES.get(page, page.replace("_", " ").capitalize())
    return f"{said}: {PURPOSES.get(purpose, purpose.replace('_', ' '))}" if purpose else said


def plain_cell(value: object) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe stands before what would begin a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as comma-separated text with a heading, for a spreadsheet."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(columns)
    lines.writerows([plain_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
