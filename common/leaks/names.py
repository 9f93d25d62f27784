"""Names in a text: whole, turned round, by a title, by initials, by what somebody is called, alone, by ear."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from common.leaks.ordinary import ALSO_NAMES, NEVER_ALONE
from common.leaks.page import Page
from common.leaks.phrases import Counts, Phrase, always, standing_alone
from common.leaks.values import Match, Secret
from common.normal.names import is_title, parts_of_name, word_forms
from common.normal.sounds import sound_of

_SHORTEST_ALONE = 3
_SHORTEST_SOUND = 2
_RELATIONS = frozenset({"mother", "father", "aunt", "auntie", "aunty", "uncle", "nan", "nana", "gran", "granny"})
_MOST_WORDS = 5
"""Of a name: further ones are left out of what is turned round."""


@dataclass(frozen=True)
class Name:
    """A name in its parts, each word in all its forms."""

    secret: Secret
    words: Sequence[frozenset[str]]
    first_names: list[frozenset[str]]
    """The first name, and what else they are called."""
    title: str
    surnames: list[frozenset[str]]
    """The surname; each part of a double one. Nothing where somebody has one name only."""
    between: list[frozenset[str]]
    """Words between first name and surname: another first name, or the first of two surnames."""


def name_phrases(names: Iterable[Name], *, are_permitted: bool) -> Iterator[Phrase]:
    """Return the phrases by which people are known.

    Args:
        are_permitted: whoever may be named with a title is named with no other.
    """
    for name in names:
        yield from _whole(name)
        yield from _by_surname(name, is_permitted=are_permitted)
        yield from _alone(name)


def read_name(secret: Secret) -> Name | None:
    """Return the parts of a name; None for one without a letter."""
    every = [forms for part in parts_of_name(secret.value) if (forms := word_forms(part))]
    if not every:
        return None
    title = next((form for form in every[0] if is_title(form)), "") if len(every) > 1 else ""
    words = every[1:] if title else every
    others = [word_forms(word) for name in secret.also for word in parts_of_name(name)[:1]]
    kept = words if len(words) <= _MOST_WORDS else [*words[: _MOST_WORDS - 1], words[-1]]
    double = min(len(parts_of_name(secret.value.split()[-1])), len(words) - 1) if len(words) > 1 else 0
    surnames, between = words[len(words) - double :], words[1 : len(words) - double]
    return Name(secret, kept, [one for one in (words[0], *others) if one], title, surnames, between)


def _joined(words: Sequence[frozenset[str]]) -> set[str]:
    return {"".join(ways) for ways in itertools.product(*(sorted(word)[:4] for word in words))}


def _whole(name: Name) -> Iterator[Phrase]:
    """Yield the name in its order, turned round, and with the first name or what they are called alone."""
    words = name.words
    if len(words) == 1:
        return
    turned = (words, [*words[-1:], *words[:-1]], [*words[1:], words[0]])
    last = [*name.surnames, *name.between]
    short = [pair for first in name.first_names for one in last for pair in ([first, one], [one, first])]
    forms = {key: "whole name" for order in turned for key in _joined(order)}
    for order in short:
        forms |= {key: "first name and surname" for key in _joined(order) if key not in forms}
    for key, form in forms.items():
        yield Phrase(key, form, name.secret, always, is_whole=True)


def _by_surname(name: Name, *, is_permitted: bool) -> Iterator[Phrase]:
    """Yield the surname with a title or initials before it, or behind a first name that begins like theirs."""
    initials = ["".join(min(word)[0] for word in name.words[:end]) for end in range(1, len(name.words))]
    starts = frozenset(way[:2] for first in name.first_names for way in first)
    for key in (way for one in (*name.surnames, *name.between) for way in _joined([one])):
        if name.title and is_permitted:
            yield Phrase(f"{name.title}{key}", "title and surname", name.secret, always, is_whole=True)
        else:
            yield Phrase(key, "title and surname", name.secret, _behind_title)
        yield Phrase(key, "first name and surname", name.secret, _behind_like(starts))
        for letters in initials:
            yield Phrase(f"{letters}{key}", "initials and surname", name.secret, _of_words(2))
            yield Phrase(f"{key}{letters}", "initials and surname", name.secret, _of_words(2))


def _alone(name: Name) -> Iterator[Phrase]:
    """Yield each name alone, the surname of several people too."""
    alone = {key: key for first in name.first_names for key in first}
    alone |= {said: key for family in name.surnames for key in family for said in (key, f"{key}s")}
    for said, key in alone.items():
        if len(key) >= _SHORTEST_ALONE and key not in NEVER_ALONE:
            counts = standing_alone(is_ordinary=key in ALSO_NAMES, in_small_letters=name.secret.in_small_letters)
            yield Phrase(said, "one name alone", name.secret, counts)


def _of_words(least: int) -> Counts:
    def counts(page: Page, first: int, behind: int) -> tuple[int, int] | None:
        del page
        return (first, behind) if behind - first >= least else None

    return counts


def _behind_title(page: Page, first: int, behind: int) -> tuple[int, int] | None:
    if page.follows(first) and any(is_title(form) or form in _RELATIONS for form in page.words[first - 1].forms):
        return first - 1, behind
    return None


def _behind_like(starts: frozenset[str]) -> Counts:
    def counts(page: Page, first: int, behind: int) -> tuple[int, int] | None:
        if not page.follows(first) or not page.words[first].is_capital:
            return None
        before = page.words[first - 1]
        is_like = before.is_capital and len(before.said) > 1 and any(form[:2] in starts for form in before.forms)
        return (first - 1, behind) if is_like and not any(is_title(form) for form in before.forms) else None

    return counts


def names_by_ear(page: Page, names: Iterable[Name], permitted: Iterable[Name]) -> Iterator[Match]:
    """Yield two names side by side that sound like somebody's first name and surname."""
    heard = {key: name.secret for name in names for key in _sounds(name)}
    for key in {key for name in permitted for key in _sounds(name)} & heard.keys():
        del heard[key]
    for place in range(1, len(page.words)) if heard else ():
        one, other = page.words[place - 1], page.words[place]
        if one.is_capital and other.is_capital and page.follows(place):
            secret = heard.get((sound_of(one.said), sound_of(other.said)))
            if secret is not None:
                yield Match(secret, *page.span(one.start, other.end), "name by ear")


def _sounds(name: Name) -> Iterator[tuple[str, str]]:
    for surname in name.surnames:
        family = sound_of(min(surname))
        firsts = (sound_of(min(first)) for first in name.first_names)
        yield from ((first, family) for first in firsts if min(len(first), len(family)) >= _SHORTEST_SOUND)
