"""Moves of a contact that later stages make inside their own transactions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from agencies.access import transitions
from agencies.access.viewer import Viewer
from clock import actions as clock
from clock.choices import Measure, Start
from clock.models import hub_calendar
from clock.rules.subject import Owing
from clock.rules.subject import Subject as ClockSubject
from common.errors import NotVisible, RuleBroken
from common.moments import london_day
from contacts.actions.rows import move_receipt, require_social_worker
from contacts.choices import ContactState, Ending, PersonKind, ReceiptStage
from contacts.models import Contact, Subject
from contacts.rules.intake import needs_acknowledgement
from contacts.transitions import CONTACT

Endings = Mapping[uuid.UUID, tuple[str, str]]
"""Child to how it ended for it: ending and level of need, either may be empty while it is not decided."""


@transaction.atomic
def send_to_panel(contact: Contact, *, viewer: Viewer, at: datetime) -> Contact:
    """Put a contact before the panel.

    Raises:
        NotPermitted: the viewer neither screens nor manages.
        MoveNotAllowed: it is not waiting to be screened.
    """
    moved = transitions.apply(
        contact,
        "contact.sent_to_panel",
        table=CONTACT,
        viewer=viewer,
        at=at,
        panel_at=contact.panel_at or at,
    )
    _first_seen(contact, viewer=viewer, at=at)
    return moved


@transaction.atomic
def return_from_panel(contact: Contact, *, viewer: Viewer, at: datetime) -> Contact:
    """Take a contact back from the panel.

    Raises:
        NotPermitted: the viewer neither screens nor manages.
        MoveNotAllowed: it is not with the panel.
    """
    return transitions.apply(contact, "contact.returned_from_panel", table=CONTACT, viewer=viewer, at=at)


@transaction.atomic
def enter_enquiry(contact: Contact, *, enquiry_id: uuid.UUID, viewer: Viewer, at: datetime) -> Contact:
    """Take a contact into a MASH enquiry, a new one or one that is running.

    Raises:
        NotPermitted: the viewer's role does not take contacts in.
        MoveNotAllowed: it was screened already.
    """
    moved = transitions.apply(
        contact,
        "contact.entered_enquiry",
        table=CONTACT,
        viewer=viewer,
        at=at,
        enquiry_id=enquiry_id,
        screeners_see_until=end_of_next_working_day(at),
    )
    # `apply` keeps its own `enquiry_id` for the event, so the column is written here.
    moved.enquiry_id = enquiry_id
    moved.save(update_fields=["enquiry_id"])
    contact.refresh_from_db(fields=["enquiry_id", "enquiry_reference", "social_worker", "colour"])
    move_receipt(contact, stage=ReceiptStage.CONSIDERED)
    _next_step_decided(contact, viewer=viewer, at=at)
    return moved


@transaction.atomic
def pass_on(
    contact: Contact, *, endings: Endings, viewer: Viewer, at: datetime, team_id: uuid.UUID | None = None
) -> Contact:
    """Pass a contact to the worker to whom the child is open, who acknowledges it the same day.

    Args:
        team_id: the worker's team, which owes the acknowledgement.

    Raises:
        NotPermitted: the viewer's role does not pass contacts on.
        MoveNotAllowed: it was screened already.
    """
    moved = transitions.apply(
        contact,
        "contact.passed_on",
        table=CONTACT,
        viewer=viewer,
        at=at,
        ended_at=at,
        screeners_see_until=end_of_next_working_day(at),
    )
    record_endings(contact, endings)
    move_receipt(contact, stage=ReceiptStage.FINISHED)
    clock.cancel_deadlines("contact", contact.pk, Measure.CONVENING, at=at)
    clock.cancel_deadlines("protection", contact.pk, Measure.SAFE_UNTIL, at=at)
    clock.start_if_measured(
        ClockSubject("contact", contact.pk, contact.reference, case_id=contact.pk),
        Measure.ACKNOWLEDGEMENT,
        moments={Start.SENDING: at},
        owing=Owing(team_id=team_id),
        at=at,
    )
    _next_step_decided(contact, viewer=viewer, at=at)
    return moved


@transaction.atomic
def end_contact(contact: Contact, *, endings: Endings, viewer: Viewer, at: datetime) -> Contact:
    """End a contact, for each child in its own way. Before an enquiry only a registered social worker does.

    Args:
        endings: of children of this contact.

    Raises:
        NotPermitted: the viewer's role does not end contacts, or they are not on the register.
        MoveNotAllowed: it has ended already.
        NotVisible: a child is not of this contact.
        RuleBroken: an ending is not on the list.
    """
    from_screening = contact.state != ContactState.IN_ENQUIRY
    if from_screening:
        require_social_worker(viewer, "ends a contact at screening")
    until = end_of_next_working_day(at) if from_screening else contact.screeners_see_until
    moved = transitions.apply(
        contact, "contact.ended", table=CONTACT, viewer=viewer, at=at, ended_at=at, screeners_see_until=until
    )
    record_endings(contact, endings)
    move_receipt(contact, stage=ReceiptStage.FINISHED)
    clock.cancel_deadlines("contact", contact.pk, Measure.CONVENING, at=at)
    clock.cancel_deadlines("protection", contact.pk, Measure.SAFE_UNTIL, at=at)
    _next_step_decided(contact, viewer=viewer, at=at)
    return moved


@transaction.atomic
def reopen_contact(contact: Contact, *, viewer: Viewer, at: datetime) -> Contact:
    """Bring a contact back with the enquiry that is opened again; how it ended before stands until it ends anew.

    The clock by which the referrer is told stops: they are told when it has ended again.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it has not ended.
    """
    moved = transitions.apply(contact, "contact.reopened", table=CONTACT, viewer=viewer, at=at, ended_at=None)
    clock.cancel_deadlines("contact", contact.pk, Measure.FEEDBACK, Measure.FEEDBACK_SCHOOL, at=at)
    clock.cancel_deadlines("letters", contact.pk, at=at)
    move_receipt(contact, stage=ReceiptStage.CONSIDERED, outcome="")
    return moved


@transaction.atomic
def record_endings(contact: Contact, endings: Endings) -> None:
    """Write how a contact ended for each child. Bookkeeping of the calling action, which has asked role and state.

    Raises:
        NotVisible: a child is not of this contact.
        RuleBroken: an ending is not on the list.
    """
    children = {child.pk: child for child in Subject.objects.filter(contact_id=contact.pk, kind=PersonKind.CHILD)}
    for key, (ending, level) in endings.items():
        child = children.get(key)
        if child is None:
            raise NotVisible
        if ending and ending not in Ending.values:
            raise RuleBroken("Choose how it ends for each child from the list.", field="exit")
        child.ending = ending
        child.level_of_need = level
        child.save(update_fields=["ending", "level_of_need"])


def end_of_next_working_day(at: datetime) -> datetime:
    """Return the closing time of the hub's next working day after the day of `at`."""
    calendar = hub_calendar()
    return calendar.closing(next(calendar.open_days(london_day(at) + timedelta(days=1))))


def _first_seen(contact: Contact, *, viewer: Viewer, at: datetime) -> None:
    if viewer.is_registered_social_worker:
        clock.meet_deadline("contact", contact.pk, Measure.FIRST_SIGHT, at=at)


def _next_step_decided(contact: Contact, *, viewer: Viewer, at: datetime) -> None:
    """Stop the clocks of the first day: the next step is decided; the statutory one also needs the referrer told."""
    _first_seen(contact, viewer=viewer, at=at)
    clock.cancel_deadlines("contact", contact.pk, Measure.FIRST_SIGHT, at=at)
    if contact.acknowledged_at or not needs_acknowledgement(contact.referrer_kind):
        clock.meet_deadline("contact", contact.pk, Measure.STATUTORY_STEP, at=at)
