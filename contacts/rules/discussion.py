"""A strategy discussion as somebody recorded it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contacts.choices import SectionFortySeven
from contacts.rules.dates import NO_ARRIVAL
from contacts.rules.intake import Problem, not_in_future


@dataclass(frozen=True)
class Discussion:
    """What a strategy discussion came to."""

    held_at: datetime
    present: str
    agreed: str
    section_47: str
    invited: str = ""
    actions: str = ""


def discussion_problems(discussion: Discussion, *, at: datetime) -> list[Problem]:
    """Return what is missing in the record of a strategy discussion, or cannot be."""
    found = []
    late = not_in_future(discussion.held_at, at=at, what="The time of the discussion")
    if not late and at - discussion.held_at > NO_ARRIVAL:
        late = f"No discussion of {discussion.held_at.year} is recorded now: check the year"
    if late:
        found.append(Problem("held_at", late))
    if not discussion.present.strip():
        found.append(Problem("present", "Enter who was present"))
    if not discussion.agreed.strip():
        found.append(Problem("agreed", "Enter what was agreed"))
    if discussion.section_47 not in {SectionFortySeven.YES, SectionFortySeven.NO}:
        found.append(Problem("section_47", "Say whether a section 47 enquiry begins"))
    return found
