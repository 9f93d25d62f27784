"""Who of the receiving team has read a summary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from decisions.models import MashSummary


@dataclass(frozen=True)
class Reader:
    """Somebody of the team.

    Attributes:
        read_at: when they opened it for the first time, aware.
    """

    name: str
    read_at: datetime


def readers_of(summary: MashSummary) -> list[Reader]:
    """Return who of its team has opened a summary, to its decision team and to the team itself; the first one first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT who, read_at FROM fw.summary_readers(%s)", [summary.pk])
        return [Reader(*row) for row in cursor.fetchall()]
