"""Who was said not to be the same person."""

from __future__ import annotations

from django.db.models import Q

from agencies.access.viewer import Viewer
from contacts.models import PersonApart, Subject


def apart_in_force(viewer: Viewer, one: Subject, other: Subject) -> PersonApart | None:
    """Return the decision in force that two people are not the same, whichever of them it began with."""
    pair = Q(subject_id=one.pk, other_id=other.pk) | Q(subject_id=other.pk, other_id=one.pk)
    rows = (
        PersonApart.objects.visible_to(viewer).filter(pair, undone_at__isnull=True).select_related("decided_by__user")
    )
    found: PersonApart | None = rows.first()
    return found
