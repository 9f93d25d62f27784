"""What the database says about who is excluded from a case, to those who must know it.

A manager and the clock are told to which memberships; whoever asks an agency or sends to a team is told whether that
whole agency or team is excluded, and no more.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import connection


def excluded_memberships(reference: str) -> frozenset[uuid.UUID]:
    """Return the memberships to which the case behind a reference is closed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.told_who_is_excluded(%s)", [reference])
        return frozenset(cursor.fetchone()[0])


def excluded_memberships_of_each(references: Iterable[str]) -> dict[str, frozenset[uuid.UUID]]:
    """Return the excluded memberships by reference, in one query; a reference that excludes nobody is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT x.named, fw.told_who_is_excluded(x.named) FROM unnest(%s::text[]) AS x(named)",
            [sorted({*references} - {""})],
        )
        return {reference: frozenset(closed) for reference, closed in cursor.fetchall() if closed}


def is_recipient_excluded(
    reference: str, *, agency_id: uuid.UUID | None = None, team_id: uuid.UUID | None = None
) -> bool:
    """Say whether a whole agency or team is excluded from the case behind a reference."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.is_recipient_excluded(%s, %s, %s)", [reference, agency_id, team_id])
        return bool(cursor.fetchone()[0])


def manager_remains(
    *,
    contact_id: uuid.UUID | None,
    enquiry_id: uuid.UUID | None,
    person_id: uuid.UUID | None,
    besides: Iterable[uuid.UUID],
) -> bool:
    """Say whether a manager at work could still see every case that a conflict would close.

    Args:
        besides: memberships to which it would be closed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fw.manager_remains(%s, %s, %s, %s::uuid[])", [contact_id, enquiry_id, person_id, list(besides)]
        )
        return bool(cursor.fetchone()[0])
