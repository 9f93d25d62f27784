"""Excluded staff of a case by a conflict of interest, and who of the staff may be somebody in it: for managers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from agencies.access import firewall, roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Agency, ConflictOfInterest, Membership, Team
from agencies.queries import members_holding
from common.errors import NotVisible
from common.moments import london_day
from contacts.models import Contact, Person, StaffMatch, Subject
from screening.models import Enquiry
from screening.rules import Case, case_with


@dataclass(frozen=True)
class Exclusion:
    """One conflict as a manager reads it."""

    key: uuid.UUID
    whom: str
    what: str
    source: str
    reason: str
    entered_at: datetime
    entered_by: str
    lifted_at: datetime | None
    lifted_by: str


@dataclass(frozen=True)
class Matched:
    """Somebody of the staff who may be one of the people of a case."""

    key: uuid.UUID
    name: str
    works: str
    matched_on: str
    who: str
    found_at: datetime
    settle_by: datetime | None
    settled: str
    reason: str


@dataclass(frozen=True)
class ExclusionPage:
    """What the page on conflicts of interest of one case shows.

    Attributes:
        what: key and words of all that can be closed here: the case itself, and each person on record in it.
    """

    case: Case
    contact: Contact
    enquiry: Enquiry | None
    in_force: list[Exclusion]
    lifted: list[Exclusion]
    open_matches: list[Matched]
    settled_matches: list[Matched]
    what: list[tuple[str, str]]


def case_of(contact: Contact) -> Case:
    """Return what a conflict on the page of a contact closes."""
    return case_with(
        contact_id=contact.pk,
        reference=contact.reference,
        enquiry_id=contact.enquiry_id,
        enquiry_reference=contact.enquiry_reference,
    )


def case_of_enquiry(enquiry: Enquiry) -> Case:
    """Return what a conflict on the page of an enquiry closes."""
    return Case(enquiry.reference, enquiry_id=enquiry.pk)


def get_conflict(viewer: Viewer, contact: Contact, key: str) -> ConflictOfInterest:
    """Return a conflict in force that closes the case of a contact.

    Args:
        contact: fetched through its own rule, so that it is not closed to the viewer.

    Raises:
        NotVisible: there is none, or the viewer is no manager.
    """
    found = [one for one in _conflicts(viewer, contact) if str(one.pk) == key and one.lifted_at is None]
    if not found:
        raise NotVisible
    return found[0]


def get_match(viewer: Viewer, contact: Contact, key: str) -> StaffMatch:
    """Return a match with the staff list on the case of a contact that nobody has settled.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = StaffMatch.objects.filter(contact_id__in=_contact_ids(viewer, contact)).select_related("user", "contact")
    found: StaffMatch = firewall.fetch(rows, viewer, pk=key, settled_at__isnull=True)
    return found


def exclusion_page(viewer: Viewer, contact: Contact, *, at: datetime) -> ExclusionPage:
    """Return who is excluded from the case of a contact; seven queries, however many there are.

    Raises:
        NotPermitted: the viewer is no manager.
    """
    roles.require(viewer, Role.MANAGER)
    keys = _contact_ids(viewer, contact)
    running = Enquiry.objects.visible_to(viewer)
    enquiry = running.filter(pk=contact.enquiry_id).first() if contact.enquiry_id is not None else None
    people = _people(viewer, keys)
    conflicts = [_exclusion(one, people) for one in _conflicts(viewer, contact)]
    matches = list(_matches(viewer, keys, at=at))
    case = case_of(contact)
    return ExclusionPage(
        case=case,
        contact=contact,
        enquiry=enquiry,
        in_force=[one for one in conflicts if one.lifted_at is None],
        lifted=[one for one in conflicts if one.lifted_at is not None],
        open_matches=[one for one in matches if not one.settled],
        settled_matches=[one for one in matches if one.settled],
        what=[
            ("case", f"{'This MASH enquiry' if enquiry else 'This contact'}, {case.reference}"),
            *[(one.reference, f"{_name(one)}, with every contact linked to them") for one in people.values()],
        ],
    )


def case_to_close(viewer: Viewer, page: ExclusionPage, what: str) -> Case:
    """Return the case or the person that a manager chose on the page.

    Raises:
        NotVisible: the page did not offer it.
    """
    if what == "case":
        return page.case
    if what not in {key for key, _ in page.what}:
        raise NotVisible
    person = firewall.fetch(Person.objects.all(), viewer, reference=what)
    return Case(person.reference, person_id=person.pk)


def closable_to(*, at: datetime) -> list[tuple[str, str]]:
    """Return to whom a case can be closed, as choices: people, memberships of those with several, teams, agencies."""
    members = members_holding(*Role.values, at=at)
    several = {one.user_id for one in members if sum(other.user_id == one.user_id for other in members) > 1}
    people = {f"user:{one.user_id}": f"{one.user.name}, {one.agency.name}" for one in members}
    parts = {
        f"membership:{one.pk}": f"{one.user.name}, only as {one.role_names.lower()} ({one.agency.name})"
        for one in members
        if one.user_id in several
    }
    teams = Team.objects.filter(is_active=True).order_by("name")
    agencies = Agency.objects.filter(is_active=True).order_by("name")
    return [
        *people.items(),
        *parts.items(),
        *[(f"team:{one.pk}", f"Team: {one.name}") for one in teams],
        *[(f"agency:{one.pk}", f"Agency: {one.name}, everybody in it") for one in agencies],
    ]


def _contact_ids(viewer: Viewer, contact: Contact) -> list[uuid.UUID]:
    if contact.enquiry_id is None:
        return [contact.pk]
    return list(Contact.objects.visible_to(viewer).filter(enquiry_id=contact.enquiry_id).values_list("pk", flat=True))


def _people(viewer: Viewer, contacts: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    linked = Subject.objects.visible_to(viewer).filter(contact_id__in=contacts, person__isnull=False)
    rows = Person.objects.visible_to(viewer).filter(pk__in=linked.values("person_id")).order_by("reference")
    return {one.pk: one for one in rows}


def _conflicts(viewer: Viewer, contact: Contact) -> list[ConflictOfInterest]:
    """Return the conflicts on a case that the viewer sees as its manager, the latest first."""
    if not viewer.has(Role.MANAGER):
        raise NotVisible
    keys = _contact_ids(viewer, contact)
    people = Subject.objects.visible_to(viewer).filter(contact_id__in=keys, person__isnull=False).values("person_id")
    closes = Q(contact_id__in=keys) | Q(person_id__in=people)
    if contact.enquiry_id is not None:
        closes |= Q(enquiry_id=contact.enquiry_id)
    rows = ConflictOfInterest.objects.filter(closes).select_related(
        "user", "membership__user", "membership__agency", "agency", "team", "entered_by__user", "lifted_by__user"
    )
    return list(rows.order_by("-entered_at", "id"))


def _exclusion(conflict: ConflictOfInterest, people: dict[uuid.UUID, Person]) -> Exclusion:
    person = people.get(conflict.person_id) if conflict.person_id else None
    return Exclusion(
        key=conflict.pk,
        whom=_whom(conflict),
        what=f"{_name(person)}, with every contact linked to them" if person else "This case",
        source=str(conflict.get_source_display()),
        reason=conflict.reason,
        entered_at=conflict.entered_at,
        entered_by=conflict.entered_by.user.name,
        lifted_at=conflict.lifted_at,
        lifted_by=conflict.lifted_by.user.name if conflict.lifted_by else "",
    )


def _whom(conflict: ConflictOfInterest) -> str:
    if conflict.user:
        return conflict.user.name
    if conflict.membership:
        member = conflict.membership
        return f"{member.user.name}, as {member.role_names.lower()} of {member.agency.name}"
    return f"Everybody of {conflict.agency or conflict.team}"


def _name(person: Person | None) -> str:
    return (
        f"{person.given_name} {person.family_name}".strip() or "A person without a name"
        if person
        else "A person on record"
    )


def _matches(viewer: Viewer, contacts: Iterable[uuid.UUID], *, at: datetime) -> Iterable[Matched]:
    rows = StaffMatch.objects.visible_to(viewer).filter(contact_id__in=contacts)
    found = list(rows.select_related("user", "subject", "settled_by__user").order_by("found_at", "id"))
    works: dict[uuid.UUID, str] = {}
    members = Membership.objects.in_force(london_day(at)).filter(user_id__in={one.user_id for one in found})
    for member in members.select_related("agency").order_by("starts_on", "id"):
        works[member.user_id] = f"{member.role_names}, {member.agency.name}"
    for one in found:
        settled = f"{one.get_outcome_display()}, {one.settled_by.user.name}" if one.settled_by else ""
        yield Matched(
            key=one.pk,
            name=one.user.name,
            works=works.get(one.user_id, "No membership in force"),
            matched_on=str(one.get_matched_on_display()),
            who=one.subject.name if one.subject else "",
            found_at=one.found_at,
            settle_by=one.settle_by,
            settled=settled,
            reason=one.reason,
        )
