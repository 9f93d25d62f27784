"""What somebody has left behind: the managers' time to assign it starts, and whoever must know is told.

That an enquiry has nobody is computed at every read; this adds the clock and the notices. It runs with every sweep and
at once when a membership ends, and running twice changes nothing: the clock that is open says what was told already.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection

import clock.actions as clock
from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Loop, Measure, Start
from clock.models import Deadline
from clock.rules.subject import Subject
from common.moments import london_day
from notices.actions import notify, notify_holders
from screening import mail
from screening.actions.telling import who_works_on

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LeftBehind:
    """An open enquiry whose social worker is not at work, and whom nobody covers.

    Attributes:
        since: when its social worker went, or when the day began on which they did.
    """

    enquiry_id: uuid.UUID
    reference: str
    colour: str
    holder_id: uuid.UUID
    since: datetime

    @property
    def key(self) -> str:
        """What makes telling of it once, whoever sweeps."""
        return f"{self.enquiry_id}:{self.holder_id}:{int(self.since.timestamp())}"

    @property
    def subject(self) -> Subject:
        """The enquiry as the clock knows it."""
        enquiry = self.enquiry_id
        return Subject("enquiry", enquiry, self.reference, enquiry, self.reference, case_id=enquiry)


def tell_left_behind(*, viewer: Viewer, at: datetime) -> int:
    """Start the clock of what was left behind and tell of it; end the clock of what has somebody again.

    Args:
        viewer: the clock's.

    Returns:
        How many enquiries were newly found left behind.
    """
    with acting_as(viewer):
        left = _left_behind(at=at)
        running = set(Deadline.objects.open().filter(measure=Measure.REASSIGNMENT).values_list("subject_id", flat=True))
        clock.each_row(
            Loop.LEFT_BEHIND,
            running - {one.enquiry_id for one in left},
            lambda enquiry_id: clock.cancel_deadlines("enquiry", enquiry_id, Measure.REASSIGNMENT, at=at),
            key=lambda enquiry_id: enquiry_id,
            at=at,
        )
        new = [one for one in left if one.enquiry_id not in running]
        clock.each_row(Loop.LEFT_BEHIND, new, partial(_start, at=at), key=lambda one: one.enquiry_id, at=at)
        return len(new)


def _left_behind(*, at: datetime) -> list[LeftBehind]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT enquiry, reference, colour, holder, since FROM fw.to_hand_over(%s) ORDER BY reference",
            [london_day(at)],
        )
        return [LeftBehind(*row) for row in cursor.fetchall()]


def _start(one: LeftBehind, *, at: datetime) -> None:
    moments = {Start.SENDING: min(one.since, at)}
    clock.start_if_measured(one.subject, Measure.REASSIGNMENT, colour=one.colour, moments=moments, at=at)
    notify_holders(mail.left_behind(one.reference, one.colour, key=one.key), Role.MANAGER, at=at)
    notify(mail.on_duty(one.reference, key=one.key), memberships=who_works_on(one.enquiry_id, at=at), at=at)


def tell_without_manager(*, viewer: Viewer, at: datetime) -> bool:
    """Tell the administrators, and whoever runs the hub, that no MASH manager is at work; once a day. Says whether so.

    Args:
        viewer: the clock's.
    """
    with acting_as(viewer):
        with connection.cursor() as cursor:
            cursor.execute("SELECT waiting, red FROM fw.without_manager()")
            found = cursor.fetchone()
        if found is None:
            return False
        waiting, red = found
        logger.error("No MASH manager is at work: %d enquiries wait, %d of them Red.", waiting, red)
        notify_holders(mail.without_manager(waiting, red, day=london_day(at)), Role.ADMINISTRATOR, at=at)
        return True
