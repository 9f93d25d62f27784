"""Until when the children of a contact are safe, as protective work has it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from contacts.models import Contact, Protection, Whereabouts


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


def not_taken_up() -> Q:
    """Return protective work that the end of its contact has not taken up: it takes up what was raised before it."""
    return Q(~Exists(Contact.objects.filter(pk=OuterRef("contact_id"), ended_at__gte=OuterRef("raised_at"))))
