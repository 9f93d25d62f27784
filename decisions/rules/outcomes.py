"""What an outcome leads to: how a contact ends, which team takes the child, what the referrer is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from contacts.choices import Ending, ReferrerKind
from decisions.choices import RELEASED_TO, Outcome

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)

ENDING_OF: Mapping[str, Ending] = {
    Outcome.ASSESSMENT: Ending.ASSESSMENT,
    Outcome.STRATEGY: Ending.STRATEGY,
    Outcome.EARLY_HELP: Ending.EARLY_HELP,
    Outcome.SPECIALIST: Ending.SPECIALIST,
    Outcome.UNIVERSAL: Ending.UNIVERSAL,
    Outcome.NO_FURTHER_ACTION: Ending.NO_FURTHER_ACTION,
}
"""How a contact ends for a child: from what was decided for it."""

WEIGHT: Sequence[str] = (
    Ending.STRATEGY,
    Ending.ASSESSMENT,
    Ending.ALLOCATED,
    Ending.OTHER_AUTHORITY,
    Ending.LADO,
    Ending.ADULT_SAFEGUARDING,
    Ending.SPECIALIST,
    Ending.EARLY_HELP,
    Ending.ADVICE,
    Ending.UNIVERSAL,
    Ending.NO_FURTHER_ACTION,
)
"""Endings from the weightiest down: of several children the weightiest is the kind of response that is told."""

TOLD_IN_FULL = frozenset({ReferrerKind.PROFESSIONAL, ReferrerKind.SCHOOL, ReferrerKind.SELF})
"""Who is told the kind of response by its name; relatives, neighbours and the public are told less."""


def must_be_released(outcome: str) -> bool:
    """Say whether an outcome is only done once a team has it. Universal services may also be told by letter alone."""
    return outcome in RELEASED_TO and outcome != Outcome.UNIVERSAL


def team_kinds(outcome: str) -> tuple[str, ...]:
    """Return the kinds of team that take a child with this outcome."""
    return RELEASED_TO.get(Outcome(outcome), ()) if outcome in Outcome.values else ()


def weightiest(endings: Iterable[str]) -> str:
    """Return the ending that speaks for a contact with several children; empty without any."""
    found = set(endings)
    return next((str(ending) for ending in WEIGHT if ending in found), "")


def one_of_each(rows: Iterable[R], key: Mapping[R, K]) -> list[R]:
    """Keep the first row of each key, in the order in which they come."""
    first: dict[K, R] = {}
    for row in rows:
        first.setdefault(key[row], row)
    return list(first.values())


def tell_apart(called: Sequence[tuple[str, str]]) -> list[str]:
    """Return for each of some people what tells them from a namesake; empty where nobody else is called the same.

    Args:
        called: name and birth in words of each; where these agree too, their order tells them apart.
    """
    names = Counter(name for name, _born in called)
    both = Counter(called)
    return [
        "" if names[name] == 1 else born if both[name, born] == 1 else f"{born}, number {place}"
        for place, (name, born) in enumerate(called, start=1)
    ]
