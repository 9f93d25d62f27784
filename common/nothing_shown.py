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


WORDS = {
    "none_recorded": NONE_RECORDED,
    "nobody_answered": NOBODY_ANSWERED,
    "not_asked": NOT_ASKED,
    "not_shown": NOT_SHOWN,
}
"""The four by the names by which pages call them."""


def yes_or_no(answer: bool | None) -> str:
    """Return an answer in words; where nobody knows yet it is neither yes nor no."""
    if answer is None:
        return NOT_KNOWN_YET
    return "Yes" if answer else "No"


def absence(*, sees_all: bool, was_asked: bool = True, waits: bool = False) -> str:
    """Return which of the four is true where a page shows nothing.

    Args:
        sees_all: the reader would see whatever there is. It follows from their rights alone: for whoever would not, a
            page with hidden rows and one without read alike.
        was_asked: somebody was asked.
        waits: somebody who was asked has not answered.
    """
    if not sees_all:
        return NOT_SHOWN
    if not was_asked:
        return NOT_ASKED
    return NOBODY_ANSWERED if waits else NONE_RECORDED
