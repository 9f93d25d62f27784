"""Whether somebody is the last MASH manager, and who could follow."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from agencies.choices import Role
from agencies.models import Membership, User
from common.moments import london_day


def is_last_manager(besides: Collection[uuid.UUID], *, at: datetime) -> bool:
    """Say whether no MASH manager would be in force today but for these memberships."""
    rows = Membership.objects.in_force(london_day(at)).holding(Role.MANAGER)
    return rows.filter(pk__in=besides).exists() and not rows.exclude(pk__in=besides).exists()


def successors(membership: Membership, *, at: datetime) -> list[User]:
    """Return who could follow the last MASH manager: colleagues of the agency who neither administer nor audit."""
    day = london_day(at)
    apart = Membership.objects.in_force(day).holding(Role.ADMINISTRATOR, Role.AUDITOR).values("user_id")
    members = Membership.objects.at_work(day).filter(agency_id=membership.agency_id).values("user_id")
    rows = User.objects.filter(pk__in=members).exclude(pk__in=apart).exclude(pk=membership.user_id)
    return list(rows.order_by("name", "id"))
