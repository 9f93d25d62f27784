"""Ordinary hazards of a visit, such as dogs, weapons, threats: what whoever knocks on the door must know.

They are no secret of an agency: what rests on something confidential is a safety instruction, which its owner agrees.
"""

from __future__ import annotations

from collections.abc import Iterable

from common.nothing_shown import NONE_RECORDED, NOT_ASKED


def hazards_in_words(visit_hazard: bool | None, hazards: str) -> str:
    """Return what is known of hazards: what they are, that there are none, or that nobody was asked."""
    if visit_hazard is None:
        return NOT_ASKED
    return hazards if visit_hazard else NONE_RECORDED


def hazards_of_several(said: Iterable[tuple[bool | None, str]]) -> str:
    """Return what several contacts of one home say together; none is recorded only where every one was asked.

    Args:
        said: of each contact whether there is a hazard, and what it is.
    """
    found = list(said)
    named = [hazards for visit_hazard, hazards in found if visit_hazard]
    if named:
        return "\n".join(dict.fromkeys(named))
    return NONE_RECORDED if found and all(answer is False for answer, _ in found) else NOT_ASKED
