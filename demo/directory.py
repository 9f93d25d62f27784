"""Building the demo's directory through the actions; the tests use the same one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_of
from agencies.access.viewer import BUILDER, Viewer
from agencies.choices import Role
from agencies.models import Agency, HubSettings, Membership, Team
from agencies.models.accounts import PASSWORD_ALONE
from common.moments import london_day
from demo.people import AGENCIES, HUB, PASSWORD, PEOPLE, TEAMS, DemoPerson


@dataclass
class Directory:
    """What was built, by the keys of `demo.people`."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)

    def viewer(self, key: str) -> Viewer:
        """Return the viewer of a person's first membership."""
        return viewer_of(self.members[key])


@transaction.atomic
def build_directory(*, at: datetime) -> Directory:
    """Build agencies, teams, people and the agreement, as they would be after two years of work.

    Raises:
        RuleBroken: a part of it is there already.
    """
    made = Directory()
    with acting_as(BUILDER):
        actions.save_hub_settings(viewer=BUILDER, at=at, **HUB)
        _agencies(made, at=at)
        encoded = make_password(PASSWORD)  # Once: hashing is made to be slow, and everybody's is the same.
        for person in PEOPLE:
            _person(made, person, encoded, at=at)
    opener = next(one for one in made.members.values() if Role.ADMINISTRATOR in one.roles)
    with acting_as(viewer_of(opener)) as viewer:
        actions.open_public_form(viewer=viewer, at=at)
    return made


def _agencies(made: Directory, *, at: datetime) -> None:
    today = london_day(at)
    agreement = actions.make_agreement(
        "Aldermere information sharing agreement",
        starts_on=today - timedelta(days=730),
        ends_on=today + timedelta(days=365),
        viewer=BUILDER,
        at=at,
    )
    for number, one in enumerate(AGENCIES):
        made.agencies[one.key] = agency = actions.create_agency(
            one.name,
            short_name=one.short_name,
            kind=one.kind,
            is_core=one.is_core,
            telephone=f"01632 9602{number:02d}",
            viewer=BUILDER,
            at=at,
        )
        actions.sign_agreement(
            agreement,
            agency,
            signed_on=today - timedelta(days=700),
            ends_on=None if one.signed else today - timedelta(days=12),
            signatory="Caldicott guardian or equal",
            viewer=BUILDER,
            at=at,
        )
    for number, team in enumerate(TEAMS):
        made.teams[team.key] = actions.create_team(
            made.agencies[team.agency],
            team.name,
            kind=team.kind,
            telephone=f"01632 9603{number:02d}",
            viewer=BUILDER,
            at=at,
        )


def _person(made: Directory, person: DemoPerson, encoded: str, *, at: datetime) -> None:
    begun = london_day(at) - timedelta(days=400)
    user = actions.create_account(
        person.email, person.name, password=None, registered=person.registered, viewer=BUILDER, at=at
    )
    user.password = encoded
    user.save(update_fields=PASSWORD_ALONE)
    made.members[person.key] = actions.add_membership(
        user,
        made.agencies[person.agency],
        person.roles,
        team=made.teams.get(person.team),
        starts_on=begun,
        viewer=BUILDER,
        at=at,
    )
    if person.also:
        agency, roles = person.also
        actions.add_membership(
            user, made.agencies[agency], roles, starts_on=begun + timedelta(days=1), viewer=BUILDER, at=at
        )


def ask_for_passwords_alone(*, at: datetime) -> None:
    """Let everybody walk about in a demo that was built before second factors were asked; what somebody set stays."""
    with acting_as(BUILDER):
        hub = HubSettings.objects.get(pk=1)
        if hub.second_factor_set_at is None and hub.second_factor_roles:
            actions.ask_second_factor_of([], viewer=BUILDER, at=at)


def read_directory() -> Directory:
    """Return the directory that stands in the database, by the demo's keys."""
    names = {one.name: one.key for one in AGENCIES}
    team_names = {one.name: one.key for one in TEAMS}
    emails = {one.email: one.key for one in PEOPLE}
    found = Directory()
    found.agencies = {names[row.name]: row for row in Agency.objects.filter(name__in=names)}
    found.teams = {team_names[row.name]: row for row in Team.objects.filter(name__in=team_names)}
    rows = Membership.objects.filter(user__email__in=emails).select_related("user", "agency", "team")
    for row in rows.order_by("starts_on"):
        found.members.setdefault(emails[row.user.email], row)
    return found
