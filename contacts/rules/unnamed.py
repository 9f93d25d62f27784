"""What somebody is called of whom no name is known: never so that two of one contact are called the same."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Unnamed(Protocol):
    """What is reported of somebody."""

    kind: str
    is_unborn: bool
    expected_on: date | None
    date_of_birth: date | None
    age_reported: str
    part: str
    position: int


def unnamed(one: Unnamed) -> str:
    """Return words for a person without a name: kind, what is known of age or relation, and the place in the contact.

    "Unnamed child, about 5 (person 2)", "Unborn child, expected March 2027 (person 3)", "Unnamed adult, mother (person
    4)".
    """
    return ", ".join(filter(None, (_kind(one), _known(one)))) + f" (person {one.position})"


def _kind(one: Unnamed) -> str:
    if one.is_unborn:
        return "Unborn child"
    return "Unnamed child" if one.kind == "child" else "Unnamed adult"


def _known(one: Unnamed) -> str:
    if one.is_unborn:
        return f"expected {one.expected_on:%B %Y}" if one.expected_on else ""
    if one.date_of_birth:
        return f"born {one.date_of_birth.year}"
    if one.age_reported:
        said = one.age_reported.strip()
        return f"about {said}" if said[:1].isdigit() else said
    return one.part.strip().lower() if one.kind != "child" else ""
