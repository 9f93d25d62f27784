"""Who works in the box: the people of the demo hub, some more for whom work can be covered, and their duty hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER
from agencies.choices import Role
from agencies.models import Agency, Membership, Team, User
from demo.borough.box import VirtualClock
from demo.borough.visitors import Visitor, sign_in
from demo.people import AGENCIES, PEOPLE, TEAMS, DemoPerson

COLLEAGUES = (
    DemoPerson("dora_deputy", "Dora Whitlock", "csc", (Role.MANAGER,), registered=True),
    DemoPerson("felix_front", "Felix Tan", "csc", (Role.FRONT_DOOR,)),
    DemoPerson("silas_screener", "Silas Brandt", "csc", (Role.SCREENER,), registered=True),
    DemoPerson("suki_worker", "Suki Larsen", "csc", (Role.SOCIAL_WORKER,), registered=True),
    DemoPerson("selma_worker", "Selma Ortiz", "csc", (Role.SOCIAL_WORKER,), registered=True),
    DemoPerson("olive_nights", "Olive Grant", "csc", (Role.OUT_OF_HOURS,), registered=True),
    DemoPerson("police_second", "Pat Rowe", "police", (Role.RESEARCHER,)),
    DemoPerson("health_second", "Hana Sato", "health", (Role.RESEARCHER,)),
    DemoPerson("school_second", "Enid Fry", "education", (Role.RESEARCHER,)),
    DemoPerson("adil_assessment", "Adil Khan", "csc", (Role.RECEIVING_WORKER,), team="assessment", registered=True),
    DemoPerson("elin_early_help", "Elin Vance", "early_help", (Role.RECEIVING_WORKER,), team="early_help_team"),
    DemoPerson("uma_school", "Uma Reid", "education", (Role.RECEIVING_WORKER,), team="universal"),
)
"""Who covers for whom; the demo's own directory has one of most."""

NIGHTS = frozenset({Role.OUT_OF_HOURS})
EARLY_AND_LATE = (7, 22)
"""From and to which hour the police's people are on duty, every day."""


def people_of_the_hub(
    clock: VirtualClock, draw: Random, colleagues: Sequence[DemoPerson] = COLLEAGUES
) -> list[Visitor]:
    """Sign everybody in, colleagues of the box included; whoever has two memberships works in the first."""
    for person in colleagues:
        join(person, starts_on=clock.london.date(), clock=clock)
    found = []
    for person in sorted((*PEOPLE, *colleagues), key=lambda one: one.key):
        rows = Membership.objects.select_related("user", "agency", "team").filter(user__email=person.email)
        found.append(sign_in(person.key, rows.order_by("starts_on", "id")[0], clock, draw))
    return found


def join(person: DemoPerson, *, starts_on: date, clock: VirtualClock) -> Membership:
    """Let somebody join the hub: an account, and a membership in their agency from a day on."""
    names = {one.key: one.name for one in AGENCIES}
    teams = {one.key: one.name for one in TEAMS}
    with acting_as(BUILDER) as builder:
        user = User.objects.filter(email=person.email).first() or actions.create_account(
            person.email, person.name, password=None, registered=person.registered, viewer=builder, at=clock.now
        )
        return actions.add_membership(
            user,
            Agency.objects.get(name=names[person.agency]),
            person.roles,
            team=Team.objects.get(name=teams[person.team]) if person.team else None,
            starts_on=starts_on,
            viewer=builder,
            at=clock.now,
        )


def successor(gone: Visitor, number: int, clock: VirtualClock, draw: Random) -> Visitor:
    """Let a new colleague begin in somebody's place."""
    team = gone.membership.team
    person = DemoPerson(
        f"{gone.key.split('+')[0]}+{number}",
        f"{gone.name.split()[0]} {number} {gone.name.split()[-1]}",
        next(one.key for one in AGENCIES if one.name == gone.membership.agency.name),
        tuple(gone.membership.roles),
        team=next((one.key for one in TEAMS if team is not None and one.name == team.name), ""),
        registered=gone.membership.user.is_registered_social_worker,
    )
    membership = join(person, starts_on=clock.london.date(), clock=clock)
    row = Membership.objects.select_related("user", "agency", "team").get(pk=membership.pk)
    return sign_in(person.key, row, clock, draw)


def on_duty(visitor: Visitor, clock: VirtualClock, *, is_open: bool) -> bool:
    """Say whether somebody is at work now, by the roster alone."""
    roles = set(visitor.membership.roles)
    if roles & NIGHTS:
        return not is_open
    if visitor.membership.agency.kind == "police":
        return EARLY_AND_LATE[0] <= clock.london.hour < EARLY_AND_LATE[1]
    return is_open
