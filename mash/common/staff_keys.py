"""The keys by which a member of staff is found among the people of a case.

They are keyed hashes of how a name sounds together with a date of birth, and of a home. Neither a name, a day nor an
address can be read back, and no name and no day stands in them alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import product

from mash.common.blind_index import blind_index, blind_indexes
from mash.common.sounds import plain_address, sound_of, sounds_of

PERSON_PLACE = "staff.person"
HOME_PLACE = "staff.home"
PERSON, HOME = "p", "h"
"""First sign of a key: what it is of."""


def person_texts(given: str, family: str, born: date | None) -> set[str]:
    """Return what is hashed of somebody in a case: how the name sounds, on that day of birth.

    A name of which only one part is known counts by that part: with the day it is rare enough to be looked at.
    """
    if born is None:
        return set()
    families, givens = sounds_of(family), {sound for part in given.split() if (sound := sound_of(part))}
    pairs = product(families or {""}, givens or {""})
    return {_text(one, other, born) for one, other in pairs if one or other}


def staff_texts(name: str, born: date | None) -> set[str]:
    """Return what is hashed of a member of staff: every pair of parts of the name, in either order, and each alone."""
    if born is None:
        return set()
    words = [word for word in re.split(r"\s+", name) if word]
    sounds = {sound for word in words for sound in sounds_of(word)}
    pairs = {(one, other) for one in sounds for other in sounds}
    pairs |= {(sound, "") for sound in sounds} | {("", sound) for sound in sounds}
    return {_text(one, other, born) for one, other in pairs}


def subject_keys(given: str, family: str, born: date | None, home: str) -> list[str]:
    """Return the keys of a child or an adult under every key of the ring: what is held of staff may be older."""
    persons = (key for text in person_texts(given, family, born) for key in blind_indexes(text, place=PERSON_PLACE))
    homes = blind_indexes(plain_address(home), place=HOME_PLACE)
    return _kept(persons, homes)


def staff_keys(name: str, born: date | None, home: str) -> list[str]:
    """Return the keys of a member of staff, under the ring's latest key."""
    persons = (blind_index(text, place=PERSON_PLACE) for text in staff_texts(name, born))
    homes = filter(None, [blind_index(plain_address(home), place=HOME_PLACE)])
    return _kept(persons, homes)


def _kept(persons: Iterable[str], homes: Iterable[str]) -> list[str]:
    return sorted({f"{PERSON}{key}" for key in persons} | {f"{HOME}{key}" for key in homes})


def _text(family: str, given: str, born: date) -> str:
    """Return the two sounds in a fixed order, so that exchanged names are found too."""
    return "|".join([born.isoformat(), *sorted((family, given))])
