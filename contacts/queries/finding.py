"""The search: people, contacts and enquiries by whatever somebody typed into the one box, with why each is a hit.

It looks only among what the viewer may open. What comes back of each hit is asked for by the rule of the record once
more; what may not be opened is neither shown nor counted.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import Q

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.blind_index import blind_index
from common.normal.finding import DOOR, HOUSE, STRONG
from common.normal.names import same_name
from contacts.models import Contact, Receipt, Subject
from contacts.queries.about import stand_alone
from contacts.queries.earlier import looks_back
from contacts.queries.found_places import number_that_differs, place_in_words, place_of
from contacts.rules.protected import shield_of_home
from contacts.rules.searching import LIKE, Likeness, Typed, nearness_of_days, read

SEARCHERS = (Role.FRONT_DOOR, Role.MANAGER, Role.OUT_OF_HOURS, Role.SCREENER, Role.SOCIAL_WORKER)
"""Who searches: those who have a list of contacts."""

SEE_ALL = (Role.FRONT_DOOR, Role.MANAGER)
MOST_NEAR = 5_000
"""Contacts among which somebody searches who does not see all: the latest."""

MOST_CANDIDATES = 250
"""By each kind of what was typed; `MOST_JUDGED` of all of them, those that share most, are compared sign by sign."""

MOST_JUDGED = 80
MOST_SHOWN, MOST_LOOKED_AT = 20, 60
ADDRESS_PLACE = "contacts_contact.address"
REFERRER_PLACE = "contacts_referrer.found_by"
HASHED = 64
BY_EAR, NEARLY = "sounds alike", "nearly the same"
ADDRESS, ON_RECORD = "address", "person on record"
COLUMNS = ("id", "reference", "enquiry_id", "address", "address_is_protected", "protected_from", "social_worker_id")
OF_PERSON = (
    "id",
    "contact_id",
    "given_name",
    "family_name",
    "lives_in_household",
    "address",
    "school",
    "address_is_protected",
    "protected_from",
)


@dataclass(frozen=True)
class Hit:
    """One line of what was found.

    Attributes:
        reference: of the contact, to which the line leads.
        title: the person, or empty: the contact stands by its reference.
        why: why it matched, without a name; `differs`: what is not as it was typed.
        compared: the name and what was typed, where they are not the same; left out where initials stand for names.
        others: further contacts of the same person on record.
        is_alone: by its reference alone; nobody is named.
        looks_back: earlier contacts of its people are opened from it, for a purpose; the search itself never finds them
            for those who may not open them without one.
    """

    contact_id: uuid.UUID
    enquiry_id: uuid.UUID | None
    reference: str
    title: str = ""
    why: tuple[str, ...] = ()
    compared: str = ""
    differs: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    is_alone: bool = False
    looks_back: bool = False

    @property
    def why_in_full(self) -> tuple[str, ...]:
        """Why it matched, with the two names that sound alike."""
        return (f"{self.why[0]}: {self.compared}", *self.why[1:]) if self.compared else self.why


@dataclass(frozen=True)
class Found:
    """All that was found, in groups; `is_cut`: there is more than is shown."""

    typed: Typed
    people: list[Hit] = field(default_factory=list)
    contacts: list[Hit] = field(default_factory=list)
    is_cut: bool = False


@dataclass(frozen=True)
class _Candidate:
    """A person whom the database gave out, and what of it was typed."""

    key: uuid.UUID
    contact_id: uuid.UUID
    person_id: uuid.UUID | None
    given_name: str
    family_name: str
    born: Any
    matched: frozenset[str]
    places: frozenset[str]
    alike: float = 0.0
    score: float = 0.0

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class Said:
    """What lines are made of.

    Attributes:
        rows: the contacts that the viewer may open.
        alone: which of them stand by their reference alone.
        people: all people of each, where a place may be spoken of.
    """

    rows: Mapping[uuid.UUID, Contact]
    alone: frozenset[uuid.UUID]
    people: Mapping[uuid.UUID, list[Subject]]


def search(viewer: Viewer, typed: str) -> Found:
    """Return what the viewer may open and what was typed speaks of, the likeliest first.

    Raises:
        NotPermitted: the viewer has no list of contacts.
    """
    roles.require(viewer, *SEARCHERS)
    wanted = read(typed)
    if not wanted.text:
        return Found(wanted)
    near = _near(viewer)
    hashed = {blind_index(text, place=ADDRESS_PLACE): text for text in wanted.places}
    found = _people(wanted, hashed, near)
    contacts = _contacts(viewer, wanted, hashed, near)
    found = found[:MOST_LOOKED_AT]
    rows = _rows(viewer, {*(one.contact_id for one in found), *list(contacts)[:MOST_LOOKED_AT]})
    said = Said(rows, stand_alone(rows), _people_of(wanted, found, rows))
    people = _lines_of_people(wanted, found, said)
    made = [_line_of_contact(rows[key], why, wanted, said) for key, why in contacts.items() if key in rows]
    lines = [one for one in made if one is not None]
    is_cut = len(people) > MOST_SHOWN or len(lines) > MOST_SHOWN
    return Found(wanted, _looking_back(viewer, people, rows), _looking_back(viewer, lines, rows), is_cut)


def _looking_back(viewer: Viewer, hits: list[Hit], rows: Mapping[uuid.UUID, Contact]) -> list[Hit]:
    """Return the hits that are shown, with which of them lead to earlier contacts."""
    return [replace(one, looks_back=looks_back(viewer, rows[one.contact_id])) for one in hits[:MOST_SHOWN]]


def searches_all(viewer: Viewer) -> bool:
    """Say whether the viewer searches among all contacts, also those that have ended."""
    return viewer.has(*SEE_ALL)


def best_people(viewer: Viewer, typed: str) -> list[uuid.UUID]:
    """Return the keys of the children and adults whom a search finds, the likeliest first; for the benchmark."""
    roles.require(viewer, *SEARCHERS)
    wanted = read(typed)
    hashed = {blind_index(text, place=ADDRESS_PLACE): text for text in wanted.places}
    return [one.key for one in _people(wanted, hashed, _near(viewer))]


def _near(viewer: Viewer) -> list[uuid.UUID] | None:
    """Return the contacts among which the viewer searches; None for those who see all."""
    if searches_all(viewer):
        return None
    rows = Contact.objects.visible_to(viewer).order_by("-arrived_at")
    return list(rows.values_list("pk", flat=True)[:MOST_NEAR])


PEOPLE = """
SELECT id, contact_id, person_id, given_name, family_name, date_of_birth, matched, place
  FROM fw.search_people(%s::text[], %s::text[], %s::date[], %s::text[], %s::uuid[], %s, %s)
"""
CONTACTS = "SELECT id, place, referrer FROM fw.search_contacts(%s::text[], %s::text[], %s::uuid[], %s)"


def _people(wanted: Typed, hashed: Mapping[str, str], near: list[uuid.UUID] | None) -> list[_Candidate]:
    """Return the people who are like enough, the likeliest first."""
    persons = [one for one in wanted.references if one.startswith("P")]
    if not (wanted.names or wanted.day or persons):
        return []
    strong = [key for key, text in hashed.items() if text[0] in STRONG] if wanted.words else []
    days = [day for day in (wanted.day,) if day]
    with connection.cursor() as cursor:
        asked = ([*wanted.names, *hashed], strong, days, persons, near or [])
        cursor.execute(PEOPLE, [*asked, MOST_CANDIDATES, MOST_JUDGED])
        rows = [_candidate(row) for row in cursor.fetchall()]
    like = Likeness(wanted.words)
    judged = (_judged(one, wanted, hashed, like) for one in rows)
    return sorted((one for one in judged if one.score > 0 or persons), key=lambda one: (-one.score, one.name))


def _candidate(row: Sequence[Any]) -> _Candidate:
    key, contact_id, person_id, given_name, family_name, born, matched, places = row
    said = {"given_name": given_name, "family_name": family_name, "born": born}
    return _Candidate(key, contact_id, person_id, **said, matched=frozenset(matched), places=frozenset(places))


def _judged(one: _Candidate, wanted: Typed, hashed: Mapping[str, str], like: Likeness) -> _Candidate:
    """Return a person with how like they are: 0 where too little speaks for it."""
    alike = like.of(one.name)
    school = any(text.startswith("s") and len(text) < HASHED for text in one.matched)
    kinds = {hashed[key][0] for key in one.matched | one.places if key in hashed}
    home = 1.0 if kinds & STRONG else 0.4 if kinds else 0.0
    by_ear = any(text.startswith(("n", "w")) and len(text) < HASHED for text in one.matched)
    if wanted.words and not school and alike < LIKE and not by_ear:
        return one
    if not wanted.words and not school and one.born != wanted.day:
        return one
    score = 2 * alike + 0.2 * by_ear + nearness_of_days(wanted.day, one.born) + home + 0.5 * school
    return replace(one, alike=alike, score=max(score, 0.01))


def _contacts(
    viewer: Viewer, wanted: Typed, hashed: Mapping[str, str], near: list[uuid.UUID] | None
) -> dict[uuid.UUID, list[str]]:
    """Return why contacts are hits by themselves: by reference, by home, by who was worried."""
    why: dict[uuid.UUID, list[str]] = {}
    if wanted.references:
        by_reference = Q(reference__in=wanted.references) | Q(enquiry_reference__in=wanted.references)
        receipts = Receipt.objects.visible_to(viewer).filter(reference__in=wanted.references)
        told = dict(receipts.values_list("contact_id", "reference"))
        rows = Contact.objects.visible_to(viewer).filter(by_reference | Q(pk__in=list(told)))
        for key, own, enquiry in rows.values_list("pk", "reference", "enquiry_reference"):
            which = next((one for one in (own, enquiry) if one in wanted.references), told.get(key, ""))
            why.setdefault(key, []).append(f"reference {which}")
    asked = {blind_index(text, place=REFERRER_PLACE): text for text in wanted.referrers}
    if not (asked or hashed):
        return why
    with connection.cursor() as cursor:
        cursor.execute(CONTACTS, [list(hashed), list(asked), near or [], MOST_CANDIDATES])
        rows_found = [(key, frozenset(place), frozenset(referrer)) for key, place, referrer in cursor.fetchall()]
    for key, place, referrer in sorted(rows_found, key=lambda row: -_weight(row[1], hashed)):
        kinds = {asked[one][0] for one in referrer if one in asked}
        told_by = {"t": "same telephone, of the referrer", "o": "the referrer\u2019s own reference"}
        why.setdefault(key, []).extend(words for kind, words in told_by.items() if kind in kinds)
        if place:
            why[key].append(ADDRESS)
    return why


def _weight(places: frozenset[str], hashed: Mapping[str, str]) -> int:
    return sum({HOUSE: 4, DOOR: 4}.get(hashed[one][0], 1) for one in places if one in hashed)


def _rows(viewer: Viewer, keys: set[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    rows = Contact.objects.visible_to(viewer).filter(pk__in=keys).only(*COLUMNS)
    return {one.pk: one for one in rows}


def _people_of(
    wanted: Typed, found: list[_Candidate], rows: Mapping[uuid.UUID, Contact]
) -> Mapping[uuid.UUID, list[Subject]]:
    """Return the people of contacts that were fetched by their own rule, which is the people's too; one query or none.

    All of them: a home is protected by whoever lives there.
    """
    if not (wanted.places or any(text.startswith("s") for one in found for text in one.matched)):
        return {}
    people: dict[uuid.UUID, list[Subject]] = {}
    for one in Subject.objects.filter(contact_id__in=list(rows)).only(*OF_PERSON):
        people.setdefault(one.contact_id, []).append(one)
    return people


def _lines_of_people(wanted: Typed, found: list[_Candidate], said: Said) -> list[Hit]:
    """Return a line for each person; somebody on record stands once, with their other contacts.

    A contact that stands by its reference alone is a line of its own: no line that names
    somebody says that it is theirs.
    """
    lines: dict[object, Hit] = {}
    for one in found:
        contact = said.rows.get(one.contact_id)
        if contact is None:
            continue
        if contact.pk in said.alone:
            lines.setdefault(contact.pk, _line_alone(wanted, one, contact))
            continue
        same = one.person_id or one.key
        if same in lines:
            before = lines[same]
            lines[same] = replace(before, others=(*before.others, contact.reference))
        else:
            lines[same] = _line_of_person(wanted, one, contact, said.people.get(contact.pk, []))
    return list(lines.values())


def _line_alone(wanted: Typed, one: _Candidate, contact: Contact) -> Hit:
    """Return the line of a contact that stands by its reference alone, with by which of the two ways it was found."""
    is_named = any(text.startswith("n") and len(text) < HASHED for text in one.matched)
    why = "name and date of birth" if is_named and wanted.day and wanted.day == one.born else ON_RECORD
    return Hit(contact.pk, contact.enquiry_id, contact.reference, why=(why,), is_alone=True)


def _line_of_person(wanted: Typed, one: _Candidate, contact: Contact, people: list[Subject]) -> Hit:
    why: list[str] = _by_name(wanted, one)
    differs: list[str] = []
    if wanted.day and one.born:
        same, words = wanted.day == one.born, _in_words(one.born)
        (why if same else differs).append(f"born {words}" + ("" if same else f", not {_in_words(wanted.day)}"))
    elif wanted.day:
        differs.append("date of birth not known")
    themself = next((each for each in people if each.pk == one.key), None)
    if themself and themself.school and any(text.startswith("s") and len(text) < HASHED for text in one.matched):
        why.append(f"school: {themself.school}")
    is_own = any(len(text) >= HASHED for text in one.matched)
    place = place_of(contact, people, themself, is_own=is_own, is_home=bool(one.places)) if themself else ""
    if place and (is_own or one.places):
        why.append(f"address: {place_in_words(place)}")
    if place and (number := number_that_differs(wanted, place)):
        differs.append(number)
    compared = f"{one.name} / {wanted.name}" if why[:1] in ([BY_EAR], [NEARLY]) else ""
    return Hit(contact.pk, contact.enquiry_id, contact.reference, one.name, tuple(why), compared, tuple(differs))


def _by_name(wanted: Typed, one: _Candidate) -> list[str]:
    if not wanted.words:
        return [ON_RECORD] if wanted.references else []
    if same_name(wanted.name, one.name):
        return ["same name"]
    if len(wanted.words) == 1 and one.alike > 0.999:
        return ["name"]
    if any(text.startswith(("n", "w")) and len(text) < HASHED for text in one.matched):
        return [BY_EAR]
    return [NEARLY] if one.alike >= LIKE else []


def _line_of_contact(contact: Contact, why: list[str], wanted: Typed, said: Said) -> Hit | None:
    """Return the line of a contact; none where nothing found it but a home that is protected."""
    people = said.people.get(contact.pk, [])
    home = place_of(contact, people, is_home=ADDRESS in why)
    told = [f"{ADDRESS}: {place_in_words(home)}" if one == ADDRESS else one for one in why if one != ADDRESS or home]
    if not told:
        return None
    differs = number_that_differs(wanted, home) if ADDRESS in why else ""
    return Hit(
        contact.pk,
        contact.enquiry_id,
        contact.reference,
        why=tuple(told),
        differs=(differs,) if differs else (),
        is_alone=contact.pk in said.alone or shield_of_home(contact, people) is not None,
    )


def _in_words(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"
