"""Agencies are asked, and requests withdrawn."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

import audit.actions as audit
import clock.actions as clock
from agencies.access import roles, transitions
from agencies.access.closed import is_recipient_excluded
from agencies.access.roles import ASSIGNED
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Agency, EmergencyUse
from agencies.queries import is_signed
from clock.choices import Measure, Start
from clock.rules.subject import Owing
from clock.rules.subject import Subject as About
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken
from common.moments import london_day
from contacts.choices import FamilyAgreement
from contacts.models import Contact, Subject
from contacts.reads.unseen import unseen_referrers
from contacts.rules.outgoing import Checked, check_outgoing
from contacts.rules.protected import PROTECTED, place_in_words
from information_sharing import mail, rules
from information_sharing.choices import LawfulBasis, ReferrerNamed
from information_sharing.models import InformationRequest, RequestSubject, SharingAuthority
from information_sharing.reads.leaks import items_of_others
from information_sharing.reads.silence import nobody_answers_for
from information_sharing.reads.unseen import unseen_items
from information_sharing.reads.wording import Picture, Sheltered, picture_of
from information_sharing.rules import Consent
from information_sharing.transitions import REQUEST, UNANSWERED
from notices.actions import notify_holders
from screening.actions import tell_worker
from screening.choices import EnquiryState
from screening.models import Enquiry

ASKING = (EnquiryState.GATHERING, EnquiryState.DECIDING)
"""States of an enquiry in which agencies are asked."""


@dataclass(frozen=True)
class Ask:
    """What one agency is asked, about whom, and what it is told.

    Attributes:
        concern: what this agency is told of the concern; empty tells it nothing but the question.
        referrer: what it is told of who was worried, as far as they may be named at all.
        with_school: tell it the schools, likewise `with_practice` the practices, unless these are protected.
        with_address: give it the address to search for, unless that is protected.
        with_protected: give it the protected address, as a field of its own that it opens; for police, health and
            housing alone.
    """

    agency_id: uuid.UUID
    subject_ids: Sequence[uuid.UUID]
    asks: str
    purpose: str
    lawful_basis: str
    concern: str = ""
    referrer: str = ReferrerNamed.ORGANISATION
    with_school: bool = False
    with_practice: bool = False
    with_address: bool = False
    with_protected: bool = False


@dataclass(frozen=True)
class Worded:
    """A request as its agency will read it: nothing of it is stored yet."""

    request: InformationRequest
    about: list[RequestSubject]


@transaction.atomic
def request_information(
    enquiry: Enquiry, asks: Sequence[Ask], *, viewer: Viewer, at: datetime
) -> list[InformationRequest]:
    """Ask one agency or several, each in its own wording; all are sent or none.

    The database makes each agency's grant on the enquiry with its request; the clock says by when.

    Raises:
        NotPermitted: the viewer is neither the assigned social worker nor the manager.
        MoveNotAllowed: the enquiry is not at the stage of gathering.
        NotVisible: an agency or a person is not of this hub or this enquiry.
        RuleBroken: agreement, signature, basis or wording stand in the way; the sentence says what to do.

    Source: Northamptonshire: the family's agreement first, or the manager's reason.
    """
    locked = _open_for_asking(enquiry, viewer)
    worded = _worded(locked, asks, viewer=viewer, at=at)
    return [_send(locked, one, viewer=viewer, at=at) for one in worded]


@transaction.atomic
def word_requests(enquiry: Enquiry, asks: Sequence[Ask], *, viewer: Viewer, at: datetime) -> list[Worded]:
    """Return each request exactly as its agency will read it, for whoever is about to send them; nothing is stored.

    Raises:
        NotPermitted, MoveNotAllowed, NotVisible, RuleBroken: as `request_information`.
    """
    return _worded(_open_for_asking(enquiry, viewer), asks, viewer=viewer, at=at)


def _worded(enquiry: Enquiry, asks: Sequence[Ask], *, viewer: Viewer, at: datetime) -> list[Worded]:
    if not asks:
        raise RuleBroken("Choose at least one agency to ask.", field="agencies")
    _require_consent(enquiry, {ask.lawful_basis for ask in asks})
    picture = picture_of(enquiry.pk, viewer)
    return [_word(enquiry, ask, picture, viewer=viewer, at=at) for ask in asks]


def _open_for_asking(enquiry: Enquiry, viewer: Viewer) -> Enquiry:
    if not transitions.roles_on(enquiry, viewer) & {ASSIGNED, Role.MANAGER}:
        raise NotPermitted("Agencies are asked by the assigned social worker or the MASH manager.")
    locked = transitions.lock(enquiry, viewer=viewer)
    if locked.state == EnquiryState.TO_RATE:
        raise MoveNotAllowed(f"{locked} is not rated yet: the rating says by when agencies must answer. Rate it first.")
    if locked.state not in ASKING:
        raise MoveNotAllowed(
            f"Nobody can be asked now: {locked} has the status “{locked.get_state_display()}”. Nothing was sent.",
            change=transitions.last_change(locked),
        )
    return locked


def _require_consent(enquiry: Enquiry, bases: set[str]) -> None:
    agreements = list(Contact.objects.filter(enquiry_id=enquiry.pk).values_list("agreement", flat=True))
    authorised = SharingAuthority.objects.filter(enquiry_id=enquiry.pk).exists()
    consent = rules.consent_for(agreements, is_authorised=authorised)
    if consent == Consent.NOT_RECORDED:
        raise RuleBroken(
            "Nobody has recorded whether the family agrees. Have it recorded on the contact first; where it cannot "
            "wait, the MASH manager may say why agencies are asked without it."
        )
    if consent == Consent.NEEDS_AUTHORITY:
        raise RuleBroken(
            "The family has not agreed to agencies being asked. Ask the MASH manager to record why they may be asked "
            "without it; then send."
        )
    if LawfulBasis.AGREED in bases and set(agreements) != {FamilyAgreement.GIVEN}:
        raise RuleBroken("The family has not given its agreement: choose another lawful basis.", field="lawful_basis")


def _refuse_places_in_words(subjects: Iterable[Subject], picture: Picture) -> None:
    """Refuse to ask about somebody whose words say a protected place: the agency reads them as they stand."""
    protected = [one for one in picture.guarded.forbidden if one.whose == PROTECTED]
    for one in subjects:
        if place_in_words(one, protected):
            raise RuleBroken(
                f"What the contact says of who {one.name} is, or of their other names, holds a protected place: "
                "have it taken out there first. The agency reads it."
            )


def _word(enquiry: Enquiry, ask: Ask, picture: Picture, *, viewer: Viewer, at: datetime) -> Worded:
    agency = _agency_to_ask(ask.agency_id, enquiry, at=at)
    if is_recipient_excluded(enquiry.reference, agency_id=agency.pk):
        raise RuleBroken(f"{agency.name} cannot be asked on this enquiry. Speak to the MASH manager.", field="agencies")
    subjects = _people_to_ask_about(ask, agency, picture)
    _refuse_repeated(enquiry, agency, subjects)
    contacts = list(picture.contacts.values())
    check_outgoing(
        {"asks": ask.asks, "purpose": ask.purpose, "concern": ask.concern},
        Checked(
            [*picture.guarded.forbidden, *items_of_others(viewer, enquiry.pk, agency.pk)],
            picture.guarded.permitted,
            [*unseen_referrers(viewer, contacts), *unseen_items(viewer, enquiry.pk, agency.pk)],
        ),
        contacts[0].pk,
    )
    _refuse_places_in_words(subjects, picture)
    held = _protected(ask, agency, subjects, picture)
    request = InformationRequest(
        enquiry=enquiry,
        agency=agency,
        social_worker_id=enquiry.social_worker_id,
        asks=ask.asks.strip(),
        purpose=ask.purpose.strip(),
        concern=ask.concern.strip(),
        lawful_basis=ask.lawful_basis,
        referrer_organisation=picture.referrer_for(subjects, ask.referrer),
        address=picture.address_for(subjects) if ask.with_address else "",
        protected_address=held.address,
        protected_from=held.protected_from,
        sent_at=at,
        sent_by_id=viewer.member,
        due_at=at,
    )
    return Worded(request, [_about(request, one, ask, picture) for one in subjects])


def _protected(ask: Ask, agency: Agency, subjects: Sequence[Subject], picture: Picture) -> Sheltered:
    if not ask.with_protected:
        return Sheltered()
    if not rules.may_have_protected(agency.kind):
        raise RuleBroken(
            f"{agency.name} gets no protected address: only police, health and housing do, where they need it to "
            "search.",
            field="with_protected",
        )
    return picture.protected_for(subjects)


def _about(request: InformationRequest, subject: Subject, ask: Ask, picture: Picture) -> RequestSubject:
    told = picture.places_for(subject)
    return RequestSubject(
        request=request,
        subject=subject,
        school=told.school if ask.with_school else "",
        practice=told.practice if ask.with_practice else "",
    )


def _send(enquiry: Enquiry, worded: Worded, *, viewer: Viewer, at: datetime) -> InformationRequest:
    request, agency = worded.request, worded.request.agency
    request.save(force_insert=True)
    for one in worded.about:
        one.save(force_insert=True)
    _start_clocks(request, enquiry, at=at)
    _record_sending(request, people=len(worded.about), viewer=viewer, at=at)
    notify_holders(mail.request_made(request.reference), Role.RESEARCHER, Role.LEAD, agency_id=agency.pk, at=at)
    if agency.pk in nobody_answers_for(enquiry.pk):
        notify_holders(mail.nobody_answers(request.reference, enquiry.colour, day=london_day(at)), Role.MANAGER, at=at)
    return request


def _record_sending(request: InformationRequest, *, people: int, viewer: Viewer, at: datetime) -> None:
    audit.record(
        "request.sent",
        actor=viewer,
        at=at,
        record_type="information_sharing.informationrequest",
        record_id=request.pk,
        reference=request.reference,
        enquiry_id=request.enquiry_id,
        details={"lawful_basis": request.lawful_basis, "people": people},
    )


def _agency_to_ask(agency_id: uuid.UUID, enquiry: Enquiry, *, at: datetime) -> Agency:
    agency: Agency | None = Agency.objects.filter(pk=agency_id, is_active=True).first()
    if agency is None:
        raise NotVisible
    opened = EmergencyUse.objects.in_force(at).filter(agency_id=agency.pk, enquiry_id=enquiry.pk)
    if not is_signed(agency.pk, at=at) and not opened.exists():
        raise RuleBroken(
            f"{agency.name} cannot be asked: its signature on the information sharing agreement is not in force. "
            "Ask its lead to sign, or take it off the list. Where a child cannot wait, the MASH manager may open the "
            "emergency route.",
            field="agencies",
        )
    return agency


def _people_to_ask_about(ask: Ask, agency: Agency, picture: Picture) -> list[Subject]:
    if not ask.asks.strip() or not ask.purpose.strip():
        raise RuleBroken(f"Write what {agency.name} is asked, and why.", field="asks")
    if ask.lawful_basis not in LawfulBasis.values:
        raise RuleBroken(f"Choose the lawful basis on which {agency.name} is asked.", field="lawful_basis")
    wanted = list(dict.fromkeys(ask.subject_ids))
    if not wanted:
        raise RuleBroken(f"Choose about whom {agency.name} is asked.", field="subjects")
    if not set(wanted) <= picture.people.keys():
        raise NotVisible
    return [picture.people[key] for key in wanted]


def _refuse_repeated(enquiry: Enquiry, agency: Agency, subjects: Sequence[Subject]) -> None:
    earlier = InformationRequest.objects.filter(enquiry=enquiry, agency=agency).exclude(state="withdrawn")
    waiting = earlier.filter(state__in=UNANSWERED).first()
    if waiting:
        raise RuleBroken(
            f"{agency.name} has been asked already and has not answered ({waiting.reference}). Ring it, or withdraw "
            "that request first.",
            field="agencies",
        )
    known = set(RequestSubject.objects.filter(request__in=earlier).values_list("subject_id", flat=True))
    if earlier and {subject.pk for subject in subjects} <= known:
        raise RuleBroken(
            f"{agency.name} has been asked about these people already and has answered. Ask it only about somebody "
            "new, or ring it.",
            field="agencies",
        )


def _start_clocks(request: InformationRequest, enquiry: Enquiry, *, at: datetime) -> None:
    about = About(
        "request",
        request.pk,
        request.reference,
        enquiry_id=enquiry.pk,
        enquiry_reference=enquiry.reference,
        case_id=enquiry.pk,
    )
    owing = Owing(agency_id=request.agency_id, membership_id=enquiry.social_worker_id)
    moments = {Start.SENDING: at, Start.ARRIVAL: at, Start.FIRST_RATING: at}
    clock.start_if_measured(about, Measure.FIRST_WORD, colour=enquiry.colour, moments=moments, owing=owing, at=at)
    full = clock.start_deadline(about, Measure.FULL_ANSWER, colour=enquiry.colour, moments=moments, owing=owing, at=at)
    request.due_at = full.due_at  # The database has copied it (fw.clock_gives_request).


@transaction.atomic
def withdraw_request(request: InformationRequest, *, viewer: Viewer, at: datetime, version: int | None) -> None:
    """Take a request back that nobody has answered: its clocks end, and so does the agency's sight of the enquiry.

    Raises:
        NotPermitted: the viewer is neither the assigned social worker nor the manager.
        MoveNotAllowed: it was answered or withdrawn before.
        StaleRecord: somebody changed it since.
    """
    transitions.apply(request, "request.withdrawn", table=REQUEST, viewer=viewer, at=at, version=version)
    clock.cancel_deadlines("request", request.pk, at=at)
    message = mail.request_withdrawn(request.reference)
    notify_holders(message, Role.RESEARCHER, Role.LEAD, agency_id=request.agency_id, at=at)


@transaction.atomic
def authorise_sharing(enquiry: Enquiry, reason: str, *, viewer: Viewer, at: datetime) -> SharingAuthority:
    """Record the manager's reason for asking agencies without the family's agreement.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: the enquiry is past the stage at which agencies are asked.
        RuleBroken: there is no reason.

    Source: Haringey, 2013: the reason comes first.
    """
    roles.require(viewer, Role.MANAGER)
    locked = transitions.lock(enquiry, viewer=viewer)
    if locked.state not in (*ASKING, EnquiryState.TO_RATE):
        raise MoveNotAllowed(
            f"Agencies are not asked any more: {locked} has the status “{locked.get_state_display()}”. "
            "Nothing was recorded.",
            change=transitions.last_change(locked),
        )
    if not reason.strip():
        raise RuleBroken("Write why agencies may be asked without the family's agreement.", field="reason")
    authority = SharingAuthority(enquiry=locked, reason=reason.strip(), given_at=at, given_by_id=viewer.member)
    authority.save(force_insert=True)
    audit.record(
        "sharing.authorised",
        actor=viewer,
        at=at,
        record_type="information_sharing.sharingauthority",
        record_id=authority.pk,
        reference=locked.reference,
        enquiry_id=locked.pk,
    )
    tell_worker(mail.authority_given(locked.reference), locked.pk, at=at, managers_otherwise=False)
    return authority
