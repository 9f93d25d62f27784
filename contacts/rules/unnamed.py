"""What somebody is called of whom no name is known: never so that two of one contact are called the same."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Unnamed(Protocol):
    """What is reported of somebody."""

    kind: str
    is_unborn: bool
    date_of_birth: date | None
    age_reported: str
    part: str
    position: int


def unnamed(one: Unnamed) -> str:
    """Return words for a person without a name: kind, what is known of age or relation, and the place in the contact.

    "Unnamed child, about 5 (person 2)", "Unborn child (person 3)", "Unnamed adult, mother (person 4)". When an unborn
    child is expected stands beside its name, as every birth does.
    """
    return ", ".join(filter(None, (_kind(one), _known(one)))) + f" (person {one.position})"


def _kind(one: Unnamed) -> str:
    if one.is_unborn:
        return "Unborn child"
    return "Unnamed child" if one.kind == "child" else "Unnamed adult"


def _known(one: Unnamed) -> str:
    if one.is_unborn:
        return ""
    if one.date_of_birth:
        return f"born {one.date_of_birth.year}"
    if one.age_reported:
        said = one.age_reported.strip()
        return f"about {said}" if said[:1].isdigit() else said
    return one.part.strip().lower() if one.kind != "child" else ""
