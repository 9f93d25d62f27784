"""What somebody typed into the one box of the search, read; and how like it a person is. No ORM, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from common.days import day_within
from common.normal import finding
from common.normal.names import words_of
from common.normal.references import plain_reference_of, references_in
from common.normal.telephones import telephones_in
from contacts.rules.matching import swapped

LONGEST = 200
LIKE = 0.4
"""How like a name has to be to be shown at all; a birthday or a home alone makes nobody somebody else."""

MOST_AROUND = 24
"""Letters and figures of a text that is a reference and words around it; a longer one is an address."""

BEGINS = 0.85
"""How like a name are the beginnings of its words."""


@dataclass(frozen=True)
class Typed:
    """What was typed.

    Attributes:
        name: the part that may be a name.
        names: the texts by which people are found; `places`, `referrers`: homes, and those who were worried.
        is_day: whether a day was meant, also one that there is not.
    """

    text: str
    name: str = ""
    day: date | None = None
    is_day: bool = False
    references: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    referrers: frozenset[str] = frozenset()
    words: tuple[str, ...] = field(default=())


def read(typed: str) -> Typed:
    """Return what was typed, by what it may be: a part may be several things at once, as a street may be a name."""
    text = " ".join(typed.replace("\x00", " ").split())[:LONGEST]
    is_dated = day_within(text) is not None
    if plain_reference_of(text) and not is_dated and len(re.sub(r"[\W_]", "", text)) <= MOST_AROUND:
        return Typed(
            text, references=tuple(references_in(text)), referrers=frozenset(finding.own_reference_texts(text))
        )
    telephones = telephones_in(text)
    dated = None if telephones else day_within(text)
    day, rest = dated or (None, text)
    name = "" if telephones else _name_in(rest)
    schools = {finding.school_text(rest)} - {""}
    return Typed(
        text,
        name=name,
        day=day,
        is_day=dated is not None,
        references=tuple(references_in(text)),
        telephones=tuple(telephones),
        names=frozenset(finding.typed_name_texts(name) | schools) if not telephones else frozenset(),
        places=frozenset() if telephones else frozenset(finding.typed_place_texts(rest)),
        referrers=frozenset(finding.telephone_texts(text) | finding.own_reference_texts(text)),
        words=tuple(words_of(name)),
    )


def _name_in(text: str) -> str:
    """Return the words before the first number; where commas part them, those of the first part, or of two if short."""
    words = re.split(r"\d", text, maxsplit=1)[0]
    parts = [part.strip() for part in words.split(",") if part.strip()]
    if len(parts) < 2:
        return words.strip(" ,")
    return parts[0] if len(parts[0].split()) > 1 else f"{parts[0]} {parts[1]}"


class Likeness:
    """How like what was typed a name is, from 0 to 1, whatever the order of its words: pairs of letters shared.

    Whoever types one word of a name means all of it. Each name is compared once, however many bear it.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._apart, self._together = _pairs(words), _pairs(["".join(sorted(words))])
        self._known: dict[str, float] = {}

    def of(self, name: str) -> float:
        """Return how like a name is."""
        if name not in self._known:
            self._known[name] = self._compared(words_of(name))
        return self._known[name]

    def _compared(self, theirs: list[str]) -> float:
        words = self._words
        if not words or not theirs:
            return 0.0
        if len(words) == 1:
            return max(_alike_sets(self._apart, _pairs([word])) for word in (*theirs, "".join(theirs)))
        whole = _alike_sets(self._apart, _pairs(theirs))
        if all(any(one.startswith(word) for one in theirs) for word in words):
            whole = max(whole, BEGINS)
        return max(whole, _alike_sets(self._together, _pairs(["".join(sorted(theirs))])))


def nearness_of_days(typed: date | None, born: date | None) -> float:
    """Return how near a date of birth is to the one typed: the same, exchanged or with one part wrong, or another."""
    if typed is None or born is None:
        return 0.0
    if typed == born:
        return 1.2
    parts = (typed.day == born.day) + (typed.month == born.month) + (typed.year == born.year)
    return 0.8 if swapped(typed) == born or parts == 2 else -0.3


def _pairs(words: tuple[str, ...] | list[str]) -> set[str]:
    return {f"^{word}$"[place : place + 2] for word in words for place in range(len(word) + 1)}


def _alike_sets(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
