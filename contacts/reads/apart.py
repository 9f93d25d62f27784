"""Who was said not to be the same person."""

from __future__ import annotations

import uuid

from django.db.models import Q

from agencies.access.viewer import Viewer
from contacts.models import PersonApart, Subject


def apart_in_force(viewer: Viewer, one: Subject, other: Subject) -> PersonApart | None:
    """Return the decision in force that two people are not the same, whichever of them it began with."""
    return _first(viewer, {one.pk}, {other.pk})


def apart_as_persons(viewer: Viewer, one: Subject, other: Subject) -> PersonApart | None:
    """Return the decision in force that keeps two people apart, said of them or of anybody who is the same as they."""
    return _first(viewer, _same_as(one), _same_as(other))


def _same_as(one: Subject) -> set[uuid.UUID]:
    linked = Subject.objects.filter(person_id=one.person_id) if one.person_id else Subject.objects.none()
    return {one.pk, *linked.values_list("pk", flat=True)}


def _first(viewer: Viewer, ones: set[uuid.UUID], others: set[uuid.UUID]) -> PersonApart | None:
    pair = Q(subject_id__in=ones, other_id__in=others) | Q(subject_id__in=others, other_id__in=ones)
    rows = PersonApart.objects.visible_to(viewer).filter(pair, undone_at__isnull=True)
    found: PersonApart | None = rows.select_related("decided_by__user").first()
    return found
