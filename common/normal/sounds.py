"""Names by ear: what sounds alike gets the same key."""

from __future__ import annotations

import re

from common.normal.names import letters

LONGEST_KEY = 64

_SOUNDS: tuple[tuple[str, str], ...] = (
    (r"^(mac|mc)(?=.{3})", "mk"),
    (r"^(kn|gn|pn)", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"^x", "s"),
    (r"^wh", "w"),
    (r"x", "ks"),
    (r"mps", "ms"),
    (r"sch", "sk"),
    (r"tch", "x"),
    (r"ch", "x"),
    (r"sh", "x"),
    (r"ph", "f"),
    (r"gh(?=[aeiouy]|$)", "g"),
    (r"gh", ""),
    (r"th", "t"),
    (r"dg(?=[eiy])", "j"),
    (r"dj", "d"),
    (r"ck", "k"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"q(u)?", "k"),
    (r"z", "s"),
    (r"v", "f"),
    (r"j", "g"),
    (r"w(?![aeiou])", ""),
    (r"h(?![aeiou])", ""),
)
"""Spelling to sound, in this order; coarse on purpose, because names come by telephone."""

_SPELLINGS = tuple((re.compile(spelling), sound) for spelling, sound in _SOUNDS)


def sound_of(name: str) -> str:
    """Return how a name sounds: the same for Catherine and Kathryn, Stephen and Steven, O'Neill and ONeil.

    It is made of the plain letters of the name, so that Łukasz is Lukasz, and Đurđica also Djurdjica. Names in other
    scripts keep their letters, so that the same spelling is found.
    """
    plain = letters(name)
    if not plain.isascii():
        return plain[:LONGEST_KEY]
    for spelling, sound in _SPELLINGS:
        plain = spelling.sub(sound, plain)
    plain = re.sub(r"(.)\1+", r"\1", plain)
    if not plain:
        return ""
    first = "a" if plain[0] in "aeiouy" else plain[0]
    return (first + re.sub(r"[aeiouy]", "", plain[1:]))[:LONGEST_KEY]


def sounds_of(name: str) -> frozenset[str]:
    """Return the sound of a name and of each part of a double one: Smith-Jones is also Smith and Jones."""
    parts = re.split(r"[\s\-\u2010-\u2015/]+", name)
    return frozenset(filter(None, (sound_of(name), *(sound_of(part) for part in parts if len(part) > 1))))
