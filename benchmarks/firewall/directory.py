"""Agencies and people of the measured borough: the demo's, with enough social workers for a large hub."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import Permission

from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER
from agencies.choices import Role
from agencies.models import Agency, Membership
from benchmarks.firewall.borough import MOSTLY_ASKED, SELDOM_ASKED, SOMETIMES_ASKED
from benchmarks.firewall.borough import Directory as Keys
from clock.models import RatingPolicy
from common.moments import london_day
from demo.directory import build_directory, read_directory
from demo.people import DOMAIN

WORKERS = 20


def build(*, at: datetime) -> None:
    """Build the directory unless it is there: the demo's, more social workers, a researcher in every agency."""
    if read_directory().members:
        return
    made = build_directory(at=at)
    with acting_as(BUILDER):
        for number in range(WORKERS - 2):
            join(f"worker{number}", f"Worker {number}", made.agencies["csc"], Role.SOCIAL_WORKER, at=at)
        for key in (*MOSTLY_ASKED, *SOMETIMES_ASKED, SELDOM_ASKED):
            if researcher_of(made.agencies[key]) is None:
                join(f"{key}_bench", f"Researcher of {key}", made.agencies[key], Role.RESEARCHER, at=at)


def join(name: str, full_name: str, agency: Agency, role: str, *, at: datetime) -> None:
    """Give somebody invented an account without a password, and a role."""
    user = actions.create_account(
        f"{name}@{DOMAIN}", full_name, password=None, registered=role == Role.SOCIAL_WORKER, viewer=BUILDER, at=at
    )
    begun = london_day(at) - timedelta(days=400)
    actions.add_membership(user, agency, (role,), starts_on=begun, viewer=BUILDER, at=at)


def researcher_of(agency: Agency) -> Membership | None:
    """Return who answers for an agency, the first of them by the day of joining."""
    rows = Membership.objects.filter(agency=agency).holding(Role.RESEARCHER)
    found: Membership | None = rows.order_by("starts_on", "id").first()
    return found


def read() -> Keys:
    """Return the keys that rows point to."""
    found = read_directory()
    workers = Membership.objects.holding(Role.SOCIAL_WORKER).order_by("user__email")
    answering = {key: researcher_of(found.agencies[key]) for key in (*MOSTLY_ASKED, *SOMETIMES_ASKED, SELDOM_ASKED)}
    permissions = {row.codename: row.pk for row in Permission.objects.all()}
    return Keys(
        agencies={key: row.pk.hex for key, row in found.agencies.items()},
        groups={key: int(row.group_id) for key, row in found.agencies.items()},
        members={
            **{key: row.pk.hex for key, row in found.members.items()},
            **{key: row.pk.hex for key, row in answering.items() if row},
        },
        workers=[row.pk.hex for row in workers],
        asked_permission=permissions["asked_on_enquiry"],
        named_permission=permissions["named_for_item"],
        policies={(row.measure, row.colour): row.pk.hex for row in RatingPolicy.objects.all()},
    )
