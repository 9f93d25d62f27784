"""What nobody had answered when its enquiry closed: it ends, says why, and the agency is told."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

import audit.actions as audit
from agencies.access.viewer import Viewer
from agencies.choices import Role
from information_sharing import mail
from notices.actions import notify_holders
from screening.models import Enquiry


def end_unanswered(enquiry: Enquiry, *, viewer: Viewer, at: datetime) -> int:
    """End the requests of a closed enquiry that nobody has answered. Called inside the action that closes it.

    Whoever closes it may be a receiving team, which sees no request: the database ends them, and only of a closed one.

    Returns:
        How many there were.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT request, reference, agency FROM fw.end_unanswered(%s, %s)", [enquiry.pk, at])
        ended = cursor.fetchall()
    for request, reference, agency in ended:
        notify_holders(mail.request_lapsed(reference), Role.RESEARCHER, Role.LEAD, agency_id=agency, at=at)
        audit.record(
            "request.lapsed",
            actor=viewer,
            at=at,
            record_type="information_sharing.informationrequest",
            record_id=request,
            reference=reference,
            enquiry_id=enquiry.pk,
        )
    return len(ended)
