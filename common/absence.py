"""What a page says where nothing stands. Four truths, four words, in one place.

That nothing is on record, that nobody has answered, that nobody was asked, and that it is there and not for the
reader: whoever decides about a child on a page must never take one for another.
"""

from __future__ import annotations

NONE_RECORDED = "None is recorded"
NOBODY_ANSWERED = "Nobody has answered yet"
NOT_ASKED = "Not asked"
NOT_SHOWN = "Not shown to you"
NOT_KNOWN_YET = "Not known yet"
"""Of a question with yes or no: it stands open."""


def yes_or_no(answer: bool | None) -> str:
    """Return an answer in words; where nobody knows yet it is neither yes nor no."""
    if answer is None:
        return NOT_KNOWN_YET
    return "Yes" if answer else "No"
