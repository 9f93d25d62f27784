"""One contact: its head, its tabs and all that its page shows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.urls import NoReverseMatch, reverse

import clock.queries as clocks
from agencies.access import firewall
from agencies.access.roles import ASSIGNED, EMERGENCY_ACCESS, REVIEWING, looks_into
from agencies.access.transitions import in_words
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record_reading
from audit.queries import PastEvent, history_of
from clock.models import BreachReason
from clock.queries import Countdown
from common.moments import london_day
from common.work import People
from contacts.models import (
    Contact,
    Correction,
    EarlierValue,
    PersonLink,
    Protection,
    Referrer,
    Relation,
    Report,
    Subject,
)
from contacts.queries.about import lines_about
from contacts.reads.masking import Mask, mask_with
from contacts.reads.worker import worker_of
from contacts.rules.family import Household, Member, household
from contacts.rules.follows import Follow, follows_from

PROTECTORS = frozenset({Role.FRONT_DOOR, Role.OUT_OF_HOURS, Role.SOCIAL_WORKER, Role.MANAGER})
"""Who finds "Protect now" on the page of a contact."""

HISTORY_LENGTH = 100

_SEES_EARLIER = frozenset({Role.FRONT_DOOR, Role.OUT_OF_HOURS, Role.SCREENER, Role.MANAGER, ASSIGNED, REVIEWING})
_WRITES = frozenset({Role.FRONT_DOOR, Role.MANAGER})
_TOLD = _WRITES | {ASSIGNED, REVIEWING}
_LOOK = frozenset({REVIEWING, EMERGENCY_ACCESS})
_EVERYONE = frozenset(Role.values)
_SEES_ENQUIRY = frozenset({Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER, Role.OUT_OF_HOURS, ASSIGNED}) | _LOOK

TABS: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("contact", "Contact", "contacts:contact", _EVERYONE),
    ("earlier", "Earlier contacts", "contacts:earlier_list", _SEES_EARLIER),
    ("family", "Family", "contacts:family", _EVERYONE),
    ("screening", "Screening", "screening:screen", _EVERYONE),
    ("protection", "Protection", "contacts:protections", PROTECTORS | _LOOK),
    ("feedback", "Feedback", "decisions:feedback", _TOLD),
    ("letters", "Letters", "decisions:letters", _TOLD),
    ("complaints", "Complaints", "decisions:complaint", _TOLD),
    ("corrections", "Corrections", "decisions:corrections", _WRITES | {ASSIGNED}),
    ("closed_out", "Excluded staff", "screening:contact_closed_out", frozenset({Role.MANAGER})),
    ("copy", "Copy sheet", "contacts:copy_sheet", frozenset({Role.FRONT_DOOR, Role.MANAGER, Role.OUT_OF_HOURS})),
)
"""Key by which a page says which tab it is; words; URL name; roles on this contact."""


@dataclass(frozen=True)
class Tab:
    """One page of a contact."""

    url: str
    label: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class HeadClock:
    """A running clock as the identity bar shows it."""

    due_at: datetime
    label: str
    why_url: str = ""


@dataclass(frozen=True)
class ContactHead:
    """All that `contacts/_contact_head.html` draws, with every clock of the contact for its first page."""

    reference: str
    colour: str
    state: str
    worker: str
    clocks: list[HeadClock]
    every_clock: list[Countdown]
    tabs: list[Tab]
    protect_now_url: str
    protection_url: str
    interest_url: str
    enquiry_reference: str
    enquiry_url: str
    about: People
    at: datetime


@dataclass(frozen=True)
class Happening:
    """One line of a contact's history."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class ValueBefore:
    """What stood there before it was changed.

    Attributes:
        what: what the page calls it; of a person with their name.
    """

    what: str
    text: str
    until: datetime
    by: str


@dataclass(frozen=True)
class ContactPage:
    """A contact as far as the viewer may see it; what they may not is None or empty. The mask shows its texts."""

    contact: Contact
    report: Report | None
    referrer: Referrer | None
    mask: Mask
    people: list[Subject]
    household: Household
    corrections: list[Correction]
    earlier_values: list[ValueBefore]
    history: list[Happening]


def follows_of(contact: Contact, people: Sequence[Subject], report: str) -> list[Follow]:
    """Return what follows from what a contact says, as far as the viewer reads it; ages are those at its arrival.

    Args:
        report: as reported; empty where the viewer does not read it.
    """
    return follows_from(
        infant_mark=contact.infant_mark,
        texts=[report, contact.concern],
        people=people,
        today=london_day(contact.arrived_at),
    )


def get_contact(viewer: Viewer, reference: str) -> Contact:
    """Return a contact.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = Contact.objects.select_related(
        "claimed_by__user", "acknowledged_by__user", "social_worker__user", "logged_by__user"
    )
    contact: Contact = firewall.fetch(rows, viewer, reference=reference)
    return contact


def get_subject(viewer: Viewer, contact: Contact, position: int) -> Subject:
    """Return one child or adult of a contact by their place in it.

    Raises:
        NotVisible: there is none for this viewer.
    """
    subject = firewall.fetch(Subject.objects.all(), viewer, contact_id=contact.pk, position=position)
    subject.contact = contact
    return subject


def get_link(viewer: Viewer, subject: Subject) -> PersonLink:
    """Return the link in force of a child or an adult.

    Raises:
        NotVisible: there is none.
    """
    rows = PersonLink.objects.select_related("person")
    return firewall.fetch(rows, viewer, subject_id=subject.pk, undone_at__isnull=True)


def contact_tabs(viewer: Viewer, contact: Contact, current: str) -> list[Tab]:
    """Return the pages of a contact that the viewer's roles use.

    Args:
        current: the key of the page at hand.
    """
    held = viewer.roles | contact.roles_of(viewer) | looks_into(contact.enquiry_id, viewer)
    return [
        Tab(_url(name, contact.reference), label, current=key == current)
        for key, label, name, roles in TABS
        if held & roles and _url(name, contact.reference)
    ]


def _url(name: str, reference: str) -> str:
    try:
        return reverse(name, args=[reference])
    except NoReverseMatch:
        return ""


def _interest_url(viewer: Viewer, contact: Contact) -> str:
    """Return where somebody says that they know the family; who merely looks into a case changes nothing in it."""
    return "" if looks_into(contact.enquiry_id, viewer) else _url("screening:contact_interest", contact.reference)


def contact_head(viewer: Viewer, contact: Contact, current: str, *, at: datetime) -> ContactHead:
    """Return what stands on top of every page of a contact, whichever stage the page belongs to."""
    standing = clocks.deadlines_for(_with_clocks(contact), at=at)
    every_clock = [one for key in _with_clocks(contact) for one in standing.get(key, [])]
    protects = bool(viewer.roles & PROTECTORS) and _may_protect(viewer, contact)
    under_way = _protection_under_way(viewer, contact) if protects else None
    return ContactHead(
        reference=contact.reference,
        colour=contact.colour,
        state=contact.get_state_display(),
        worker=worker_of(contact.enquiry_id, contact.social_worker),
        clocks=[HeadClock(one.due_at, one.label) for one in every_clock if one.is_open],
        every_clock=every_clock,
        tabs=contact_tabs(viewer, contact, current),
        protect_now_url=reverse("contacts:protect", args=[contact.reference]) if protects else "",
        protection_url=reverse("contacts:protection", args=[under_way.reference]) if under_way else "",
        interest_url=_interest_url(viewer, contact),
        enquiry_reference=contact.enquiry_reference,
        enquiry_url=_enquiry_url(viewer, contact),
        about=lines_about(viewer, contacts=[contact.pk], at=at).contact(contact.pk),
        at=at,
    )


def why_late(viewer: Viewer, head: ContactHead) -> list[BreachReason]:
    """Return why a clock of the contact was late, to the manager: nobody else reads these words."""
    if not viewer.has(Role.MANAGER):
        return []
    return clocks.reasons_for(viewer, [one.deadline_id for one in head.every_clock])


def _enquiry_url(viewer: Viewer, contact: Contact) -> str:
    """Return where the contact's enquiry is, for those to whom its header opens: protective work alone does not."""
    held = viewer.roles | contact.roles_of(viewer) | looks_into(contact.enquiry_id, viewer)
    opens = contact.enquiry_reference and held & _SEES_ENQUIRY
    return _url("screening:enquiry", contact.enquiry_reference) if opens else ""


def _may_protect(viewer: Viewer, contact: Contact) -> bool:
    """Say whether the viewer may raise an alarm on the contact: whoever sees it by more than a review."""
    if contact.enquiry_id not in viewer.case_access.reviewed:
        return True
    return Contact.objects.visible_to(viewer.to_protect()).filter(pk=contact.pk).exists()


def _protection_under_way(viewer: Viewer, contact: Contact) -> Protection | None:
    rows = Protection.objects.visible_to(viewer).filter(contact_id=contact.pk, state__in=["raised", "convened"])
    found: Protection | None = rows.first()
    return found


def latest_clocks(contacts: Iterable[Contact], *, at: datetime) -> dict[uuid.UUID, Countdown]:
    """Return for each contact the clock that runs out first, its enquiry's among them, in one query."""
    held = list(contacts)
    found = clocks.deadlines_for({key for one in held for key in _with_clocks(one)}, at=at)
    running = {one.pk: [each for key in _with_clocks(one) for each in found.get(key, [])] for one in held}
    first = {key: clocks.first_due(sorted(each, key=lambda one: one.due_at)) for key, each in running.items()}
    return {key: one for key, one in first.items() if one is not None}


def _with_clocks(contact: Contact) -> list[uuid.UUID]:
    """Return the records whose clocks run for a contact: its own, and its enquiry's from the rating on."""
    return [contact.pk, *([contact.enquiry_id] if contact.enquiry_id else [])]


def contact_page(viewer: Viewer, contact: Contact, *, at: datetime) -> ContactPage:
    """Return all that the viewer may see of a contact, and write down that the report was read."""
    corrected = Exists(Correction.objects.visible_to(viewer).filter(contact_id=contact.pk))
    changed = Exists(EarlierValue.objects.visible_to(viewer).filter(contact_id=contact.pk))
    reports = Report.objects.visible_to(viewer).filter(pk=contact.pk)
    report = reports.annotate(is_corrected=corrected, is_changed=changed).first()
    if report is not None:
        record_reading(
            "contact",
            actor=viewer,
            at=at,
            item_ids=[contact.pk],
            reference=contact.reference,
            enquiry_id=contact.enquiry_id,
        )
    people = _people(viewer, contact)
    referrer = Referrer.objects.visible_to(viewer).filter(contact_id=contact.pk).first()
    mask = mask_with(viewer, contact, people, referrer)
    return ContactPage(
        contact=contact,
        report=report,
        referrer=referrer,
        mask=mask,
        people=people,
        household=family_of(viewer, contact, people, mask),
        corrections=_corrections(viewer, contact) if getattr(report, "is_corrected", False) else [],
        earlier_values=_earlier_values(viewer, contact, people) if getattr(report, "is_changed", False) else [],
        history=_history(contact),
    )


def _people(viewer: Viewer, contact: Contact) -> list[Subject]:
    """Return children and adults; on each who is linked, who decided so and when."""
    link = PersonLink.objects.filter(subject_id=OuterRef("pk"), undone_at__isnull=True)
    rows = Subject.objects.visible_to(viewer).filter(contact_id=contact.pk).select_related("person")
    return list(
        rows.annotate(
            linked_by=Subquery(link.values("linked_by__user__name")[:1]),
            linked_at=Subquery(link.values("linked_at")[:1]),
        )
    )


def _corrections(viewer: Viewer, contact: Contact) -> list[Correction]:
    rows = Correction.objects.visible_to(viewer).filter(contact_id=contact.pk)
    return list(rows.select_related("made_by__user"))


def _earlier_values(viewer: Viewer, contact: Contact, people: list[Subject]) -> list[ValueBefore]:
    names: dict[uuid.UUID | None, str] = {one.pk: one.name for one in people}
    rows = EarlierValue.objects.visible_to(viewer).filter(contact_id=contact.pk).select_related("changed_by__user")
    return [
        ValueBefore(
            ": ".join(part for part in (names.get(one.subject_id), str(one.get_column_display())) if part),
            one.text,
            one.changed_at,
            one.changed_by.user.name,
        )
        for one in rows
    ]


def family_of(viewer: Viewer, contact: Contact, people: list[Subject], mask: Mask) -> Household:
    """Return the household and who belongs to it elsewhere, as nested lists can draw it."""
    relations = Relation.objects.visible_to(viewer).filter(contact_id=contact.pk)
    members = [
        Member(str(one.pk), one.name, one.kind, mask(one.part), one.lives_in_household, one.position) for one in people
    ]
    ties = [(str(row.subject_id), row.kind, str(row.to_id)) for row in relations]
    return household(members, ties)


def _history(contact: Contact) -> list[Happening]:
    events = history_of(contact._meta.label_lower, contact.pk, most=HISTORY_LENGTH)
    return [Happening(event.at, event.who or "The hub", _words(event)) for event in events]


def _words(event: PastEvent) -> str:
    changed = event.changed.replace("_", " ")
    words = in_words(event.verb).capitalize()
    return f"{words}: {changed}" if changed else words
