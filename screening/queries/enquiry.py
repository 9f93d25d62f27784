"""Reads of MASH enquiries: the list, the overview, who is in it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from agencies.access import firewall, transitions
from agencies.access.closed import excluded_memberships
from agencies.access.roles import ASSIGNED, EMERGENCY_ACCESS, REVIEWING
from agencies.access.transitions import Move
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership
from agencies.queries import social_workers
from audit.actions import record_reading
from clock.choices import Colour
from common.normal.references import reference_of
from common.nothing_shown import NOT_SHOWN, absence
from common.slices import Slice, slice_of
from contacts.choices import ContactState, PersonKind
from contacts.models import Contact, Subject
from contacts.queries import (
    Tab,
    contact_tabs,
    contacts_of_enquiry,
    contacts_of_same_people,
    people_of_enquiry,
    say_schools,
)
from contacts.reads.masking import Mask, mask_of
from contacts.reads.places import hazards_of
from contacts.reads.worker import standings
from contacts.rules.hazards import hazards_of_several
from contacts.rules.worker import worker_in_words
from contacts.visibility import worked_on
from screening.choices import EnquiryState
from screening.models import Enquiry, OwnDeadline, Rating, Reopening, Screening
from screening.queries.head import enquiry_roles
from screening.transitions import ENQUIRY, OPEN

PAGE_LENGTH = 25
SEE_ALL = frozenset({Role.MANAGER, Role.FRONT_DOOR, ASSIGNED, REVIEWING, EMERGENCY_ACCESS})
"""Who sees every contact of an enquiry that they see, with everybody in it."""
READERS = (Role.MANAGER, Role.SOCIAL_WORKER, Role.FRONT_DOOR, Role.SCREENER, Role.OUT_OF_HOURS)
UNRATED = "none"


@dataclass(frozen=True)
class EnquiryFilter:
    """What the list keeps.

    Attributes:
        state: one state, or empty for all that run.
        colour: one colour, `none` for those not rated yet, or empty for all.
        mine: only those assigned to the viewer.
        page: from 1.
    """

    state: str = ""
    colour: str = ""
    mine: bool = False
    page: int = 1


@dataclass(frozen=True)
class EnquiryPage:
    """All that the overview of one enquiry shows beneath its head.

    Attributes:
        parts: each contact with the pages of it that the viewer's roles use: they lie one click away, not two.
        screenings: what screening said about each contact, for those who may read it.
        proposed_colour: of the latest screening that proposed one.
        mask: takes the protected places out of what was written.
        hazards: what whoever visits must know, or which absence it is.
        nobody: why no child or adult stands there.
    """

    enquiry: Enquiry
    mask: Mask
    hazards: str
    nobody: str
    contacts: list[Contact]
    parts: list[tuple[Contact, list[Tab]]]
    children: list[Subject]
    adults: list[Subject]
    ratings: list[Rating]
    own_deadlines: list[OwnDeadline]
    reopenings: list[Reopening]
    screenings: list[Screening]
    proposed_colour: str
    may_screen: bool
    moves: list[Move]


def get_enquiry(viewer: Viewer, reference: str) -> Enquiry:
    """Return the header of one MASH enquiry, with its social worker.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = Enquiry.objects.select_related("social_worker__user")
    return firewall.fetch(rows, viewer, reference=reference)


def can_move(viewer: Viewer, enquiry: Enquiry, event: str) -> bool:
    """Say whether a move is open to the viewer now: a page with its questions is shown only then."""
    return event in {move.event for move in transitions.moves(enquiry, ENQUIRY, viewer)}


def enquiry_list(viewer: Viewer, wanted: EnquiryFilter) -> Slice[Enquiry]:
    """Return a page of enquiries: overdue first, then least time left; one query."""
    if not viewer.has(*READERS):
        return Slice([], 1, has_next=False)
    rows = _kept(viewer, wanted).select_related("social_worker__user").order_by("due_at", "id")
    return slice_of(rows, wanted.page, PAGE_LENGTH)


def enquiries_found(
    viewer: Viewer, *, references: Collection[str], of: Collection[uuid.UUID], most: int
) -> list[Enquiry]:
    """Return enquiries by their reference or their key, those that the viewer may see alone, the latest first."""
    if not viewer.has(*READERS) or not (references or of):
        return []
    rows = Enquiry.objects.visible_to(viewer).filter(Q(reference__in=references) | Q(pk__in=of))
    return list(rows.select_related("social_worker__user").order_by("-opened_at", "id")[:most])


def workers_in_words(enquiries: Iterable[Enquiry]) -> dict[uuid.UUID, str]:
    """Return the social worker of each of some enquiries as lists name them, and how they stand today; one query."""
    named = [one for one in enquiries if one.social_worker is not None]
    standing = standings([one.pk for one in named])
    return {
        one.pk: worker_in_words(one.social_worker.user.name, standing.get(one.pk, ""))
        for one in named
        if one.social_worker
    }


def _kept(viewer: Viewer, wanted: EnquiryFilter) -> QuerySet[Enquiry]:
    # The literal states let the index of the queue serve the page.
    states = [wanted.state] if wanted.state in EnquiryState.values else list(OPEN)
    rows = Enquiry.objects.filter(state__in=states).visible_to(viewer)
    if wanted.mine:
        rows = rows.filter(worked_on(viewer, worker="social_worker_id", enquiry="pk"))
    if wanted.colour in Colour.values or wanted.colour == UNRATED:
        rows = rows.filter(colour="" if wanted.colour == UNRATED else wanted.colour)
    return rows


def enquiry_page(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> EnquiryPage:
    """Return the overview of an enquiry and record whose concerns were read; as many queries for many as for one."""
    contacts = contacts_of_enquiry(viewer, enquiry.pk)
    if contacts:
        record_reading(
            "enquiry",
            actor=viewer,
            at=at,
            item_ids=[one.pk for one in contacts],
            reference=enquiry.reference,
            enquiry_id=enquiry.pk,
        )
    mask = mask_of(viewer, contacts)
    people = say_schools(people_of_enquiry(viewer, enquiry.pk), contacts, mask)
    screenings = list(
        Screening.objects.visible_to(viewer)
        .filter(enquiry=enquiry)
        .select_related("contact", "decided_by__user")
        .order_by("decided_at", "id")
    )
    sees_all = bool(enquiry_roles(viewer, enquiry) & SEE_ALL)
    return EnquiryPage(
        enquiry=enquiry,
        mask=mask,
        hazards=hazards_of_several(hazards_of(viewer, contacts)) if contacts else NOT_SHOWN,
        nobody=absence(sees_all=sees_all),
        contacts=contacts,
        parts=[(one, contact_tabs(viewer, one, "contact")[1:]) for one in contacts],
        children=[one for one in people if one.kind == PersonKind.CHILD],
        adults=[one for one in people if one.kind == PersonKind.ADULT],
        ratings=list(Rating.objects.visible_to(viewer).filter(enquiry=enquiry).select_related("rated_by__user")),
        own_deadlines=list(
            OwnDeadline.objects.visible_to(viewer).filter(enquiry=enquiry).select_related("set_by__user")
        ),
        reopenings=_reopenings(viewer, enquiry) if enquiry.decided_at else [],
        screenings=screenings,
        proposed_colour=proposed_colour(screenings),
        may_screen=viewer.has(Role.SCREENER, Role.MANAGER),
        moves=transitions.moves(enquiry, ENQUIRY, viewer),
    )


def _reopenings(viewer: Viewer, enquiry: Enquiry) -> list[Reopening]:
    """Return when and why an enquiry was opened again: none was that was never decided."""
    rows = Reopening.objects.visible_to(viewer).filter(enquiry=enquiry)
    return list(rows.select_related("reopened_by__user"))


def proposed_colour(screenings: Iterable[Screening]) -> str:
    """Return the colour that the latest screening proposed; empty where none did."""
    proposed = [one.proposed_colour for one in screenings if one.proposed_colour]
    return proposed[-1] if proposed else ""


def proposed_colour_of(viewer: Viewer, enquiry: Enquiry) -> str:
    """Return the colour that screening proposed for an enquiry."""
    rows = Screening.objects.visible_to(viewer).filter(enquiry=enquiry).order_by("decided_at", "id")
    return proposed_colour(rows)


def waiting_contacts(viewer: Viewer, enquiry: Enquiry) -> list[Contact]:
    """Return contacts that wait for screening and share a linked person with an enquiry: it may be theirs too."""
    rows = Contact.objects.visible_to(viewer).filter(state=ContactState.RECEIVED)
    return list(rows.filter(pk__in=contacts_of_same_people(enquiry.pk)).order_by("arrived_at", "id"))


def waiting_contact(viewer: Viewer, reference: str) -> Contact | None:
    """Return a contact that waits for screening, by the reference that somebody typed; None where there is none."""
    rows = Contact.objects.visible_to(viewer).filter(state=ContactState.RECEIVED)
    return rows.filter(reference=reference_of(reference)).first()


def assignable(enquiry: Enquiry, *, at: datetime) -> list[Membership]:
    """Return the social workers to whom an enquiry can be given: nobody to whom it is closed is offered."""
    closed = excluded_memberships(enquiry.reference)
    return [worker for worker in social_workers(at=at) if worker.pk not in closed]
