"""Reads of the directory for interfaces and for other apps' actions."""

from __future__ import annotations

import uuid
from datetime import datetime

from agencies.choices import Role
from agencies.models import Agency, HubSettings, Membership, Team
from mash.common.moments import london_day


def hub_settings() -> HubSettings:
    """Return how this hub works; the shipped values until an administrator has saved any."""
    return HubSettings.objects.filter(pk=1).first() or HubSettings()


def is_signed(agency_id: uuid.UUID, *, at: datetime) -> bool:
    """Say whether the agency's signature on a current agreement is in force."""
    return Agency.objects.signed_on(london_day(at)).filter(pk=agency_id).exists()


def partner_agencies(*, at: datetime) -> list[tuple[Agency, bool]]:
    """Return every active agency and whether its signature is in force, core agencies first."""
    signed = set(Agency.objects.signed_on(london_day(at)).values_list("pk", flat=True))
    agencies = Agency.objects.filter(is_active=True).order_by("-is_core", "name")
    return [(agency, agency.pk in signed) for agency in agencies]


def teams(*kinds: str) -> list[Team]:
    """Return active receiving teams, of the given kinds only if any are given."""
    rows = Team.objects.filter(is_active=True).select_related("agency")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def members_holding(*roles: str, at: datetime, agency_id: uuid.UUID | None = None) -> list[Membership]:
    """Return memberships in force that hold any of the roles, with their people.

    Args:
        agency_id: only those of one agency.
    """
    rows = Membership.objects.in_force(london_day(at)).holding(*roles).select_related("user", "agency", "team")
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    return list(rows.order_by("user__name", "id"))


def social_workers(*, at: datetime) -> list[Membership]:
    """Return the memberships to which an enquiry can be assigned."""
    return members_holding(Role.SOCIAL_WORKER, at=at)


def names_of(membership_ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names behind memberships, in one query."""
    rows = Membership.objects.filter(pk__in=membership_ids).values_list("pk", "user__name")
    return dict(rows)
