"""What decides when something is due has changed: a new row replaces the old one, which stays as it was."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from clock.actions.bookkeeping import kept_by_the_clock
from clock.actions.deadlines import lock_open, policy_in_force, save_reckoned
from clock.choices import Colour, Measure, Start
from clock.models import Deadline, Escalation, RatingPolicy, hub_calendar
from clock.rules.due import Due, due, is_more_urgent, rerated_down, rerated_up
from clock.rules.words import day_and_time
from common.errors import RuleBroken

CARRIED = (
    "subject_kind",
    "subject_id",
    "subject_reference",
    "case_id",
    "enquiry_id",
    "enquiry_reference",
    "measure",
    "colour",
    "agency_id",
    "team_id",
    "membership_id",
    "started_at",
    "own_due_at",
    "safe_until",
)
"""The columns that a replacing row takes over."""


@kept_by_the_clock
def rerate_deadlines(enquiry_id: uuid.UUID, colour: Colour, *, at: datetime) -> list[Deadline]:
    """Restate every open clock of an enquiry that depends on its colour.

    Up: the earlier of the old instant and the new colour's time from now. Down: the new colour's time from the same
    start, but an instant that has gone by stands. A measure that the new colour does not have is withdrawn, unless it
    is late already.

    Returns:
        The new rows.
    """
    made = []
    for old in lock_open(Q(enquiry_id=enquiry_id) & ~Q(colour__in=("", colour))):
        new = _rerated(old, colour, at=at)
        if new is not None:
            made.append(new)
    return made


def _rerated(old: Deadline, colour: Colour, *, at: datetime) -> Deadline | None:
    goes_up = is_more_urgent(colour, old.colour)
    counts_from = at if goes_up else old.started_at
    policy = policy_in_force(old.measure, colour, dict.fromkeys(Start, counts_from))
    if policy is None:
        if old.due_at > at:
            _supersede(old, at=at)
        return None
    allowance = replace(policy.allowance, waits_for_opening=False) if goes_up else policy.allowance
    new_time = due(allowance, counts_from, hub_calendar())
    reckoned = (rerated_up if goes_up else rerated_down)(old.policy_due_at, new_time, at=at)
    reckoned = Due(reckoned.at, (policy.words, *reckoned.explanation))
    return _replace(old, policy, reckoned, at=at, colour=colour)


def _supersede(old: Deadline, *, at: datetime) -> None:
    old.cancelled_at = at
    old.next_check_at = None
    old.version += 1
    old.save(update_fields=["cancelled_at", "next_check_at", "version"])


def _replace(old: Deadline, policy: RatingPolicy, reckoned: Due, *, at: datetime, **changes: object) -> Deadline:
    _supersede(old, at=at)
    new = Deadline(**{name: getattr(old, name) for name in CARRIED} | changes, replaces=old)
    save_reckoned(new, policy, reckoned, hub_calendar(), at=at)
    if new.due_at == old.due_at:
        for level in old.escalations.values_list("level", flat=True):
            Escalation(deadline=new, level=level, at=at).save(force_insert=True)
    return new


def _same_policy(old: Deadline, *, at: datetime, **changes: object) -> Deadline:
    reckoned = Due(old.policy_due_at, tuple(old.explanation["policy"]))
    return _replace(old, old.policy, reckoned, at=at, **changes)


@kept_by_the_clock
def set_own_deadline(kind: str, subject_id: uuid.UUID, own_due_at: datetime | None, *, at: datetime) -> list[Deadline]:
    """Restate the open decision clock of a subject by the manager's own, earlier deadline; None takes it back.

    Who may set it, why, and the event are the calling action's.

    Returns:
        The new row; none if nothing changed or nothing is open.

    Raises:
        RuleBroken: it lies in the past, or not before the policy's instant.
    """
    made = []
    for old in _open_decision(kind, subject_id):
        if old.own_due_at != own_due_at:
            _check_own(old, own_due_at, at=at)
            made.append(_same_policy(old, at=at, own_due_at=own_due_at))
    return made


def _check_own(old: Deadline, own_due_at: datetime | None, *, at: datetime) -> None:
    if own_due_at is None:
        return
    if own_due_at <= at:
        raise RuleBroken("Enter a deadline that is later than now.", field="own_due_at")
    if own_due_at >= old.policy_due_at:
        latest = day_and_time(old.policy_due_at)
        raise RuleBroken(f"The rating already asks for {latest}. Enter an earlier deadline.", field="own_due_at")


@kept_by_the_clock
def set_safe_until(kind: str, subject_id: uuid.UUID, safe_until: datetime | None, *, at: datetime) -> list[Deadline]:
    """Restate the open decision clock of a subject by the earliest moment until which a child is safe.

    Args:
        safe_until: None when that no longer bounds it.

    Returns:
        The new row; none if nothing changed or nothing is open.
    """
    running = _open_decision(kind, subject_id)
    return [_same_policy(old, at=at, safe_until=safe_until) for old in running if old.safe_until != safe_until]


def _open_decision(kind: str, subject_id: uuid.UUID) -> list[Deadline]:
    return lock_open(Q(subject_kind=kind, subject_id=subject_id, measure=Measure.DECISION))
