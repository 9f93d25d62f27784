"""Names, however a keyboard gives them: without marks, letters spelt out, parts joined, split or in another order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from common.normal.signs import visible

_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "ŋ": "n",
    "ĸ": "k",
    "ə": "e",
    "ǝ": "e",
    "ɛ": "e",
    "ɔ": "o",
    "\N{LATIN SMALL LETTER IOTA}": "i",
    "\N{LATIN SMALL LETTER ALPHA}": "a",
    "\N{LATIN SMALL LETTER GAMMA}": "g",
    "ʊ": "u",
    "ʃ": "s",
    "ʒ": "z",
    "\N{LATIN SMALL LETTER V WITH HOOK}": "v",
}
"""Letters that neither decompose nor say in their name which letter they are made of, as ł and ø do."""

_MADE_OF = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER (?:DOTLESS )?([A-Z]{1,2}) WITH ")

_NORTHERN = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
_LONG = {"ā": "aa", "ē": "ee", "ī": "ii", "ō": "oo", "ū": "uu"}
_OTHERWISE = {"đ": "dj", "ŋ": "ng", "ĸ": "q", "ə": "a", "ḱ": "kj", "ǵ": "gj", "ǚ": "yu"}
_HUSHED = {
    **dict.fromkeys("şșšśṣ", "sh"),
    **dict.fromkeys("çčć", "ch"),
    **dict.fromkeys("ġ\N{LATIN SMALL LETTER GAMMA}", "gh"),
    **dict.fromkeys("ŋṅ", "ng"),
    "ž": "zh",
    "x": "kh",
    "ə": "a",
    "ë": "yo",
}
_WAYS: tuple[dict[str, str], ...] = (
    {},
    _NORTHERN | _LONG | _OTHERWISE,
    _NORTHERN | _OTHERWISE | {"ō": "ou", "ū": "ou"},
    _HUSHED,
    {"ō": "oh", "ǚ": "v", "ä": "e"},
)
"""How English keyboards spell letters out; one way for a whole name, because whoever spells one out spells all out."""

_TITLE = re.compile(
    r"mr|mrs|miss|ms|mx|dr|prof|revd?|sir|lady|lord|dame|pastor|imam|hajj?[ia]|sh[ea]ikh|fr|sr|pc|daw|u|begum|bi|bibi"
)
_SHORT = {"saint": "st", "sainte": "ste"}


def letters(text: str, way: dict[str, str] | None = None) -> str:
    """Return the small plain letters of a text and nothing else; letters of other scripts stay as they are.

    Args:
        way: letters that are spelt out in another way than without their marks.
    """
    if not way and text.isascii():
        return "".join(filter(str.isalpha, text.lower()))
    composed = unicodedata.normalize("NFC", visible(text).casefold().replace("i̇", "i"))
    return "".join(_plain(sign) if not way or sign not in way else way[sign] for sign in composed)


@lru_cache(4096)
def _plain(sign: str) -> str:
    """Return the letters that one sign stands for; none for marks, apostrophes, spaces and figures."""
    if sign.isascii():
        return sign if sign.isalpha() else ""
    if sign in _LETTERS:
        return _LETTERS[sign]
    made_of = _MADE_OF.match(unicodedata.name(sign, ""))
    if made_of:
        return made_of[1].casefold()
    apart = unicodedata.normalize("NFKD", sign)
    return apart if apart != sign and len(apart) == 1 and apart.isascii() else _own(apart)


def _own(apart: str) -> str:
    """Keep letters of other scripts; modifiers such as the okina are not written on a keyboard."""
    return "".join(sign for sign in apart if unicodedata.category(sign) in {"Ll", "Lo", "Lu"})


def words_of(name: str, way: dict[str, str] | None = None) -> list[str]:
    """Return the words of a name in plain letters."""
    return [word for word in (letters(part, way) for part in parts_of_name(name)) if word]


def parts_of_name(name: str) -> list[str]:
    """Return the words of a name as they are written; an apostrophe does not part a word, a hyphen does."""
    return [part for part in re.split(r"[\s,.;/()&+\-\u2010-\u2015\u2212_]+", visible(name)) if part]


def word_forms(word: str) -> frozenset[str]:
    """Return the ways in which an English keyboard gives one word, in plain letters."""
    if word.isascii() and "x" not in word.lower():
        return frozenset({letters(word)} - {""})
    return frozenset({letters(word, way) for way in _WAYS} - {""})


def is_title(word: str) -> bool:
    """Say whether a word in plain letters stands before a name without being part of it."""
    return _TITLE.fullmatch(word) is not None


def name_keys(name: str) -> frozenset[str]:
    """Return the forms in which a name is compared: two names are one where they share a form.

    One form forgets the order of the words, the other where words begin and which part stands first. With a title it
    has the forms without it too.
    """
    keys: set[str] = set()
    for way in _WAYS:
        words = [_SHORT.get(word, word) for word in words_of(name, way)]
        keys |= _keys(words)
        if len(words) > 1 and is_title(words[0]):
            keys |= _keys(words[1:])
    return frozenset(keys)


def same_name(one: str, other: str) -> bool:
    """Say whether two names are the same but for how they were typed."""
    return not name_keys(one).isdisjoint(name_keys(other))


def _keys(words: list[str]) -> set[str]:
    if not words:
        return set()
    joined = "".join(words)
    turned = min(joined[place:] + joined[:place] for place in range(len(joined)))
    return {" ".join(sorted(words)), f"~{turned}"}
