"""What waits for a viewer at this stage."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.queries import first_due_at
from common.work import EVERY_SECTION, Section, Waiting, WorkItem
from contacts.choices import FamilyAgreement
from contacts.models import Contact
from information_sharing.choices import InstructionState, RequestState
from information_sharing.models import Answer, InformationRequest, SafetyInstruction, SharingAuthority
from information_sharing.querysets import RequestQuerySet
from information_sharing.transitions import UNANSWERED
from information_sharing.visibility import in_emergency, own_agency
from screening.choices import EnquiryState
from screening.models import Enquiry

MOST = 200
"""Lines that one list of work takes from each kind."""


def work_for(viewer: Viewer, *, at: datetime, waiting: Waiting = EVERY_SECTION) -> list[WorkItem]:
    """Return what waits for the viewer: requests to answer, answers to confirm, words to agree, authority to give."""
    found: list[WorkItem] = []
    if viewer.parts.emergency:
        found += _in_emergency(viewer)
    if viewer.has(Role.RESEARCHER, Role.LEAD):
        found += _to_answer(viewer)
        found += _to_confirm(viewer) if Section.SPOKEN_ANSWERS in waiting else []
        found += _to_agree(viewer) if Section.INSTRUCTIONS in waiting else []
    if viewer.has(Role.SOCIAL_WORKER):
        found += _all_answered(viewer)
    if viewer.has(Role.MANAGER):
        found += _to_authorise(viewer)
    return found


def _to_answer(viewer: Viewer) -> list[WorkItem]:
    return _requests(InformationRequest.objects.filter(own_agency(viewer)).visible_to(viewer).unanswered())


def _in_emergency(viewer: Viewer) -> list[WorkItem]:
    """Return what the agency may answer though it has not signed; with a signature they stand among the others."""
    if viewer.has(Role.RESEARCHER, Role.LEAD):
        return []
    rows = InformationRequest.objects.filter(in_emergency(viewer, path="pk")).visible_to(viewer)
    return _requests(rows.unanswered())


def _requests(rows: RequestQuerySet) -> list[WorkItem]:
    return [
        WorkItem(
            reference=row.reference,
            url=reverse("information_sharing:request", args=[row.reference]),
            todo="Answer",
            stage=row.get_state_display(),
            colour=row.enquiry.colour,
            due_at=row.due_at,
            arrived_at=row.sent_at,
            note=row.enquiry.reference,
        )
        for row in rows.select_related("enquiry").order_by("due_at", "id")[:MOST]
    ]


def _to_confirm(viewer: Viewer) -> list[WorkItem]:
    mine = own_agency(viewer, path="request__agency_id")
    rows = Answer.objects.filter(mine, is_spoken=True, confirmed_at__isnull=True)
    rows = rows.visible_to(viewer).select_related("request__enquiry").order_by("searched_at", "id")
    return [
        WorkItem(
            reference=row.request.reference,
            url=reverse("information_sharing:request", args=[row.request.reference]),
            todo="Confirm what was taken down by telephone",
            stage="Answered by telephone",
            colour=row.request.enquiry.colour,
            arrived_at=row.searched_at,
        )
        for row in rows[:MOST]
    ]


def _to_agree(viewer: Viewer) -> list[WorkItem]:
    states = [InstructionState.PROPOSED, *([InstructionState.REFUSED] if viewer.has(Role.LEAD) else [])]
    waiting = SafetyInstruction.objects.filter(own_agency(viewer), state__in=states).visible_to(viewer)
    rows = waiting.annotate(first_due_at=first_due_at())
    return [
        WorkItem(
            reference=row.reference,
            url=reverse("information_sharing:instruction", args=[row.reference]),
            todo="Agree the words of a safety instruction",
            stage=row.get_state_display(),
            due_at=row.first_due_at,
            arrived_at=row.proposed_at,
        )
        for row in rows.order_by("proposed_at", "id")[:MOST]
    ]


def _all_answered(viewer: Viewer) -> list[WorkItem]:
    asked = InformationRequest.objects.filter(enquiry_id=OuterRef("pk")).exclude(state=RequestState.WITHDRAWN)
    rows = Enquiry.objects.filter(social_worker_id=viewer.membership_id, state=EnquiryState.GATHERING).visible_to(
        viewer
    )
    rows = rows.filter(Exists(asked), ~Exists(asked.filter(state__in=UNANSWERED)))
    return [
        WorkItem(
            reference=row.reference,
            url=reverse("information_sharing:information", args=[row.reference]),
            todo="Read the answers: all have come",
            stage=row.get_state_display(),
            colour=row.colour,
            due_at=row.due_at,
            arrived_at=row.arrived_at,
        )
        for row in rows.order_by("due_at", "id")[:MOST]
    ]


def _to_authorise(viewer: Viewer) -> list[WorkItem]:
    without = [FamilyAgreement.REFUSED, FamilyAgreement.NOT_SOUGHT]
    unagreed = Contact.objects.filter(enquiry_id=OuterRef("pk"), agreement__in=without)
    given = SharingAuthority.objects.filter(enquiry_id=OuterRef("pk"))
    rows = Enquiry.objects.filter(state=EnquiryState.GATHERING).visible_to(viewer)
    rows = rows.filter(Exists(unagreed) & ~Exists(given) & Q(closed_at__isnull=True))
    return [
        WorkItem(
            reference=row.reference,
            url=reverse("information_sharing:authorise", args=[row.reference]),
            todo="Say why agencies may be asked without agreement",
            stage=row.get_state_display(),
            colour=row.colour,
            due_at=row.due_at,
            arrived_at=row.arrived_at,
        )
        for row in rows.order_by("due_at", "id")[:MOST]
    ]
