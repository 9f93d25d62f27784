"""What waits at this stage: to prepare, to confirm, to accept, to tell, to correct."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, UUIDField, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast, Coalesce

import clock.queries as clocks
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Colour, Measure
from clock.models import Deadline
from clock.queries import first_due_at
from common import work
from common.work import Lines, Place, Row, Source, Waits, into, lines
from contacts.choices import ContactState
from contacts.models import Contact
from contacts.reads.kin import parents
from contacts.visibility import worked_on
from decisions.choices import ComplaintState, OutgoingTextState, SummaryState
from decisions.models import (
    Complaint,
    CorrectionNotice,
    Feedback,
    MashSummary,
    OutgoingText,
    SummaryChange,
    SummaryChild,
)
from decisions.queries.sections import (
    CAME_BACK,
    COMPLAINTS,
    FEEDBACK,
    TO_ACCEPT,
    TO_ANSWER,
    TO_CHASE,
    TO_CHASE_CORRECTION,
    TO_CHASE_PLAN,
    TO_CHECK,
    TO_CONFIRM,
    TO_GO_OUT,
    TO_LOOK_AGAIN,
    TO_PASS_ON,
    TO_PREPARE,
    TO_READ,
    TO_RING,
    TO_RING_CORRECTION,
    TO_SAY,
    TO_SAY_PLAN,
    TO_TELEPHONE,
    TO_TELL,
    TO_WRITE,
    UNDELIVERED,
)
from decisions.queries.telling_work import TELLING_SOURCES, of_empty_front_door
from decisions.querysets import CHANGEABLE
from decisions.reads.coverage import for_a_team
from decisions.reads.letters import unwritten
from information_sharing.models import SafetyInstruction
from screening.choices import EnquiryState
from screening.models import Enquiry, Handover
from screening.queries import standing_in

SECTIONS = (
    TO_CONFIRM, TO_ANSWER, TO_CHASE, TO_RING, TO_ACCEPT, TO_PREPARE, TO_TELL, TO_WRITE, TO_CHECK, COMPLAINTS,
    TO_PASS_ON, TO_SAY, TO_READ, TO_LOOK_AGAIN, TO_TELEPHONE, TO_SAY_PLAN, TO_CHASE_PLAN,
    UNDELIVERED, CAME_BACK, TO_CHASE_CORRECTION, TO_RING_CORRECTION,
)  # fmt: skip


def _summary_lines(
    source: str, rows: QuerySet[MashSummary], due_at: Combinable, *, order: str = "prepared_at"
) -> Lines:
    enquiry = Enquiry.objects.filter(pk=OuterRef("enquiry_id"))
    return lines(
        source,
        rows,
        order,
        "id",
        colour=Subquery(enquiry.values("colour")),
        due_at=due_at,
        arrived_at=F(order),
        who=F("team__name"),
        enquiry_id=F("enquiry_id"),
    )


def _summaries(viewer: Viewer, at: datetime) -> Lines | None:
    """Return summaries to confirm and to answer for."""
    wanted = Q()
    if viewer.has(Role.MANAGER):
        wanted |= Q(state__in=(SummaryState.WITH_MANAGER, SummaryState.QUERIED))
    if viewer.has(Role.SOCIAL_WORKER):
        ours = worked_on(viewer, worker="social_worker_id", enquiry="enquiry_id")
        wanted |= Q(state=SummaryState.QUERIED) & ours
    if not wanted:
        return None
    due_at = Coalesce(first_due_at("pk", Measure.ACCEPTANCE), first_due_at("enquiry_id", *TO_GO_OUT))
    return _summary_lines("decisions.summaries", MashSummary.objects.visible_to(viewer).filter(wanted), due_at)


def _place_summary(viewer: Viewer, row: Row) -> Iterator[Place]:
    yield (TO_ANSWER if row.state == SummaryState.QUERIED else TO_CONFIRM).key, ""


LATE = {
    ("contact", Measure.FIRST_SIGHT): "contacts.to_see",
    ("contact", Measure.STATUTORY_STEP): "contacts.to_step",
    ("contact", Measure.ACKNOWLEDGEMENT): "contacts.to_chase",
    ("contact", Measure.FEEDBACK): TO_TELL.key,
    ("contact", Measure.FEEDBACK_SCHOOL): TO_TELL.key,
    ("letters", Measure.LETTER): TO_WRITE.key,
    ("handover", Measure.ACCEPTANCE): "screening.to_chase",
    ("release", Measure.ACCEPTANCE): TO_CHASE.key,
    ("release", Measure.PLAN): TO_CHASE_PLAN.key,
    ("correction_read", Measure.CORRECTION): TO_CHASE_CORRECTION.key,
    ("correction_said", Measure.CORRECTION): TO_SAY.key,
    ("instruction", Measure.WORDING): "sharing.to_press",
    ("instruction", Measure.SAFETY_INSTRUCTION): "sharing.to_press",
    **dict.fromkeys((("request", Measure.FIRST_WORD), ("request", Measure.FULL_ANSWER)), "sharing.to_chase"),
    ("request", Measure.CONFIRMATION): "sharing.unconfirmed",
}
"""Where somebody else's lateness stands on the list of whoever chases: the ladder tells them of it."""
CHASED_BY_WORKER = (Measure.FIRST_WORD, Measure.FULL_ANSWER, Measure.CONFIRMATION)
"""Agencies are chased by the social worker of the enquiry; by the manager where it has none, or where it is Red."""


def _late(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what others have not done in time: the clock that still runs says so."""
    agencies = Q(measure__in=CHASED_BY_WORKER)
    if viewer.has(Role.MANAGER):
        own = Q(membership_id__isnull=True) | Q(membership_id=viewer.membership_id) | Q(colour=Colour.RED)
        theirs = Q(measure__in={measure for _kind, measure in LATE}) & (~agencies | own)
    elif viewer.has(Role.SOCIAL_WORKER):
        theirs = agencies & Q(membership_id=viewer.membership_id)
    else:
        return None
    return lines(
        "decisions.late",
        Deadline.objects.visible_to(viewer).overdue(at).filter(theirs),
        "due_at",
        "id",
        key=F("subject_id"),
        reference=F("subject_reference"),
        state=F("measure"),
        colour=F("colour"),
        due_at=F("due_at"),
        arrived_at=F("started_at"),
        who=F("team__name"),
        contact_id=_contact_of_clock(),
        enquiry_id=Coalesce(
            F("enquiry_id"), Case(_of_clock("instruction", SafetyInstruction.objects.all(), "kept_with"))
        ),
        detail=F("subject_kind"),
    )


def _contact_of_clock() -> Combinable:
    """Return the contact about which a clock runs: its own, or that of the handover or the correction it runs for."""
    return Case(
        When(subject_kind__in=("contact", "letters"), then=F("subject_id")),
        _of_clock("handover", Handover.objects.all(), "contact_id"),
        _of_clock("correction_read", CorrectionNotice.objects.all(), "contact_id"),
        default=None,
        output_field=UUIDField(),
    )


def _of_clock(kind: str, records: QuerySet[Any], column: str) -> When:
    """Return what a column says of the record for which a clock of this kind runs; asked apart, it may be empty."""
    return When(subject_kind=kind, then=Subquery(records.filter(pk=OuterRef("subject_id")).values(column)[:1]))


def _place_late(viewer: Viewer, row: Row) -> Iterator[Place]:
    key = LATE.get((row.detail or "", Measure(row.state)))
    if key is not None:
        yield key, ""


def _of_team(viewer: Viewer, at: datetime) -> Lines | None:
    if viewer.team_id is None:
        return None
    rows = MashSummary.objects.filter(team_id=viewer.team_id).for_the_team().visible_to(viewer)
    return _summary_lines("decisions.of_team", rows, first_due_at("pk", Measure.ACCEPTANCE, Measure.PLAN))


def _place_of_team(viewer: Viewer, row: Row) -> Iterator[Place]:
    yield (TO_SAY_PLAN if row.state == SummaryState.SUPERSEDED else TO_ACCEPT).key, ""


def _changed(viewer: Viewer, at: datetime) -> Lines | None:
    """Return summaries that are out and say what is not so any more."""
    if not viewer.has(Role.MANAGER):
        return None
    open_ = SummaryChange.objects.visible_to(viewer).filter(settled_at__isnull=True)
    rows = MashSummary.objects.visible_to(viewer).filter(pk__in=open_.values("summary_id"), state__in=CHANGEABLE)
    return _summary_lines("decisions.changed", rows, first_due_at("pk", Measure.RELEASE_AGAIN), order="released_at")


def _to_telephone(viewer: Viewer, at: datetime) -> Lines | None:
    """Return replaced summaries of Red enquiries of which nobody has told the team by voice."""
    if not viewer.has(*TO_TELEPHONE.roles):
        return None
    red = Enquiry.objects.visible_to(viewer).filter(pk=OuterRef("enquiry_id"), colour=Colour.RED)
    rows = MashSummary.objects.visible_to(viewer).filter(superseded_at__isnull=False, telephoned_at__isnull=True)
    rows = rows.filter(Exists(red), state__in=(SummaryState.SUPERSEDED, SummaryState.SETTLED))
    if not viewer.has(Role.MANAGER):
        rows = rows.filter(worked_on(viewer, worker="social_worker_id", enquiry="enquiry_id"))
    return _summary_lines("decisions.to_telephone", rows, first_due_at("pk", Measure.PLAN), order="superseded_at")


def _with_empty_team(viewer: Viewer, at: datetime) -> Lines | None:
    """Return summaries that went to a team in which nobody is left to take them over: for the manager, who rings."""
    if not viewer.has(Role.MANAGER):
        return None
    of_nobody = RawSQL("SELECT unnest(fw.summaries_of_nobody())", [])  # no value at all
    rows = MashSummary.objects.visible_to(viewer).waiting().filter(pk__in=of_nobody)
    return _summary_lines("decisions.with_empty_team", rows, first_due_at("pk", Measure.ACCEPTANCE))


def _to_prepare(viewer: Viewer, at: datetime) -> Lines | None:
    """Return decided enquiries on which the viewer works, with a child for a team or with a draft."""
    if not viewer.has(Role.SOCIAL_WORKER):
        return None
    mine = Enquiry.objects.filter(
        worked_on(viewer, worker="social_worker_id", enquiry="pk"), state=EnquiryState.DECIDED
    )
    drafts = MashSummary.objects.filter(enquiry_id=OuterRef("pk"), state=SummaryState.DRAFT)
    mine = mine.filter(Exists(for_a_team()) | Exists(drafts))
    return lines(
        "decisions.to_prepare",
        mine.visible_to(viewer),
        "decided_at",
        "id",
        colour=F("colour"),
        due_at=first_due_at("pk", *TO_GO_OUT),
        arrived_at=F("arrived_at"),
        who=F("social_worker__user__name"),
        enquiry_id=F("pk"),
    )


def _ended_lines(source: str, rows: QuerySet[Contact], **given: Any) -> Lines:
    return lines(source, rows, "ended_at", "id", arrived_at=F("ended_at"), contact_id=F("pk"), **given)


def _to_tell(viewer: Viewer, at: datetime) -> Lines | None:
    """Return ended contacts whose referrer was told nothing since: every ending starts the clock, which finds them."""
    return _untold("decisions.to_tell", viewer, Q()) if viewer.has(Role.FRONT_DOOR) else None


def _untold(source: str, viewer: Viewer, which: Q) -> Lines:
    told = Feedback.objects.filter(contact_id=OuterRef("pk"), told_at__gte=OuterRef("ended_at"))
    rows = Contact.objects.visible_to(viewer).ended()
    rows = rows.filter(which, ~Exists(told), pk__in=clocks.awaiting("contact", *FEEDBACK))
    return _ended_lines(source, rows, due_at=first_due_at("pk", *FEEDBACK))


def _to_write(viewer: Viewer, at: datetime) -> Lines | None:
    """Return contacts that ended with a decision of the hub's and of which a parent is owed a letter."""
    return _unwritten("decisions.to_write", viewer, Q()) if viewer.has(Role.FRONT_DOOR) else None


def _unwritten(source: str, viewer: Viewer, which: Q) -> Lines:
    owed = RawSQL("SELECT unnest(fw.letters_owed(%s))", [work.MOST])  # no value of a person's
    left = unwritten(parents().filter(contact_id=OuterRef("pk"))).order_by().values("contact_id")
    count = Subquery(left.annotate(count=Count("subject_id", distinct=True)).values("count"))
    rows = Contact.objects.visible_to(viewer).filter(which, state=ContactState.ENDED, pk__in=owed)
    return _ended_lines(source, rows, due_at=first_due_at("pk", Measure.LETTER), detail=Cast(count, TextField()))


def _place_letter(viewer: Viewer, row: Row) -> Iterator[Place]:
    if row.detail:
        yield TO_WRITE.key, f"{row.detail} {'letter' if row.detail == '1' else 'letters'} still to settle"


def _complaints(viewer: Viewer, at: datetime) -> Lines | None:
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
        due_at=first_due_at("pk", Measure.COMPLAINT),
        arrived_at=F("received_at"),
        contact_id=F("contact_id"),
    )


def _to_check(viewer: Viewer, at: datetime) -> Lines | None:
    if not viewer.has(*TO_CHECK.roles):
        return None
    return lines(
        "decisions.to_check",
        OutgoingText.objects.visible_to(viewer).filter(state=OutgoingTextState.WAITING),
        "sent_at",
        "id",
        due_at=first_due_at("pk", Measure.CHECKING),
        arrived_at=F("sent_at"),
        contact_id=F("contact_id"),
    )


SOURCES = (
    Source("decisions.to_check", _to_check, into(TO_CHECK)),
    Source(
        "decisions.summaries",
        _summaries,
        _place_summary,
        (
            Waits.SUMMARIES,
            Waits.SUMMARIES_QUERIED,
        ),
    ),
    Source("decisions.of_team", _of_team, _place_of_team),
    Source("decisions.changed", _changed, into(TO_LOOK_AGAIN), (Waits.SUMMARIES_CHANGED,)),
    Source("decisions.to_telephone", _to_telephone, into(TO_TELEPHONE), (Waits.SUMMARIES_TO_TELEPHONE,)),
    Source("decisions.with_empty_team", _with_empty_team, into(TO_RING), (Waits.EMPTY_TEAMS,)),
    Source("decisions.to_prepare", _to_prepare, lambda viewer, row: [(TO_PREPARE.key, standing_in(viewer, row))]),
    Source("decisions.to_tell", _to_tell, into(TO_TELL)),
    Source("decisions.to_write", _to_write, _place_letter, (Waits.LETTERS,)),
    of_empty_front_door("decisions.to_tell", _untold, into(TO_TELL)),
    of_empty_front_door("decisions.to_write", _unwritten, _place_letter),
    Source("decisions.complaints", _complaints, into(COMPLAINTS)),
    *TELLING_SOURCES,
    Source("decisions.late", _late, _place_late),
)


def children_of_summaries(viewer: Viewer, summaries: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Return the children of each released summary in the words that were frozen; one query, none without a summary."""
    named: dict[uuid.UUID, list[str]] = defaultdict(list)
    if summaries:
        rows = SummaryChild.objects.visible_to(viewer).filter(summary_id__in=summaries).order_by("name", "id")
        for summary, name, born in rows.values_list("summary_id", "name", "born"):
            named[summary].append(f"{name}, {born}")
    return named
