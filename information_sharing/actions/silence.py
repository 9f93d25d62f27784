"""Requests that nobody can answer: the managers are told, at once when one is sent, else by the sweep."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import connection

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.actions import each_row
from clock.choices import Loop
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
        each_row(
            Loop.SILENCE,
            silent,
            lambda one: notify_holders(mail.nobody_answers(one[0], one[1], day=day), Role.MANAGER, at=at),
            key=lambda one: uuid.uuid5(uuid.NAMESPACE_OID, one[0]),  # the function gives references, no keys
            at=at,
        )
        return len(silent)
