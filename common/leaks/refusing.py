"""What somebody is told whose text gives something away that they may know themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from common.errors import RuleBroken
from common.leaks.check import find_leaks
from common.leaks.values import Match, Secret, excerpt

_SHOWN = 3


def refuse_leaks(texts: Mapping[str, str], forbidden: Iterable[Secret], permitted: Iterable[Secret] = ()) -> None:
    """Refuse texts that give away what their recipient may not have, and quote where.

    Args:
        texts: by the field of the form in which each stands.
        forbidden: only what the writer may know: the sentence says of what kind it is.

    Raises:
        RuleBroken: names the first such text.
    """
    hidden, known = tuple(forbidden), tuple(permitted)
    for field, text in texts.items():
        found = find_leaks(text, hidden, known)
        if found:
            raise RuleBroken(leaks_in_words(text, found), field=field)


def leaks_in_words(text: str, found: Sequence[Match]) -> str:
    """Return what a text gives away, with the writer's own words around it."""
    whose = found[0].secret.whose
    said = dict.fromkeys(f"“{excerpt(text, one)}” ({one.form})" for one in found if one.secret.whose == whose)
    return f"This gives away {whose}: {'; '.join(list(said)[:_SHOWN])}. Take it out."
