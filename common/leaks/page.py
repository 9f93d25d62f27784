"""An outgoing text as the leak check reads it: its words in plain letters, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from common.normal.addresses import word_of_place
from common.normal.names import letters, word_forms
from common.normal.signs import visible

_PIECE = re.compile(r"[\x00-\x7f]*[\x00-\x7f](?![^\x00-\x7f])|.[\u0300-\u036f]*", re.DOTALL)
_APOSTROPHE = "['\u2018\u2019\u201b`\u00b4\u02bc\u02bb\u02b9\u2032\uff07]"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:{_APOSTROPHE}[^\W_]+)*")
_OWNING = re.compile(rf"{_APOSTROPHE}[sS]?$")
_WIDEST_GAP = 4
_SENTENCE_ENDS = re.compile(r"[.!?:;\n\u2022\u2026]|[\"\u201c\u201d\u00ab\u00bb]|(?:^|\s)[-\u2013\u2014*](?:\s|$)")


class Word(NamedTuple):
    """One word of a text.

    Attributes:
        said: as it stands there, but for signs that nobody sees.
        forms: in plain letters, in each way of a keyboard, with and without the s of the owner; a number as it is.
        begins: whether a sentence begins with it.
    """

    said: str
    start: int
    end: int
    forms: tuple[str, ...]
    begins: bool

    @property
    def is_capital(self) -> bool:
        """Whether it is written as names are."""
        return self.said[0].isupper()

    @property
    def number(self) -> str:
        """The number it is, without a letter behind; empty for words."""
        return re.sub(r"\D+$", "", self.said) if self.said[0].isdigit() else ""


@dataclass(frozen=True)
class Page:
    """A text, read once for all that is looked for in it.

    Attributes:
        plain: without signs that nobody sees.
        places: for each sign of `plain`, where it stands in the text.
    """

    plain: str
    places: Sequence[int]
    length: int

    @cached_property
    def words(self) -> list[Word]:
        """All words in their order."""
        found = []
        behind = 0
        forms: dict[str, tuple[str, ...]] = {}
        for match in _WORD.finditer(self.plain):
            start, end = match.span()
            gap = self.plain[behind:start]
            begins = behind == 0 or (gap != " " and bool(_SENTENCE_ENDS.search(gap)))
            said = match[0]
            if said not in forms:
                forms[said] = _forms(said)
            found.append(Word(said, start, end, forms[said], begins))
            behind = end
        return found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of `plain` stands in the text."""
        behind = self.places[end] if end < len(self.places) else self.length
        return self.places[start], behind

    def follows(self, place: int) -> bool:
        """Say whether a word runs on from the one before it, with no more between than a comma or a full stop."""
        if not 0 < place < len(self.words):
            return False
        gap = self.plain[self.words[place - 1].end : self.words[place].start]
        return len(gap) <= _WIDEST_GAP and gap.count("\n") < 2

    def phrases(self, sought: Container[str], beginnings: Container[str]) -> Iterator[tuple[int, int, str]]:
        """Find joined words, however they were parted; yields the first word, the one behind the last, and the phrase.

        Args:
            sought: phrases in plain letters without spaces.
            beginnings: everything with which one of them begins.
        """
        for first in range(len(self.words)):
            if not any(form in sought or form in beginnings for form in self._forms_at(first, is_first=True)):
                continue
            reached = {""}
            for place in range(first, len(self.words)):
                if place > first and not self.follows(place):
                    break
                further = {said + form for said in reached for form in self._forms_at(place, is_first=place == first)}
                yield from ((first, place + 1, said) for said in further if said in sought)
                reached = {said for said in further if said in beginnings}
                if not reached:
                    break

    def _forms_at(self, place: int, *, is_first: bool) -> tuple[str, ...]:
        forms = self.words[place].forms
        """Return the forms of a word, and how it is written out in addresses; St begins a street or a saint."""
        ways = (is_first, False) if is_first else (False,)
        as_place = [long for form in forms for way in ways if (long := word_of_place(form, is_first=way)) != form]
        return (*forms, *as_place) if as_place else forms


def read_page(text: str) -> Page:
    """Read a text."""
    if text.isascii():
        return Page(text, range(len(text)), len(text))
    plain: list[str] = []
    places: list[int] = []
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece.isascii():
            plain.append(piece)
            places.extend(range(match.start(), match.end()))
        else:
            shown = visible(piece)
            plain.append(shown)
            places.extend([match.start()] * len(shown))
    return Page("".join(plain), places, len(text))


def plain_words(text: str) -> list[str]:
    """Return the words of a text in plain letters, where it does not matter where they stand."""
    plain = text if text.isascii() else read_page(text).plain
    return [next(iter(_forms(said)), "") for said in _WORD.findall(plain)]


def _forms(said: str) -> tuple[str, ...]:
    if said.isascii() and said.isalnum():
        return (said.lower(),)
    if any(sign.isdigit() for sign in said):
        return (said.casefold(),)
    forms = set(word_forms(said))
    if _OWNING.search(said):
        forms |= {letters(_OWNING.sub("", said))}
    return tuple(sorted(forms - {""}))
