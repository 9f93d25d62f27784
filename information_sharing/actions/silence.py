"""Requests that nobody can answer: the managers are told, at once when one is sent, else by the sweep."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.moments import london_day
from information_sharing import mail
from notices.actions import notify_holders


def tell_of_silence(*, viewer: Viewer, at: datetime) -> int:
    """Tell the managers of requests that nobody of the agency can answer, once a day for each.

    Args:
        viewer: the clock's.

    Returns:
        How many there are.
    """
    with acting_as(viewer):
        day = london_day(at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT reference, colour FROM fw.silent_requests(%s) ORDER BY reference", [day])
            silent = cursor.fetchall()
        for reference, colour in silent:
            notify_holders(mail.nobody_answers(reference, colour, day=day), Role.MANAGER, at=at)
        return len(silent)
