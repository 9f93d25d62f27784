"""The clock's half of the sweep: claims what has reached a step of the ladder. Who is told is the notices' half."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef

from clock.choices import Loop
from clock.models import Deadline, FailedRow, LadderStep, hub_calendar
from clock.rules.ladder import Step, next_check, steps_due, steps_for
from common.references import new_key


@dataclass(frozen=True)
class Raised:
    """A step of the ladder that was taken just now."""

    escalation_id: uuid.UUID
    deadline: Deadline
    step: Step


@dataclass(frozen=True)
class Claim:
    """What one turn of the sweep took: how many deadlines, and the steps that were new."""

    deadlines: int
    raised: tuple[Raised, ...]


def lock_due(
    *, at: datetime, batch: int, only: Collection[uuid.UUID] | None = None, set_aside: bool = False
) -> list[uuid.UUID]:
    """Lock deadlines that are due for the caller's transaction and return their keys, the longest waiting first.

    Those that another sweep holds are passed over, and those that failed and are not tried again yet.

    Args:
        batch: at most so many.
        only: none but these.
        set_aside: those that have failed too often, and no others.
    """
    failed = FailedRow.objects.filter(loop=Loop.LADDER, row=OuterRef("pk"))
    due = Deadline.objects.open().filter(~Exists(failed.filter(again_at__gt=at)), next_check_at__lte=at)
    if only is None:
        aside = Exists(failed.filter(set_aside_at__isnull=False))
        due = due.filter(aside if set_aside else ~aside)
    else:
        due = due.filter(pk__in=only)
    locked = due.order_by("next_check_at").select_for_update(skip_locked=True, of=("self",))
    return list(locked.values_list("pk", flat=True)[:batch])


def claim_due(*, at: datetime, batch: int) -> Claim:
    """Take the steps of the ladder that are due, in the caller's transaction.

    Deadlines that another sweep holds are passed over. Each step is written once, whoever comes second; when the
    caller's transaction fails, nothing was taken and the next sweep finds the same deadlines.

    Args:
        batch: at most so many deadlines.
    """
    return claim(lock_due(at=at, batch=batch), at=at)


def claim(keys: Collection[uuid.UUID], *, at: datetime) -> Claim:
    """Take the steps of deadlines that the caller's transaction has locked."""
    rows = list(Deadline.objects.filter(pk__in=keys).order_by("next_check_at", "pk")) if keys else []
    if not rows:
        return Claim(0, ())
    table, calendar = LadderStep.objects.table(), hub_calendar()
    wanted: list[tuple[Deadline, Step]] = []
    checks: list[datetime | None] = []
    for row in rows:
        steps = steps_for(table, row.measure, row.colour)
        wanted += [(row, step) for step in steps_due(steps, row.due_at, calendar, begun_at=row.created_at, at=at)]
        checks.append(next_check(steps, row.due_at, calendar, at=at))
    raised = _write_escalations(wanted, at=at)
    _advance([row.pk for row in rows], checks)
    return Claim(len(rows), raised)


def _write_escalations(wanted: list[tuple[Deadline, Step]], *, at: datetime) -> tuple[Raised, ...]:
    by_key = {(row.pk, step.level): (row, step) for row, step in wanted}
    if not by_key:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO clock_escalation (id, deadline_id, level, at)"
            " SELECT id, deadline, level, %s"
            " FROM unnest(%s::uuid[], %s::uuid[], %s::int[]) AS made (id, deadline, level)"
            " ON CONFLICT (deadline_id, level) DO NOTHING RETURNING id, deadline_id, level",
            [
                at,
                [str(new_key()) for _ in by_key],
                [str(key) for key, _ in by_key],
                [level for _, level in by_key],
            ],
        )
        return tuple(Raised(made, *by_key[deadline, level]) for made, deadline, level in cursor.fetchall())


def _advance(keys: list[uuid.UUID], checks: list[datetime | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clock_deadline SET next_check_at = ahead.next_check_at"
            " FROM unnest(%s::uuid[], %s::timestamptz[]) AS ahead (id, next_check_at)"
            " WHERE clock_deadline.id = ahead.id",
            [[str(key) for key in keys], checks],
        )


def beat(name: str, *, at: datetime) -> None:
    """Leave a sign of life; never moves backwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO clock_heartbeat (name, at) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET at = greatest(clock_heartbeat.at, EXCLUDED.at)",
            [name, at],
        )
