"""Reasons about deadlines: rows of their own, for those who may read them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record
from clock.choices import ReasonKind
from clock.models import Deadline, DeadlineReason
from mash.common.errors import Conflict, RuleBroken

EXPLAINERS = (
    Role.MANAGER,
    Role.SOCIAL_WORKER,
    Role.FRONT_DOOR,
    Role.RESEARCHER,
    Role.LEAD,
    Role.RECEIVING_WORKER,
)
"""Who may say why something was late, where they may see it at all."""


@transaction.atomic
def give_breach_reason(deadline: Deadline, reason: str, *, viewer: Viewer, at: datetime) -> DeadlineReason:
    """Keep why a deadline was missed. It may be given more than once; every reason is kept.

    Raises:
        NotPermitted: the viewer's role owes nothing.
        NotVisible: the viewer may not see the deadline.
        RuleBroken: the reason is missing.
        Conflict: it is not late.
    """
    roles.require(viewer, *EXPLAINERS)
    late = transitions.lock(deadline, viewer=viewer)
    ended = late.met_at or late.cancelled_at or at
    if ended <= late.due_at:
        raise Conflict("This was not late, so there is nothing to explain. Nothing was saved.")
    given = write_reason(late, ReasonKind.BREACH, reason, viewer=viewer, at=at)
    record(
        "deadline.breach_explained",
        actor=viewer,
        at=at,
        record_type="clock.deadline",
        record_id=late.pk,
        reference=late.subject_reference,
        enquiry_id=late.enquiry_id,
        details={"measure": late.measure},
    )
    return given


def write_reason(deadline: Deadline, kind: ReasonKind, text: str, *, viewer: Viewer, at: datetime) -> DeadlineReason:
    """Write one reason.

    Raises:
        RuleBroken: it is empty.
    """
    text = text.strip()
    if not text:
        raise RuleBroken("Enter a reason.", field="reason")
    reason = DeadlineReason(deadline=deadline, kind=kind, text=text, given_by_id=viewer.membership_id, given_at=at)
    reason.save(force_insert=True)
    return reason
