"""Reads of requests for the agency that was asked."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

import clock.queries as clocks
from agencies.access import firewall, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Agency
from agencies.queries import partner_agencies
from clock.queries import Countdown
from common.slices import Slice, slice_of
from contacts.models import Subject
from contacts.reads.worker import standings, whom_to_ring
from contacts.rules.worker import worker_in_words
from information_sharing import rules
from information_sharing.grants import ItemGrant
from information_sharing.models import Answer, InformationRequest, Item, RequestSubject, SafetyInstruction
from information_sharing.queries.answers import words_of
from information_sharing.queries.items import ItemSeen, items_of_request
from information_sharing.transitions import REQUEST, UNANSWERED
from information_sharing.visibility import own_agency

PAGE_LENGTH = 50


@dataclass(frozen=True)
class PersonAsked:
    """A child or an adult as the agency reads of them: what it searches by, and which places it was told."""

    person: Subject
    school: str
    practice: str

    @classmethod
    def of(cls, row: RequestSubject) -> PersonAsked:
        """Return them as the row of a request says."""
        return cls(row.subject, row.school, row.practice)


@dataclass(frozen=True)
class RequestPage:
    """All that the page of one request shows; nothing about any other agency.

    Attributes:
        says: what the answer says to the viewer.
        worker: who deals with the enquiry, and how they stand today.
        ring: whom the agency rings about it today.
    """

    request: InformationRequest
    people: list[PersonAsked]
    answer: Answer | None
    says: str
    items: list[ItemSeen]
    clocks: list[Countdown]
    events: frozenset[str]
    instructions: list[SafetyInstruction]
    worker: str
    ring: str

    @property
    def is_unanswered(self) -> bool:
        """Say whether the agency still owes an answer."""
        return self.request.state in UNANSWERED

    @property
    def to_confirm(self) -> bool:
        """Say whether a spoken answer waits for the agency's word."""
        return self.answer is not None and self.answer.is_spoken and self.answer.confirmed_at is None

    @property
    def standing(self) -> list[ItemSeen]:
        """Items that stand, as everyone of the agency may read them."""
        return [item for item in self.items if item.withdrawn_at is None and not item.is_sealed]

    @property
    def sealed(self) -> list[ItemSeen]:
        """Sealed items that this very viewer may read."""
        return [item for item in self.items if item.withdrawn_at is None and item.is_sealed]

    @property
    def taken_back(self) -> list[ItemSeen]:
        """Items that the agency took back."""
        return [item for item in self.items if item.withdrawn_at is not None]


def get_request(viewer: Viewer, reference: str) -> InformationRequest:
    """Return one request with its agency and the header of its enquiry, where the viewer sees it.

    An agency keeps the page of a request that was withdrawn and sees the enquiry no more: joined, it would take the
    request with it.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = InformationRequest.objects.select_related("agency", "social_worker__user").prefetch_related("enquiry")
    found: InformationRequest = firewall.fetch(rows, viewer, reference=reference)
    return found


def request_page(viewer: Viewer, request: InformationRequest, *, at: datetime) -> RequestPage:
    """Return what the page of a request shows, and record that its items were read."""
    rows = Answer.objects.filter(request_id=request.pk).visible_to(viewer)
    answer = rows.select_related("confirmed_by__user").first()
    standing = standings([request.enquiry_id]).get(request.enquiry_id, "")
    return RequestPage(
        request=request,
        people=_people_asked(viewer, request),
        answer=answer,
        says=words_of(viewer, [request], [answer])[request.pk] if answer else "",
        items=items_of_request(viewer, request, at=at),
        clocks=clocks.deadlines_for([request.pk], at=at).get(request.pk, []),
        events=frozenset(move.event for move in transitions.moves(request, REQUEST, viewer)),
        instructions=_instructions(viewer, request),
        worker=worker_in_words(request.social_worker.user.name, standing) if request.social_worker else "",
        ring=whom_to_ring(request.enquiry_id, request.social_worker, standing=standing),
    )


def _instructions(viewer: Viewer, request: InformationRequest) -> list[SafetyInstruction]:
    """Return the safety instructions that the asked agency may read: by its columns, for the item is not the lead's."""
    rows = SafetyInstruction.objects.filter(kept_with=request.enquiry_id, agency_id=request.agency_id)
    return list(rows.visible_to(viewer).order_by("proposed_at", "id"))


def _people_asked(viewer: Viewer, request: InformationRequest) -> list[PersonAsked]:
    """Return about whom a request is, with the places that this agency was told."""
    return [PersonAsked(one, one.told_school, one.told_practice) for one in people_of(viewer, request)]  # type: ignore[attr-defined]


def people_of(viewer: Viewer, request: InformationRequest) -> list[Subject]:
    """Return the children and adults whom a request is about, children first."""
    rows = Subject.objects.filter(requests__request_id=request.pk, requests__by_person=False).visible_to(viewer)
    rows = rows.annotate(told_school=F("requests__school"), told_practice=F("requests__practice")).distinct()
    return sorted(rows, key=lambda subject: (subject.kind != "child", subject.position, str(subject.pk)))


def identifiers_for(people: list[Subject], request: InformationRequest) -> str:
    """Return by what the agency can search, in words: the start of "identifiers used"."""
    return rules.identifiers_in(
        born=any(person.date_of_birth for person in people),
        nhs_number=any(person.nhs_number for person in people),
        pupil_number=any(person.unique_pupil_number for person in people),
        address=bool(request.address or request.protected_address),
    )


def last_systems(viewer: Viewer) -> str:
    """Return which systems the viewer's agency searched the last time it answered."""
    rows = (
        Answer.objects.filter(own_agency(viewer, path="request__agency_id"))
        .exclude(systems_searched="")
        .visible_to(viewer)
    )
    return rows.order_by("-searched_at").values_list("systems_searched", flat=True).first() or ""


def requests_of_agency(viewer: Viewer, *, answered: bool, page: int) -> Slice[InformationRequest]:
    """Return the requests to the viewer's agency: what waits by its due time, or what is done, the latest first.

    Nothing is counted: of what is done, a large agency has hundreds of thousands.
    """
    rows = InformationRequest.objects.filter(own_agency(viewer)).visible_to(viewer)
    rows = (
        rows.exclude(state__in=UNANSWERED).order_by("-due_at", "-id")
        if answered
        else rows.unanswered().order_by("due_at", "id")
    )
    return slice_of(rows.prefetch_related("enquiry"), page, PAGE_LENGTH)


def get_item(viewer: Viewer, request: InformationRequest, item_id: uuid.UUID) -> Item:
    """Return one item of a request.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = Item.objects.select_related("request__enquiry", "enquiry")
    item: Item = firewall.fetch(rows, viewer, pk=item_id, request_id=request.pk)
    return item


def get_any_item(viewer: Viewer, item_id: uuid.UUID) -> Item:
    """Return one item, whoever gave it.

    Raises:
        NotVisible: there is none for this viewer.
    """
    item: Item = firewall.fetch(Item.objects.all(), viewer, pk=item_id)
    return item


def nameable_agencies(viewer: Viewer, *, at: datetime) -> list[Agency]:
    """Return every other core agency of the hub, whoever was asked: the list must not say who was.

    A naming works only for an agency that was asked about the same child and has answered (`visibility._named`).
    Whoever answers in an emergency, without a signature, names nobody.
    """
    if not viewer.has(Role.RESEARCHER, Role.LEAD):
        return []
    return [
        agency
        for agency, signed in partner_agencies(at=at)
        if agency.is_core and signed and agency.pk != viewer.agency_id
    ]


def named_for(item: Item) -> list[uuid.UUID]:
    """Return the agencies that the owner has named for an item which the caller has fetched as its owner."""
    groups = ItemGrant.objects.filter(content_object=item).values("group_id")
    return list(Agency.objects.filter(group_id__in=groups).values_list("pk", flat=True))
