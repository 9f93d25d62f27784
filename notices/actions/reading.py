"""A person has read their notices. Housekeeping of their own rows: no event."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from agencies.access.viewer import Viewer
from notices.models import Notice


@transaction.atomic
def mark_read(notice_id: uuid.UUID, *, viewer: Viewer, at: datetime) -> int:
    """Mark one of the viewer's notices as read; nothing happens to anybody else's. Returns how many it was."""
    return Notice.objects.visible_to(viewer).unread().filter(pk=notice_id).update(read_at=at)


@transaction.atomic
def mark_all_read(*, viewer: Viewer, at: datetime) -> int:
    """Mark all the viewer's notices as read that were there at that moment. Returns how many it was."""
    return Notice.objects.visible_to(viewer).unread().filter(created_at__lte=at).update(read_at=at)
