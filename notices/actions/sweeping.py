"""The sweep: takes what has reached a step of the ladder and tells whom the step names, in one transaction.

It may run twice at once, be killed at any point, or not run for an hour: each step is told once, later at worst.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from agencies.access.closed import excluded_memberships_of_each
from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership
from clock.actions import Raised, beat, claim, count_failure, count_success, ends_the_round, forget_old, lock_due
from clock.choices import Loop, Who
from clock.models import Deadline
from common.moments import london_day
from notices import mail
from notices.actions.writing import membership_rows, write
from notices.models import Notice

logger = logging.getLogger(__name__)

SWEEP_BUDGET_SECONDS = 25.0
"""Below the interval of the sweep and the soft limit of a task."""

SET_ASIDE_BATCH = 20


@dataclass(frozen=True)
class Turn:
    """What one turn of the sweep came to: deadlines looked at, and steps taken."""

    deadlines: int
    steps: int


@dataclass(frozen=True)
class Holder:
    """A membership in force, as far as the ladder asks.

    Attributes:
        works_on: the enquiries of the deadlines at hand on which they work today: their own, or standing in.
    """

    id: uuid.UUID
    agency_id: uuid.UUID
    team_id: uuid.UUID | None
    roles: frozenset[str]
    works_on: frozenset[uuid.UUID]


Chooser = Callable[[Deadline, Holder], bool]


def _holding(role: str) -> Chooser:
    return lambda deadline, holder: role in holder.roles


def _of_agency(role: str) -> Chooser:
    return lambda deadline, holder: role in holder.roles and holder.agency_id == deadline.agency_id


CHOOSERS: dict[str, Chooser] = {
    Who.WORKER: lambda deadline, holder: deadline.enquiry_id in holder.works_on,
    Who.RESEARCHERS: _of_agency(Role.RESEARCHER),
    Who.LEADS: _of_agency(Role.LEAD),
    Who.TEAM: lambda deadline, holder: Role.RECEIVING_WORKER in holder.roles and holder.team_id == deadline.team_id,
    Who.SOCIAL_WORKERS: _holding(Role.SOCIAL_WORKER),
    Who.FRONT_DOOR: _holding(Role.FRONT_DOOR),
    Who.MANAGERS: _holding(Role.MANAGER),
    Who.OUT_OF_HOURS: _holding(Role.OUT_OF_HOURS),
}
"""Whether a membership is meant by a word of the ladder."""

OWING = (Who.RESEARCHERS, Who.LEADS, Who.TEAM)
"""They are led to the record they owe; the hub's own people to the enquiry that waits for it."""


def sweep(
    *, viewer: Viewer, at: datetime, batch: int = 200, seconds: float = SWEEP_BUDGET_SECONDS, seen_as: str = ""
) -> int:
    """Take and tell everything that is due, so many deadlines a transaction, while there is time.

    A batch that fails is halved down to the row that cannot be told; it is tried again and then set aside, and stops
    nothing else.

    Args:
        seconds: no batch is begun after so long; the next sweep goes on.
        seen_as: leaves a sign of life of this part too, such as `worker` for what came through the broker.

    Returns:
        How many steps were taken.
    """
    until = time.monotonic() + seconds
    steps = 0
    while True:
        turn = _turn(viewer, at=at, batch=batch)
        steps += turn.steps
        if turn.deadlines < batch or time.monotonic() >= until:
            break
    with acting_as(viewer):
        aside = lock_due(at=at, batch=SET_ASIDE_BATCH, set_aside=True)
    steps += sum(_take([key], viewer=viewer, at=at) for key in aside)
    with acting_as(viewer):
        forget_old(at=at)
        for name in filter(None, ("sweep", seen_as)):
            beat(name, at=at)
    return steps


def _turn(viewer: Viewer, *, at: datetime, batch: int) -> Turn:
    keys: list[uuid.UUID] = []
    try:
        with acting_as(viewer):
            keys += lock_due(at=at, batch=batch)
            return Turn(len(keys), _tell_steps(keys, at=at))
    except Exception as error:
        if ends_the_round(error) or not keys:
            raise
        return Turn(len(keys), _halve(keys, error, viewer=viewer, at=at))


def _take(keys: list[uuid.UUID], *, viewer: Viewer, at: datetime) -> int:
    """Take the steps of some deadlines in a transaction of their own, as far as no other sweep has them."""
    try:
        with acting_as(viewer):
            locked = lock_due(at=at, batch=len(keys), only=keys)
            return _tell_steps(locked, at=at)
    except Exception as error:
        if ends_the_round(error):
            raise
        return _halve(keys, error, viewer=viewer, at=at)


def _tell_steps(keys: list[uuid.UUID], *, at: datetime) -> int:
    raised = claim(keys, at=at).raised
    tell(raised, at=at)
    count_success(Loop.LADDER, keys)
    return len(raised)


def _halve(keys: list[uuid.UUID], error: Exception, *, viewer: Viewer, at: datetime) -> int:
    """Try each half of a batch that failed by itself; write down the row that fails alone."""
    if len(keys) > 1:
        middle = len(keys) // 2
        return sum(_take(half, viewer=viewer, at=at) for half in (keys[:middle], keys[middle:]))
    with acting_as(viewer):
        is_new = count_failure(Loop.LADDER, keys[0], error, at=at)
    if is_new:
        try:
            with acting_as(viewer):
                _tell_of_set_aside(keys[0], at=at)
        except Exception as untold:
            if ends_the_round(untold):
                raise
            logger.exception("Nobody could be told of a deadline that was set aside; it stands on the page of notices.")
    return 0


def _tell_of_set_aside(key: uuid.UUID, *, at: datetime) -> None:
    """Tell those who answer for the child that a deadline could not be told: the managers, and whom it runs for."""
    rows = Deadline.objects.only("subject_kind", "subject_reference", "enquiry_reference", "enquiry_id", "membership")
    deadline = rows.get(pk=key)
    closed = frozenset().union(*excluded_memberships_of_each(_references(deadline)).values())
    message = mail.set_aside(deadline)
    told = [
        holder.id
        for holder in _holders([deadline], at=at)
        if holder.id not in closed and (Role.MANAGER in holder.roles or _runs_for(deadline, holder))
    ]
    write([row for one in told for row in membership_rows(message, one, at=at)])


def _runs_for(deadline: Deadline, holder: Holder) -> bool:
    return deadline.membership_id is not None and deadline.enquiry_id in holder.works_on


def tell(raised: Iterable[Raised], *, at: datetime) -> None:
    """Write the notices of some steps, in the transaction that took them."""
    steps = list(raised)
    if not steps:
        return
    holders = _holders([step.deadline for step in steps], at=at)
    closed = excluded_memberships_of_each(reference for step in steps for reference in _references(step.deadline))
    rows = []
    for step in steps:
        excluded = frozenset().union(*(closed.get(one, frozenset()) for one in _references(step.deadline)))
        told = _recipients(step, [one for one in holders if one.id not in excluded])
        for holder, owes in told:
            message = mail.escalation(step.deadline, step.escalation_id, owes=owes, at=at)
            rows += membership_rows(message, holder.id, at=at)
        if not told:
            rows += _for_administrators(step, holders, at=at)
    write(rows)


def _for_administrators(raised: Raised, holders: Iterable[Holder], *, at: datetime) -> list[Notice]:
    """Return what the administrators are told where no manager is left to be told: nothing of the case."""
    message = mail.nobody_to_tell(raised.escalation_id)
    administrators = [holder for holder in holders if Role.ADMINISTRATOR in holder.roles]
    return [row for holder in administrators for row in membership_rows(message, holder.id, at=at)]


def _holders(deadlines: Collection[Deadline], *, at: datetime) -> list[Holder]:
    rows = Membership.objects.in_force(london_day(at)).order_by("pk").values_list("pk", "agency_id", "team_id", "roles")
    works_on = _works_on(deadlines, at=at)
    return [
        Holder(key, agency_id, team_id, frozenset(roles), frozenset(works_on.get(key, ())))
        for key, agency_id, team_id, roles in rows
    ]


def _works_on(deadlines: Collection[Deadline], *, at: datetime) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Return the enquiries on which each membership works today, of those of some deadlines; standing in included."""
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    enquiries = {one.enquiry_id: one.membership_id for one in deadlines if one.enquiry_id}
    if enquiries:
        with connection.cursor() as cursor:
            cursor.execute("SELECT enquiry, members FROM fw.works_on(%s::uuid[], %s)", [list(enquiries), at])
            known = dict(cursor.fetchall())
        for enquiry, named in enquiries.items():
            for member in known.get(enquiry, [named] if named else []):
                found[member].append(enquiry)
    return found


def _references(deadline: Deadline) -> tuple[str, str]:
    return deadline.subject_reference, deadline.enquiry_reference


def _recipients(raised: Raised, holders: list[Holder]) -> list[tuple[Holder, bool]]:
    """Return whom a step means, and whether they owe; if it means nobody, the managers, while there is one."""
    meant = []
    for holder in holders:
        words = [who for who in raised.step.who if CHOOSERS[who](raised.deadline, holder)]
        if words:
            meant.append((holder, any(who in OWING for who in words)))
    return meant or [(holder, False) for holder in holders if Role.MANAGER in holder.roles]
