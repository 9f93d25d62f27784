"""Why a deadline was missed: rows of their own, for those who may read them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import cast

from django.db import transaction

from agencies.access import firewall, roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record
from clock.models import BreachReason, Deadline
from common.errors import Conflict, RuleBroken

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
def give_breach_reason(deadline: Deadline, reason: str, *, viewer: Viewer, at: datetime) -> BreachReason:
    """Keep why a deadline was missed. It may be given more than once; every reason is kept.

    Raises:
        NotPermitted: the viewer's role owes nothing.
        NotVisible: the viewer may not see the deadline.
        RuleBroken: the reason is empty.
        Conflict: it is not late.
    """
    roles.require(viewer, *EXPLAINERS)
    late = firewall.fetch(Deadline.objects.all(), viewer, pk=deadline.pk)
    if (late.met_at or late.cancelled_at or at) <= late.due_at:
        raise Conflict("This was not late, so there is nothing to explain. Nothing was saved.")
    text = reason.strip()
    if not text:
        raise RuleBroken("Enter why it was late.", field="reason")
    who = cast("uuid.UUID", viewer.membership_id)  # Whoever holds a role has a membership.
    given = BreachReason(deadline=late, text=text, given_by_id=who, given_at=at)
    given.save(force_insert=True)
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
