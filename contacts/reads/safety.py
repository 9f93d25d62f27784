"""Until when the children of a contact are safe, as protective work has it."""

from __future__ import annotations

from django.db.models import BooleanField, Exists, Func, OuterRef, Q, QuerySet, Subquery

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


class _TakenUp(Func):
    """Whether an end of its contact came after protective work was held; whoever asks may not see the contact."""

    function = "fw.taken_up"
    output_field = BooleanField()


def not_taken_up() -> Q:
    """Return protective work that the end of its contact has not taken up: it takes up what was held before it.

    What was still under way then, and what was raised or joined since, is looked at again.
    """
    return ~Q(_TakenUp("pk"))
