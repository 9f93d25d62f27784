"""Is this the child, the adult or the home of an earlier contact? Reasons, never a verdict: a person decides."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from common.normal.sounds import sound_of, sounds_of
from contacts.choices import MatchReason as Why


@dataclass(frozen=True)
class Described:
    """What can be compared of a person; parts that nobody knows are empty."""

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    nhs_number: str = ""
    unique_pupil_number: str = ""
    person_id: uuid.UUID | None = None
    address_key: str = ""


def swapped(born: date | None) -> date | None:
    """Return the date with day and month exchanged; None where that is no other date."""
    if born is None or born.day == born.month:
        return None
    try:
        return born.replace(day=born.month, month=born.day)
    except ValueError:
        return None


def match_reasons(one: Described, other: Described) -> tuple[Why, ...]:
    """Return why two descriptions may mean one person; empty when too little speaks for it.

    A date of birth alone is shared by thousands, and so is a name: two signs are needed, or one that is unique.
    """
    found = [
        *_unique(one, other),
        *_birth(one, other),
        *_names(one, other),
        *([Why.ADDRESS] if one.address_key and one.address_key == other.address_key else []),
    ]
    return tuple(found) if _is_enough(found, one, other) else ()


def _unique(one: Described, other: Described) -> list[Why]:
    found = []
    if one.person_id is not None and one.person_id == other.person_id:
        found.append(Why.PERSON)
    same_nhs = bool(one.nhs_number) and one.nhs_number == other.nhs_number
    same_pupil = bool(one.unique_pupil_number) and one.unique_pupil_number == other.unique_pupil_number
    return [*found, Why.NUMBER] if same_nhs or same_pupil else found


def _birth(one: Described, other: Described) -> list[Why]:
    if one.date_of_birth is None or other.date_of_birth is None:
        return []
    if one.date_of_birth == other.date_of_birth:
        return [Why.BIRTH]
    return [Why.SWAPPED] if swapped(one.date_of_birth) == other.date_of_birth else []


def _names(one: Described, other: Described) -> list[Why]:
    surname = bool(sounds_of(one.family_name) & sounds_of(other.family_name))
    given = bool(sound_of(one.given_name)) and sound_of(one.given_name) == sound_of(other.given_name)
    if surname and given:
        return [Why.NAME]
    exchanged = (sound_of(one.given_name), sound_of(one.family_name)) == (
        sound_of(other.family_name),
        sound_of(other.given_name),
    )
    if exchanged and one.given_name and one.family_name:
        return [Why.NAME]
    return [Why.SURNAME] if surname else [Why.GIVEN] if given else []


def _is_enough(reasons: list[Why], one: Described, other: Described) -> bool:
    if Why.PERSON in reasons or Why.NUMBER in reasons:
        return True
    if Why.BIRTH in reasons or Why.SWAPPED in reasons:
        return len(reasons) > 1
    both_born = one.date_of_birth is not None and other.date_of_birth is not None
    if Why.NAME in reasons:
        return Why.ADDRESS in reasons or not both_born
    return Why.ADDRESS in reasons and len(reasons) > 1
