"""Phrases by which something is known: its words joined in plain letters, and when they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from common.leaks.ordinary import ALSO_NAMES, KINDS_OF_HOUSE, KINDS_OF_PLACE, NEVER_ALONE, OF_SENTENCES
from common.leaks.page import Page
from common.leaks.values import Match, Secret
from common.normal.addresses import STREETS

_COMMON = ALSO_NAMES | KINDS_OF_HOUSE | KINDS_OF_PLACE | NEVER_ALONE | OF_SENTENCES | STREETS

Counts = Callable[[Page, int, int], tuple[int, int] | None]
"""Says of the words from one place to another in a text whether they are what was sought, and how far it reaches."""


def always(page: Page, first: int, behind: int) -> tuple[int, int] | None:
    """Count a phrase wherever it stands."""
    del page
    return first, behind


def standing_alone(*, is_ordinary: bool, in_small_letters: bool = False) -> Counts:
    """Count a name between words that are none: a capital beside it makes it the name of somebody or something else."""

    def counts(page: Page, first: int, behind: int) -> tuple[int, int] | None:
        word = page.words[first]
        if not word.is_capital and (is_ordinary or not in_small_letters):
            return None
        if is_ordinary and (word.begins or word.said.isupper()):
            return None
        return None if _has_capital_beside(page, first, behind) else (first, behind)

    return counts


def is_unmistakable(page: Page, first: int, behind: int) -> bool:
    """Say whether words that are written small can only be the name of something: two or more, one of them unusual.

    No name has "a" before it: a larkspur house plant is none.
    """
    if page.follows(first) and page.words[first - 1].said.lower() in {"a", "an"}:
        return False
    return behind - first > 1 and any(not _COMMON.intersection(word.forms) for word in page.words[first:behind])


def _has_capital_beside(page: Page, first: int, behind: int) -> bool:
    before = page.words[first - 1] if page.follows(first) and not page.words[first].begins else None
    after = page.words[behind] if page.follows(behind) and not page.words[behind].begins else None
    is_parted = after is not None and "," in page.plain[page.words[behind - 1].end : after.start]
    runs_on_before = before is not None and before.is_capital and not before.begins
    return runs_on_before or (after is not None and after.is_capital and not is_parted)


@dataclass(frozen=True)
class Phrase:
    """One way in which something can stand in a text.

    Attributes:
        key: the words joined, in plain letters.
        number: of the house, where it is what tells this street from others.
        is_whole: whether it names its thing and nothing else, so that shorter phrases within it are not of others.
    """

    key: str
    form: str
    secret: Secret
    counts: Counts = always
    number: str = ""
    is_whole: bool = False

    @property
    def what(self) -> tuple[str, str, str]:
        """What two phrases share that say the same of two things."""
        return self.key, self.form, self.number


def find_phrases(page: Page, phrases: Iterable[Phrase]) -> Iterator[tuple[Match, bool]]:
    """Yield each place at which a phrase stands and counts, and whether it is a whole one."""
    by_key: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        by_key[phrase.key].append(phrase)
    beginnings = {key[:length] for key in by_key for length in range(1, len(key))}
    for first, behind, key in page.phrases(by_key, beginnings):
        for phrase in by_key[key]:
            reach = phrase.counts(page, first, behind)
            if reach is not None:
                start, end = page.span(page.words[reach[0]].start, page.words[reach[1] - 1].end)
                yield Match(phrase.secret, start, end, phrase.form), phrase.is_whole
