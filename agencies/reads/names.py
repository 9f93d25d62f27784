"""What people, agencies and teams were called: on a day, and before."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Agency, FormerName, Team, User
from common.errors import NotVisible
from common.moments import london_day, short_moment

NAMES_SHOWN = 20


def former_names(viewer: Viewer, row: User | Agency | Team) -> list[FormerName]:
    """Return what somebody or something was called, the latest first, twenty at most.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    rows = FormerName.objects.filter(**{row._meta.model_name or "": row}).select_related("changed_by__user")
    return list(rows.order_by("-until", "id")[:NAMES_SHOWN])


def in_words(names: Sequence[FormerName]) -> str:
    """Return the sentence that says what something was called; nothing where it always had its name."""
    return "".join(f"Until {short_moment(one.until)}: {one.name}. " for one in names).strip()


def agencies_then(agencies: Collection[Agency], moment: datetime) -> dict[uuid.UUID, str]:
    """Return what agencies were called at a moment, by their keys; one query."""
    rows = FormerName.objects.filter(agency_id__in={one.pk for one in agencies}, until__gt=moment).order_by("-until")
    return {one.pk: one.name for one in agencies} | {row.agency_id: row.name for row in rows if row.agency_id}


def sponsors(viewer: Viewer, of: User) -> list[User]:
    """Return who may answer for an account: everybody else with an active account, and who does now; by name.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    rows = User.objects.filter(Q(is_active=True) | Q(pk=of.sponsor_id))
    return list(rows.exclude(pk=of.pk).order_by("name", "id"))


def team(viewer: Viewer, team_id: uuid.UUID) -> Team:
    """Return one receiving team, closed or not.

    Raises:
        NotPermitted: the viewer is no administrator.
        NotVisible: there is none.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    found: Team | None = Team.objects.select_related("agency").filter(pk=team_id).first()
    if found is None:
        raise NotVisible
    return found


def closed_teams(viewer: Viewer) -> list[Team]:
    """Return the teams to which nothing is handed any more, by name.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    return list(Team.objects.filter(is_active=False).select_related("agency").order_by("name"))


def reviews_due(viewer: Viewer, *, at: datetime, most: int = 50) -> list[User]:
    """Return active accounts whose day of review has come, the longest due first; then those whose sponsor has left.

    Args:
        most: how many at most; as they are reviewed, others come up.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    due = Q(review_on__lte=london_day(at)) | Q(sponsor__is_active=False)
    rows = User.objects.filter(due, is_active=True).select_related("sponsor")
    return list(rows.order_by("review_on", "name", "id")[:most])
