"""When two entries of one contact cannot be one person, as a pure rule."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Protocol, TypeVar

from common.normal.names import same_name


class Entry(Protocol):
    """What the rule asks of somebody as reported."""

    kind: str
    position: int
    person_id: uuid.UUID | None
    given_name: str
    family_name: str
    nhs_number: str
    is_unborn: bool


E = TypeVar("E", bound=Entry)


def maybe_entered_twice(one: E, entries: Sequence[E]) -> list[E]:
    """Return the other entries of the contact of which a person might say that they are the same one.

    Args:
        entries: everybody in the contact.
    """
    return [
        other
        for other in entries
        if other.position != one.position
        and other.kind == one.kind
        and (one.person_id is None or other.person_id != one.person_id)
        and (not other.family_name or not one.family_name or same_name(other.family_name, one.family_name))
        and not say_they_are_two(one, other)
    ]


def say_they_are_two(one: Entry, other: Entry) -> str:
    """Return what speaks against two entries of one contact being the same person; empty where nothing does.

    Twins share surname, birth date and home; what tells them apart is the first name or the NHS number.
    """
    if one.nhs_number and other.nhs_number and one.nhs_number != other.nhs_number:
        return "They have different NHS numbers, so they are two people. Correct the number first if one is wrong."
    if one.given_name and other.given_name and not same_name(one.given_name, other.given_name):
        return (
            "They have different first names: they may be twins, or brother and sister. Correct the name first if it "
            "is one child under two spellings."
        )
    if one.is_unborn != other.is_unborn:
        return "One of them is not born yet, so they are two people. Complete what is known of them first."
    return ""
