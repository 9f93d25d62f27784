"""Which enquiry a page belongs to, for those who look into it: a reviewer, or somebody with emergency access."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from agencies.access.viewer import BREAK_GLASS, Viewer
from agencies.models import BrokenGlass, Review
from common.moments import london_day
from contacts.models import Contact, Protection
from contacts.visibility import worked_on
from decisions.models import Complaint, FamilyLetter, MashSummary
from information_sharing.models import InformationRequest
from screening.models import Enquiry, Handover, Screening

PATHS: dict[str, tuple[Any, str]] = {
    "M": (Enquiry, "pk"),
    "C": (Contact, "enquiry_id"),
    "Q": (InformationRequest, "enquiry_id"),
    "Y": (MashSummary, "enquiry_id"),
    "N": (Protection, "contact__enquiry_id"),
    "S": (Screening, "contact__enquiry_id"),
    "H": (Handover, "contact__enquiry_id"),
    "L": (FamilyLetter, "contact__enquiry_id"),
    "K": (Complaint, "contact__enquiry_id"),
}
"""First letter of a reference to its record and the way from there to the key of the enquiry."""


@dataclass(frozen=True)
class Looking:
    """How a viewer whose enquiry it is not came to a page of it.

    Attributes:
        purpose: what the read log says.
        ends: the moment, or for a reviewer the last day.
    """

    enquiry_id: uuid.UUID
    reference: str
    title: str
    purpose: str
    ends: datetime | date

    @property
    def interest_url(self) -> str:
        """Where they say that they know the family, which ends their look."""
        return reverse("screening:interest", args=[self.reference])


def looking_at(viewer: Viewer, reference: str, *, at: datetime) -> Looking | None:
    """Return how the viewer looks into the enquiry that a record belongs to; None where they do not."""
    opened = viewer.case_access.reviewed | viewer.case_access.emergency_access
    if not opened or reference[:1] not in PATHS:
        return None
    model, path = PATHS[reference[:1]]
    rows = model.objects.visible_to(viewer).filter(reference=reference, **{f"{path}__in": opened})
    enquiry_id = rows.values_list(path, flat=True).first()
    if enquiry_id is None:
        return None
    if viewer.case_access.why(enquiry_id) == BREAK_GLASS:
        return _through_glass(viewer, enquiry_id, at=at)
    return _reviewing(viewer, enquiry_id, at=at)


def _through_glass(viewer: Viewer, enquiry_id: uuid.UUID, *, at: datetime) -> Looking | None:
    if Enquiry.objects.filter(worked_on(viewer, worker="social_worker_id", enquiry="pk"), pk=enquiry_id).exists():
        return None  # It became theirs since, or they stand in: they read and change it as its social worker.
    rows = BrokenGlass.objects.filter(Q(membership_id=viewer.membership_id), enquiry_id=enquiry_id, ends_at__gt=at)
    glass = rows.order_by("-ends_at").first()
    if glass is None:
        return None
    return Looking(enquiry_id, glass.enquiry_reference, "Emergency access, read only", BREAK_GLASS, glass.ends_at)


def _reviewing(viewer: Viewer, enquiry_id: uuid.UUID, *, at: datetime) -> Looking | None:
    rows = Review.objects.filter(Q(membership_id=viewer.membership_id), enquiry_id=enquiry_id, ended_at__isnull=True)
    day = london_day(at)
    review = rows.filter(starts_on__lte=day, ends_on__gte=day).order_by("-ends_on").first()
    if review is None:
        return None
    title = f"Review: {review.get_purpose_display().lower()}"
    return Looking(enquiry_id, review.enquiry_reference, title, review.purpose, review.ends_on)
