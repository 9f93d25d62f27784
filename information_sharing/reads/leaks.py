"""What agencies told the hub, for the leak check of a text that goes to somebody else."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import Q

from agencies.access.viewer import Viewer
from common.leaks import Kind, Secret
from information_sharing.models import ItemText, SealedText

UNCLEARED = "what an agency told the hub and did not clear for this"


def items_of_others(
    viewer: Viewer, enquiry_id: uuid.UUID, agency_id: uuid.UUID | None = None, *, cleared: Collection[uuid.UUID] = ()
) -> list[Secret]:
    """Return the texts of items that the writer may read and the recipient may not; to a manager the sealed ones too.

    They are compared and shown to nobody, so no reading is recorded: what was opened stays what somebody opened.

    Args:
        agency_id: the recipient, whose own items go back to it.
        cleared: items that may go out in this text.
    """
    return [
        Secret(Kind.TEXT, text, whose=UNCLEARED)
        for model in (ItemText, SealedText)
        for text in model.objects.visible_to(viewer)
        .filter(item__enquiry_id=enquiry_id)
        .exclude(Q(item__agency=agency_id) if agency_id else Q(pk__in=[]))
        .exclude(item_id__in=cleared)
        .values_list("text", flat=True)
    ]


def items_cleared(viewer: Viewer, cleared: Collection[uuid.UUID]) -> list[Secret]:
    """Return the texts of items that may go out."""
    texts = ItemText.objects.visible_to(viewer).filter(item_id__in=cleared).values_list("text", flat=True)
    return [Secret(Kind.TEXT, text) for text in texts]
