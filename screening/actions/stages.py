"""The enquiry's later stages: thin moves that the later apps call inside their own transactions."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

import clock.actions as clock
import contacts.actions
from agencies.access import transitions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, Viewer
from clock.choices import Measure
from common.errors import RuleBroken
from contacts.actions.moving import Endings
from contacts.choices import ContactState, PersonKind
from contacts.models import Contact, Subject
from screening import mail
from screening.actions.clocks import clock_feedback, start_release_again, start_release_clock
from screening.actions.telling import tell_worker
from screening.choices import EnquiryState
from screening.models import Enquiry, Reopening
from screening.rules import LEAST_REASON, is_too_short
from screening.transitions import ENQUIRY


def recommend(enquiry: Enquiry, *, viewer: Viewer, at: datetime, version: int | None = None) -> Enquiry:
    """Put an enquiry before the manager, with the social worker's recommendation.

    Raises:
        NotPermitted: the viewer is not its social worker.
        MoveNotAllowed: information is not being gathered now.
        StaleRecord: somebody changed it since the viewer opened it.
    """
    return _move(enquiry, "enquiry.recommended", viewer=viewer, at=at, version=version)


def send_back(enquiry: Enquiry, *, viewer: Viewer, at: datetime, version: int | None = None) -> Enquiry:
    """Give an enquiry back to its social worker for more.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is not with the manager.
        StaleRecord: somebody changed it since the viewer opened it.
    """
    return _move(enquiry, "enquiry.sent_back", viewer=viewer, at=at, version=version)


@transaction.atomic
def mark_decided(enquiry: Enquiry, *, viewer: Viewer, at: datetime, version: int | None = None) -> Enquiry:
    """Note that it is decided, or decided anew by a new version; the decision's clock stops at the first one.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is not rated yet, or closed.
        StaleRecord: somebody changed it since the viewer opened it.
    """
    again = enquiry.state in {EnquiryState.DECIDED, EnquiryState.RELEASED}
    event = "enquiry.decided_again" if again else "enquiry.decided"
    decided = _move(enquiry, event, viewer=viewer, at=at, version=version, decided_at=at, due_at=None)
    clock.meet_deadline("enquiry", enquiry.pk, Measure.DECISION, at=at)
    start_release_clock(decided, at=at)
    return decided


@transaction.atomic
def mark_released(enquiry: Enquiry, *, viewer: Viewer, at: datetime, version: int | None = None) -> Enquiry:
    """Note that a MASH summary has gone out; the hub stays responsible until it is accepted.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is not decided, or released already.
        StaleRecord: somebody changed it since the viewer opened it.
    """
    released = _move(enquiry, "enquiry.released", viewer=viewer, at=at, version=version)
    clock.meet_deadline("enquiry", enquiry.pk, Measure.RELEASE, Measure.RELEASE_AGAIN, at=at)
    return released


@transaction.atomic
def mark_accepted(enquiry: Enquiry, *, endings: Endings, viewer: Viewer, at: datetime) -> Enquiry:
    """Close an enquiry because the receiving team took over. The clock's viewer ends its contacts: the team sees none.

    Args:
        endings: of every child of the enquiry.

    Raises:
        NotPermitted: the viewer is no receiving worker.
        NotVisible: nothing of it was released to the viewer's team.
        MoveNotAllowed: it is not released.
    """
    closed = _move(enquiry, "enquiry.accepted", viewer=viewer, at=at, closed_at=at)
    clock.cancel_enquiry_deadlines(enquiry.pk, at=at)
    with acting_as(CLOCK.with_request(viewer.request_id)) as system:
        _end_contacts(closed, endings, viewer=system, at=at)
    return closed


def mark_returned(enquiry: Enquiry, *, viewer: Viewer, at: datetime) -> Enquiry:
    """Note that the team declined, that the manager took it back, or that a child is not decided: it is the manager's.

    A child that is not decided may have come in with a contact, which front door and screeners add.

    Raises:
        NotPermitted: the viewer neither manages, adds contacts nor is a receiving worker.
        NotVisible: nothing of it was released to the viewer's team.
        MoveNotAllowed: it is not released.
    """
    return _move(enquiry, "enquiry.returned", viewer=viewer, at=at, due_at=None)


@transaction.atomic
def close_enquiry(
    enquiry: Enquiry, *, endings: Endings, viewer: Viewer, at: datetime, version: int | None = None
) -> Enquiry:
    """Close a decided enquiry of which nothing goes to a team, and end its contacts.

    Args:
        endings: of every child of the enquiry.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is not decided.
        StaleRecord: somebody changed it since the viewer opened it.
    """
    closed = _move(enquiry, "enquiry.closed", viewer=viewer, at=at, version=version, closed_at=at)
    clock.cancel_enquiry_deadlines(enquiry.pk, at=at)
    _end_contacts(closed, endings, viewer=viewer, at=at)
    return closed


@transaction.atomic
def reopen_enquiry(
    enquiry: Enquiry, reason: str, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Enquiry:
    """Open a closed enquiry again: it stands as decided before the manager, with a clock, and so do its contacts.

    Args:
        reason: kept in the log of the enquiry's texts, for whoever asks later why it was opened.

    Raises:
        RuleBroken: no reason.
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is not closed.
        StaleRecord: somebody changed it since the viewer opened it.
    """
    if is_too_short(reason, LEAST_REASON):
        raise RuleBroken(
            f"Enter why this enquiry is opened again, in at least {LEAST_REASON} characters.", field="reason"
        )
    opened = _move(enquiry, "enquiry.reopened", viewer=viewer, at=at, version=version, closed_at=None)
    Reopening.objects.create(enquiry=opened, reason=reason.strip(), reopened_at=at, reopened_by_id=viewer.member)
    ended = Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk, state=ContactState.ENDED)
    for contact in ended.order_by("arrived_at", "id"):
        contacts.actions.reopen_contact(contact, viewer=viewer, at=at)
    start_release_again(opened, at=at)
    known = [viewer.membership_id]
    tell_worker(mail.reopened(opened), opened.pk, at=at, besides=known, managers_otherwise=False)
    return opened


def _end_contacts(enquiry: Enquiry, endings: Endings, *, viewer: Viewer, at: datetime) -> None:
    children: dict[uuid.UUID, list[uuid.UUID]] = {}
    for contact_id, child in (
        Subject.objects.visible_to(viewer)
        .filter(contact__enquiry_id=enquiry.pk, kind=PersonKind.CHILD)
        .values_list("contact_id", "pk")
    ):
        children.setdefault(contact_id, []).append(child)
    rows = Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry.pk, state=ContactState.IN_ENQUIRY)
    for contact in rows.order_by("arrived_at", "id"):
        own = {child: endings[child] for child in children.get(contact.pk, []) if child in endings}
        contacts.actions.end_contact(contact, endings=own, viewer=viewer, at=at)
        clock_feedback(contact, at=at)


def _move(enquiry: Enquiry, event: str, *, viewer: Viewer, at: datetime, **fields: Any) -> Enquiry:
    return transitions.apply(enquiry, event, table=ENQUIRY, viewer=viewer, at=at, enquiry_id=enquiry.pk, **fields)
