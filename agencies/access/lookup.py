"""From an account or a membership to the viewer: what the database is asked for it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from agencies.access.viewer import NOBODY, PARTNERS, Viewer
from agencies.choices import ASKED_FOR_SECOND_FACTOR, Role
from agencies.models import Agency, HubSettings, Membership
from common.moments import london_day


def viewer_of(membership: Membership) -> Viewer:
    """Return the viewer for a membership loaded with its user, agency and team; in force or not is not asked here."""
    held = frozenset(membership.roles)
    roles = held - (frozenset() if getattr(membership, "takes_part", True) else PARTNERS)
    researches = not roles.isdisjoint({Role.RESEARCHER, Role.LEAD})
    receives = Role.RECEIVING_WORKER in roles and membership.team is not None
    return Viewer(
        user_id=membership.user_id,
        membership_id=membership.pk,
        agency_id=membership.agency_id,
        roles=roles,
        name=membership.user.name,
        agency_name=membership.agency.name,
        agency_kind=membership.agency.kind,
        is_core=membership.agency.is_core,
        group_id=membership.agency.group_id if researches else None,
        team_id=membership.team_id if receives else None,
        team_name=membership.team.name if receives and membership.team else "",
        team_group_id=membership.team.group_id if receives and membership.team else None,
        is_registered_social_worker=membership.user.is_registered_social_worker,
        is_unsigned=roles != held,
        lacks_second_factor=not held.isdisjoint(_asked_of(membership)) and not membership.user.has_second_factor,
    )


def _asked_of(membership: Membership) -> Collection[str]:
    """Return the roles of which the hub asks a second factor; one that was never saved begins like every hub."""
    asked: Collection[str] | None = getattr(membership, "asked_of", ())
    return ASKED_FOR_SECOND_FACTOR if asked is None else asked


def memberships_of(user_id: uuid.UUID, *, at: datetime) -> list[Membership]:
    """Return the person's memberships in force at a moment, oldest first."""
    return list(_in_force(at=at).filter(user_id=user_id).order_by("starts_on", "id"))


def viewer_for(user_id: uuid.UUID, membership_id: uuid.UUID | None, *, at: datetime) -> Viewer:
    """Return the viewer for a signed-in person and the membership they chose; NOBODY if it is not in force."""
    chosen = _in_force(at=at).filter(user_id=user_id, pk=membership_id).first() if membership_id else None
    return viewer_of(chosen) if chosen else replace(NOBODY, user_id=user_id)


def _in_force(*, at: datetime) -> QuerySet[Membership]:
    """Return memberships in force.

    Each with whether its agency's signature on the agreement is (`takes_part`), and with the roles of which the hub
    asks a second factor (`asked_of`).
    """
    signed = Agency.objects.signed_on(london_day(at)).filter(pk=OuterRef("agency_id"))
    asked = HubSettings.objects.filter(pk=1).values("second_factor_roles")
    rows: QuerySet[Membership] = Membership.objects.in_force(london_day(at)).annotate(
        takes_part=Exists(signed), asked_of=Subquery(asked)
    )
    return rows.select_related("user", "agency", "team")
