"""What waits at this stage: to prepare, to confirm, to accept, to tell, to correct."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

import clock.queries as clocks
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Measure
from clock.queries import first_due_at, overdue_about
from common import work
from common.work import Place, Row, Source, lines
from contacts.choices import ContactState, PersonKind
from contacts.models import Contact, Correction, Relation
from decisions.choices import ComplaintState, SummaryState
from decisions.models import Complaint, CorrectionNotice, FamilyLetter, Feedback, MashSummary, SummaryChild
from decisions.queries.ending import KIN, SETTLED
from decisions.queries.sections import (
    COMPLAINTS,
    FEEDBACK,
    TO_ACCEPT,
    TO_ANSWER,
    TO_CHASE,
    TO_CONFIRM,
    TO_PASS_ON,
    TO_PREPARE,
    TO_READ,
    TO_SAY,
    TO_TELL,
    TO_WRITE,
)
from decisions.visibility.corrections import OUTSIDE_THE_HUB, has_kept_untold, untold
from screening.choices import EnquiryState
from screening.models import Enquiry

SECTIONS = (
    TO_CONFIRM, TO_ANSWER, TO_CHASE, TO_ACCEPT, TO_PREPARE, TO_TELL, TO_WRITE, COMPLAINTS, TO_PASS_ON, TO_SAY, TO_READ,
)  # fmt: skip


def _summary_lines(source: str, rows: QuerySet[MashSummary]) -> QuerySet[Any, Any]:
    enquiry = Enquiry.objects.filter(pk=OuterRef("enquiry_id"))
    return lines(
        source,
        rows,
        "prepared_at",
        "id",
        colour=Subquery(enquiry.values("colour")),
        due_at=first_due_at("pk", Measure.ACCEPTANCE),
        arrived_at=F("prepared_at"),
        who=F("team__name"),
        enquiry_id=F("enquiry_id"),
        detail=Subquery(enquiry.values("reference")),
    )


def _summaries(viewer: Viewer, at: datetime) -> QuerySet[Any, Any] | None:
    """Return summaries to confirm, to answer for, and those that no team has accepted in time."""
    wanted = Q()
    if viewer.has(Role.MANAGER):
        late = overdue_about("release", Measure.ACCEPTANCE, at=at)
        wanted |= Q(state__in=(SummaryState.WITH_MANAGER, SummaryState.QUERIED))
        wanted |= Q(state=SummaryState.SENT, pk__in=late)
    if viewer.has(Role.SOCIAL_WORKER):
        wanted |= Q(state=SummaryState.QUERIED, social_worker_id=viewer.membership_id)
    if not wanted:
        return None
    return _summary_lines("decisions.summaries", MashSummary.objects.visible_to(viewer).filter(wanted))


def _place_summary(viewer: Viewer, row: Row) -> Iterator[Place]:
    section = {SummaryState.WITH_MANAGER: TO_CONFIRM, SummaryState.QUERIED: TO_ANSWER}
    yield section.get(SummaryState(row.state), TO_CHASE).key, row.detail or ""


def _of_team(viewer: Viewer, at: datetime) -> QuerySet[Any, Any] | None:
    if viewer.team_id is None:
        return None
    rows = MashSummary.objects.filter(team_id=viewer.team_id).waiting().visible_to(viewer)
    return _summary_lines("decisions.of_team", rows)


def _to_prepare(viewer: Viewer, at: datetime) -> QuerySet[Any, Any] | None:
    if not viewer.has(Role.SOCIAL_WORKER):
        return None
    mine = Enquiry.objects.filter(social_worker_id=viewer.membership_id, state=EnquiryState.DECIDED)
    return lines(
        "decisions.to_prepare",
        mine.visible_to(viewer),
        "decided_at",
        "id",
        colour=F("colour"),
        due_at=first_due_at("pk", Measure.RELEASE_AGAIN),
        arrived_at=F("arrived_at"),
        who=F("social_worker__user__name"),
        enquiry_id=F("pk"),
    )


def _ended_lines(source: str, rows: QuerySet[Contact], **given: Any) -> QuerySet[Any, Any]:
    return lines(source, rows, "ended_at", "id", arrived_at=F("ended_at"), contact_id=F("pk"), **given)


def _to_tell(viewer: Viewer, at: datetime) -> QuerySet[Any, Any] | None:
    """Return ended contacts whose referrer was told nothing: every ending starts the clock, which finds them."""
    if not viewer.has(Role.FRONT_DOOR):
        return None
    told = Feedback.objects.filter(contact_id=OuterRef("pk"))
    rows = Contact.objects.visible_to(viewer).ended()
    rows = rows.filter(~Exists(told), pk__in=clocks.awaiting("contact", *FEEDBACK))
    return _ended_lines("decisions.to_tell", rows, due_at=first_due_at("pk", *FEEDBACK))


def _to_write(viewer: Viewer, at: datetime) -> QuerySet[Any, Any] | None:
    """Return contacts that ended with a decision of the hub's and of which a parent is owed a letter."""
    if not viewer.has(Role.FRONT_DOOR):
        return None
    owed = RawSQL("SELECT unnest(fw.letters_owed(%s))", [work.MOST])  # no value of a person's
    settled = FamilyLetter.objects.filter(contact_id=OuterRef("contact_id"), subject_id=OuterRef("subject_id"))
    parents = Relation.objects.filter(contact_id=OuterRef("pk"), kind__in=KIN, subject__kind=PersonKind.ADULT)
    unwritten = parents.filter(~Exists(settled.filter(state__in=SETTLED))).order_by().values("contact_id")
    count = Subquery(unwritten.annotate(count=Count("subject_id", distinct=True)).values("count"))
    rows = Contact.objects.visible_to(viewer).filter(state=ContactState.ENDED, pk__in=owed)
    return _ended_lines("decisions.to_write", rows, detail=Cast(count, TextField()))


def _place_letter(viewer: Viewer, row: Row) -> Iterator[Place]:
    if row.detail:
        yield TO_WRITE.key, f"{row.detail} {'letter' if row.detail == '1' else 'letters'} still to settle"


def _complaints(viewer: Viewer, at: datetime) -> QuerySet[Any, Any] | None:
    """Return what nobody has answered; the page is the contact's."""
    if not viewer.has(*COMPLAINTS.roles):
        return None
    rows = Complaint.objects.visible_to(viewer).filter(state=ComplaintState.OPEN)
    contact = Contact.objects.filter(pk=OuterRef("contact_id")).values("reference")
    return lines(
        "decisions.complaints",
        rows,
        "received_at",
        "id",
        reference=Subquery(contact),
        arrived_at=F("received_at"),
        contact_id=F("contact_id"),
    )


def _to_pass_on(viewer: Viewer, at: datetime) -> QuerySet[Any, Any] | None:
    if not viewer.has(*TO_PASS_ON.roles):
        return None
    found = untold(viewer)
    if has_kept_untold(viewer):
        found = found.filter(pk__in=RawSQL("SELECT unnest(fw.corrections_untold())", []))  # no value at all
    return _correction_lines("decisions.to_pass_on", found, "made_at")


def _correction_lines(
    source: str, rows: QuerySet[Correction] | QuerySet[CorrectionNotice], moment: str
) -> QuerySet[Any, Any]:
    contact = Contact.objects.filter(pk=OuterRef("contact_id")).values("reference")
    return lines(
        source,
        rows,
        moment,
        "id",
        key=F("contact_id"),
        reference=Subquery(contact),
        state=Value(""),
        arrived_at=F(moment),
        contact_id=F("contact_id"),
    )


def _to_say(viewer: Viewer, at: datetime) -> QuerySet[Any, Any] | None:
    if not viewer.has(Role.FRONT_DOOR):
        return None
    rows = CorrectionNotice.objects.visible_to(viewer).filter(OUTSIDE_THE_HUB, told_at__isnull=True)
    return _correction_lines("decisions.to_say", rows, "written_at")


def _to_read(viewer: Viewer, at: datetime) -> QuerySet[Any, Any] | None:
    """Return corrections that are addressed to the viewer's agency or team and were not read there."""
    ours = Q()
    if viewer.group_id is not None:
        ours |= Q(agency_id=viewer.agency_id)
    if viewer.team_id is not None:
        ours |= Q(team_id=viewer.team_id)
    if not ours:
        return None
    rows = CorrectionNotice.objects.visible_to(viewer).filter(ours, told_at__isnull=True).exclude(OUTSIDE_THE_HUB)
    return lines("decisions.to_read", rows, "written_at", "id", state=Value(""), arrived_at=F("written_at"))


SOURCES = (
    Source("decisions.summaries", _summaries, _place_summary),
    Source("decisions.of_team", _of_team, lambda _viewer, _row: [(TO_ACCEPT.key, "")]),
    Source("decisions.to_prepare", _to_prepare, lambda _viewer, _row: [(TO_PREPARE.key, "")]),
    Source("decisions.to_tell", _to_tell, lambda _viewer, _row: [(TO_TELL.key, "")]),
    Source("decisions.to_write", _to_write, _place_letter),
    Source("decisions.complaints", _complaints, lambda _viewer, _row: [(COMPLAINTS.key, "")]),
    Source("decisions.to_pass_on", _to_pass_on, lambda _viewer, _row: [(TO_PASS_ON.key, "")]),
    Source("decisions.to_say", _to_say, lambda _viewer, _row: [(TO_SAY.key, "")]),
    Source("decisions.to_read", _to_read, lambda _viewer, _row: [(TO_READ.key, "")]),
)


def children_of_summaries(viewer: Viewer, summaries: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Return the children of each released summary in the words that were frozen; one query, none without a summary."""
    named: dict[uuid.UUID, list[str]] = defaultdict(list)
    if summaries:
        rows = SummaryChild.objects.visible_to(viewer).filter(summary_id__in=summaries).order_by("name", "id")
        for summary, name, born in rows.values_list("summary_id", "name", "born"):
            named[summary].append(f"{name}, {born}")
    return named
