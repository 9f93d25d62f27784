"""The past that a hub's builder lays down: what would have been told then is neither mailed nor news today."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from agencies.access import roles
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, Viewer
from agencies.choices import SystemRole
from notices.choices import Channel
from notices.models import Notice


@transaction.atomic
def settle_past(*, mailed_before: datetime, read_before: datetime, viewer: Viewer) -> int:
    """Take mails from before a moment as sent when they were written, and notices in the hub as read.

    Returns:
        How many mails it was.

    Raises:
        NotPermitted: the viewer is not the builder of a hub.
    """
    roles.require(viewer, SystemRole.BUILDER)
    with acting_as(CLOCK):  # What is told is its recipients' and its sender's, and nobody else's.
        shown = Notice.objects.filter(channel=Channel.IN_APP, read_at__isnull=True, created_at__lt=read_before)
        shown.update(read_at=F("created_at"))
        waiting = Notice.objects.filter(
            channel=Channel.MAIL, sent_at__isnull=True, withdrawn_at__isnull=True, given_up_at__isnull=True
        )
        return waiting.filter(created_at__lt=mailed_before).update(sent_at=F("created_at"))
