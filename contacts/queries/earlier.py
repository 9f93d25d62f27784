"""Earlier contacts of the same children, adults or home, found for whoever may see the present one.

Seeing the present contact is what opens the short line of an earlier one; the rule of the earlier contact itself is
not asked here. What is given back is a line of its own with the columns named in it, never the record.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, models

from agencies.access import roles
from agencies.access.roles import ASSIGNED
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record_reading
from common.blind_index import blind_indexes
from common.errors import NotVisible, RuleBroken
from common.normal.addresses import address_keys
from common.normal.sounds import sound_of
from contacts.choices import Ending, MatchReason, Purpose
from contacts.models import Contact, Correction, PersonApart, Report, Subject
from contacts.queries.past_the_rule import past_the_rule
from contacts.reads.masking import mask_of
from contacts.rules.matching import Described, match_reasons, swapped

ADDRESS_PLACE = "contacts_contact.address"
MOST_CANDIDATES = 300
SEEKERS = (Role.FRONT_DOOR, Role.OUT_OF_HOURS, Role.SCREENER, Role.MANAGER)
IN_FULL = frozenset({Role.MANAGER, ASSIGNED})
"""Who opens an earlier contact of a case of theirs without naming a purpose."""


@dataclass(frozen=True)
class Sought:
    """A child or an adult for whom earlier contacts are looked up.

    Attributes:
        label: what the page calls them.
        position: their place in the present contact; None while it is being typed.
        apart: people of other contacts of whom somebody said that they are not the same.
    """

    label: str
    described: Described
    position: int | None = None
    apart: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Match:
    """One person of an earlier contact who may be one of the present one."""

    sought: Sought
    other_id: uuid.UUID
    other_name: str
    other_born: date | None
    reasons: tuple[MatchReason, ...]
    is_linked: bool
    is_apart: bool = False

    @property
    def may_be_one(self) -> bool:
        """Whether a person could decide that the two are one: a surname and an address are a family's."""
        return (
            not self.is_linked
            and not self.is_apart
            and bool(set(self.reasons) - {MatchReason.SURNAME, MatchReason.ADDRESS})
        )

    @property
    def words(self) -> str:
        """Why they are shown together."""
        return ", ".join(str(reason.label) for reason in self.reasons)


@dataclass(frozen=True)
class EarlierLine:
    """What is shown of an earlier contact before a purpose is named."""

    reference: str
    arrived_at: datetime
    source: str
    state: str
    concern: str
    outcomes: tuple[str, ...]
    worker: str
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Earlier:
    """What was found.

    Attributes:
        lines: contacts with a person in common, the latest first.
        at_address: arrivals of contacts that share nothing but the address.
    """

    lines: list[EarlierLine] = field(default_factory=list)
    at_address: list[datetime] = field(default_factory=list)


@dataclass(frozen=True)
class EarlierText:
    """An earlier contact in full; the report is None for those who do not read reports."""

    contact: Contact
    people: list[Subject]
    report: str | None
    corrections: list[str]


def earlier_contacts(viewer: Viewer, contact: Contact, people: Iterable[Subject] | None = None) -> Earlier:
    """Return earlier contacts of the people and the home of a contact, with the reasons why they are shown.

    Args:
        contact: one that was fetched through its own rule for this viewer.
        people: its children and adults, where they are at hand.

    Raises:
        NotVisible: the viewer is not among those who look back.
    """
    rows = Subject.objects.filter(contact_id=contact.pk) if people is None else people
    return earlier_contacts_of_each(viewer, {contact: list(rows)})[0]


def earlier_contacts_of_each(viewer: Viewer, people: Mapping[Contact, Sequence[Subject]]) -> list[Earlier]:
    """Return the same for each of several contacts that belong together, these themselves left out; one query.

    Args:
        people: contacts that were fetched through their own rule for this viewer, each with its children and adults.

    Raises:
        NotVisible: the viewer is not among those who look back from one of them.
    """
    if not all(looks_back(viewer, contact) for contact in people):
        raise NotVisible
    apart = _kept_apart(viewer, [one.pk for rows in people.values() for one in rows])
    sought = [
        [Sought(one.name, _described(one), one.position, frozenset(apart.get(one.pk, ()))) for one in rows]
        for rows in people.values()
    ]
    keys = [contact.address_keys for contact in people]
    described = [one.described for each in sought for one in each]
    candidates = _candidates(described, [key for each in keys for key in each], besides=people)
    return _masked(viewer, [_found(each, at, candidates) for each, at in zip(sought, keys, strict=True)])


def _masked(viewer: Viewer, found: list[Earlier]) -> list[Earlier]:
    """Take the protected places out of the concerns of the contacts that the viewer sees.

    Of another's, the concern alone is read here: none is written that says a protected place of its contact.
    """
    references = [line.reference for one in found for line in one.lines if line.concern]
    mask = mask_of(viewer, Contact.objects.visible_to(viewer).filter(reference__in=references) if references else [])
    return [
        replace(one, lines=[replace(line, concern=mask(line.concern)) for line in one.lines]) if mask.secrets else one
        for one in found
    ]


def _kept_apart(viewer: Viewer, people: Sequence[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Return, for each of some people, those of whom somebody said that they are not the same person; one query."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    pairs = PersonApart.objects.visible_to(viewer).filter(undone_at__isnull=True)
    pairs = pairs.filter(models.Q(subject_id__in=people) | models.Q(other_id__in=people))
    for one, other in pairs.values_list("subject_id", "other_id"):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def earlier_list(viewer: Viewer, contact: Contact, *, at: datetime) -> Earlier:
    """Return earlier contacts for the page that lists them, and write down that they were shown.

    Raises:
        NotVisible: the viewer is not among those who look back.
    """
    found = earlier_contacts(viewer, contact)
    if ids := [match.other_id for line in found.lines for match in line.matches]:
        reference, enquiry_id = contact.reference, contact.enquiry_id
        record_reading("earlier_list", actor=viewer, at=at, item_ids=ids, reference=reference, enquiry_id=enquiry_id)
    return found


def look_for(viewer: Viewer, sought: Sequence[Sought], *, address: str, at: datetime) -> Earlier:
    """Return earlier contacts for what is being typed into a new one, and write down that somebody looked.

    Raises:
        NotPermitted: the viewer does not log or screen contacts.
    """
    roles.require(viewer, *SEEKERS)
    keys = [key for text in address_keys(address) for key in blind_indexes(text, place=ADDRESS_PLACE)]
    found = _masked(viewer, [_found(sought, keys, _candidates([one.described for one in sought], keys))])[0]
    if found.lines:
        ids = [match.other_id for line in found.lines for match in line.matches]
        record_reading("contacts_suggested", actor=viewer, at=at, item_ids=ids, purpose=Purpose.NEW_CONTACT)
    return found


def match_of(viewer: Viewer, contact: Contact, position: int, other_id: str) -> tuple[Subject, tuple[str, ...]]:
    """Return the person of an earlier contact whom the page showed beside one of this contact, and why.

    Raises:
        NotVisible: the two were not shown together.
    """
    for line in earlier_contacts(viewer, contact).lines:
        for match in line.matches:
            if match.sought.position == position and str(match.other_id) == other_id:
                rows = Subject.objects.visible_to(viewer).select_related("contact", "person")
                found = rows.filter(pk=match.other_id).first()
                if found is not None:
                    return found, match.reasons
    raise NotVisible


def earlier_text(viewer: Viewer, contact: Contact, reference: str, *, purpose: str, at: datetime) -> EarlierText:
    """Return an earlier contact in full, and write down who opened it and what for.

    A screener reads the concern for sharing, not the report: reports are not for screeners.

    Raises:
        NotVisible: the page of the contact does not show it, or only for its address.
        RuleBroken: no purpose is named.
    """
    lines = earlier_contacts(viewer, contact).lines
    if reference not in {line.reference for line in lines}:
        raise NotVisible
    if not needs_purpose(viewer, contact):
        purpose = purpose or "assigned"
    elif purpose not in Purpose.values:
        raise RuleBroken("Choose what you open it for", field="purpose")
    present = contact.pk
    earlier = next(iter(past_the_rule(Contact.objects.all(), "fw.earlier_contact", present, reference)), None)
    if earlier is None:
        raise NotVisible
    record_reading("earlier_contact", actor=viewer, at=at, item_ids=[earlier.pk], reference=reference, purpose=purpose)
    reports = past_the_rule(Report.objects.all(), "fw.earlier_report", present, earlier.pk)
    corrections = past_the_rule(Correction.objects.all(), "fw.earlier_corrections", present, earlier.pk)
    return EarlierText(
        contact=earlier,
        people=past_the_rule(Subject.objects.all(), "fw.earlier_people", present, earlier.pk),
        report=next((report.text for report in reports), None),
        corrections=[correction.text for correction in corrections],
    )


def needs_purpose(viewer: Viewer, contact: Contact) -> bool:
    """Say whether the viewer must name a purpose before they read an earlier contact in full."""
    return not (viewer.roles | contact.roles_of(viewer)) & IN_FULL


def looks_back(viewer: Viewer, contact: Contact) -> bool:
    """Say whether the viewer is shown earlier contacts of the people of this one."""
    reviewed = contact.enquiry_id in viewer.case_access.reviewed
    return viewer.has(*SEEKERS) or ASSIGNED in contact.roles_of(viewer) or reviewed


def _shares(row: Subject, keys: Iterable[str]) -> bool:
    """Say whether the contact of somebody was at one of these homes."""
    return not set(keys).isdisjoint(row.contact.address_keys)


def _found(sought: Sequence[Sought], keys: list[str], rows: Sequence[Subject]) -> Earlier:
    lines: dict[uuid.UUID, list[Match]] = {}
    first: dict[uuid.UUID, Subject] = {}
    for row in rows:
        other = _described(row, shares_address=_shares(row, keys))
        for one in sought:
            reasons = match_reasons(_at_home(one.described, keys), other)
            if reasons:
                linked = row.person_id is not None and row.person_id == one.described.person_id
                apart = row.pk in one.apart
                match = Match(one, row.pk, row.name, row.date_of_birth, reasons, linked, apart)
                lines.setdefault(row.contact_id, []).append(match)
                first.setdefault(row.contact_id, row)
    made = [_line(first[key], matches) for key, matches in lines.items()]
    at_home = {row.contact_id: row.contact.arrived_at for row in rows if _shares(row, keys)}
    return Earlier(
        lines=sorted(made, key=lambda line: line.arrived_at, reverse=True),
        at_address=sorted((at for key, at in at_home.items() if key not in lines), reverse=True),
    )


@dataclass
class Criteria:
    """By what people of other contacts are found: each part is an index of the database."""

    days: set[date] = field(default_factory=set)
    sounds: set[str] = field(default_factory=set)
    nhs: set[str] = field(default_factory=set)
    pupils: set[str] = field(default_factory=set)
    persons: set[uuid.UUID] = field(default_factory=set)

    def add(self, one: Described) -> None:
        """Take in what is known of somebody."""
        self.days |= {day for day in (one.date_of_birth, one.date_of_birth and swapped(one.date_of_birth)) if day}
        surname, given = sound_of(one.family_name), sound_of(one.given_name)
        if surname and given:
            self.sounds |= {f"{surname}|{given}", f"{given}|{surname}"}
        self.nhs |= {one.nhs_number} - {""}
        self.pupils |= {one.unique_pupil_number} - {""}
        if one.person_id is not None:
            self.persons.add(one.person_id)


SIMILAR = """
SELECT id, contact_id, position, given_name, family_name, date_of_birth, nhs_number, unique_pupil_number, person_id,
       reference, arrived_at, referrer_kind, state, concern, open_to, address_key, worker, endings
  FROM fw.similar_people(%s::uuid[], %s::date[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::text[], %s)
"""


def _candidates(people: Sequence[Described], keys: list[str], besides: Iterable[Contact] = ()) -> list[Subject]:
    """Return people of other contacts who share something, past the rule of those contacts: the database asks its own.

    What comes back are values in the shape of records, never saved ones.
    """
    sought = Criteria()
    for one in people:
        sought.add(one)
    lists = (sought.days, sought.sounds, sought.nhs, sought.pupils, sought.persons, keys)
    present = [contact.pk for contact in besides]
    with connection.cursor() as cursor:
        cursor.execute(SIMILAR, [present, *(sorted(part) for part in lists), MOST_CANDIDATES])
        return [_as_subject(row) for row in cursor.fetchall()]


def _as_subject(row: Sequence[Any]) -> Subject:
    names = ("pk", "contact_id", "position", "given_name", "family_name", "date_of_birth", "nhs_number")
    described = dict(zip(names, row, strict=False))
    subject = Subject(**described, unique_pupil_number=row[7], person_id=row[8])
    subject.contact = Contact(
        pk=row[1],
        reference=row[9],
        arrived_at=row[10],
        referrer_kind=row[11],
        state=row[12],
        concern=row[13],
        open_to=row[16],
        address_keys=row[15].split(),
    )
    subject.endings = row[17]  # type: ignore[attr-defined]  # beside the columns, as an annotation would stand
    return subject


def _described(subject: Subject, *, shares_address: bool = False) -> Described:
    return Described(
        given_name=subject.given_name,
        family_name=subject.family_name,
        date_of_birth=subject.date_of_birth,
        nhs_number=subject.nhs_number,
        unique_pupil_number=subject.unique_pupil_number,
        person_id=subject.person_id,
        address_key="here" if shares_address else "",
    )


def _at_home(person: Described, keys: list[str]) -> Described:
    return replace(person, address_key="here" if keys else "")


def _line(row: Subject, matches: list[Match]) -> EarlierLine:
    contact = row.contact
    endings = set(getattr(row, "endings", []))
    return EarlierLine(
        reference=contact.reference,
        arrived_at=contact.arrived_at,
        source=contact.get_referrer_kind_display(),
        state=contact.get_state_display(),
        concern=contact.concern,
        outcomes=tuple(sorted(str(Ending(one).label) for one in endings)),
        worker=contact.open_to,
        matches=tuple(_telling(matches)),
    )


def _telling(matches: Sequence[Match]) -> list[Match]:
    """Keep what tells something: people who may be one; only where there is none, one pair for each person sought.

    A family shares its surname and its address, so that every pair of it would otherwise be a line.
    """
    strong = [match for match in matches if match.may_be_one or match.is_linked or match.is_apart]
    if strong:
        return strong
    return list({match.sought: match for match in reversed(matches)}.values())[::-1]
