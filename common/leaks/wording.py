"""Sentences copied into a text, whole, in part, or with a word changed here and there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from common.leaks.ordinary import OF_SENTENCES
from common.leaks.page import Page, plain_words
from common.leaks.values import Match, Secret

_TOGETHER = 3
"""Words in a row that are compared: more would miss a sentence in which every fifth word was changed."""
_RUN = 6
_SHARE = 0.6
_LEAST = 4
_TELLING, _LEAST_TELLING = 3, 2
"""Words in a run that not every text has."""
_ENDS = re.compile(r"[.!?]+[\s\"'\u2019\u201d)]+|\n{2,}|[\n;\u2022]\s*(?=[-\u2022A-Z])")

Shingle = tuple[str, ...]


@dataclass(frozen=True)
class _Hit:
    """Some words of a sentence that stand in the text.

    Attributes:
        place: of the first of them in the text.
        of: of the first of them in the sentence.
    """

    place: int
    of: int


def sentences_found(page: Page, secrets: Iterable[Secret], permitted: Iterable[Secret]) -> Iterator[Match]:
    """Yield where a text says what is said in a sentence that its reader may not have."""
    said = [word.forms[0] if word.forms else "" for word in page.words]
    places: dict[Shingle, list[int]] = defaultdict(list)
    for place, shingle in enumerate(_shingles(said)):
        places[shingle].append(place)
    for secret in permitted:
        for shingle in _shingles(plain_words(secret.value)):
            places.pop(shingle, None)
    for secret in secrets if places else ():
        for sentence in _ENDS.split(visible_sentences(secret.value)):
            words = plain_words(sentence)
            yield from _copied(page, secret, words, places)


def visible_sentences(text: str) -> str:
    """Return a text as it is parted into sentences: where a line ends inside one is nothing."""
    return re.sub(r"(?<=[^\s.!?;:])[ \t]*\n(?=[^\S\n]*[a-z])", " ", text)


def _shingles(words: Sequence[str]) -> Iterator[Shingle]:
    return zip(*(words[skipped:] for skipped in range(_TOGETHER)), strict=False)


def _copied(page: Page, secret: Secret, words: list[str], places: dict[Shingle, list[int]]) -> Iterator[Match]:
    hits = [_Hit(place, of) for of, shingle in enumerate(_shingles(words)) for place in places.get(shingle, ())]
    hits.sort(key=lambda hit: hit.place)
    reach = len(words) + len(words) // 3 + _TOGETHER
    while hits:
        near = [hit for hit in hits if hit.place < hits[0].place + reach]
        if _is_copied(near, words):
            first, last = near[0].place, near[-1].place + _TOGETHER - 1
            start, end = page.span(page.words[first].start, page.words[last].end)
            yield Match(secret, start, end, "sentence")
            hits = [hit for hit in hits if hit.place > last]
        else:
            hits = hits[1:]


def _is_copied(hits: Sequence[_Hit], words: Sequence[str]) -> bool:
    covered = {hit.of + step for hit in hits for step in range(_TOGETHER)}
    telling = sum(words[place] not in OF_SENTENCES for place in covered)
    if telling < _LEAST_TELLING or len(covered) < _LEAST:
        return False
    if len(covered) >= _SHARE * len(words):
        return True
    return any(_runs_on(run, words) for run in _runs(hits))


def _runs_on(run: range, words: Sequence[str]) -> bool:
    telling = sum(words[place] not in OF_SENTENCES for place in run)
    return len(run) >= _RUN and telling >= _TELLING


def _runs(hits: Iterable[_Hit]) -> list[range]:
    """Return which words of the sentence stand in the text one behind the other."""
    runs: dict[int, list[range]] = defaultdict(list)
    for hit in hits:
        same = runs[hit.place - hit.of]
        if same and hit.of == same[-1].stop - _TOGETHER + 1:
            same[-1] = range(same[-1].start, hit.of + _TOGETHER)
        else:
            same.append(range(hit.of, hit.of + _TOGETHER))
    return [run for found in runs.values() for run in found]
