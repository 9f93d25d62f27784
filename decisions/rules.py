"""Pure rules of analysis, decision, release and feedback: values in, values out; no database, no clock."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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

SHORTEST_NAME = 2


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


ItemVersions = Mapping[uuid.UUID, int]
"""Item to the version of its text."""


def as_token(versions: ItemVersions) -> str:
    """Write items and versions into one hidden field."""
    return " ".join(f"{item}:{version}" for item, version in sorted(versions.items(), key=lambda pair: str(pair[0])))


def from_token(token: str) -> dict[uuid.UUID, int]:
    """Read what `as_token` wrote; parts that nobody wrote so are left out, and then something is found missing."""
    found = {}
    for part in token.split():
        item, _, version = part.partition(":")
        try:
            found[uuid.UUID(item)] = int(version)
        except ValueError:
            continue
    return found


@dataclass(frozen=True)
class Moved:
    """What has changed among the items since a page was opened."""

    added: frozenset[uuid.UUID]
    changed: frozenset[uuid.UUID]
    gone: frozenset[uuid.UUID]

    def __bool__(self) -> bool:
        """Say whether anything has."""
        return bool(self.added or self.changed or self.gone)

    @property
    def sentence(self) -> str:
        """The change in words."""
        counts = ((len(self.added), "added"), (len(self.changed), "changed"), (len(self.gone), "taken back"))
        parts = [f"{count} {'item was' if count == 1 else 'items were'} {what}" for count, what in counts if count]
        return ", ".join(parts)


def moved(before: ItemVersions, now: ItemVersions) -> Moved:
    """Compare the items that lay before a person with those of now."""
    return Moved(
        added=frozenset(now.keys() - before.keys()),
        changed=frozenset(key for key in now.keys() & before.keys() if now[key] != before[key]),
        gone=frozenset(before.keys() - now.keys()),
    )


def joint_gap(kinds: Collection[str], *, social_care: str) -> str:
    """Say whose view is missing before a joint decision counts; empty when none is.

    Args:
        kinds: the kinds of agency that gave a view, one for each view.
        social_care: the kind that must be among them, beside at least one other.

    Source: Northamptonshire's leaflet: partners and a social care manager decide together.
    """
    if social_care not in kinds:
        return "Record the view of children's social care first."
    if all(kind == social_care for kind in kinds):
        return "Record the view of at least one partner agency first."
    return ""


def mentioned(text: str, words: Iterable[str]) -> list[str]:
    """Return those of some names, addresses or numbers that a text gives away; whole words, any case, any spacing."""
    plain = _plain(text)
    return [word for word in words if len(_plain(word)) > SHORTEST_NAME and f" {_plain(word)} " in f" {plain} "]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def missing_in_words(agencies: Sequence[str]) -> str:
    """Return what a decision or a summary says of agencies that have not answered."""
    if not agencies:
        return "Nothing: every agency that was asked has answered."
    return f"Missing: {'; '.join(agencies)}."
