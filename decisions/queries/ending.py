"""Reads of what referrers and families are told: the queue, and the pages of one contact."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

import clock.queries as clocks
from agencies.access import firewall
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.queries import hub_settings
from audit.actions import record_reading
from clock.choices import Measure
from clock.queries import Countdown
from contacts.choices import ContactState, Ending, MayTell, PersonKind
from contacts.models import Contact, Receipt, Referrer, Relation, Subject
from contacts.reads.kin import PARENTS, parents
from contacts.reads.masking import Mask, mask_of
from contacts.reads.worker import whom_to_ring
from contacts.rules.reaching import in_words, why_not_by_email, why_not_by_post
from decisions.choices import LetterState
from decisions.mail.feedback import Told, meanwhile_for
from decisions.models import Complaint, FamilyLetter, Feedback
from decisions.reads.contact import ENDED, response_to
from decisions.reads.letters import is_of_this_ending, unwritten
from notices.mail import is_usable

MOST = 200


@dataclass(frozen=True)
class OwedLine:
    """A contact whose referrer is owed feedback, or whose family a letter."""

    contact: Contact
    owes_feedback: bool
    letters_owed: int
    clock: Countdown | None


def owed(viewer: Viewer, *, at: datetime) -> list[OwedLine]:
    """Return the ended contacts on which feedback or a letter is owed, least time left first."""
    if not viewer.has(Role.FRONT_DOOR, Role.MANAGER):
        return []
    found = {contact.pk: contact for contact in _untold(viewer)}
    found |= {contact.pk: contact for contact in _unwritten(viewer)}
    contacts = sorted(found.values(), key=lambda one: (one.ended_at, one.pk))[:MOST]
    measures = (Measure.FEEDBACK, Measure.FEEDBACK_SCHOOL)
    clock = clocks.first_due_of([contact.pk for contact in contacts], *measures, at=at)
    lines = [_owed_line(contact, clock.get(contact.pk)) for contact in contacts]
    return sorted(lines, key=lambda line: line.clock.due_at if line.clock else line.contact.ended_at or at)


def _untold(viewer: Viewer) -> QuerySet[Contact]:
    """Return ended contacts whose referrer was told nothing; longest ended first, and no more than are shown."""
    told = Feedback.objects.filter(contact_id=OuterRef("pk"))
    # Every ending starts the clock of the feedback. Without these keys, each contact that ever ended is looked at.
    keys = clocks.awaiting("contact", Measure.FEEDBACK, Measure.FEEDBACK_SCHOOL)
    rows: QuerySet[Contact] = Contact.objects.visible_to(viewer).ended().filter(~Exists(told), pk__in=keys)
    return rows.order_by("ended_at", "id")[:MOST]


def _unwritten(viewer: Viewer) -> QuerySet[Contact]:
    """Return contacts that ended with a decision of the hub's and of which a parent is owed a letter.

    The allocated worker speaks for those passed on. `decisions/sql/functions/letters.sql` keeps which they are.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.letters_owed(%s)", [MOST])
        keys = cursor.fetchone()[0]
    told = Feedback.objects.filter(contact_id=OuterRef("pk"))
    rows: QuerySet[Contact] = Contact.objects.visible_to(viewer).filter(state=ContactState.ENDED, pk__in=keys)
    rows = rows.prefetch_related(Prefetch("relations", queryset=unwritten(parents()), to_attr="unwritten"))
    return rows.annotate(was_told=Exists(told))


def _owed_line(contact: Contact, clock: Countdown | None) -> OwedLine:
    parents = {row.subject_id for row in getattr(contact, "unwritten", ())}
    return OwedLine(
        contact=contact,
        owes_feedback=not getattr(contact, "was_told", False),
        letters_owed=len(parents),
        clock=clock,
    )


@dataclass(frozen=True)
class FeedbackPage:
    """What the referrer of one contact can be told, and was told."""

    contact: Contact
    response: str
    response_label: str
    can_be_mailed: bool
    asks_email: bool
    why_no_email: str
    has_receipt: bool
    safe_by: str
    safe_ways: str
    own_reference: str
    earlier: list[Feedback]
    preview: str
    whom_to_ring: str
    meanwhile: str


def feedback_page(viewer: Viewer, contact: Contact) -> FeedbackPage:
    """Return what the referrer is told, as a first wording.

    Args:
        contact: as `told_contact` gives it.
    """
    referrer = Referrer.objects.visible_to(viewer).filter(contact=contact).first()
    has_address = bool(referrer and is_usable(referrer.email.strip()))
    ways = referrer.safe_by if referrer else []
    hub = hub_settings()
    response = response_to(contact)
    ring = whom_to_ring(None, None)  # The hub: a person may have left when a referrer rings.
    meanwhile = meanwhile_for(contact.referrer_kind)
    own, mask = referrer.own_reference if referrer else "", mask_of(viewer, [contact])
    told = Told(contact.reference, contact.referrer_kind, response, ring, meanwhile, hub.disagree_with, hub.name, own)
    rows = Feedback.objects.visible_to(viewer).filter(contact=contact).select_related("told_by__user")
    return FeedbackPage(
        contact=contact,
        response=response,
        response_label=Ending(response).label if response else "",
        can_be_mailed=has_address and (not ways or not why_not_by_email(ways)),
        asks_email=has_address and not ways,
        why_no_email=why_not_by_email(ways) if has_address else "",
        has_receipt=Receipt.objects.filter(firewall.rule_for(Receipt)(viewer), contact=contact).exists(),
        safe_by=in_words(ways) if referrer else "",
        safe_ways=mask(referrer.safe_ways) if referrer else "",
        own_reference=mask(own),
        earlier=list(rows.order_by("-told_at", "id")),
        preview=told.text if response else "",
        whom_to_ring=ring,
        meanwhile=meanwhile,
    )


@dataclass(frozen=True)
class Addressee:
    """An adult of a contact, and the letter to them if there is one.

    Attributes:
        letter: of the present ending; a draft, whenever it was begun.
        earlier: of endings after which the contact was opened again, the latest first.
    """

    subject: Subject
    is_parent: bool
    letter: FamilyLetter | None
    earlier: list[FamilyLetter]

    @property
    def safe_by(self) -> str:
        """How it is safe to reach them, in words."""
        return in_words(self.subject.safe_by)

    @property
    def why_no_letter(self) -> str:
        """Why no letter goes to them; empty where one may."""
        return why_not_by_post(self.subject.safe_by)


@dataclass(frozen=True)
class LettersPage:
    """The letters of one contact: one to each parent, apart."""

    contact: Contact
    addressees: list[Addressee]
    must_not_be_told: bool
    mask: Mask


def letters_page(viewer: Viewer, contact: Contact) -> LettersPage:
    """Return the adults of a contact, parents first, each with their own letter.

    Args:
        contact: as `told_contact` gives it.
    """
    adults = Subject.objects.visible_to(viewer).filter(contact=contact, kind=PersonKind.ADULT)
    kin = Relation.objects.visible_to(viewer).filter(contact=contact, kind__in=PARENTS)
    parents = set(kin.values_list("subject_id", flat=True))
    letters: dict[uuid.UUID, list[FamilyLetter]] = {}
    for row in FamilyLetter.objects.visible_to(viewer).filter(contact=contact).order_by("-written_at", "-id"):
        letters.setdefault(row.subject_id, []).append(row)
    found = [_addressee(adult, adult.pk in parents, letters.get(adult.pk, []), contact) for adult in adults]
    return LettersPage(
        contact=contact,
        addressees=sorted(found, key=lambda one: (not one.is_parent, one.subject.position)),
        must_not_be_told=contact.may_tell == MayTell.NO,
        mask=mask_of(viewer, [contact]),
    )


def _addressee(adult: Subject, is_parent: bool, letters: list[FamilyLetter], contact: Contact) -> Addressee:
    latest = letters[0] if letters else None
    if latest is None or latest.state == LetterState.DRAFT or is_of_this_ending(latest, contact):
        return Addressee(adult, is_parent, latest, letters[1:])
    return Addressee(adult, is_parent, None, letters)


def get_letter(viewer: Viewer, reference: str) -> FamilyLetter:
    """Return one letter.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = FamilyLetter.objects.select_related("contact", "subject", "written_by__user", "sent_by__user")
    return firewall.fetch(rows, viewer, reference=reference)


def log_letter(viewer: Viewer, letter: FamilyLetter, *, at: datetime) -> None:
    """Write down that a letter was shown, with its address and its words."""
    contact = letter.contact
    record_reading(
        "letter",
        actor=viewer,
        at=at,
        item_ids=[letter.pk],
        reference=letter.reference,
        enquiry_id=contact.enquiry_id,
    )


def complaints_of(viewer: Viewer, contact: Contact) -> list[Complaint]:
    """Return the complaints about a contact, the latest first."""
    rows = Complaint.objects.visible_to(viewer).filter(contact=contact)
    return list(rows.select_related("recorded_by__user", "answered_by__user").order_by("-received_at", "id"))


def get_complaint(viewer: Viewer, contact: Contact, reference: str) -> Complaint:
    """Return one complaint about this very contact.

    Raises:
        NotVisible: there is none for this viewer.
    """
    return firewall.fetch(Complaint.objects.all(), viewer, contact=contact, reference=reference)


def may_tell(viewer: Viewer, contact: Contact) -> bool:
    """Say whether the viewer tells referrer and family of this contact now."""
    return viewer.has(Role.FRONT_DOOR, Role.MANAGER) and contact.state in ENDED
