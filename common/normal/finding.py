"""What a search compares: short texts made of the normal forms, the same from a record and from what somebody types.

Each begins with a letter for its kind. A record is found where it shares one of them with what was typed, so every part
that can be typed wrongly stands in more than one: a sound with any one letter left out, a house with its street, with
its postcode, and the street with the postcode.
"""

from __future__ import annotations

import re
from itertools import product

from common.normal.addresses import Phrase, is_kind_of_street, read_address
from common.normal.names import letters, words_of
from common.normal.signs import visible
from common.normal.sounds import sound_of, sounds_of
from common.normal.telephones import telephones_in

PAIR, NEARLY, BEGUN, WORD = "n", "d", "f", "w"
HOUSE, DOOR, CLOSE_BY, PLACE, POSTCODE = "h", "p", "c", "a", "z"
SCHOOL, TELEPHONE, OWN = "s", "t", "o"
STRONG = frozenset({HOUSE, DOOR, CLOSE_BY})
"""Kinds that say which home, or nearly; a street or a postcode alone says only whereabouts."""

MOST_PARTS = 4
"""Of a name that count; nobody types more."""

BEGINNING = 3
"""Letters with which somebody begins a name."""

SHORTEST_OWN, SHORTEST_SOUND = 4, 3
_GENERIC = frozenset(
    [
        "the",
        "school",
        "primary",
        "secondary",
        "academy",
        "infant",
        "infants",
        "junior",
        "juniors",
        "nursery",
        "college",
        "high",
        "grammar",
        "church",
        "of",
        "england",
        "ce",
        "rc",
        "c",
        "e",
        "catholic",
        "community",
        "free",
        "and",
    ]
)


def name_texts(given: str, family: str, others: str = "") -> set[str]:
    """Return the texts of a name: each pair of a first name and a surname by ear, nearly so, and each word alone."""
    families = sorted(sounds_of(family))[:MOST_PARTS]
    givens = sorted(sounds_of(given) | sounds_of(others))[:MOST_PARTS]
    found = {f"{WORD}{sound}" for sound in (*families, *givens)}
    if not letters(given + family).isascii():  # Such as Chinese names, which are written without a space.
        found |= {f"{WORD}{sound_of(whole)}" for whole in (f"{family}{given}", f"{given}{family}") if sound_of(whole)}
    for one, other in product(families, givens):
        found |= pair_texts(one, other)
    if not (families and givens):  # Of a name without two parts the words are its parts.
        words = words_of(f"{given} {family} {others}")[:MOST_PARTS]
        return found | {text for one, other in _parted(words) for text in pair_texts(sound_of(one), sound_of(other))}
    return found | _begun(given, family) | _begun(family, given)


def _begun(whole: str, begun: str) -> set[str]:
    """Return the texts of one part of a name by ear together with how the words of the other begin."""
    begins = {word[:BEGINNING] for word in words_of(begun)[:MOST_PARTS] if len(word) >= BEGINNING}
    return {f"{BEGUN}{sound}|{start}" for sound in sorted(sounds_of(whole))[:MOST_PARTS] for start in begins}


def pair_texts(one: str, other: str) -> set[str]:
    """Return the texts of two sounds, whichever stands first, with any one letter left out of one of them."""
    exact = "|".join(sorted((one, other)))
    return {f"{PAIR}{exact}", f"{NEARLY}{exact}"} | {
        f"{NEARLY}{'|'.join(sorted(pair))}"
        for pair in (*((less, other) for less in _less(one)), *((one, less) for less in _less(other)))
    }


def typed_name_texts(typed: str) -> set[str]:
    """Return the texts of what may be a name, its words in any order; of one word alone the word."""
    words = words_of(typed)[: MOST_PARTS + 2]
    sounds = [sound_of(word) for word in words]
    if len(words) == 1:
        return {f"{WORD}{sound}" for sound in sounds if sound}
    found = {f"{WORD}{sound_of(whole)}" for whole in _as_surname(words) if sound_of(whole)}
    for one, other in _parted(words):
        found |= pair_texts(sound_of(one), sound_of(other)) | _begun(one, other) | _begun(other, one)
    return found


def _as_surname(words: list[str]) -> set[str]:
    """Return some words as one surname: van der Berg, O Brien, St John, which is Saint John too."""
    saints = ({"st": "saint", "saint": "st"}.get(word, word) for word in words)
    return {"".join(words), "".join(saints)}


def _parted(words: list[str]) -> set[tuple[str, str]]:
    """Return every two of some words, and all of them in two parts, wherever they part and whichever stands first."""
    pairs = {(one, other) for place, one in enumerate(words) for other in words[place + 1 :]}
    for start in range(len(words)):
        turned = words[start:] + words[:start]
        pairs |= {("".join(turned[:end]), "".join(turned[end:])) for end in range(1, len(words))}
    return {(one, other) for one, other in pairs if sound_of(one) and sound_of(other)}


def place_texts(address: str) -> set[str]:
    """Return the texts of an address: its home in each way that says which it is, its street, its postcode."""
    read = read_address(address)
    home = read.home
    number = home.number if home else ""
    found = {f"{POSTCODE}{read.postcode}"} if read.postcode else set()
    if home is None:
        return found
    for phrase in read.phrases:
        if phrase.is_street or phrase is home:
            found |= {f"{PLACE}{phrase.text}"} | _with_postcode(phrase, read.postcode)
    if number:
        found |= {f"{HOUSE}{number}|{home.text}", f"{HOUSE}{number}|{sound_of(home.text)}"}
    if number and read.postcode:
        found.add(f"{DOOR}{number}|{read.postcode}")
    return found


def _with_postcode(phrase: Phrase, postcode: str) -> set[str]:
    return {f"{CLOSE_BY}{phrase.text}|{postcode}"} if postcode else set()


def typed_place_texts(typed: str) -> set[str]:
    """Return the texts of what may be an address with a name before it: from each comma on, and from each number."""
    found: set[str] = set()
    parts = [part for part in re.split(r"[,;\n]", visible(typed)) if part.strip()]
    starts = [",".join(parts[place:]) for place in range(len(parts))]
    starts += [typed[match.start() :] for match in re.finditer(r"(?<![\w])\d", typed)]
    for start in dict.fromkeys(starts):
        if len(parts) > 1 or any(sign.isdigit() for sign in start) or _names_a_street(start):
            found |= place_texts(start)
    return found


def _names_a_street(typed: str) -> bool:
    return any(is_kind_of_street(word) for word in words_of(typed)[1:])


def school_text(name: str) -> str:
    """Return the text of a school without the words that many have, such as primary; empty where there is no name."""
    words = words_of(name)
    own = [word for word in words if word not in _GENERIC] or words
    joined = "".join({"saint": "st", "saints": "sts"}.get(word, word) for word in own)
    return f"{SCHOOL}{joined}" if joined else ""


def telephone_texts(text: str) -> set[str]:
    """Return the texts of the telephone numbers in what was typed."""
    return {f"{TELEPHONE}{number}" for number in telephones_in(text)}


def own_reference_texts(typed: str) -> set[str]:
    """Return the texts of what may be somebody's own reference: all signs together, and each word with a figure."""
    whole = _signs(typed)
    words = [_signs(word) for word in typed.split()]
    told = [whole, *(word for word in words if any(sign.isdigit() for sign in word))]
    return {f"{OWN}{one}" for one in told if len(one) >= SHORTEST_OWN}


def _signs(text: str) -> str:
    return re.sub(r"[\W_]", "", visible(text)).upper()


def _less(sound: str) -> set[str]:
    """Return a sound with each one letter left out; of a short one nothing is left that tells anybody from others."""
    return (
        {sound[:place] + sound[place + 1 :] for place in range(len(sound))} if len(sound) >= SHORTEST_SOUND else set()
    )
