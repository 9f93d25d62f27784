"""The keys by which a member of staff is found among the people of a case.

They are keyed hashes of how a name sounds together with a date of birth, and of a home. Neither a name, a day nor an
address can be read back, and no name and no day stands in them alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise, product

from common.blind_index import blind_index, blind_indexes
from common.normal.addresses import address_keys
from common.normal.names import words_of
from common.normal.sounds import sounds_of

PERSON_PLACE = "staff.person"
HOME_PLACE = "staff.home"
PERSON, HOME = "p", "h"
"""First sign of a key: what it is of."""

KEYS_FORM = 3
"""Raised whenever something else is hashed: what is held of staff in an earlier form finds less, and nobody can make it
anew, because the words are kept nowhere. An administrator enters it again; of cases `remake_keys` makes it."""

_COARSER: tuple[tuple[str, str], ...] = (
    (r"y", "i"),
    (r"sch", "s"),
    (r"ch", "k"),
    (r"(?<=[aeiou])gh", ""),
    (r"(?<=[^\Wp])h", ""),
    (r"(?<=[aeiou])w", ""),
)
"""A coarser ear than for searches, because the day of birth must be the same too: Christine is also Kristine, Leigh
Lee, Graham Graeme, Stewart Stuart, White Whyte. What the finer ear hears counts besides."""


def person_texts(given: str, family: str, born: date | None, *, others: str = "") -> set[str]:
    """Return what is hashed of somebody in a case: how the name sounds, on that day of birth.

    A name of which one part is not known, or only by its initial, counts by the other part: with the day it is rare
    enough to be looked at.

    Args:
        others: further names they are known by; each word of them may stand for any part of the name.
    """
    if born is None:
        return set()
    families, givens, further = _heard(family), _heard(given), _heard(others)
    pairs = set(product(families or {""}, givens or {""}))
    pairs |= {(one, other) for one in further for other in families | givens | further if one != other}
    return {_text(one, other, born) for one, other in pairs if one or other}


def staff_texts(name: str, born: date | None) -> set[str]:
    """Return what is hashed of a member of staff: every pair of parts of the name, in either order, and each alone.

    Two words that stand together are a part too: Anne Marie is also Annemarie.
    """
    if born is None:
        return set()
    words = name.split()
    sounds = {sound for word in (*words, *map("".join, pairwise(words))) for sound in _heard(word)}
    pairs = {*product(sounds, sounds), *product(sounds, [""])}
    return {_text(one, other, born) for one, other in pairs}


def subject_keys(given: str, family: str, born: date | None, home: str, *, others: str = "") -> list[str]:
    """Return the keys of a child or an adult under every key of the ring: what is held of staff may be older."""
    texts = person_texts(given, family, born, others=others)
    persons = (key for text in texts for key in blind_indexes(text, place=PERSON_PLACE))
    homes = (key for text in address_keys(home) for key in blind_indexes(text, place=HOME_PLACE))
    return _kept(persons, homes)


def staff_keys(name: str, born: date | None, home: str) -> list[str]:
    """Return the keys of a member of staff, under the ring's latest key."""
    persons = (blind_index(text, place=PERSON_PLACE) for text in staff_texts(name, born))
    homes = (blind_index(text, place=HOME_PLACE) for text in address_keys(home))
    return _kept(persons, homes)


def _heard(name: str) -> frozenset[str]:
    """Return how a name and each part of it sound, to the finer ear and to the coarser; of initials nothing."""
    words = words_of(name)
    if all(len(word) == 1 for word in words):
        return frozenset()
    coarse = " ".join(words)
    for spelling, sound in _COARSER:
        coarse = re.sub(spelling, sound, coarse)
    return sounds_of(name) | sounds_of(coarse)


def _kept(persons: Iterable[str], homes: Iterable[str]) -> list[str]:
    return sorted({f"{PERSON}{key}" for key in persons} | {f"{HOME}{key}" for key in homes})


def _text(family: str, given: str, born: date) -> str:
    """Return the two sounds in a fixed order, so that exchanged names are found too."""
    return "|".join([born.isoformat(), *sorted((family, given))])
