"""First wordings of a MASH summary, from what the record says; the social worker goes over each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contacts.choices import FamilyAgreement

HOMES = {True: "lives in the household", False: "lives elsewhere", None: "where they live is not known yet"}


@dataclass(frozen=True)
class Somebody:
    """A person of the household as a summary names them."""

    name: str
    part: str
    born: str
    lives_there: bool | None
    has_died: bool = False


def household_text(people: Sequence[Somebody], *, addresses: Sequence[str], is_protected: bool, others: int = 0) -> str:
    """Return who belongs to the household and where it is; a protected address is never written out.

    Args:
        addresses: homes that are no two the same.
        others: how many children were reported with those of the summary and are not in it; they are not named.
    """
    lines = [_line(person) for person in people] or ["Nobody else is known."]
    if others:
        who = "Another child, who is" if others == 1 else f"{others} other children, who are"
        lines.append(f"{who} not in this summary: reported with them. Ring the hub.")
    if is_protected:
        lines.append("Address: protected. Ring the hub before any visit or letter.")
    else:
        lines += [f"Address: {address}" for address in addresses]
    return "\n".join(lines)


def _line(person: Somebody) -> str:
    there = "has died" if person.has_died else HOMES[person.lives_there]
    return ", ".join(part for part in (person.name, person.part, person.born, there) if part)


def agreement_text(agreements: Iterable[str], authority: str) -> str:
    """Return the family's agreement, or the authorised basis for sharing without it."""
    found = set(agreements)
    if found == {FamilyAgreement.GIVEN}:
        return "The family agreed to information being shared."
    basis = f" Authorised by the MASH manager: {authority}" if authority else ""
    if FamilyAgreement.REFUSED in found:
        return f"The family was asked and refused.{basis}"
    return f"Shared without the family's agreement.{basis}" if basis else ""


def referrer_text(name: str, post: str, organisation: str) -> str:
    """Return who was worried, for a professional who is not held back."""
    return ", ".join(part for part in (name, post, organisation) if part)


def reasons_text(children: Iterable[tuple[str, str]]) -> str:
    """Return the reasons for each child under its name."""
    return "\n\n".join(f"{name}: {reasons}" for name, reasons in children)
