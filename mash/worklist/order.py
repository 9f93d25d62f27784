"""The order of a list of work, of its lines and of its groups, as pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from common.work import Danger, WorkItem

Rank = tuple[int, bool, datetime, datetime, str]

DANGER, UNSAFE = "danger", "unsafe"
"""Keys of the groups that stand above every clock, whatever there is to be done."""


def rank(item: WorkItem, *, at: datetime) -> Rank:
    """Return where a line stands.

    Unattended danger first, then children who are no longer known to be safe. All else by time: overdue, then least
    time left, where danger with a live plan stands by its next action; without a deadline last, the oldest first.
    What came in a flood stands below what did not: hundreds of invented reports bury no real one.
    """
    latest = datetime.max.replace(tzinfo=at.tzinfo)
    danger = min(item.people.danger, Danger.ATTENDED)
    return danger, item.people.came_in_flood, item.act_at or latest, item.arrived_at or latest, item.reference


def group_rank(key: str, first: WorkItem, *, at: datetime) -> tuple[bool, bool, Rank]:
    """Return where a group stands: danger, then what is no longer known to be safe, then each by its first line."""
    return key != DANGER, key != UNSAFE, rank(first, at=at)


def in_order(items: Iterable[WorkItem], *, at: datetime) -> list[WorkItem]:
    """Return the lines in their order."""
    return sorted(items, key=lambda item: rank(item, at=at))
