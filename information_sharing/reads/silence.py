"""Which agencies have nobody at work who could answer about an enquiry."""

from __future__ import annotations

import uuid

from django.db import connection

NOBODY_AT_WORK = "Nobody there who could answer is at work in the hub: ring it, and record what it says."


def nobody_answers_for(enquiry_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return the agencies in which nobody at work could answer about an enquiry, for those who ask; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.nobody_answers_for(%s)", [enquiry_id])
        return frozenset(cursor.fetchone()[0])
