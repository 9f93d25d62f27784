"""The order of a worklist: a child in danger now before all else, then by time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

from common.work import WorkItem, in_order

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)


def line(reference: str, **said: Any) -> WorkItem:
    return WorkItem(reference=reference, url="/", todo="", stage="", **said)


def test_a_child_in_danger_now_comes_before_what_is_late() -> None:
    """Late and protective, late, protective and not yet late, to come, without a deadline: however they come in."""
    wanted = [
        line("P-1", due_at=NOW - timedelta(hours=2), protects=True),
        line("P-2", due_at=NOW + timedelta(minutes=5), protects=True),
        line("P-3", protects=True),
        line("S-1", due_at=NOW - timedelta(days=1), colour="red"),
        line("M-1", due_at=NOW + timedelta(hours=1)),
        line("M-2", due_at=NOW + timedelta(hours=2), arrived_at=NOW - timedelta(days=9)),
        line("C-1", arrived_at=NOW - timedelta(days=2)),
    ]
    for lines in permutations(wanted):
        assert in_order(list(lines), at=NOW) == wanted
