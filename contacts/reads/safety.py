"""Until when the children of a contact are safe, as protective work has it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from contacts.models import Protection, Whereabouts


def with_safe_until(rows: QuerySet[Protection]) -> QuerySet[Protection]:
    """Add until when the children are safe: the earliest of what was last said about each.

    Whoever sees protective work sees where the children are: they have one audience.
    """
    said = Whereabouts.objects.filter(protection_id=OuterRef("pk"))
    later = Whereabouts.objects.filter(
        protection_id=OuterRef("protection_id"),
        subject_id=OuterRef("subject_id"),
        recorded_at__gt=OuterRef("recorded_at"),
    )
    earliest = said.filter(~Exists(later), safe_until__isnull=False).order_by("safe_until").values("safe_until")[:1]
    return rows.annotate(safe_until=Subquery(earliest))


def safe_until_of(protection: Protection) -> datetime | None:
    """Return until when every child of protective work is safe: the earliest of what was last said about each."""
    found: datetime | None = with_safe_until(Protection.objects.filter(pk=protection.pk)).get().safe_until  # type: ignore[attr-defined]
    return found
