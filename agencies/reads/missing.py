"""What a hub still lacks before it can work: read for the page on which it is set up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from agencies.choices import AgencyKind, Role
from agencies.models import Agency, Agreement, HubSettings, Membership, Team
from common.moments import london_day

PARTNERS = (AgencyKind.POLICE, AgencyKind.HEALTH, AgencyKind.EDUCATION)
"""Without one of each a hub asks nobody: the statutory partners, and the schools."""
NEEDED = (
    Role.ADMINISTRATOR,
    Role.MANAGER,
    Role.FRONT_DOOR,
    Role.SCREENER,
    Role.SOCIAL_WORKER,
    Role.RESEARCHER,
    Role.OUT_OF_HOURS,
    Role.RECEIVING_WORKER,
    Role.AUDITOR,
)
"""Roles without which a step of the journey has nobody."""


@dataclass(frozen=True)
class Part:
    """One part of setting a hub up.

    Attributes:
        key: which one, for its links.
        missing: what is missing, a sentence each; empty where nothing is.
    """

    key: str
    title: str
    missing: Sequence[str]


def parts_of(hub: HubSettings, *, at: datetime) -> list[Part]:
    """Return the parts in the order in which they are done; who may ask, the page says."""
    asked: Sequence[tuple[str, str, Callable[[], Sequence[str]]]] = (
        ("hub", "The hub", lambda: _of_hub(hub)),
        ("agencies", "Agencies", _of_agencies),
        ("teams", "Receiving teams", _of_teams),
        ("agreement", "Agreement and signatures", lambda: _of_agreement(at)),
        ("people", "People", lambda: _of_people(at)),
    )
    return [Part(key, title, missing()) for key, title, missing in asked]


def is_complete(hub: HubSettings, *, at: datetime) -> bool:
    """Say whether nothing is missing: until then the page of it is where an administrator begins."""
    return not any(part.missing for part in parts_of(hub, at=at))


def before_the_form(hub: HubSettings, *, at: datetime) -> list[str]:
    """Return what is missing before the public form may open: whoever writes there is read, and can ring instead."""
    wanted = {
        "The telephone number of the front door": hub.telephone,
        "The telephone number out of hours": hub.out_of_hours_telephone,
        "Somebody at the front door who has set a password": _has_front_door(at),
    }
    return [what for what, value in wanted.items() if not value]


def _has_front_door(at: datetime) -> bool:
    rows = Membership.objects.in_force(at).filter(roles__contains=[Role.FRONT_DOOR], user__is_active=True)
    return any(one.user.has_usable_password() for one in rows.select_related("user"))


def _of_hub(hub: HubSettings) -> list[str]:
    wanted = {
        "The name of the authority": hub.authority,
        "The telephone number of the front door": hub.telephone,
        "The telephone number out of hours": hub.out_of_hours_telephone,
        "Whom a referrer rings who disagrees": hub.disagree_with,
    }
    return [what for what, value in wanted.items() if not value]


def _of_agencies() -> list[str]:
    there = set(Agency.objects.filter(is_active=True).values_list("kind", flat=True))
    return [f"An agency for: {AgencyKind(kind).label}" for kind in PARTNERS if kind not in there]


def _of_teams() -> list[str]:
    return [] if Team.objects.exists() else ["A receiving team: until there is one, nothing can be handed over"]


def _of_agreement(at: datetime) -> list[str]:
    today = london_day(at)
    if not Agreement.objects.filter(starts_on__lte=today, ends_on__gte=today).exists():
        return ["An information sharing agreement that is in force today"]
    signed = Agency.objects.signed_on(today).values("pk")
    unsigned = Agency.objects.filter(is_active=True).exclude(pk__in=signed).order_by("name")
    return [f"The signature of {one.name}" for one in unsigned]


def _of_people(at: datetime) -> list[str]:
    rows = Membership.objects.in_force(at).filter(user__is_active=True)
    held = {role for roles in rows.values_list("roles", flat=True) for role in roles}
    found = [f"Nobody is: {Role(role).label}" for role in NEEDED if role not in held]
    waiting = [one.user.name for one in rows.select_related("user") if not one.user.has_usable_password()]
    return [*found, *(f"No password yet: {name}" for name in sorted(set(waiting)))]
