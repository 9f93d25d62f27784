"""A MASH enquiry begins, is joined by further contacts, rated, hurried and assigned."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

import clock.actions as clock
import contacts.actions
from agencies.access import roles, transitions
from agencies.access.closed import excluded_memberships
from agencies.access.keys import make_key
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership
from agencies.queries import social_workers
from audit.actions import record
from clock.choices import Colour, Measure
from common.errors import RuleBroken
from contacts.choices import ContactState
from contacts.models import Contact
from contacts.rules.dates import too_far_ahead
from notices.actions import notify, notify_holders
from screening import mail
from screening.actions.clocks import first_due_of, start_decision_clock, start_rating_clock, start_release_again
from screening.actions.stages import mark_returned
from screening.actions.telling import tell_worker
from screening.choices import EnquiryState, ScreeningState
from screening.models import Enquiry, OwnDeadline, Rating, Screening
from screening.rules import LEAST_REASON, is_past, is_too_short
from screening.transitions import ENQUIRY

UNRATED = (EnquiryState.TO_RATE,)


@transaction.atomic
def open_enquiry(contact: Contact, *, viewer: Viewer, at: datetime) -> Enquiry:
    """Begin a MASH enquiry with the contact as its first one.

    Args:
        contact: received or with the panel; its arrival is the enquiry's.

    Raises:
        NotPermitted: the viewer neither screens nor manages.
        MoveNotAllowed: the contact has gone another way already.
    """
    roles.require(viewer, Role.SCREENER, Role.MANAGER)
    enquiry = Enquiry(
        arrived_at=contact.arrived_at,
        opened_at=at,
        opened_by_id=viewer.member,
        due_at=first_due_of(contact, at=at),
    )
    enquiry.save(force_insert=True)
    make_key(enquiry.pk)
    record(
        "enquiry.opened",
        actor=viewer,
        at=at,
        record_type=Enquiry._meta.label_lower,
        record_id=enquiry.pk,
        reference=enquiry.reference,
        enquiry_id=enquiry.pk,
        details={"contact": contact.reference},
    )
    contacts.actions.enter_enquiry(contact, enquiry_id=enquiry.pk, viewer=viewer, at=at)
    start_rating_clock(enquiry, at=at)
    notify_holders(mail.to_rate(enquiry), Role.MANAGER, at=at)
    return enquiry


@transaction.atomic
def join_enquiry(enquiry: Enquiry, contact: Contact, *, viewer: Viewer, at: datetime) -> Enquiry:
    """Take a further contact into a running enquiry: its children become part of it, its clock stays.

    Where its summaries are out already, nobody has decided on what came in: it is the manager's again, with a clock.

    Raises:
        NotPermitted: the viewer's role does not take contacts in.
        MoveNotAllowed: the enquiry is closed, or the contact has gone another way already.
        RuleBroken: the panel is sitting on the contact, so the front door does not take it away.
    """
    joined = transitions.apply(
        enquiry,
        "enquiry.contact_joined",
        table=ENQUIRY,
        viewer=viewer,
        at=at,
        enquiry_id=enquiry.pk,
        details={"contact": contact.reference},
    )
    if _panel_sits_on(contact):
        raise RuleBroken("The panel is sitting on this contact: its decision says where it goes.", field="contact")
    contacts.actions.enter_enquiry(contact, enquiry_id=enquiry.pk, viewer=viewer, at=at)
    clock.set_safe_until("enquiry", joined.pk, contacts.actions.earliest_safe_until(joined.pk), at=at)
    if joined.state == EnquiryState.RELEASED:
        joined = mark_returned(joined, viewer=viewer, at=at)
        start_release_again(joined, at=at)
        notify_holders(mail.contact_joined(joined), Role.MANAGER, at=at)
    tell_worker(mail.contact_joined(joined), joined.pk, at=at)
    return joined


def _panel_sits_on(contact: Contact) -> bool:
    if contact.state != ContactState.WITH_PANEL:
        return False
    return Screening.objects.filter(contact=contact).exclude(state=ScreeningState.DECIDED).exists()


@transaction.atomic
def rate_enquiry(
    enquiry: Enquiry, colour: str, *, reason: str = "", viewer: Viewer, at: datetime, version: int | None = None
) -> Enquiry:
    """Give an enquiry its first colour: from now on information is gathered and the decision's clock counts.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is rated already.
        StaleRecord: somebody changed it since the manager opened it.
    """
    rated = transitions.apply(
        enquiry,
        "enquiry.rated",
        table=ENQUIRY,
        viewer=viewer,
        at=at,
        version=version,
        enquiry_id=enquiry.pk,
        details={"colour": colour},
        colour=colour,
        first_rated_at=at,
    )
    _keep_rating(rated, reason, viewer=viewer, at=at)
    clock.meet_deadline("enquiry", rated.pk, Measure.RATING, at=at)
    start_decision_clock(rated, colour, safe_until=contacts.actions.earliest_safe_until(rated.pk), at=at)
    tell_worker(mail.rated(rated), rated.pk, at=at, managers_otherwise=False)
    return rated


@transaction.atomic
def rerate_enquiry(
    enquiry: Enquiry, colour: str, *, reason: str, viewer: Viewer, at: datetime, version: int | None = None
) -> Enquiry:
    """Give an enquiry another colour, with the reason; every clock that depends on it is restated.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is not rated yet, or decided already.
        StaleRecord: somebody changed it since the manager opened it.
        RuleBroken: no reason, or the colour it has already.
    """
    before = transitions.lock(enquiry, viewer=viewer).colour
    rated = transitions.apply(
        enquiry,
        "enquiry.rerated",
        table=ENQUIRY,
        viewer=viewer,
        at=at,
        version=version,
        enquiry_id=enquiry.pk,
        details={"colour": colour, "before": before},
        colour=colour,
    )
    if before == colour:
        raise RuleBroken("It has this colour already. Choose another one, or leave it as it is.", field="colour")
    _ask_reason(reason, "Enter why the rating changes, in at least {least} characters.")
    _keep_rating(rated, reason, viewer=viewer, at=at)
    clock.rerate_deadlines(rated.pk, Colour(colour), at=at)
    tell_worker(mail.rated(rated), rated.pk, at=at, managers_otherwise=False)
    return rated


def _keep_rating(enquiry: Enquiry, reason: str, *, viewer: Viewer, at: datetime) -> None:
    row = Rating(enquiry=enquiry, colour=enquiry.colour, reason=reason.strip(), rated_at=at, rated_by_id=viewer.member)
    row.save(force_insert=True)


def _ask_reason(reason: str, sentence: str) -> None:
    if is_too_short(reason, LEAST_REASON):
        raise RuleBroken(sentence.format(least=LEAST_REASON), field="reason")


@transaction.atomic
def set_own_deadline(
    enquiry: Enquiry, own_due_at: datetime, *, reason: str, viewer: Viewer, at: datetime, version: int | None = None
) -> Enquiry:
    """Set the manager's own, earlier deadline for the decision on this enquiry.

    Args:
        own_due_at: aware; before the rating it is kept and counts once the enquiry is rated.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: the enquiry is decided.
        StaleRecord: somebody changed it since the manager opened it.
        RuleBroken: it lies in the past, is not earlier than the rating asks, or has no reason.
    """
    set_ = transitions.apply(
        enquiry,
        "enquiry.deadline_set",
        table=ENQUIRY,
        viewer=viewer,
        at=at,
        version=version,
        enquiry_id=enquiry.pk,
        own_due_at=own_due_at,
    )
    if wrong := too_far_ahead(own_due_at, at=at, what="This deadline"):
        raise RuleBroken(wrong, field="own_due_at")
    if is_past(own_due_at, at=at):
        raise RuleBroken("Enter a deadline that is later than now.", field="own_due_at")
    _ask_reason(reason, "Enter why this enquiry needs a deadline of its own, in at least {least} characters.")
    OwnDeadline(enquiry=set_, due_at=own_due_at, reason=reason.strip(), set_at=at, set_by_id=viewer.member).save(
        force_insert=True
    )
    if set_.state in UNRATED:
        set_.due_at = min(filter(None, (set_.due_at, own_due_at)))
        set_.save(update_fields=["due_at"])
    clock.set_own_deadline("enquiry", set_.pk, own_due_at, at=at)
    tell_worker(mail.deadline_set(set_), set_.pk, at=at, managers_otherwise=False)
    return set_


@transaction.atomic
def assign_social_worker(
    enquiry: Enquiry, membership_id: uuid.UUID, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Enquiry:
    """Give an enquiry to a social worker; drafts belong to the enquiry and pass on with it.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is released or closed.
        StaleRecord: somebody changed it since the manager opened it.
        RuleBroken: the membership is no social worker's in force, or has it already.
    """
    before = transitions.lock(enquiry, viewer=viewer).social_worker_id
    worker = _social_worker(membership_id, at=at)
    if worker.pk in excluded_memberships(enquiry.reference):
        raise RuleBroken(
            "A conflict of interest excludes them from this enquiry. Choose somebody else.", field="social_worker"
        )
    given = transitions.apply(
        enquiry,
        "enquiry.assigned",
        table=ENQUIRY,
        viewer=viewer,
        at=at,
        version=version,
        enquiry_id=enquiry.pk,
        details={"again": before is not None},
        social_worker=worker,
        assigned_at=at,
        taken_off_at=None,
    )
    if before == worker.pk:
        raise RuleBroken("It is assigned to this social worker already. Choose another one.", field="social_worker")
    clock.assign_deadlines(given.pk, worker.pk)
    clock.meet_deadline("enquiry", given.pk, Measure.REASSIGNMENT, at=at)
    notify(mail.assigned(given), memberships=[worker.pk], at=at)
    if before:
        notify(mail.passed_on(given), memberships=[before], at=at)
    return given


def _social_worker(membership_id: uuid.UUID, *, at: datetime) -> Membership:
    worker = next((one for one in social_workers(at=at) if one.pk == membership_id), None)
    if worker is None:
        raise RuleBroken("Choose one of the social workers who are at work now.", field="social_worker")
    return worker
