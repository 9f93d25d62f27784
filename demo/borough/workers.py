"""What the workers do by themselves, in the box as in the hub: each task of the beat that makes or tells work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import contacts.actions
import decisions.actions
import information_sharing.actions
import notices.actions
import screening.actions
from agencies.access.viewer import CLOCK


def _tell_left_behind(at: datetime) -> None:
    screening.actions.tell_left_behind(viewer=CLOCK, at=at)
    screening.actions.tell_without_manager(viewer=CLOCK, at=at)


def _tell_undelivered(at: datetime) -> None:
    decisions.actions.tell_undelivered(viewer=CLOCK, at=at)
    decisions.actions.clock_corrections(viewer=CLOCK, at=at)


def _send_waiting(at: datetime) -> None:
    notices.actions.send_waiting(viewer=CLOCK, at=at, batch=500)


FINDING: Mapping[str, Callable[[datetime], object]] = {
    "contacts.tasks.tell_staff_matches": lambda at: contacts.actions.tell_staff_matches(viewer=CLOCK, at=at),
    "screening.tasks.tell_left_behind": _tell_left_behind,
    "information_sharing.tasks.tell_of_silence": lambda at: information_sharing.actions.tell_of_silence(
        viewer=CLOCK, at=at
    ),
    "decisions.tasks.tell_changes": lambda at: decisions.actions.tell_changes(viewer=CLOCK, at=at),
    "decisions.tasks.tell_undelivered": _tell_undelivered,
}
"""Tasks that find what nobody did: each asks the tables anew, every time."""

DUE: Mapping[str, Callable[[datetime], object]] = {
    "notices.tasks.sweep": lambda at: notices.actions.sweep(viewer=CLOCK, at=at),
    "notices.tasks.send_waiting": _send_waiting,
}
"""Tasks that have nothing to do before a time has come."""
