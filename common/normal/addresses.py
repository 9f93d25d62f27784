"""Addresses, however they were typed: with and without postcode, a flat before or behind, a house with a name.

An address is read as phrases (a house, a street, a town), the numbers that lead them, and marks of a part of a house
(flat 2, basement). What is compared are keys of home and place: the numbers and the phrase that say which home it is,
together with the postcode, and together with each other phrase. Two addresses are one where they share a key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from common.normal.names import letters
from common.normal.signs import visible

_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*[.\-\u2010-\u2015]?\s*(\d[a-z]{2})\b")
_WORD = re.compile(r"\d+\s*(?:[-\u2010-\u2015/]|\bto\b)\s*\d+|\d+[a-z]?\b|\d[a-z]\d+|[a-z]\d+|[^\W\d_]+|[,;()\n\x1f]")
_SHORT_FORMS = {
    "st": "street",
    "str": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "la": "lane",
    "cl": "close",
    "ct": "court",
    "dr": "drive",
    "gdns": "gardens",
    "pl": "place",
    "sq": "square",
    "tce": "terrace",
    "terr": "terrace",
    "cres": "crescent",
    "grv": "grove",
    "gr": "grove",
    "pde": "parade",
    "wlk": "walk",
    "hl": "hill",
    "appr": "approach",
    "est": "estate",
    "hse": "house",
    "fm": "farm",
    "cotts": "cottages",
    "cott": "cottage",
    "pk": "park",
    "saint": "st",
    "gt": "great",
    "upr": "upper",
    "lwr": "lower",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "mt": "mount",
    "travellers": "traveller",
}
_ALIASES = {"annex": "annexe", "gff": "ground", "nine": "9"}


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ROADS = _these("street road avenue lane close drive crescent way terrace")
_STREETS = _ROADS | _these(
    "gardens square place grove parade walk hill approach row mews rise view gate wynd drove green"
)
_WELSH_STREETS = _these("heol lon stryd rhodfa ffordd clos")
_SHORT_STREETS = _STREETS | _these("st rd ave ln pde terr")
_HOUSES = _these("house cottage cottages farm court hostel tower lodge mansions barn vicarage estate site residences")
_UNITS = _these("flat flt apartment apt room rm unit plot pitch static van mooring berth caravan block")
_PARTS = _these("basement ground first second third top main annexe rear attic above")
_LEFT_OUT = _these("the no number at by off near nr of floor door narrowboat nb barge")
STREETS = _SHORT_STREETS
"""What streets are called, written out and short."""
_ARTICLES = _these("yr y")
_UNTOLD = _these("old new upper lower great little north south east west far near top")
"""Words with which a house name does not end."""
_BRACKETS = re.compile(r"\(([^()]*)\)")
_APOSTROPHES = re.compile("['\u2018\u2019`\u02bc\u02bb]")
_POSTCODE_WAS = "\x1f"
_PARTING = frozenset(",;()\n")
_BREAKS = _PARTING | {_POSTCODE_WAS}


@dataclass
class Phrase:
    """Words that belong together, and the number that leads them."""

    number: str = ""
    words: list[str] = field(default_factory=list)
    is_parted: bool = False
    """Whether a comma or a new line stands behind it, so that nothing runs on."""

    @property
    def text(self) -> str:
        """The words without spaces between, so that Hill Top is Hilltop."""
        return "".join(self.words)

    @property
    def is_street(self) -> bool:
        """Whether it ends as streets do, or begins as Welsh ones do."""
        return self.words[-1] in _STREETS or self.words[0] in _WELSH_STREETS


@dataclass
class ReadAddress:
    """An address as it was read."""

    postcode: str
    phrases: list[Phrase]
    parts: list[str]
    """Marks of a part of a house: letters, then numbers."""
    is_flat: bool
    """Whether a part of a house was named, by more than the letter of a number."""

    @property
    def home(self) -> Phrase | None:
        """The phrase that names the home: a house in which a flat is, else what a number leads, else the first."""
        if not self.phrases:
            return None
        first = self.phrases[0]
        numbered = next((phrase for phrase in self.phrases if phrase.number), None)
        if numbered is None or (self.is_flat and not first.number and not first.is_street):
            return first
        return numbered


def postcode_of(address: str) -> str:
    """Return the postcode in an address without its space, in capitals; empty if there is none."""
    found = _POSTCODE.findall(_plain(address))
    return "".join(found[-1]).upper() if found else ""


def read_address(address: str) -> ReadAddress:
    """Return the parts of an address: phrases, the numbers that lead them, and which part of a house it is."""
    return _Reader(_plain(address)).read()


def word_of_place(word: str, *, is_first: bool) -> str:
    """Return a plain word of an address as it is compared: written out, but for a saint where a phrase begins.

    Args:
        word: in plain letters, as `letters` gives it.
    """
    if is_first and word in {"st", "saint"}:
        return "st"
    return _SHORT_FORMS.get(word, word)


def is_kind_of_street(word: str) -> bool:
    """Say whether streets end in this plain word."""
    return _SHORT_FORMS.get(word, word) in _STREETS


def address_keys(address: str) -> frozenset[str]:
    """Return the keys of an address: two are one where they share a key; none if it says too little to find a home."""
    read = read_address(address)
    home = read.home
    if home is None:
        return frozenset()
    numbers = [*read.parts, home.number] if home.number else read.parts
    said = "\u00b7".join(numbers)
    others = [phrase for phrase in read.phrases if phrase is not home]
    keys = {f"{said}|{key}" for key in _run_on(home, read, others)}
    if numbers or home.words[-1] not in _ROADS:
        keys |= {f"{said}|{home.text}|{place}" for place in _places(read, others, is_numbered=bool(numbers))}
    beside = next((phrase for phrase in others if phrase.number), None)
    if read.postcode and not home.number and beside is not None:
        also = "\u00b7".join([*read.parts, beside.number])
        keys.add(f"{also}|{beside.text}|{read.postcode}")
    return frozenset(keys)


def _places(read: ReadAddress, others: list[Phrase], *, is_numbered: bool) -> set[str]:
    """Return what says where the home is: the postcode, and what else stands there.

    A house without a number needs street and town, because there is another Rose Cottage in the next lane; where one of
    the two or the postcode was not typed, the town is enough.
    """
    texts = [phrase.text for phrase in others]
    places = {read.postcode} - {""}
    if is_numbered:
        return places | set(texts) or {""}
    if texts:
        places.add("".join(texts))
    if texts and not (read.postcode and any(phrase.is_street for phrase in others)):
        places.add(texts[-1])
    return places


def _run_on(home: Phrase, read: ReadAddress, others: list[Phrase]) -> set[str]:
    """Return further keys where street or town run on from the name of a house, with no comma between."""
    if home.is_parted or len(home.words) < (3 if home.is_street else 2) or home.words[-1] in _HOUSES:
        return set()
    rest = "".join(phrase.text for phrase in others)
    keys = set()
    for end in range(1, len(home.words)):
        if home.words[end - 1] not in _UNTOLD:
            name, further = "".join(home.words[:end]), "".join(home.words[end:]) + rest
            keys |= {f"{name}|{place}" for place in (read.postcode, further) if place}
    return keys


def same_address(one: str, other: str) -> bool:
    """Say whether two addresses are one place but for how they were typed."""
    return not address_keys(one).isdisjoint(address_keys(other))


def _plain(address: str) -> str:
    return _APOSTROPHES.sub("", visible(address)).casefold()


class _Reader:
    """Reads one address, word by word."""

    def __init__(self, text: str) -> None:
        found = list(_POSTCODE.finditer(text))
        self.postcode = found[-1][1] + found[-1][2] if found else ""
        if found:
            text = f"{text[: found[-1].start()]}{_POSTCODE_WAS}{text[found[-1].end() :]}"
        text = ",".join([_BRACKETS.sub(" ", text), *_BRACKETS.findall(text)])
        found_words = (word if word in _BREAKS else _folded(word) for word in _WORD.findall(text))
        self.tokens = [word for word in found_words if word]
        self.phrases: list[Phrase] = []
        self.marks: list[str] = []
        self.numbers: list[str] = []
        self.current = Phrase()
        self.is_unit = self.is_flat = False

    def read(self) -> ReadAddress:
        """Return what was read."""
        for place, token in enumerate(self.tokens):
            following = next((one for one in self.tokens[place + 1 :] if one not in _LEFT_OUT), ",")
            self._take(token, following)
        self._close()
        return ReadAddress(self.postcode, self.phrases, [*sorted(self.marks), *self.numbers], self.is_flat)

    def _take(self, token: str, following: str) -> None:
        if token in _BREAKS:
            self.current.is_parted = token in _PARTING
            self._close()
            self.is_unit = False
        elif any(sign.isdigit() for sign in token):
            self._number(token, following)
        elif self._is_letter_of_number(token, following):
            self.marks.append(token)
            self.is_flat |= self.is_unit
            self.is_unit = False
        elif token in _UNITS and (not self.current.words or _is_mark(following)):
            self._close()
            self.is_unit = True
        elif token in _PARTS and not self.current.words and _ends(following):
            self.marks.append(token)
            self.is_flat = True
        elif token not in _LEFT_OUT and (self.current.words or token not in _ARTICLES):
            self._word(token, following)

    def _is_letter_of_number(self, word: str, following: str) -> bool:
        if len(word) > 1 or self.current.words:
            return False
        return self.is_unit or bool(self.current.number and not (word in "nsew" and following in _SHORT_STREETS))

    def _number(self, token: str, following: str) -> None:
        number, letter = (token[:-1], token[-1]) if re.fullmatch(r"\d+[a-z]", token) else (token, "")
        if self.current.words[-1:] == ["lock"]:
            self.current.words.append(number)
            return
        leads = not self.is_unit and not _ends(following)
        if leads and "/" in number:
            flat, number = number.split("/")
            self.numbers.append(flat)
            self.is_flat = True
        if letter:
            self.marks.append(letter)
        self._close()
        self.is_unit = False
        if leads:
            self.current.number = number
        else:
            self.numbers.append(number)
            self.is_flat = True

    def _word(self, token: str, following: str) -> None:
        """Add a word to the phrase; a kind of street or house ends it, unless another follows: Church Lane Court."""
        word = word_of_place(token, is_first=not self.current.words)
        self.is_unit = False
        self.current.words.append(word)
        is_kind = word in _STREETS or word in _HOUSES
        is_long = len(self.current.words) > 1
        if is_kind and is_long and _SHORT_FORMS.get(following, following) not in _STREETS | _HOUSES:
            self._close()

    def _close(self) -> None:
        if self.current.words:
            self.phrases.append(self.current)
        elif self.current.number:
            self.numbers.append(self.current.number)
        self.current = Phrase()


def _folded(token: str) -> str:
    if not any(sign.isdigit() for sign in token):
        return _ALIASES.get(letters(token), letters(token))
    return re.sub(r"\s|(?<=\d)to(?=\d)", "", re.sub(r"\s*(?:to|[\u2010-\u2015])\s*(?=\d)", "-", token))


def _is_mark(token: str) -> bool:
    """Say whether a word can number a flat."""
    return (len(token) == 1 and token.isalpha()) or any(sign.isdigit() for sign in token)


def _ends(token: str) -> bool:
    """Say whether what follows is no word that a number could lead."""
    return token in _BREAKS or token in _UNITS or token in _PARTS or token[:1].isdigit()
