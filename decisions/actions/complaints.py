"""Complaints and disagreements: recorded, followed, answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

import clock.actions as clock
from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record
from clock.choices import Measure, Start
from clock.rules.subject import Subject
from common.errors import RuleBroken
from contacts.models import Contact
from contacts.rules.dates import clocks_from, impossible_arrival
from contacts.rules.outgoing import check_outgoing
from decisions.models import Complaint
from decisions.reads.leaks import of_contact
from decisions.transitions import COMPLAINT


@transaction.atomic
def record_complaint(
    contact: Contact, text: str, *, received_at: datetime | None, viewer: Viewer, at: datetime
) -> Complaint:
    """Record that somebody complained or disagrees; possible at every stage of a contact.

    Args:
        received_at: when it reached the hub; now where that is not said.

    Raises:
        NotPermitted: the viewer is neither front door nor manager.
        RuleBroken: nothing is said, or it reached the hub in the future.
    """
    roles.require(viewer, Role.FRONT_DOOR, Role.MANAGER)
    if not text.strip():
        raise RuleBroken("Write what the complaint or disagreement is.", field="text")
    if received_at is not None and received_at > at:
        raise RuleBroken("It cannot have reached the hub in the future.", field="received_at")
    if received_at is not None and (wrong := impossible_arrival(received_at, at=at)):
        raise RuleBroken(wrong, field="received_at")
    complaint = Complaint(
        contact=contact, text=text.strip(), received_at=received_at or at, recorded_by_id=viewer.member
    )
    complaint.save(force_insert=True)
    record(
        "complaint.recorded",
        actor=viewer,
        at=at,
        record_type="decisions.complaint",
        record_id=complaint.pk,
        reference=complaint.reference,
        enquiry_id=contact.enquiry_id,
    )
    clock.start_if_measured(
        Subject(
            "complaint",
            complaint.pk,
            complaint.reference,
            contact.enquiry_id,
            contact.enquiry_reference,
            case_id=contact.pk,
        ),
        Measure.COMPLAINT,
        moments=dict.fromkeys(Start, clocks_from(complaint.received_at, at)),
        at=at,
    )
    return complaint


@transaction.atomic
def answer_complaint(complaint: Complaint, answer: str, *, viewer: Viewer, at: datetime, version: int) -> Complaint:
    """Record what was answered.

    Raises:
        RuleBroken: the answer is empty, or gives away who told the hub and is not to be named or a protected address.
        NotPermitted: the viewer is neither front door nor manager.
        MoveNotAllowed: it is answered already.
        StaleRecord: somebody changed it since.
    """
    if not answer.strip():
        raise RuleBroken("Write what was answered.", field="answer")
    check_outgoing({"answer": answer}, of_contact(viewer, complaint.contact), complaint.contact_id)
    answered = transitions.apply(
        complaint,
        "complaint.answered",
        table=COMPLAINT,
        viewer=viewer,
        at=at,
        version=version,
        answer=answer.strip(),
        answered_at=at,
        answered_by_id=viewer.membership_id,
    )
    clock.meet_deadline("complaint", complaint.pk, at=at)
    return answered
