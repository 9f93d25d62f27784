"""Reads of one enquiry for those who ask: who was asked, who answered, what is missing, who may be asked yet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from agencies.access import transitions
from agencies.access.viewer import Viewer
from agencies.models import Agency
from agencies.queries import partner_agencies
from contacts.models import Contact, Subject
from information_sharing import rules
from information_sharing.choices import AnswerKind, RequestState
from information_sharing.models import Answer, InformationRequest, RequestSubject, SharingAuthority
from information_sharing.rules import Consent
from information_sharing.transitions import REQUEST, UNANSWERED
from screening.models import Enquiry


@dataclass(frozen=True)
class AskedAgency:
    """One line of the agencies page: how a request stands at the time of reading."""

    request: InformationRequest
    answer: Answer | None
    people: list[str]
    is_overdue: bool
    events: frozenset[str]

    @property
    def is_unanswered(self) -> bool:
        """Say whether an answer is owed."""
        return self.request.state in UNANSWERED

    @property
    def answer_label(self) -> str:
        """What the answer says; "nothing held" and "only sealed items" read alike."""
        return self.answer.get_kind_display() if self.answer else ""

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
    """An agency that may be asked, or the sentence why not."""

    agency: Agency
    refusal: str = ""


def asked_agencies(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[AskedAgency]:
    """Return every request of an enquiry that the viewer may see, in three queries however many there are."""
    people: dict[uuid.UUID, list[str]] = {}
    asked = RequestSubject.objects.filter(request__enquiry_id=enquiry.pk).visible_to(viewer).select_related("subject")
    for row in asked.order_by("subject__position", "id"):
        people.setdefault(row.request_id, []).append(row.subject.name)
    return _standing(viewer, enquiry, people, at=at)


def _standing(
    viewer: Viewer, enquiry: Enquiry, people: dict[uuid.UUID, list[str]], *, at: datetime
) -> list[AskedAgency]:
    rows = InformationRequest.objects.filter(enquiry_id=enquiry.pk).visible_to(viewer).select_related("agency")
    requests = sorted(rows, key=lambda row: (row.state == RequestState.WITHDRAWN, row.agency.name, row.sent_at))
    ids = [request.pk for request in requests]
    answers = {row.request_id: row for row in Answer.objects.filter(request_id__in=ids).visible_to(viewer)}
    return [
        AskedAgency(
            request=request,
            answer=answers.get(request.pk),
            people=people.get(request.pk, []),
            is_overdue=request.state in UNANSWERED and request.due_at < at,
            events=frozenset(move.event for move in transitions.moves(request, REQUEST, viewer)),
        )
        for request in requests
    ]


def missing_answers(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[Missing]:
    """Return what is missing at the time of reading: no answer yet, cannot search yet, held and not shared."""
    found = [(one, _missing_words(one)) for one in _standing(viewer, enquiry, {}, at=at)]
    return [Missing(one.request.agency.name, one.request.reference, words) for one, words in found if words]


def _missing_words(one: AskedAgency) -> str:
    if one.request.state == RequestState.CANNOT_SEARCH:
        return "Cannot search yet"
    if one.is_unanswered:
        return "No answer, overdue" if one.is_overdue else "No answer yet"
    if one.answer and one.answer.kind == AnswerKind.HELD_NOT_SHARED:
        return f"Held and not shared: {one.answer.get_withheld_reason_display()}"
    return ""


def consent_of(viewer: Viewer, enquiry: Enquiry) -> Consent:
    """Return whether agencies may be asked, or what must come first."""
    contacts = Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk)
    authorised = SharingAuthority.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk).exists()
    return rules.consent_for(contacts.values_list("agreement", flat=True), is_authorised=authorised)


def authorities_of(viewer: Viewer, enquiry: Enquiry) -> list[SharingAuthority]:
    """Return the manager's reasons for asking without agreement, the latest first."""
    rows = SharingAuthority.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk)
    return list(rows.select_related("given_by__user"))


def candidates(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[Candidate]:
    """Return every partner agency with whether it may be asked now."""
    waiting = {
        row.agency_id: row.reference
        for row in InformationRequest.objects.filter(enquiry_id=enquiry.pk).visible_to(viewer).unanswered()
    }
    return [Candidate(agency, _refusal(agency, signed, waiting)) for agency, signed in partner_agencies(at=at)]


def _refusal(agency: Agency, signed: bool, waiting: dict[uuid.UUID, str]) -> str:
    if not signed:
        return "Cannot be asked: its signature on the information sharing agreement is not in force."
    if agency.pk in waiting:
        return f"Asked already ({waiting[agency.pk]}), not answered yet."
    return ""


def people_of_enquiry(viewer: Viewer, enquiry: Enquiry) -> list[Subject]:
    """Return the children and adults of an enquiry's contacts, children first."""
    rows = Subject.objects.filter(contact__enquiry_id=enquiry.pk).visible_to(viewer).select_related("contact")
    return sorted(rows, key=lambda one: (one.kind != "child", one.contact.arrived_at, one.position, str(one.pk)))


def concerns_of(viewer: Viewer, enquiry: Enquiry) -> str:
    """Return the concerns for sharing of an enquiry's contacts, in the order of their arrival."""
    rows = Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk).order_by("arrived_at", "id")
    return "\n\n".join(concern for concern in rows.values_list("concern", flat=True) if concern.strip())


def crime_is_possible(viewer: Viewer, enquiry: Enquiry) -> bool:
    """Say whether one of the contacts may be about a crime."""
    rows = Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk, crime_possible=True)
    return enquiry.crime_possible or rows.exists()
