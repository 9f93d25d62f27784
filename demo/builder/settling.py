"""What the clock and the mail would have done by now."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER, CLOCK
from clock.actions import claim_due
from notices.actions import settle_past
from notices.actions.sweeping import tell

MAILED_AFTER = timedelta(minutes=45)
NEWS_FOR = timedelta(hours=20)
MOST_DEADLINES = 1000


def settle(*, at: datetime) -> None:
    """Take the steps of the ladder that were reached before the last hour, and let only later mail go out.

    The sweep that runs with the demo takes the others.
    """
    past = at - MAILED_AFTER
    with acting_as(CLOCK):
        tell(claim_due(at=past, batch=MOST_DEADLINES).raised, at=past)
    with acting_as(BUILDER) as viewer:
        settle_past(mailed_before=past + timedelta(seconds=1), read_before=at - NEWS_FOR, viewer=viewer)
    _call_for_mail_once()


def _call_for_mail_once() -> None:
    """Every notice called for the sender after the commit; the last of those calls finds all mails that wait."""
    connection.run_on_commit[:] = connection.run_on_commit[-1:]
