"""One line of a worklist, whatever stage it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Section(StrEnum):
    """A part of the list of work in which there is nothing on most days; `fw.work_waits` knows each."""

    PROTECTIONS = "protections"
    PUT_TO_MANAGER = "put_to_manager"
    RETURNED = "returned"
    RETURNED_OWN = "returned_own"
    STAFF_MATCHES = "staff_matches"
    SPOKEN_ANSWERS = "spoken_answers"
    INSTRUCTIONS = "instructions"
    CORRECTIONS_UNTOLD = "corrections_untold"
    CORRECTIONS_TO_SAY = "corrections_to_say"
    CORRECTIONS_TO_READ = "corrections_to_read"
    SUMMARIES = "summaries"
    SUMMARIES_QUERIED = "summaries_queried"
    LETTERS = "letters"


Waiting = frozenset[Section]
"""Sections in which something may wait: only these are asked for their rows."""

EVERY_SECTION: Waiting = frozenset(Section)


@dataclass(frozen=True)
class WorkItem:
    """Something that waits for the viewer.

    Attributes:
        reference: what the line is called; never a name.
        url: the page on which it is done.
        todo: what the viewer is to do, in the hub's words ("Rate", "Answer", "Accept or query").
        stage: the record's state in words.
        colour: red, amber, green, or empty before the rating.
        due_at: the deadline that counts for this viewer; None where there is none.
        arrived_at: when the worry reached the hub, or the record reached the viewer.
        who: whose it is, or empty while it is nobody's.
        note: a few more words, no content of a guarded text.
        protects: whether a child is in danger now.
    """

    reference: str
    url: str
    todo: str
    stage: str
    colour: str = ""
    due_at: datetime | None = None
    arrived_at: datetime | None = None
    who: str = ""
    note: str = ""
    protects: bool = False


def in_order(items: list[WorkItem], *, at: datetime) -> list[WorkItem]:
    """Sort: a child in danger now first; then overdue, then least time left; without a deadline last, oldest first."""
    latest = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted(
        items,
        key=lambda item: (not item.protects, item.due_at or latest, item.arrived_at or latest, item.reference),
    )
