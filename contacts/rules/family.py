"""Who lives where, and how they are related: the household as nested lists can draw it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from common.nothing_shown import NONE_RECORDED
from contacts.choices import PersonKind, RelationKind

OTHER_WAY: dict[str, str] = {
    RelationKind.PARENT: "child of",
    RelationKind.STEP_PARENT: "step-child of",
    RelationKind.PARTNER: "partner of",
    RelationKind.FORMER_PARTNER: "former partner of",
    RelationKind.SIBLING: "brother or sister of",
    RelationKind.GRANDPARENT: "grandchild of",
    RelationKind.CARER: "cared for by",
    RelationKind.OTHER: "other relation of",
}
"""How a relation is said from the other end."""


@dataclass(frozen=True)
class Member:
    """A person as the picture needs them."""

    key: str
    name: str
    kind: str
    part: str
    lives_here: bool | None
    position: int


@dataclass(frozen=True)
class Place:
    """A person with what ties them to the others, in words."""

    member: Member
    ties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Household:
    """Children and adults who live there, those who belong to them elsewhere, and those whose home nobody knows."""

    children: list[Place] = field(default_factory=list)
    adults: list[Place] = field(default_factory=list)
    elsewhere: list[Place] = field(default_factory=list)
    not_known: list[Place] = field(default_factory=list)
    nobody: str = NONE_RECORDED


def household(members: Iterable[Member], ties: Iterable[tuple[str, str, str]]) -> Household:
    """Return the household with every relation said from both ends.

    Args:
        ties: (person, kind, to): the first is the kind of the second, such as parent of.
    """
    people = sorted(members, key=lambda one: one.position)
    names = {one.key: one.name for one in people}
    words: dict[str, list[str]] = {one.key: [] for one in people}
    for who, kind, to in ties:
        if kind == RelationKind.NONE or who not in names or to not in names:
            continue
        words[who].append(f"{RelationKind(kind).label} {names[to]}")
        words[to].append(f"{OTHER_WAY[kind]} {names[who]}")
    places = [Place(one, tuple(words[one.key])) for one in people]
    return Household(
        children=[one for one in places if one.member.lives_here and one.member.kind == PersonKind.CHILD],
        adults=[one for one in places if one.member.lives_here and one.member.kind == PersonKind.ADULT],
        elsewhere=[one for one in places if one.member.lives_here is False],
        not_known=[one for one in places if one.member.lives_here is None],
    )
