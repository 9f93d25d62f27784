"""One check of one text: everything that is looked for, less what this recipient may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from common.leaks.names import Name, name_phrases, names_by_ear, read_name
from common.leaks.numbers import mails_found, references_found, telephones_found
from common.leaks.page import Page, read_page
from common.leaks.phrases import Phrase, find_phrases
from common.leaks.places import Address, address_phrases, misspelt_streets, place_phrases, postcodes_in
from common.leaks.values import Kind, Match, Secret
from common.leaks.wording import sentences_found
from common.normal.addresses import read_address


def find_leaks(text: str, forbidden: Iterable[Secret], permitted: Iterable[Secret] = ()) -> list[Match]:
    """Return where a text gives away what its recipient may not have, in the order of the text.

    What a forbidden and a permitted thing share (a surname, a street, a postcode) is no match by itself, and neither is
    what belongs to a permitted thing that stands there whole.

    Args:
        permitted: what this kind of document may hold, and what this recipient knows by right.
    """
    page = read_page(text)
    hidden, known = _Things(forbidden), _Things(permitted)
    return _each_once([*_phrases_found(page, hidden, known), *_others_found(page, hidden, known)])


class _Things:
    """What is looked for, or left alone, by its kind."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self.of: dict[Kind, list[Secret]] = {kind: [] for kind in Kind}
        for secret in secrets:
            if secret.value.strip():
                self.of[secret.kind].append(secret)
        self.names: list[Name] = [name for secret in self.of[Kind.NAME] if (name := read_name(secret))]
        self.addresses = [Address(secret, read_address(secret.value)) for secret in self.of[Kind.ADDRESS]]

    def phrases(self, *, are_permitted: bool) -> list[Phrase]:
        """Return the phrases by which they are known."""
        names = name_phrases(self.names, are_permitted=are_permitted)
        return list(chain(names, address_phrases(self.addresses), place_phrases(self.of[Kind.PLACE])))


def _phrases_found(page: Page, hidden: _Things, known: _Things) -> Iterator[Match]:
    """Yield phrases of what is hidden that are not phrases of what is known, nor stand inside one."""
    sought, free = hidden.phrases(are_permitted=False), known.phrases(are_permitted=True)
    shared = {phrase.what for phrase in free}
    inside = [(match.start, match.end) for match, is_whole in find_phrases(page, free) if is_whole]
    phrases = (match for match, _ in find_phrases(page, (one for one in sought if one.what not in shared)))
    for match in chain(phrases, misspelt_streets(page, hidden.addresses)):
        if not any(start <= match.start and match.end <= end for start, end in inside):
            yield match


def _others_found(page: Page, hidden: _Things, known: _Things) -> Iterator[Match]:
    yield from names_by_ear(page, hidden.names, known.names)
    yield from postcodes_in(page, hidden.addresses, known.addresses)
    yield from telephones_found(page, hidden.of[Kind.TELEPHONE], known.of[Kind.TELEPHONE])
    yield from mails_found(page, hidden.of[Kind.EMAIL], known.of[Kind.EMAIL])
    yield from references_found(page, hidden.of[Kind.REFERENCE], known.of[Kind.REFERENCE])
    yield from sentences_found(page, hidden.of[Kind.TEXT], known.of[Kind.TEXT])


def _each_once(found: Sequence[Match]) -> list[Match]:
    """Return of matches of one thing that overlap the longest."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(match.secret == one.secret and match.start < one.end and one.start < match.end for one in kept):
            kept.append(match)
    return sorted(kept, key=lambda one: (one.start, one.end))
