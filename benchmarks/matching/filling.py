"""Fills a migrated, empty database with the crowd: `python -m benchmarks.matching.filling PEOPLE`."""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from uuid import UUID

import django

from benchmarks.matching.crowd import Crowd


def main(people: int) -> None:
    """Build the directory, then load contacts, their people and referrers; DATABASE_URL is a superuser's."""
    django.setup()
    from django.utils import timezone

    from benchmarks.firewall import directory
    from benchmarks.firewall.copying import Load, load_all
    from contacts.models import Contact, Referrer, Subject

    directory.build(at=timezone.now())
    crowd = Crowd(people)
    load_all(
        os.environ["DATABASE_URL"],
        [
            Load(Contact, CONTACT, contacts(crowd)),
            Load(Subject, SUBJECT, subjects(crowd)),
            Load(Referrer, REFERRER, referrers(crowd)),
        ],
    )


def key(table: int, number: int) -> str:
    """Return the key of a row: spread, as random ones are, and the same in every run."""
    return str(UUID(int=((number * 0x9E3779B97F4A7C15 + table) & (2**64 - 1)) << 64 | (table << 60) | number))


CONTACT = (
    "id", "reference", "state", "arrived_at", "logged_at", "ended_at", "channel", "referrer_kind", "place_keys",
)  # fmt: skip
SUBJECT = (
    "id", "contact_id", "position", "kind", "given_name", "family_name", "date_of_birth", "name_key", "given_key",
    "find_keys",
)  # fmt: skip
REFERRER = ("id", "contact_id", "find_keys")


def contacts(crowd: Crowd) -> Iterator[str]:
    """Yield the contacts with the keys of their homes."""
    from benchmarks.firewall.borough import References
    from common.normal.finding import place_texts
    from contacts.actions.rows import ADDRESS_PLACE

    references, keyed = References(), quickly(ADDRESS_PLACE)
    for number in range(crowd.contacts):
        day = f"20{20 + number % 6}-{number % 12 + 1:02d}-{number % 28 + 1:02d} 10:00:00+00"
        keys = [keyed(text) for text in place_texts(crowd.home(number).text)]
        head = (key(1, number), references.of("C", number), "ended", day, day, day, "telephone", "professional")
        yield "\t".join((*head, array(keys)))


def subjects(crowd: Crowd) -> Iterator[str]:
    """Yield the people, with what a search compares."""
    from common.normal.finding import name_texts
    from common.normal.sounds import sound_of

    texts, sounds = lru_cache(500_000)(name_texts), lru_cache(50_000)(sound_of)
    for number in range(crowd.contacts):
        for place, (given, family, born) in enumerate(crowd.people(number)):
            row = (key(2, number * 2 + place), key(1, number), str(place + 1), "adult" if place else "child")
            found = array(sorted(texts(given, family)))
            yield "\t".join((*row, given, family, born.isoformat(), sounds(family), sounds(given), found))


def referrers(crowd: Crowd) -> Iterator[str]:
    """Yield who was worried, by telephone."""
    from contacts.actions.rows import REFERRER_PLACE

    keyed = quickly(REFERRER_PLACE)
    for number in range(crowd.contacts):
        found = [keyed(f"t+44{crowd.telephone(number)[1:]}")]
        yield "\t".join((key(3, number), key(1, number), array(found)))


def quickly(place: str) -> Callable[[str], str]:
    """Return what hashes a text as `blind_index` does, with its key at hand: it is asked for millions.

    Raises:
        ValueError: it does not hash as `blind_index` does.
    """
    from common.blind_index import blind_index
    from common.data_keys import HUB, key_of

    begun = hmac.new(key_of(HUB).key, f"blind index of {place}".encode(), hashlib.sha256).digest()

    def keyed(text: str) -> str:
        return hmac.digest(begun, text.encode(), "sha256").hex()

    if keyed("a text") != blind_index("a text", place=place):
        raise ValueError("The keys of the crowd would be others than those of a search.")
    return keyed


def array(texts: Iterable[str]) -> str:
    """Return a list as COPY's text form has it."""
    return "{" + ",".join(f'"{text}"' for text in texts) + "}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
