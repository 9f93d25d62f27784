"""The referrer is told; the allocated worker of an open case says that a contact has arrived."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record
from clock import actions as clock
from clock.choices import Measure
from common.errors import MoveNotAllowed
from contacts.actions.rows import move_receipt, require_social_worker
from contacts.choices import ContactState, ReceiptStage
from contacts.models import Contact
from contacts.transitions import CONTACT

WAITING = frozenset({ContactState.RECEIVED, ContactState.WITH_PANEL})


@transaction.atomic
def acknowledge_contact(contact: Contact, *, viewer: Viewer, at: datetime, version: int | None = None) -> Contact:
    """Record that a registered social worker has acknowledged the contact to the referrer.

    An automatic receipt does not count. The first sight is met; the statutory step too, once the next step is decided.

    Raises:
        NotPermitted: the viewer's role does not acknowledge, or they are not on the register.
        MoveNotAllowed: somebody has acknowledged it already.
        StaleRecord: somebody saved it since.

    Source: one working day from receipt for a social worker to acknowledge and decide the next step.
    """
    require_social_worker(viewer, "acknowledges a contact to the referrer")
    locked = transitions.lock(contact, viewer=viewer)
    if locked.acknowledged_at is not None:
        raise MoveNotAllowed(
            "This contact is acknowledged already. Nothing was changed.", change=transitions.last_change(locked)
        )
    saved = transitions.apply(
        contact,
        "contact.acknowledged",
        table=CONTACT,
        viewer=viewer,
        at=at,
        version=version,
        acknowledged_at=at,
        acknowledged_by_id=viewer.membership_id,
    )
    clock.meet_deadline("contact", contact.pk, Measure.FIRST_SIGHT, at=at)
    if saved.state not in WAITING:
        clock.meet_deadline("contact", contact.pk, Measure.STATUTORY_STEP, at=at)
    return saved


@transaction.atomic
def acknowledge_by_worker(contact: Contact, *, viewer: Viewer, at: datetime) -> Contact:
    """Record that the allocated worker of an open case has the contact; a second time changes nothing.

    The front door records what the worker said; or the worker's team accepts the handover, whose action has asked
    whether it was handed to them. The team does not see the contact, so it is not looked up by its rule here.

    Raises:
        NotPermitted: the viewer's role does not record it.
        MoveNotAllowed: the contact was not passed to an allocated worker.
    """
    roles.require(viewer, Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER, Role.RECEIVING_WORKER)
    if viewer.has(Role.RECEIVING_WORKER):
        if not _acknowledged_unseen(contact, at=at):
            return contact
        locked = contact
    else:
        locked = transitions.lock(contact, viewer=viewer)
        if locked.state != ContactState.PASSED_ON:
            raise MoveNotAllowed("This contact was not passed to an allocated worker. Nothing was changed.")
        if locked.worker_acknowledged_at is not None:
            return locked
        locked.worker_acknowledged_at = at
        locked.version += 1
        locked.save(update_fields=["worker_acknowledged_at", "version"])
    clock.meet_deadline("contact", locked.pk, Measure.ACKNOWLEDGEMENT, at=at)
    record(
        "contact.worker_acknowledged",
        actor=viewer,
        at=at,
        record_type=locked._meta.label_lower,
        record_id=locked.pk,
        reference=locked.reference,
    )
    return locked


def _acknowledged_unseen(contact: Contact, *, at: datetime) -> bool:
    """Note it on a contact that the team does not see; the database asks whether it was handed to them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.acknowledge_contact(%s, %s)", [contact.pk, at])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def referrer_told(contact: Contact, *, outcome: str, at: datetime) -> None:
    """Let the receipt say the kind of response, because feedback has gone out. Bookkeeping of the feedback's action.

    Args:
        outcome: an `Ending`, or empty where the referrer may not know.
    """
    move_receipt(contact, stage=ReceiptStage.FINISHED, outcome=outcome)
    clock.meet_deadline("contact", contact.pk, Measure.STATUTORY_STEP, at=at)
