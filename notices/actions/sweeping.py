"""The sweep: takes what has reached a step of the ladder and tells whom the step names, in one transaction.

It may run twice at once, be killed at any point, or not run for an hour: each step is told once, later at worst.
"""

from __future__ import annotations

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
from clock.actions import Raised, beat, claim_due
from clock.choices import Who
from clock.models import Deadline
from common.moments import london_day
from notices import mail
from notices.actions.writing import membership_rows, write
from notices.models import Notice


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


def sweep(*, viewer: Viewer, at: datetime, batch: int = 200) -> int:
    """Take and tell everything that is due, so many deadlines a transaction. Returns how many steps were taken."""
    steps = 0
    while True:
        with acting_as(viewer):
            claim = claim_due(at=at, batch=batch)
            tell(claim.raised, at=at)
        steps += len(claim.raised)
        if claim.deadlines < batch:
            break
    with acting_as(viewer):
        beat("sweep", at=at)
    return steps


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
