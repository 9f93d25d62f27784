"""What waits at this stage: requests to answer, words to agree, authority to give, answers to read."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Measure
from clock.queries import first_due_at
from common.work import About, Lines, Place, Row, Section, Source, Waits, into, lines
from contacts.choices import FamilyAgreement, PersonKind
from contacts.models import Contact, Subject
from contacts.queries import child_in_words
from contacts.visibility import worked_on
from information_sharing.choices import InstructionState, RequestState
from information_sharing.models import Answer, InformationRequest, SafetyInstruction, SharingAuthority
from information_sharing.transitions import INSTRUCTION, REQUEST, UNANSWERED
from information_sharing.visibility import in_emergency, own_agency
from screening.choices import EnquiryState
from screening.models import Enquiry
from screening.queries import standing_in
from screening.transitions import ENQUIRY

ASKED = frozenset({Role.RESEARCHER, Role.LEAD})
WORKER, MANAGER = frozenset({Role.SOCIAL_WORKER}), frozenset({Role.MANAGER})
WORDS = (Measure.WORDING, Measure.SAFETY_INSTRUCTION)
UNAGREED = (FamilyAgreement.REFUSED, FamilyAgreement.NOT_SOUGHT)

TO_ANSWER = Section(
    key="sharing.to_answer",
    title="Answer",
    roles=ASKED,
    table=REQUEST,
    states=frozenset(UNANSWERED),
    moves=("request.heard", "request.answered", "request.cannot_search"),
    route="information_sharing:request",
    measures=(Measure.FULL_ANSWER,),
    about=About.REQUEST,
)
TO_CONFIRM = Section(
    key="sharing.to_confirm",
    title="Confirm the telephone answer",
    roles=ASKED,
    table=REQUEST,
    states=frozenset({RequestState.ANSWERED}),
    moves=("request.answer_confirmed",),
    route="information_sharing:request",
    measures=(Measure.CONFIRMATION,),
    about=About.REQUEST,
)
TO_AGREE = Section(
    key="sharing.to_agree",
    title="Agree the wording of a safety instruction",
    roles=ASKED,
    table=INSTRUCTION,
    states=frozenset({InstructionState.PROPOSED, InstructionState.REFUSED}),
    moves=("instruction.agreed", "instruction.refused", "instruction.refused_by_lead"),
    route="information_sharing:instruction",
    measures=WORDS,
    about=About.NOBODY,
)
TO_READ = Section(
    key="sharing.to_read",
    title="All answers are in: read them",
    roles=WORKER,
    table=ENQUIRY,
    states=frozenset({EnquiryState.GATHERING}),
    moves=("enquiry.recommended",),
    route="information_sharing:information",
    measures=(Measure.DECISION,),
    about=About.ENQUIRY,
)
TO_GATHER = Section(
    key="sharing.to_gather",
    title="Gather information, then recommend",
    roles=WORKER,
    table=ENQUIRY,
    states=frozenset({EnquiryState.GATHERING}),
    moves=("enquiry.recommended",),
    route="screening:enquiry",
    measures=(Measure.DECISION,),
    about=About.ENQUIRY,
)
TO_AUTHORISE = Section(
    key="sharing.to_authorise",
    title="Say why agencies may be asked without agreement",
    roles=MANAGER,
    table=ENQUIRY,
    states=frozenset({EnquiryState.GATHERING}),
    moves=(),
    begins="sharing.authorised",
    route="information_sharing:authorise",
    measures=(Measure.DECISION,),
    about=About.ENQUIRY,
)
TO_RECORD = Section(
    key="sharing.to_record",
    title="Record whether the family agrees: no agency may be asked before",
    roles=MANAGER,
    table=ENQUIRY,
    states=frozenset({EnquiryState.GATHERING}),
    moves=(),
    begins="agreement.recorded",
    route="screening:enquiry",
    measures=(Measure.DECISION,),
    about=About.ENQUIRY,
)
TO_RING = Section(
    key="sharing.to_ring",
    title="Ring the agency: nobody there can answer now",
    roles=WORKER | MANAGER,
    table=REQUEST,
    states=frozenset(UNANSWERED),
    moves=("request.answered_by_telephone", "request.withdrawn"),
    route="information_sharing:request",
    measures=(Measure.FULL_ANSWER,),
    about=About.REQUEST,
    chases="the agency",
)
TO_RING_OWNER = Section(
    key="sharing.to_ring_owner",
    title="Ring the agency: nobody there can agree the wording of a safety instruction",
    roles=MANAGER,
    table=INSTRUCTION,
    states=frozenset({InstructionState.PROPOSED, InstructionState.REFUSED}),
    moves=("instruction.decided_by_manager",),
    route="information_sharing:instruction",
    measures=(Measure.SAFETY_INSTRUCTION,),
    about=About.ENQUIRY,
    chases="the agency",
)
TO_CHASE = Section(
    key="sharing.to_chase",
    title="Ring the agency: its answer is overdue",
    roles=WORKER | MANAGER,
    table=REQUEST,
    states=frozenset(UNANSWERED),
    moves=("request.answered_by_telephone", "request.withdrawn"),
    route="information_sharing:request",
    measures=(Measure.FIRST_WORD, Measure.FULL_ANSWER),
    about=About.ENQUIRY,
    chases="the agency that was asked",
)
UNCONFIRMED = Section(
    key="sharing.unconfirmed",
    title="Ring the agency: it has not confirmed its telephone answer",
    roles=WORKER | MANAGER,
    table=REQUEST,
    states=frozenset({RequestState.ANSWERED}),
    moves=(),
    route="information_sharing:request",
    measures=(Measure.CONFIRMATION,),
    about=About.ENQUIRY,
    chases="the agency that was asked",
)
TO_PRESS = Section(
    key="sharing.to_press",
    title="Ring the agency's lead: the wording of a safety instruction is overdue",
    roles=MANAGER,
    table=INSTRUCTION,
    states=frozenset({InstructionState.PROPOSED, InstructionState.REFUSED}),
    moves=("instruction.decided_by_manager",),
    route="information_sharing:instruction",
    measures=WORDS,
    about=About.ENQUIRY,
    chases="the agency that owns the item",
)
SECTIONS = (
    TO_ANSWER, TO_CONFIRM, TO_AGREE, TO_AUTHORISE, TO_RECORD, TO_READ, TO_GATHER, TO_CHASE, UNCONFIRMED, TO_PRESS,
    TO_RING, TO_RING_OWNER,
)  # fmt: skip


def _requests(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what the viewer's agency owes an answer to, or may answer in an emergency though it has not signed."""
    if not viewer.has(*ASKED) and not viewer.case_access.emergency_route:
        return None
    ours = own_agency(viewer) if viewer.has(*ASKED) else in_emergency(viewer, path="pk")
    rows = InformationRequest.objects.filter(ours).visible_to(viewer).unanswered()
    return lines(
        "sharing.requests",
        rows,
        "due_at",
        "id",
        colour=F("enquiry__colour"),  # Whoever sees a request sees the header of its enquiry: the grant comes with it.
        due_at=F("due_at"),
        arrived_at=F("sent_at"),
        detail=F("enquiry__reference"),
    )


def _spoken(viewer: Viewer, at: datetime) -> Lines | None:
    if not viewer.has(*ASKED):
        return None
    mine = own_agency(viewer, path="request__agency_id")
    rows = Answer.objects.filter(mine, is_spoken=True, confirmed_at__isnull=True).visible_to(viewer)
    return lines(
        "sharing.spoken",
        rows,
        "searched_at",
        "id",
        key=F("request_id"),  # The answer and its request have one audience.
        reference=F("request__reference"),
        state=Value(RequestState.ANSWERED.value),
        colour=F("request__enquiry__colour"),
        due_at=first_due_at("request_id", Measure.CONFIRMATION),
        arrived_at=F("searched_at"),
        detail=F("request__enquiry__reference"),
    )


def _instructions(viewer: Viewer, at: datetime) -> Lines | None:
    if not viewer.has(*ASKED):
        return None
    states = [InstructionState.PROPOSED, *([InstructionState.REFUSED] if viewer.has(Role.LEAD) else [])]
    rows = SafetyInstruction.objects.filter(own_agency(viewer), state__in=states).visible_to(viewer)
    due_at = first_due_at("pk", *WORDS)
    return lines("sharing.instructions", rows, "proposed_at", "id", due_at=due_at, arrived_at=F("proposed_at"))


def _enquiry_lines(source: str, rows: QuerySet[Enquiry], **given: Any) -> Lines:
    return lines(
        source,
        rows,
        "due_at",
        "id",
        colour=F("colour"),
        due_at=F("due_at"),
        arrived_at=F("arrived_at"),
        who=F("social_worker__user__name"),
        enquiry_id=F("pk"),
        **given,
    )


def _gathering(viewer: Viewer, at: datetime) -> Lines | None:
    """Return enquiries that gather, on which the viewer works, and whether every agency that was asked has answered."""
    if not viewer.has(Role.SOCIAL_WORKER):
        return None
    mine = Enquiry.objects.filter(worked_on(viewer, worker="social_worker_id", enquiry="pk"))
    mine = mine.filter(state=EnquiryState.GATHERING)
    asked = InformationRequest.objects.filter(enquiry_id=OuterRef("pk")).exclude(state=RequestState.WITHDRAWN)
    all_of = Case(
        When(Exists(asked.filter(state__in=UNANSWERED)), then=Value("")),
        When(Exists(asked), then=Value("all")),
        default=Value(""),
    )
    return _enquiry_lines("sharing.gathering", mine.visible_to(viewer), detail=all_of)


def _place_gathering(viewer: Viewer, row: Row) -> Iterator[Place]:
    yield (TO_READ if row.detail else TO_GATHER).key, standing_in(viewer, row)


def _unauthorised(viewer: Viewer, at: datetime) -> Lines | None:
    """Return enquiries of families who have not agreed, before the manager has said why agencies may be asked."""
    if not viewer.has(Role.MANAGER):
        return None
    said = Contact.objects.filter(enquiry_id=OuterRef("pk"))
    asked = Exists(said.filter(agreement=FamilyAgreement.SOUGHT)) & ~Exists(
        said.filter(agreement=FamilyAgreement.GIVEN)
    )
    unagreed = Exists(said.filter(agreement__in=UNAGREED)) | asked  # As `rules.consent_for` has it.
    given = SharingAuthority.objects.filter(enquiry_id=OuterRef("pk"))
    rows = Enquiry.objects.filter(state=EnquiryState.GATHERING).visible_to(viewer)
    return _enquiry_lines("sharing.unauthorised", rows.filter(unagreed & ~Exists(given)))


def _unrecorded(viewer: Viewer, at: datetime) -> Lines | None:
    """Return enquiries of which no contact says anything about the family's agreement: nobody can be asked there."""
    if not viewer.has(Role.MANAGER):
        return None
    said = Contact.objects.filter(enquiry_id=OuterRef("pk")).exclude(agreement=FamilyAgreement.NOT_RECORDED)
    given = SharingAuthority.objects.filter(enquiry_id=OuterRef("pk"))
    rows = Enquiry.objects.filter(state=EnquiryState.GATHERING).visible_to(viewer)
    return _enquiry_lines("sharing.unrecorded", rows.filter(~Exists(said) & ~Exists(given)))


def _silent(viewer: Viewer, at: datetime) -> Lines | None:
    """Return requests under way that nobody of the agency can answer: for the manager and whoever works on them."""
    if not viewer.has(*TO_RING.roles):
        return None
    ours = Q() if viewer.has(Role.MANAGER) else worked_on(viewer, worker="social_worker_id", enquiry="enquiry_id")
    silent = RawSQL("SELECT unnest(fw.nobody_answers())", [])  # no value at all
    return lines(
        "sharing.silent",
        InformationRequest.objects.visible_to(viewer).unanswered().filter(ours, pk__in=silent),
        "due_at",
        "id",
        colour=F("enquiry__colour"),
        due_at=F("due_at"),
        arrived_at=F("sent_at"),
        who=F("agency__short_name"),
        detail=F("enquiry__reference"),
    )


def _unagreeable(viewer: Viewer, at: datetime) -> Lines | None:
    """Return safety instructions whose wording nobody of the agency can agree: for the manager, who rings."""
    if not viewer.has(Role.MANAGER):
        return None
    silent = RawSQL("SELECT unnest(fw.instructions_of_nobody())", [])  # no value at all
    rows = SafetyInstruction.objects.visible_to(viewer).filter(pk__in=silent)
    due_at = first_due_at("pk", Measure.SAFETY_INSTRUCTION)
    return lines(
        "sharing.unagreeable",
        rows,
        "proposed_at",
        "id",
        due_at=due_at,
        arrived_at=F("proposed_at"),
        enquiry_id=F("kept_with"),
    )


SOURCES = (
    Source("sharing.requests", _requests, lambda _viewer, row: [(TO_ANSWER.key, row.detail or "")]),
    Source(
        "sharing.spoken",
        _spoken,
        lambda _viewer, row: [(TO_CONFIRM.key, row.detail or "")],
        (Waits.SPOKEN_ANSWERS,),
    ),
    Source(
        "sharing.instructions",
        _instructions,
        into(TO_AGREE),
        (Waits.INSTRUCTIONS,),
    ),
    Source("sharing.gathering", _gathering, _place_gathering),
    Source("sharing.unauthorised", _unauthorised, into(TO_AUTHORISE)),
    Source("sharing.unrecorded", _unrecorded, into(TO_RECORD)),
    Source("sharing.unagreeable", _unagreeable, into(TO_RING_OWNER), (Waits.INSTRUCTIONS_OF_NOBODY,)),
    Source(
        "sharing.silent",
        _silent,
        lambda _viewer, row: [(TO_RING.key, row.detail or "")],
        (Waits.SILENT_REQUESTS,),
    ),
)


def children_of_requests(
    viewer: Viewer, requests: Collection[uuid.UUID], *, at: datetime
) -> dict[uuid.UUID, list[str]]:
    """Return the children about whom each request asks, and no sibling; one query, none where there is no request.

    An agency whose request was withdrawn goes on seeing it, and no more whom it was about.
    """
    named: dict[uuid.UUID, list[str]] = defaultdict(list)
    if requests:
        rows = Subject.objects.visible_to(viewer).filter(kind=PersonKind.CHILD)
        rows = rows.filter(requests__request_id__in=requests, requests__by_person=False)
        for child in rows.annotate(asked_in=F("requests__request_id")).order_by("position", "id"):
            named[child.asked_in].append(child_in_words(child, at=at))
    return named
