"""Addresses, schools and organisations in a text: whole or by any part that leads there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from common.leaks.ordinary import ALSO_NAMES, HOMES, KINDS_OF_HOUSE, KINDS_OF_PLACE
from common.leaks.page import Page
from common.leaks.phrases import Counts, Phrase, is_unmistakable, standing_alone
from common.leaks.values import Match, Secret
from common.normal.addresses import Phrase as Part
from common.normal.addresses import ReadAddress, is_kind_of_street, word_of_place
from common.normal.names import words_of

_POSTCODE = re.compile(r"\b([a-z]{1,2}[\do][a-z\d]?)[\s.-]*([\do]\s?[a-z]{2})\b", re.IGNORECASE)
_BEFORE, _BEHIND = 4, 3
"""How many words may stand between a street and the number of the house."""
_LONGEST_STREET = 5
_SHORTEST_ALONE = 5


@dataclass(frozen=True)
class Address:
    """An address in its parts."""

    secret: Secret
    read: ReadAddress


def address_phrases(addresses: Iterable[Address]) -> Iterator[Phrase]:
    """Return the phrases by which addresses are known."""
    for address in addresses:
        yield from _of_address(address.secret, address.read)


def place_phrases(places: Iterable[Secret]) -> Iterator[Phrase]:
    """Return the phrases by which schools and organisations are known."""
    for secret in places:
        yield from _of_place(secret)


def _of_address(secret: Secret, read: ReadAddress) -> Iterator[Phrase]:
    for place, part in enumerate(read.phrases):
        key = _key_of(part, secret.value)
        numbers = [part.number] if part.number else [one for one in read.parts if part is read.home and one.isdigit()]
        for number in numbers:
            yield Phrase(key, "house and street", secret, _numbered(number), number, is_whole=True)
        if part.is_street:
            yield Phrase(key, "street", secret, _street_alone(part.number))
        if (place == 0 or part is read.home) and not part.number and _tells(part, read):
            yield Phrase(part.text, "name of the house", secret, _as_named, is_whole=True)
            yield from _house_alone(part, secret)


def _house_alone(part: Part, secret: Secret) -> Iterator[Phrase]:
    """Yield the name of a house without what sort of house it is, as people say it: at Larkspur, Larkspur Refuge."""
    own = [word for word in part.words if word not in KINDS_OF_HOUSE | HOMES]
    if len(own) == 1 and len(own[0]) >= _SHORTEST_ALONE and own[0] not in ALSO_NAMES and len(part.words) > 1:
        yield Phrase(own[0], "name of the house", secret, standing_alone(is_ordinary=False))
        yield Phrase(own[0], "name of the house", secret, _called_a_home)


def _called_a_home(page: Page, first: int, behind: int) -> tuple[int, int] | None:
    after = page.words[behind] if page.follows(behind) else None
    is_called = after is not None and any(form in KINDS_OF_HOUSE | HOMES for form in after.forms)
    return (first, behind + 1) if is_called and page.words[first].is_capital else None


def _key_of(part: Part, address: str) -> str:
    """Return how a phrase is looked for: as it was typed where nothing but its kind is left, as of Near Street."""
    if len(part.words) > 1 or not is_kind_of_street(part.words[0]):
        return part.text
    lines = (words_of(line) for line in re.split(r"[,;\n]", address))
    whole = next((words for words in lines if words and word_of_place(words[-1], is_first=False) == part.text), [])
    return _place_key(whole) or part.text


def _tells(part: Part, read: ReadAddress) -> bool:
    """Say whether the name of a house is more than what a house is, and no town: one word needs a street beside it."""
    if len(part.text) < _SHORTEST_ALONE:
        return False
    is_in_street = bool(read.postcode) or any(one.is_street for one in read.phrases if one is not part)
    return len(part.words) > 1 or (is_in_street and part.words[0] not in ALSO_NAMES | KINDS_OF_HOUSE)


def _numbered(number: str) -> Counts:
    """Count a street where the number of the house stands near, before or behind."""
    last = re.split(r"\D", number)[-1]

    def counts(page: Page, first: int, behind: int) -> tuple[int, int] | None:
        for place in range(first - 1, max(first - 1 - _BEFORE, -1), -1):
            if page.words[place].number == last:
                return place, behind
        for place in range(behind, min(behind + _BEHIND, len(page.words))):
            if page.words[place].number == last:
                return first, place + 1
        return None

    return counts


def _street_alone(number: str) -> Counts:
    """Count a street that is written as a name, unless another house of it is meant or something is called after it."""

    def counts(page: Page, first: int, behind: int) -> tuple[int, int] | None:
        is_named = page.words[first].is_capital or is_unmistakable(page, first, behind)
        if not is_named or (page.words[first].is_capital and _runs_on(page, behind)):
            return None
        before = page.words[first - 1] if page.follows(first) else None
        if before is None or "," in page.plain[before.end : page.words[first].start]:
            return first, behind
        is_of_another = before.is_capital and not before.begins
        return None if is_of_another or before.number not in {"", number} else (first, behind)

    return counts


def _as_named(page: Page, first: int, behind: int) -> tuple[int, int] | None:
    if not (page.words[first].is_capital or is_unmistakable(page, first, behind)):
        return None
    after = page.words[behind] if page.follows(behind) else None
    is_street = after is not None and any(is_kind_of_street(form) for form in after.forms)
    return None if is_street and after is not None and after.is_capital else (first, behind)


def _runs_on(page: Page, behind: int) -> bool:
    """Say whether a word in capitals follows without a comma."""
    if not page.follows(behind):
        return False
    word = page.words[behind]
    gap = page.plain[page.words[behind - 1].end : word.start]
    return word.is_capital and not gap.strip()


def _of_place(secret: Secret) -> Iterator[Phrase]:
    words = words_of(secret.value)
    if not words:
        return
    yield Phrase(_place_key(words), "whole name", secret, _as_named, is_whole=True)
    while words and words[-1] in KINDS_OF_PLACE:
        words = words[:-1]
    while words and words[0] in KINDS_OF_PLACE:
        words = words[1:]
    for short in (words, *(words_of(one) for one in secret.also)):
        if len(short) > 1:
            yield Phrase(_place_key(short), "short name", secret, _as_named)
        elif short and len(short[0]) >= _SHORTEST_ALONE and short[0] not in ALSO_NAMES:
            yield Phrase(short[0], "short name", secret, standing_alone(is_ordinary=False))
            yield Phrase(short[0], "short name", secret, _called_a_school)


def _place_key(words: list[str]) -> str:
    return "".join(word_of_place(word, is_first=place == 0) for place, word in enumerate(words))


def _called_a_school(page: Page, first: int, behind: int) -> tuple[int, int] | None:
    """Count one word where it is called a school or the like."""
    after = page.words[behind] if page.follows(behind) else None
    is_called = after is not None and any(form in KINDS_OF_PLACE - {"of", "and", "the"} for form in after.forms)
    return (first, behind + 1) if is_called and page.words[first].is_capital else None


def postcodes_in(page: Page, addresses: Iterable[Address], permitted: Iterable[Address]) -> Iterator[Match]:
    """Yield each postcode of somebody's address, unless something permitted has it too."""
    sought: dict[str, Secret] = {one.read.postcode.upper(): one.secret for one in addresses}
    for known in {"", *(one.read.postcode.upper() for one in permitted)}:
        sought.pop(known, None)
    for match in _POSTCODE.finditer(page.plain) if sought else ():
        secret = sought.get(_typed(match)) or sought.get(_with_noughts(match))
        if secret is not None:
            yield Match(secret, *page.span(*match.span()), "postcode")


def _typed(match: re.Match[str]) -> str:
    return re.sub(r"\s", "", f"{match[1]}{match[2]}").upper()


def _with_noughts(match: re.Match[str]) -> str:
    """Return a postcode in which a letter O was typed for a nought."""
    inward = re.sub(r"\s", "", match[2]).upper()
    outward = re.sub(r"(?<=[A-Z])O(?=\d|$)", "0", match[1].upper())
    return f"{outward}{inward[0].replace('O', '0')}{inward[1:]}"


def misspelt_streets(page: Page, addresses: Iterable[Address]) -> Iterator[Match]:
    """Yield each place where the number of a house leads what is nearly its street."""
    sought: dict[str, list[tuple[str, Secret]]] = defaultdict(list)
    for address in addresses:
        for part in address.read.phrases:
            if part.number and len(part.text) >= _SHORTEST_ALONE:
                sought[re.split(r"\D", part.number)[-1]].append((part.text, address.secret))
    for place, word in enumerate(page.words):
        number = word.number
        for street, secret in sought.get(number, ()) if number else ():
            behind = _nearly(page, place + 1, street)
            if behind:
                yield Match(secret, *page.span(word.start, page.words[behind - 1].end), "misspelt street")


def _nearly(page: Page, first: int, street: str) -> int:
    """Return where a street ends that is nearly the one sought; 0 where none begins."""
    reached = {""}
    for place in range(first, min(first + _LONGEST_STREET, len(page.words))):
        if not page.follows(place):
            return 0
        if reached == {""} and page.words[place].forms[:1] in {("the",), ("no",)}:
            continue
        forms = page.words[place].forms
        reached = {said + word_of_place(form, is_first=not said) for said in reached for form in forms}
        if street in reached:
            return 0
        if any(slips(said, street) <= (2 if len(street) > 10 else 1) for said in reached):
            return place + 1
    return 0


def slips(one: str, other: str) -> int:
    """Count the slips of the keyboard between two words: a letter more, less, another, or two changed round."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, 1):
        older, before, row = before, row, [place]
        for column, against in enumerate(other, 1):
            least = min(before[column] + 1, row[-1] + 1, before[column - 1] + (sign != against))
            if older and column > 1 and sign == other[column - 2] and one[place - 2] == against:
                least = min(least, older[column - 2] + 1)
            row.append(least)
    return row[-1]
