"""Reads of reasons that rest on what is confidential: the manager alone, for a purpose, each opening recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import audit.actions as audit
from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from decisions.models import SealedReasons
from screening.models import Enquiry


@dataclass(frozen=True)
class SealedRead:
    """The sealed reasons of one decision."""

    decision: str
    number: int
    text: str


def sealed_reasons(viewer: Viewer, enquiry: Enquiry, *, purpose: str, at: datetime) -> list[SealedRead]:
    """Return the sealed reasons of an enquiry's decisions, the latest first, and record the reading with its purpose.

    Raises:
        NotPermitted: the viewer is not the manager.
    """
    roles.require(viewer, Role.MANAGER)
    rows = SealedReasons.objects.visible_to(viewer).filter(decision__enquiry=enquiry).select_related("decision")
    read = [
        SealedRead(decision=row.decision.reference, number=row.decision.number, text=row.text)
        for row in rows.order_by("-decision__number")
    ]
    audit.record_reading(
        "sealed_reasons",
        actor=viewer,
        at=at,
        item_ids=[],
        reference=enquiry.reference,
        enquiry_id=enquiry.pk,
        purpose=purpose,
    )
    return read
