"""What an action has left behind besides its record: events, notices, clocks."""

from __future__ import annotations

from django.db.models import Model

from audit.models import Event
from clock.models import Deadline
from notices.models import Notice


def verbs(record: Model) -> list[str]:
    """Return the events of a record, in their order."""
    return list(Event.objects.filter(record_id=record.pk).order_by("at", "id").values_list("verb", flat=True))


def told(kind: str) -> set[str]:
    """Return the keys of the memberships that were told something in the app."""
    rows = Notice.objects.filter(kind=kind, channel="in_app")
    return {str(key) for key in rows.values_list("membership_id", flat=True)}


def open_measures(record: Model) -> set[str]:
    """Return what is still being measured of a record."""
    rows = Deadline.objects.filter(subject_id=record.pk, met_at__isnull=True, cancelled_at__isnull=True)
    return set(rows.values_list("measure", flat=True))
