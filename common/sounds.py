"""Names and addresses made comparable: what sounds alike gets the same key."""

from __future__ import annotations

import re
import unicodedata

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

_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
_SHORT_FORMS = {
    "st": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "cl": "close",
    "ct": "court",
    "dr": "drive",
    "gdns": "gardens",
    "pl": "place",
    "sq": "square",
    "tce": "terrace",
    "terr": "terrace",
    "apt": "flat",
    "apartment": "flat",
}


def sound_of(name: str) -> str:
    """Return how a name sounds: the same for Catherine and Kathryn, Stephen and Steven, O'Neill and ONeil.

    Names in other scripts keep their letters, so that the same spelling is found.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name).casefold() if sign.isalpha())
    if not plain.isascii():
        return plain[:LONGEST_KEY]
    for spelling, sound in _SOUNDS:
        plain = re.sub(spelling, sound, plain)
    plain = re.sub(r"(.)\1+", r"\1", plain)
    if not plain:
        return ""
    first = "a" if plain[0] in "aeiouy" else plain[0]
    return (first + re.sub(r"[aeiouy]", "", plain[1:]))[:LONGEST_KEY]


def sounds_of(name: str) -> frozenset[str]:
    """Return the sound of a name and of each part of a double one: Smith-Jones is also Smith and Jones."""
    parts = re.split(r"[\s\-/]+", name)
    return frozenset(filter(None, (sound_of(name), *(sound_of(part) for part in parts if len(part) > 1))))


def plain_address(address: str) -> str:
    """Return an address so that two ways of writing it give one text; empty if it says too little to find a home.

    With a postcode, that and the numbers before it decide; a house with a name keeps its first two words.
    """
    text = unicodedata.normalize("NFKD", address).casefold()
    found = _POSTCODE.search(text)
    words = [_SHORT_FORMS.get(word, word) for word in re.findall(r"[^\W_]+", text[: found.start()] if found else text)]
    if found is None:
        return " ".join(words) if len(words) > 2 and any(_has_digit(word) for word in words) else ""
    numbers = [word for word in words if _has_digit(word)]
    named = numbers or words[:2]
    return " ".join([found[1] + found[2], *named]) if named else ""


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
