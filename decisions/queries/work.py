"""What waits for a viewer at this stage."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.work import EVERY_SECTION, Section, Waiting, WorkItem
from decisions.choices import SummaryState
from decisions.models import MashSummary
from decisions.queries.corrections import correction_work
from decisions.queries.ending import OwedLine, owed
from decisions.queries.inbox import inbox
from screening.choices import EnquiryState
from screening.models import Enquiry

MOST = 200


def work_for(viewer: Viewer, *, at: datetime, waiting: Waiting = EVERY_SECTION) -> list[WorkItem]:
    """Return what waits for the viewer: to prepare, to confirm, to accept, to tell."""
    found: list[WorkItem] = correction_work(viewer, waiting=waiting)
    if viewer.has(Role.MANAGER) and Section.SUMMARIES in waiting:
        found += _to_confirm(viewer)
    if viewer.has(Role.SOCIAL_WORKER):
        found += _to_prepare(viewer)
        found += _to_answer(viewer) if Section.SUMMARIES_QUERIED in waiting else []
    if viewer.has(Role.RECEIVING_WORKER):
        found += _to_accept(viewer, at=at)
    if viewer.has(Role.FRONT_DOOR):
        lines = owed(viewer, at=at, letters=Section.LETTERS in waiting)
        found += [item for line in lines for item in _to_tell(line)]
    return found


def _enquiry_line(row: Enquiry, route: str, todo: str) -> WorkItem:
    return WorkItem(
        reference=row.reference,
        url=reverse(route, args=[row.reference]),
        todo=todo,
        stage=row.get_state_display(),
        colour=row.colour,
        due_at=row.due_at if row.decided_at is None else None,
        arrived_at=row.arrived_at,
        who=row.social_worker.user.name if row.social_worker else "",
    )


def _summary_line(row: MashSummary, todo: str) -> WorkItem:
    return WorkItem(
        reference=row.reference,
        url=reverse("decisions:summary", args=[row.reference]),
        todo=todo,
        stage=row.get_state_display(),
        colour=row.enquiry.colour,
        arrived_at=row.prepared_at,
        who=row.team.name,
        note=row.enquiry.reference,
    )


CONFIRM = {
    SummaryState.WITH_MANAGER: "Confirm and release",
    SummaryState.QUERIED: "Answer the team's question",
}


def _to_confirm(viewer: Viewer) -> list[WorkItem]:
    rows = MashSummary.objects.filter(state__in=list(CONFIRM)).visible_to(viewer).select_related("team", "enquiry")
    return [_summary_line(row, CONFIRM[SummaryState(row.state)]) for row in rows.order_by("prepared_at", "id")[:MOST]]


def _to_prepare(viewer: Viewer) -> list[WorkItem]:
    mine = Enquiry.objects.filter(social_worker_id=viewer.membership_id, state=EnquiryState.DECIDED).visible_to(viewer)
    rows = mine.select_related("social_worker__user").order_by("decided_at", "id")
    return [_enquiry_line(row, "decisions:release", "Prepare the MASH summary") for row in rows[:MOST]]


def _to_answer(viewer: Viewer) -> list[WorkItem]:
    rows = MashSummary.objects.filter(social_worker_id=viewer.membership_id, state=SummaryState.QUERIED)
    rows = rows.visible_to(viewer).select_related("team", "enquiry").order_by("prepared_at", "id")
    return [_summary_line(row, "Answer the team's question") for row in rows[:MOST]]


def _to_accept(viewer: Viewer, *, at: datetime) -> list[WorkItem]:
    return [
        WorkItem(
            reference=line.summary.reference,
            url=reverse("decisions:summary", args=[line.summary.reference]),
            todo="Accept, ask or decline",
            stage=line.summary.get_state_display(),
            colour=line.summary.enquiry.colour,
            due_at=line.clock.due_at if line.clock else None,
            arrived_at=line.summary.released_at,
        )
        for line in inbox(viewer, at=at)
        if line.summary.state in (SummaryState.SENT, SummaryState.QUERIED)
    ]


def _to_tell(line: OwedLine) -> list[WorkItem]:
    contact = line.contact
    found = []
    if line.owes_feedback:
        found.append(
            WorkItem(
                reference=contact.reference,
                url=reverse("decisions:feedback", args=[contact.reference]),
                todo="Tell the referrer",
                stage=contact.get_state_display(),
                due_at=line.clock.due_at if line.clock else None,
                arrived_at=contact.ended_at,
            )
        )
    if line.letters_owed:
        found.append(
            WorkItem(
                reference=contact.reference,
                url=reverse("decisions:letters", args=[contact.reference]),
                todo=f"Write to the family: {line.letters_owed} still to settle",
                stage=contact.get_state_display(),
                arrived_at=contact.ended_at,
            )
        )
    return found
