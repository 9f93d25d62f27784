"""Whoever works on an enquiry is told: its social worker, or who stands in for them, or the managers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from agencies.choices import Role
from clock.actions.bookkeeping import kept_by_the_clock
from notices.actions import notify, notify_holders
from notices.rules import Message


@kept_by_the_clock
def who_works_on(enquiry_id: uuid.UUID, *, at: datetime) -> list[uuid.UUID]:
    """Return the memberships that work on an enquiry today; none where it is for the managers.

    Its social worker while at work, else their covers, else whoever is on duty where it is Red.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT members FROM fw.works_on(%s::uuid[], %s)", [[enquiry_id], at])
        found = cursor.fetchone()
    return list(found[0]) if found else []


def tell_worker(
    message: Message,
    enquiry_id: uuid.UUID,
    *,
    at: datetime,
    besides: Iterable[uuid.UUID | None] = (),
    managers_otherwise: bool = True,
) -> None:
    """Tell whoever works on an enquiry today.

    Args:
        besides: who knows it already.
        managers_otherwise: tell the managers where nobody works on it; not of what a manager does themself.
    """
    working = who_works_on(enquiry_id, at=at)
    known = set(besides)
    notify(message, memberships=[one for one in working if one not in known], at=at)
    if not working and managers_otherwise:
        notify_holders(message, Role.MANAGER, at=at)
