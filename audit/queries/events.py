"""Events of one record, for whoever the database lets see that record; nobody reads the log's table."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True)
class LastEvent:
    """What happened to a record last; `who` is empty where no person did it or the account is gone."""

    at: datetime
    verb: str
    who: str


@dataclass(frozen=True)
class PastEvent:
    """One line of a record's history; `changed` names the columns, never what they said."""

    at: datetime
    verb: str
    changed: str
    who: str


def last_event(record_type: str, record_id: uuid.UUID) -> LastEvent | None:
    """Return the last event of a record that the identity of the transaction may see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at, verb, who FROM fw.last_event(%s, %s)", [record_type, record_id])
        row = cursor.fetchone()
    return LastEvent(*row) if row else None


def history_of(record_type: str, record_id: uuid.UUID, *, most: int) -> list[PastEvent]:
    """Return the events of a record that the identity of the transaction may see, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at, verb, changed, who FROM fw.history_of(%s, %s, %s)", [record_type, record_id, most])
        return [PastEvent(*row) for row in cursor.fetchall()]
