"""Who is at work, who is away and covered by whom, who is on duty: for the manager."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Absence, Duty, Membership
from agencies.reads.holding import Held, held_by
from clock.models import hub_calendar
from common.errors import NotVisible
from common.moments import london_day, span_in_words
from screening.models import Enquiry
from screening.rules import Span, gaps
from screening.transitions import OPEN

HUB = frozenset({Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS})
"""Roles of the hub's own people."""

LOOKS_AHEAD = 31
"""So many days of the roster are looked through for gaps."""


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
class OnDuty:
    """One duty, and its time in words."""

    duty: Duty
    words: str


@dataclass(frozen=True)
class Roster:
    """Everybody who works in the hub, who is on duty, and whether anybody is today.

    Attributes:
        hub: who takes in, screens, works on and decides.
        partners: who answers for an agency, or receives for a team.
        duties: those that hold now or later, the first ones first.
        gaps: when nobody is on duty while the hub is open, in words; up to the end of the last duty.
        overlaps: when two are on duty at once, and who.
    """

    hub: list[Colleague]
    partners: list[Colleague]
    absences: list[Absence]
    duties: list[OnDuty]
    somebody_on_duty: bool
    gaps: list[str]
    overlaps: list[str]


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
    duties = list(Duty.objects.from_now(at).select_related("membership__user").order_by("starts_at", "id"))
    present = {one.pk for one in Membership.objects.at_work(day)}
    everybody = [Colleague(member, first.get(member.pk), member.pk not in present) for member in _members(at=at)]
    return Roster(
        hub=[one for one in everybody if HUB.intersection(one.membership.roles)],
        partners=[one for one in everybody if not HUB.intersection(one.membership.roles)],
        absences=absences,
        duties=[OnDuty(one, span_in_words(one.starts_at, one.ends_at)) for one in duties],
        somebody_on_duty=any(one.starts_at <= at and one.membership_id in present for one in duties),
        gaps=_gaps(duties, at=at),
        overlaps=_overlaps(duties),
    )


def _gaps(duties: list[Duty], *, at: datetime) -> list[str]:
    """Return when nobody is on duty while the hub is open, up to the end of what the roster says."""
    if not duties:
        return []
    calendar, last = hub_calendar(), max(one.ends_at for one in duties)
    days = (london_day(at) + timedelta(days=ahead) for ahead in range(LOOKS_AHEAD))
    open_hours = [
        Span(max(at, calendar.opening(day)), min(last, calendar.closing(day)))
        for day in days
        if calendar.is_open_day(day)
    ]
    found = gaps([Span(one.starts_at, one.ends_at) for one in duties], open_hours)
    return [span_in_words(one.starts_at, one.ends_at) for one in found]


def _overlaps(duties: list[Duty]) -> list[str]:
    """Return when two are on duty at once, and who."""
    found = []
    for first, second in combinations(duties, 2):
        starts_at, ends_at = max(first.starts_at, second.starts_at), min(first.ends_at, second.ends_at)
        if starts_at < ends_at:
            names = f"{first.membership.user.name} and {second.membership.user.name}"
            found.append(f"{span_in_words(starts_at, ends_at)}: {names}")
    return found


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
