"""What agencies told the hub, as far as whoever writes an outgoing text may not read it, for the leak check alone.

See `contacts/reads/unseen.py`: nothing of it is shown to anybody.
"""

from __future__ import annotations

import uuid

from django.db import connection

from agencies.access.identity import acting_as
from agencies.access.viewer import CHECKER, Viewer
from agencies.choices import Role
from common.leaks import Kind, Secret
from contacts.reads.unseen import opened
from information_sharing.models import ItemText, SealedText


def unseen_items(viewer: Viewer, enquiry_id: uuid.UUID, agency_id: uuid.UUID | None = None) -> list[Secret]:
    """Return the texts of an enquiry's items that the writer may not read; nothing to a manager.

    Args:
        agency_id: the recipient, whose own items go back to it.
    """
    if viewer.has(Role.MANAGER):
        return []
    seen = {
        key
        for model in (ItemText, SealedText)
        for key in model.objects.visible_to(viewer).filter(item__enquiry_id=enquiry_id).values_list("pk", flat=True)
    }
    place = f"{SealedText._meta.db_table}.text"
    with acting_as(CHECKER), connection.cursor() as cursor:
        cursor.execute("SELECT key, agency, text, is_sealed FROM fw.items_to_compare(%s)", [enquiry_id])
        rows = cursor.fetchall()
    return [
        Secret(Kind.TEXT, opened(text, place=place) if is_sealed else text)
        for key, agency, text, is_sealed in rows
        if key not in seen and (agency_id is None or agency != agency_id)
    ]
