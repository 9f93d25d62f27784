"""Who is at work, who is away and covered by whom, who is on duty: for the manager."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Absence, Duty, Membership
from agencies.reads.holding import Held, held_by
from common.errors import NotVisible
from common.moments import london_day
from screening.models import Enquiry
from screening.transitions import OPEN

HUB = frozenset({Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS})
"""Roles of the hub's own people."""


@dataclass(frozen=True)
class Colleague:
    """One membership in force.

    Attributes:
        absence: while they are away, or the next one; None where none is marked.
        is_away: whether they are away today.
    """

    membership: Membership
    absence: Absence | None
    is_away: bool


@dataclass(frozen=True)
class Roster:
    """Everybody who works in the hub, who is on duty, and whether anybody is today.

    Attributes:
        hub: who takes in, screens, works on and decides.
        partners: who answers for an agency, or receives for a team.
        duties: those that hold today or later, the first ones first.
    """

    hub: list[Colleague]
    partners: list[Colleague]
    absences: list[Absence]
    duties: list[Duty]
    somebody_on_duty: bool


@dataclass(frozen=True)
class Colleagues:
    """What the page on which one colleague is marked absent shows.

    Attributes:
        held: by kind and number.
        enquiries: the open enquiries that are theirs.
        covers: who may cover: colleagues of the agency who are at work, in the same role.
    """

    membership: Membership
    held: list[Held]
    enquiries: list[Enquiry]
    covers: list[Membership]


def roster(viewer: Viewer, *, at: datetime) -> Roster:
    """Return who is at work, away and on duty; as many queries for many as for one.

    Raises:
        NotPermitted: the viewer is no manager.
    """
    roles.require(viewer, Role.MANAGER)
    day = london_day(at)
    away = Absence.objects.from_now(day).select_related("membership__user", "membership__agency", "cover__user")
    absences = list(away.order_by("starts_on", "id"))
    first: dict[uuid.UUID, Absence] = {}
    for absence in absences:
        first.setdefault(absence.membership_id, absence)
    duties = list(Duty.objects.from_now(day).select_related("membership__user").order_by("starts_on", "id"))
    present = {one.pk for one in Membership.objects.at_work(day)}
    everybody = [Colleague(member, first.get(member.pk), member.pk not in present) for member in _members(at=at)]
    return Roster(
        hub=[one for one in everybody if HUB.intersection(one.membership.roles)],
        partners=[one for one in everybody if not HUB.intersection(one.membership.roles)],
        absences=absences,
        duties=duties,
        somebody_on_duty=any(one.starts_on <= day and one.membership_id in present for one in duties),
    )


def _members(*, at: datetime) -> list[Membership]:
    """Return the memberships in force of those who hold something in the hub, by name."""
    rows = Membership.objects.in_force(london_day(at)).select_related("user", "agency", "team")
    return list(rows.exclude(roles=[Role.AUDITOR]).exclude(roles=[Role.ADMINISTRATOR]).order_by("user__name", "id"))


def colleague(viewer: Viewer, membership_id: uuid.UUID, *, at: datetime) -> Colleagues:
    """Return what one colleague holds, and who may cover for them.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: there is no such membership in force.
    """
    roles.require(viewer, Role.MANAGER)
    day = london_day(at)
    rows = Membership.objects.in_force(day).select_related("user", "agency")
    member = rows.filter(pk=membership_id).first()
    if member is None:
        raise NotVisible
    covers = Membership.objects.at_work(day).filter(agency_id=member.agency_id).exclude(user_id=member.user_id)
    same = [role for role in member.roles if role in (Role.SOCIAL_WORKER, Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER)]
    covers = covers.holding(*(same or member.roles)).select_related("user", "agency").order_by("user__name", "id")
    theirs = Enquiry.objects.visible_to(viewer).filter(social_worker=member, state__in=OPEN)
    return Colleagues(member, held_by([member.pk]), list(theirs.order_by("due_at", "id")), list(covers))


def duty_workers(viewer: Viewer, *, at: datetime) -> list[Membership]:
    """Return who can be put on duty: social workers who are at work.

    Raises:
        NotPermitted: the viewer is no manager.
    """
    roles.require(viewer, Role.MANAGER)
    rows = Membership.objects.at_work(london_day(at)).holding(Role.SOCIAL_WORKER).select_related("user", "agency")
    return list(rows.order_by("user__name", "id"))
