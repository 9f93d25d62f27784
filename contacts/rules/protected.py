"""Which places of a contact are protected, from whom, and how they are spoken of.

A protected address protects every place where somebody can be found: home, school, nursery, practice, where a child is
now, and the base of a worker who told the hub or is allocated. Pages show the words of the shield, never the place;
what is drafted holds neither.

Source: product.md, rule 11.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from common.leaks import Kind, Secret, find_leaks
from common.normal.addresses import address_keys, read_address, same_address
from common.normal.finding import place_texts
from common.normal.names import same_name

PROTECTED = "a protected address"
HOME = "Address of the household"
MASK = "[protected place]"
LONGEST_FROM = 200

WORDS_FOR_AGENCIES = frozenset({"part", "other_names"})
"""Words about a person that a request shows to an agency: no protected place stands in them."""

_IS_PLACE = re.compile(
    r"\b(?:house|home|refuge|hostel|shelter|safe|sanctuary|women'?s|aid|school|primary|junior|infants?|academy|college"
    r"|nursery|pre-?school|playgroup|childminder|kindergarten|centre|center|hub|surgery|practice|clinic|hospital|hall"
    r"|church|court|lodge|cottage|villa|road|street|lane|avenue|close)\b",
    re.IGNORECASE,
)
"""Words by which the name of an organisation, or of a team, tells a place where somebody can be found."""

_AND = re.compile(r"[,;/\n]|\band\b|\bor\b|[()]")


class Housed(Protocol):
    """A contact, as a record or as typed."""

    @property
    def address(self) -> str: ...  # noqa: D102
    @property
    def address_is_protected(self) -> bool | None: ...  # noqa: D102
    @property
    def protected_from(self) -> str: ...  # noqa: D102
    @property
    def open_to(self) -> str: ...  # noqa: D102


class Placed(Protocol):
    """A child or an adult of a contact, as a record or as typed."""

    @property
    def given_name(self) -> str: ...  # noqa: D102
    @property
    def family_name(self) -> str: ...  # noqa: D102
    @property
    def lives_in_household(self) -> bool | None: ...  # noqa: D102
    @property
    def address(self) -> str: ...  # noqa: D102
    @property
    def school(self) -> str: ...  # noqa: D102
    @property
    def practice(self) -> str: ...  # noqa: D102
    @property
    def address_is_protected(self) -> bool | None: ...  # noqa: D102
    @property
    def protected_from(self) -> str: ...  # noqa: D102


class Worker(Protocol):
    """Who told the hub, as far as where they work is concerned."""

    @property
    def organisation(self) -> str: ...  # noqa: D102
    @property
    def address(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Home:
    """A contact as it would be if it were saved now."""

    address: str
    address_is_protected: bool | None
    protected_from: str
    open_to: str


@dataclass(frozen=True)
class Shield:
    """That a place is protected.

    Attributes:
        from_whom: as it was typed; empty where nobody has said.
    """

    from_whom: str = ""

    def words(self, what: str = "Address") -> str:
        """Return what a page shows instead of the place."""
        said = f"from {self.from_whom}" if self.from_whom else "(nobody has said from whom)"
        return f"{what} protected {said}" if what else f"Protected {said}"


@dataclass(frozen=True)
class Place:
    """One place where somebody of a contact can be found.

    Attributes:
        what: what it is, and whose.
        shield: None where nobody protects it.
    """

    what: str
    value: str
    kind: Kind
    shield: Shield | None

    @property
    def protected_words(self) -> str:
        """From whom it is protected, in words; empty where nobody protects it."""
        return self.shield.words("") if self.shield else ""


def shield_of_home(contact: Housed, people: Iterable[Placed] = ()) -> Shield | None:
    """Return how the address of the household is protected: by the contact, or by somebody who lives there."""
    if contact.address_is_protected:
        return _shield(contact.protected_from, contact)
    for one in people:
        lives_there = is_home_again(one, contact) if one.address else one.lives_in_household is not False
        if one.address_is_protected and lives_there:
            return _shield(one.protected_from, contact, one)
    return None


def shield_of(person: Placed, contact: Housed) -> Shield | None:
    """Return how the places of somebody are protected: own address, school, practice, where they are now.

    What is said of a person goes before what is said of the home. Nobody's places are protected from themself.
    """
    if person.address_is_protected is not None:
        return _shield(person.protected_from, contact, person) if person.address_is_protected else None
    if contact.address_is_protected and not is_kept_from(person, contact.protected_from):
        return _shield(contact.protected_from, contact, person)
    return None


def _shield(said: str, *whose: Housed | Placed) -> Shield:
    """Return a shield whose words say no address, should one have been typed among those from whom it is kept."""
    return Shield(masked_text(said, [Secret(Kind.ADDRESS, one.address) for one in whose if one.address]))


def is_kept_from(person: Placed, protected_from: str) -> bool:
    """Say whether somebody is named among those from whom a place is protected."""
    return _is_named(f"{person.given_name} {person.family_name}".strip(), protected_from)


def _is_named(name: str, among: str) -> bool:
    return bool(name) and any(same_name(name, part) for part in _AND.split(among) if part.strip())


def names_a_place(words: str) -> bool:
    """Say whether an organisation or a team is called by a place where somebody can be found."""
    return bool(_IS_PLACE.search(words))


def tells_where(words: str) -> bool:
    """Say whether words lead somewhere: a number, a street, a postcode, or a house or a school by its name."""
    read = read_address(words)
    by_phrase = any(one.number or one.is_street for one in read.phrases)
    return bool(read.postcode) or by_phrase or names_a_place(words)


def places_in(contact: Housed, people: Sequence[Placed], worker: Worker | None = None) -> list[Place]:
    """Return every place of a contact that is known, each with its shield.

    Args:
        worker: who told the hub, where the viewer may see them.
    """
    home = shield_of_home(contact, people)
    found = [Place(HOME, contact.address, Kind.ADDRESS, home)]
    for number, one in enumerate(people, start=1):
        whose = f"{one.given_name} {one.family_name}".strip() or f"person {number}"
        shield = shield_of_own(one, contact, home)
        found += [
            Place(f"Address of {whose}", one.address, Kind.ADDRESS, shield),
            Place(f"School or nursery of {whose}", one.school, Kind.PLACE, shield_of(one, contact)),
            Place(f"GP practice of {whose}", one.practice, Kind.PLACE, shield_of(one, contact)),
        ]
    found.append(Place("Worker or team", contact.open_to, Kind.PLACE, shield_of_base(contact.open_to, contact)))
    if worker is not None:
        shield = shield_of_base(worker.organisation, contact)
        found.append(Place("Who told the hub: organisation", worker.organisation, Kind.PLACE, shield))
        found.append(Place("Who told the hub: address", worker.address, Kind.ADDRESS, home))
    return [one for one in found if one.value.strip()]


def shield_of_base(words: str, contact: Housed) -> Shield | None:
    """Return how the base of a worker is protected: with the home, where it is called by a place."""
    return _shield(contact.protected_from, contact) if contact.address_is_protected and names_a_place(words) else None


def shield_of_own(person: Placed, contact: Housed, home: Shield | None) -> Shield | None:
    """Return how somebody's own address is protected; the protected home written out again is one."""
    shield = shield_of(person, contact)
    if shield is None and home is not None and is_home_again(person, contact):
        return home
    return shield


def is_home_again(person: Placed, contact: Housed) -> bool:
    """Say whether somebody's own address is the address of the household, written out again.

    Where one of the two says too little to tell a home, such as a street without a number, a street or a postcode in
    common is enough: it would tell where to look.
    """
    own, home = person.address, contact.address
    if address_keys(own) and address_keys(home):
        return same_address(own, home)
    return not place_texts(own).isdisjoint(place_texts(home))


def protected_secrets(places: Iterable[Place]) -> list[Secret]:
    """Return what no drafted text may hold, for the leak check; the same place once."""
    found = dict.fromkeys((one.kind, one.value) for one in places if one.shield is not None)
    return [Secret(kind, value, whose=PROTECTED) for kind, value in found]


def place_in_words(person: Placed, secrets: Sequence[Secret]) -> bool:
    """Say whether the words about somebody that agencies read say a protected place."""
    return any(find_leaks(getattr(person, name), secrets) for name in WORDS_FOR_AGENCIES)


def place_of_child(child: Placed, contact: Housed, place: str, said: Shield | None) -> Place:
    """Return where a child is now: protected as was said with it, or as the child's other places are."""
    shield = _shield(said.from_whom, contact, child) if said else shield_of(child, contact)
    whose = f"{child.given_name} {child.family_name}".strip() or "the child"
    return Place(f"Where {whose} is", place, Kind.ADDRESS, shield)


def masked_text(text: str, secrets: Sequence[Secret]) -> str:
    """Return a text with each protected place in it taken out, in whichever form it was written."""
    if not text or not secrets:
        return text
    shown, end = [], 0
    for match in find_leaks(text, secrets):
        if match.start >= end:
            shown += [text[end : match.start], MASK]
        end = max(end, match.end)
    return "".join([*shown, text[end:]])
