"""What waits for a viewer at this stage."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Measure
from clock.queries import first_due_at
from common.work import EVERY_SECTION, Section, Waiting, WorkItem
from contacts.models import StaffMatch
from screening.choices import EnquiryState, HandoverState, ScreeningState
from screening.models import Enquiry, Handover, Screening
from screening.queries.screening import WAITING, screening_queue, todo

LIMIT = 100
BEFORE_DECISION = (EnquiryState.TO_RATE, EnquiryState.GATHERING, EnquiryState.DECIDING)
MANAGER_NEXT = {
    EnquiryState.TO_RATE: "screening:rate",
    EnquiryState.DECIDING: "decisions:decide",
    EnquiryState.DECIDED: "decisions:release",
}
"""Where the manager goes next, by state."""


def work_for(viewer: Viewer, *, at: datetime, waiting: Waiting = EVERY_SECTION) -> list[WorkItem]:
    """Return what waits for the viewer: to screen, rate, assign, gather, decide, release, accept, to send anew."""
    return [
        *_to_screen(viewer, at=at, waiting=waiting),
        *_for_manager(viewer),
        *_for_social_worker(viewer),
        *_returned(viewer, waiting),
        *(_matches(viewer) if Section.STAFF_MATCHES in waiting else []),
        *_for_team(viewer),
    ]


def _to_screen(viewer: Viewer, *, at: datetime, waiting: Waiting) -> list[WorkItem]:
    if not viewer.has(Role.SCREENER):
        return _put_to_manager(viewer) if Section.PUT_TO_MANAGER in waiting else []
    return [
        WorkItem(
            reference=row.reference,
            url=reverse("screening:screen", args=[row.reference]),
            todo=row.todo,
            stage=row.stage,
            due_at=row.due_at,
            arrived_at=row.arrived_at,
            who=row.claimed_by,
            note="Said to be in danger now" if row.in_danger else "",
        )
        for row in screening_queue(viewer, at=at)
        if row.todo
    ]


def _put_to_manager(viewer: Viewer) -> list[WorkItem]:
    """Return what panels have put to the manager: nothing else of the queue waits for a manager who is no screener."""
    if not viewer.has(Role.MANAGER):
        return []
    rows = Screening.objects.filter(state=ScreeningState.WITH_MANAGER, contact__state__in=WAITING).visible_to(viewer)
    rows = rows.select_related("contact__claimed_by__user").annotate(first_due_at=first_due_at("contact_id"))
    return [
        WorkItem(
            reference=row.contact.reference,
            url=reverse("screening:screen", args=[row.contact.reference]),
            todo=todo(viewer, row, {}),
            stage=str(row.get_state_display()),
            due_at=row.first_due_at,
            arrived_at=row.contact.arrived_at,
            who=row.contact.claimed_by.user.name if row.contact.claimed_by else "",
            note="Said to be in danger now" if row.contact.immediate_danger else "",
        )
        for row in rows.order_by("contact__arrived_at", "id")[:LIMIT]
    ]


def _for_manager(viewer: Viewer) -> list[WorkItem]:
    """Return every enquiry in which the manager comes next, at whatever stage: one query."""
    if not viewer.has(Role.MANAGER):
        return []
    wanted = Q(state__in=list(MANAGER_NEXT)) | Q(state__in=BEFORE_DECISION, social_worker__isnull=True)
    rows = Enquiry.objects.filter(wanted).visible_to(viewer)
    found = rows.select_related("social_worker__user").order_by("due_at", "id")[: 3 * LIMIT]
    return [_item(one, route) for one in found for route in _routes_of(one)]


def _routes_of(enquiry: Enquiry) -> list[str]:
    state = EnquiryState(enquiry.state)
    unassigned = state in BEFORE_DECISION and enquiry.social_worker_id is None and state != EnquiryState.TO_RATE
    return [*(["screening:assign"] if unassigned else []), *([MANAGER_NEXT[state]] if state in MANAGER_NEXT else [])]


def _for_social_worker(viewer: Viewer) -> list[WorkItem]:
    if not viewer.has(Role.SOCIAL_WORKER):
        return []
    rows = Enquiry.objects.filter(social_worker_id=viewer.membership_id, state=EnquiryState.GATHERING)
    found = rows.visible_to(viewer).select_related("social_worker__user").order_by("due_at", "id")[:LIMIT]
    return [_item(one, "screening:enquiry") for one in found]


_TODO = {
    "screening:rate": "Rate",
    "decisions:decide": "Decide",
    "decisions:release": "Release or close",
    "screening:assign": "Assign a social worker",
    "screening:enquiry": "Gather information, then recommend",
}


def _item(enquiry: Enquiry, route: str) -> WorkItem:
    return WorkItem(
        reference=enquiry.reference,
        url=reverse(route, args=[enquiry.reference]),
        todo=_TODO[route],
        stage=str(enquiry.get_state_display()),
        colour=enquiry.colour,
        due_at=enquiry.due_at if enquiry.decided_at is None else None,
        arrived_at=enquiry.arrived_at,
        who=enquiry.social_worker.user.name if enquiry.social_worker else "",
    )


def _returned(viewer: Viewer, waiting: Waiting) -> list[WorkItem]:
    """Return what a team asks about or has declined and nobody has sent anew, to whoever sent it and to the manager."""
    section = Section.RETURNED if viewer.has(Role.MANAGER) else Section.RETURNED_OWN
    if not viewer.has(Role.MANAGER, Role.SCREENER) or section not in waiting:
        return []
    later = Handover.objects.filter(screening_id=OuterRef("screening_id"), sent_at__gt=OuterRef("sent_at"))
    returned = [HandoverState.QUERIED, HandoverState.DECLINED, HandoverState.WITHDRAWN]
    rows = Handover.objects.filter(state__in=returned).visible_to(viewer).filter(~Exists(later))
    if not viewer.has(Role.MANAGER):
        rows = rows.filter(sent_by_id=viewer.membership_id)
    return _handed(rows, "")


def _for_team(viewer: Viewer) -> list[WorkItem]:
    if viewer.team_id is None:
        return []
    rows = Handover.objects.filter(team_id=viewer.team_id).waiting().visible_to(viewer)
    return _handed(rows, "Accept, ask or decline")


def _matches(viewer: Viewer) -> list[WorkItem]:
    """Return contacts with a match of the staff list that nobody has settled, to managers; no name."""
    if not viewer.has(Role.MANAGER):
        return []
    rows = StaffMatch.objects.filter(settled_at__isnull=True).visible_to(viewer).order_by("found_at", "id")[:LIMIT]
    first = {one.reference: one for one in reversed(rows)}
    return [
        WorkItem(
            reference=one.reference,
            url=reverse("screening:contact_closed_out", args=[one.reference]),
            todo="Settle a match with the staff list",
            stage="Conflict of interest",
            arrived_at=one.found_at,
        )
        for one in first.values()
    ]


_HUB_TODO = {
    HandoverState.QUERIED: "Answer the team's query",
    HandoverState.DECLINED: "Declined: send it to a team anew",
    HandoverState.WITHDRAWN: "Withdrawn: send it to a team anew",
}


def _handed(waiting: QuerySet[Handover], words: str) -> list[WorkItem]:
    rows = waiting.select_related("team").annotate(accept_by=first_due_at("pk", Measure.ACCEPTANCE))
    return [
        WorkItem(
            reference=one.reference,
            url=reverse("screening:handover", args=[one.reference]),
            todo=words or _HUB_TODO[HandoverState(one.state)],
            stage=str(one.get_state_display()),
            due_at=one.accept_by,
            arrived_at=one.sent_at,
            who=one.team.name,
        )
        for one in rows.order_by("sent_at", "id")[:LIMIT]
    ]
