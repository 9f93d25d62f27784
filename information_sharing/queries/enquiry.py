"""Reads of one enquiry for those who ask: who was asked, who answered, what is missing, who may be asked yet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

import contacts.queries as contacts
from agencies.access import transitions
from agencies.access.viewer import Viewer
from agencies.models import Agency, EmergencyUse
from agencies.queries import last_days, partner_agencies
from common.moments import london_day
from common.nothing_shown import absence
from contacts.choices import PersonKind
from contacts.models import Contact, Subject
from information_sharing import rules
from information_sharing.choices import AnswerKind, RequestState
from information_sharing.models import Answer, InformationRequest, RequestSubject, SharingAuthority
from information_sharing.queries.answers import words_of
from information_sharing.reads.silence import NOBODY_AT_WORK, nobody_answers_for
from information_sharing.rules import Consent
from information_sharing.transitions import REQUEST, UNANSWERED
from screening.models import Enquiry


@dataclass(frozen=True)
class AskedAgency:
    """One line of the agencies page: how a request stands at the time of reading.

    Attributes:
        answer_label: what the answer says to the viewer; "nothing held" and "only sealed items" read alike.
        standing: why the agency cannot take part now, and since when it is late for that alone; else empty.
        warning: that nobody there could answer now; else empty.
    """

    request: InformationRequest
    answer: Answer | None
    people: list[str]
    is_overdue: bool
    events: frozenset[str]
    answer_label: str = ""
    standing: str = ""
    warning: str = ""

    @property
    def is_unanswered(self) -> bool:
        """Say whether an answer is owed."""
        return self.request.state in UNANSWERED

    @property
    def waits_for_confirmation(self) -> bool:
        """Say whether it was taken down by telephone and its owner has not confirmed it."""
        return self.answer is not None and self.answer.is_spoken and self.answer.confirmed_at is None


@dataclass(frozen=True)
class Missing:
    """An agency whose information does not lie before whoever decides, and why."""

    agency: str
    request_reference: str
    words: str


@dataclass(frozen=True)
class Candidate:
    """An agency that may be asked, or the sentence why not.

    Attributes:
        is_unsigned: its signature is not in force and the emergency route is not open to it.
        warning: that nobody there could answer now; it may be asked all the same.
        let_in_until: the moment until which the emergency route is open to it.
    """

    agency: Agency
    refusal: str = ""
    is_unsigned: bool = False
    let_in_until: datetime | None = None
    warning: str = ""


def asked_agencies(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[AskedAgency]:
    """Return every request of an enquiry that the viewer may see, in four queries however many there are."""
    people: dict[uuid.UUID, list[str]] = {}
    asked = RequestSubject.objects.filter(request__enquiry_id=enquiry.pk, by_person=False).visible_to(viewer)
    asked = asked.select_related("subject")
    for row in asked.order_by("subject__position", "id"):
        people.setdefault(row.request_id, []).append(row.subject.name)
    return _standing(viewer, enquiry, people, at=at)


def _standing(
    viewer: Viewer, enquiry: Enquiry, people: dict[uuid.UUID, list[str]], *, at: datetime
) -> list[AskedAgency]:
    signed = Agency.objects.signed_on(london_day(at)).filter(pk=OuterRef("agency_id"))
    rows = InformationRequest.objects.filter(enquiry_id=enquiry.pk).visible_to(viewer).select_related("agency")
    rows = rows.annotate(takes_part=Exists(signed))
    requests = sorted(rows, key=lambda row: (row.state == RequestState.WITHDRAWN, row.agency.name, row.sent_at))
    ids = [request.pk for request in requests]
    answers = {row.request_id: row for row in Answer.objects.filter(request_id__in=ids).visible_to(viewer)}
    words = words_of(viewer, requests, answers.values())
    standings = _without_signature(enquiry, requests, at=at)
    empty = nobody_answers_for(enquiry.pk)
    return [
        AskedAgency(
            request=request,
            answer=answers.get(request.pk),
            people=people.get(request.pk, []),
            is_overdue=request.state in UNANSWERED and request.due_at < at,
            events=frozenset(move.event for move in transitions.moves(request, REQUEST, viewer)),
            answer_label=words.get(request.pk, ""),
            standing=standings.get(request.pk, ""),
            warning=NOBODY_AT_WORK if request.state in UNANSWERED and request.agency_id in empty else "",
        )
        for request in requests
    ]


def _without_signature(enquiry: Enquiry, requests: list[InformationRequest], *, at: datetime) -> dict[uuid.UUID, str]:
    """Return of each request under way whose agency cannot take part why, and what its lateness is owed to."""
    waiting = [request for request in requests if request.state in UNANSWERED]
    unsigned = [request for request in waiting if not request.takes_part]  # type: ignore[attr-defined]  # annotated
    if not unsigned:
        return {}
    let_in = _let_in(enquiry, at=at)
    ended = last_days([request.agency_id for request in unsigned], at=at)
    return {
        request.pk: rules.words_without_signature(
            ended_on=ended.get(request.agency_id), due_on=london_day(request.due_at), is_late=request.due_at < at
        )
        for request in unsigned
        if request.agency_id not in let_in
    }


def _let_in(enquiry: Enquiry, *, at: datetime) -> dict[uuid.UUID, datetime]:
    """Return until when the emergency route is open, to which agencies."""
    rows = EmergencyUse.objects.in_force(at).filter(enquiry_id=enquiry.pk)
    return dict(rows.order_by("ends_at").values_list("agency_id", "ends_at"))


def no_items(viewer: Viewer, enquiry: Enquiry, *, sees_all: bool) -> str:
    """Return why a page shows nothing that agencies gave: nobody asked, nobody answered, nothing held, or not shown."""
    if not sees_all:
        return absence(sees_all=False)
    rows = InformationRequest.objects.visible_to(viewer).filter(enquiry=enquiry)
    states = set(rows.exclude(state=RequestState.WITHDRAWN).values_list("state", flat=True))
    return absence(sees_all=True, was_asked=bool(states), waits=bool(states & set(UNANSWERED)))


def missing_answers(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[Missing]:
    """Return what is missing at the time of reading: no answer yet, cannot search yet, held and not shared."""
    found = [(one, _missing_words(one)) for one in _standing(viewer, enquiry, {}, at=at)]
    return [Missing(one.request.agency.name, one.request.reference, words) for one, words in found if words]


def _missing_words(agency: AskedAgency) -> str:
    if agency.warning:
        return "Nobody there can answer now"
    if agency.standing:
        return "Cannot take part: it has not signed the agreement"
    if agency.request.state == RequestState.CANNOT_SEARCH:
        return "Cannot search yet"
    if agency.is_unanswered:
        return "No answer, overdue" if agency.is_overdue else "No answer yet"
    if agency.answer and agency.answer.kind == AnswerKind.HELD_NOT_SHARED:
        return f"Held and not shared: {agency.answer.get_withheld_reason_display()}"
    return ""


def consent_of(viewer: Viewer, enquiry: Enquiry) -> Consent:
    """Return whether agencies may be asked, or what must come first."""
    agreements = Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk).values_list("agreement", flat=True)
    authorised = SharingAuthority.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk).exists()
    return rules.consent_for(agreements, is_authorised=authorised)


def authorities_of(viewer: Viewer, enquiry: Enquiry) -> list[SharingAuthority]:
    """Return the manager's reasons for asking without agreement, the latest first."""
    rows = SharingAuthority.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk)
    return list(rows.select_related("given_by__user"))


def waits_for(viewer: Viewer, enquiry: Enquiry, agency_id: uuid.UUID) -> bool:
    """Say whether an agency was asked on an enquiry and has not answered yet."""
    rows = InformationRequest.objects.visible_to(viewer).unanswered()
    return rows.filter(enquiry_id=enquiry.pk, agency_id=agency_id).exists()


def candidates(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[Candidate]:
    """Return every partner agency with whether it may be asked now."""
    waiting = {
        row.agency_id: row.reference
        for row in InformationRequest.objects.filter(enquiry_id=enquiry.pk).visible_to(viewer).unanswered()
    }
    let_in, empty = _let_in(enquiry, at=at), nobody_answers_for(enquiry.pk)
    return [
        Candidate(
            agency,
            _refusal(agency, waiting, may_take_part=signed or agency.pk in let_in),
            is_unsigned=not signed and agency.pk not in let_in,
            let_in_until=None if signed else let_in.get(agency.pk),
            warning=NOBODY_AT_WORK if agency.pk in empty else "",
        )
        for agency, signed in partner_agencies(at=at)
    ]


def _refusal(agency: Agency, waiting: dict[uuid.UUID, str], *, may_take_part: bool) -> str:
    if not may_take_part:
        return (
            "Cannot be asked: its signature on the information sharing agreement is not in force. Ask its lead to "
            "sign; the administrator enters it."
        )
    if agency.pk in waiting:
        return f"Asked already ({waiting[agency.pk]}), not answered yet."
    return ""


def people_of_enquiry(viewer: Viewer, enquiry: Enquiry) -> list[Subject]:
    """Return the children and adults of an enquiry's contacts, children first; whoever stands in two of them, once."""
    people = contacts.each_person_once(contacts.people_of_enquiry(viewer, enquiry.pk))
    return sorted(people, key=lambda one: one.kind != PersonKind.CHILD)


def crime_is_possible(viewer: Viewer, enquiry: Enquiry) -> bool:
    """Say whether one of the contacts may be about a crime."""
    rows = Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk, crime_possible=True)
    return bool(enquiry.crime_possible) or rows.exists()
