"""One row that fails stops no other: each is handled in a savepoint of its own, and what fails is written down.

A row that failed waits a minute; after five tries it is set aside: counted, shown, and tried again every five minutes,
so that it is told by itself once its cause is mended.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, transaction

from agencies.access.identity import BroughtUpToDate
from agencies.access.tasks import OutOfTime
from clock.choices import Loop
from clock.models import FailedRow

logger = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 5
PAUSE = timedelta(minutes=1)
PAUSE_OF_SET_ASIDE = timedelta(minutes=5)
KEPT = timedelta(hours=1)
"""A row that has not failed for so long was handled, or has gone."""


def ends_the_round(error: Exception) -> bool:
    """Say whether a failure is none of the row's: the time is over, an upgrade goes on, the database is away."""
    if isinstance(error, OutOfTime | BroughtUpToDate):
        return True
    server = connection.connection
    return server is None or bool(server.closed)


def each_row(
    loop: Loop, rows: Iterable[T], handle: Callable[[T], object], *, key: Callable[[T], uuid.UUID], at: datetime
) -> int:
    """Handle rows one by one, in the caller's transaction as the clock's viewer; what fails is passed over.

    Args:
        key: names a row by a random key.

    Returns:
        How many were handled.
    """
    waiting, done = held_back(loop, at=at), []
    for row in rows:
        name = key(row)
        if name in waiting:
            continue
        try:
            with transaction.atomic():
                handle(row)
        except Exception as error:
            if ends_the_round(error):
                raise
            count_failure(loop, name, error, at=at)
        else:
            done.append(name)
    count_success(loop, done)
    return len(done)


def held_back(loop: Loop, *, at: datetime) -> set[uuid.UUID]:
    """Return the rows of a loop that failed and are not tried again yet."""
    return set(FailedRow.objects.filter(loop=loop, again_at__gt=at).values_list("row", flat=True))


def count_failure(loop: Loop, row: uuid.UUID, error: Exception, *, at: datetime) -> bool:
    """Write down that a row failed, in the caller's transaction. Returns whether it is set aside by this try."""
    failed = FailedRow.objects.select_for_update().filter(loop=loop, row=row).first()
    failed = failed or FailedRow(loop=loop, row=row, tries=0)
    failed.tries += 1
    failed.error, failed.failed_at, failed.again_at = type(error).__name__[:64], at, at + PAUSE
    is_new = failed.tries >= TRIES and failed.set_aside_at is None
    if is_new:
        failed.set_aside_at = at
    if failed.set_aside_at is not None:
        failed.again_at = at + PAUSE_OF_SET_ASIDE
    failed.save()
    logger.error("A row of %s failed, try %d: %s (%s)", loop.value, failed.tries, row, failed.error)
    return is_new


def count_success(loop: Loop, rows: Collection[uuid.UUID]) -> None:
    """Forget what was handled after all, and what has not failed for an hour."""
    if rows:
        FailedRow.objects.filter(loop=loop, row__in=list(rows)).delete()


def forget_old(*, at: datetime) -> None:
    """Forget rows that have not failed for an hour: people have seen to them."""
    FailedRow.objects.filter(failed_at__lt=at - KEPT).delete()
