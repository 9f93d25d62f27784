"""Changing the directory: accounts, agencies, teams, memberships, agreements, the hub's settings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import models, transaction

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import APART, MOST_GLASS_A_DAY, HubSetting, Role
from agencies.models import (
    Agency,
    Agreement,
    HubSettings,
    Membership,
    SettingChange,
    Signature,
    StaffRecord,
    Team,
    User,
)
from audit.actions import record
from common.errors import RuleBroken
from common.moments import london_day
from common.normal.addresses import address_keys
from common.staff_keys import HOME, KEYS_FORM, PERSON, staff_keys


def record_change(
    verb: str, row: models.Model, *, viewer: Viewer, at: datetime, **details: str | int | bool | None
) -> None:
    """Write the event of a change of the directory; a row with a number for a key is named by its kind alone."""
    key = row.pk if not isinstance(row.pk, int) else None
    record(verb, actor=viewer, at=at, record_type=row._meta.label_lower, record_id=key, details=details)


@transaction.atomic
def create_agency(
    name: str, *, short_name: str, kind: str, is_core: bool, telephone: str = "", viewer: Viewer, at: datetime
) -> Agency:
    """Let an organisation into the directory, with the group that its grants go to.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: there is an agency of that name.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if Agency.objects.filter(name__iexact=name).exists():
        raise RuleBroken("There is an agency of that name already: change that one.", field="name")
    agency = Agency(name=name, short_name=short_name, kind=kind, is_core=is_core, telephone=telephone)
    agency.group = Group.objects.create(name=f"agency {agency.pk}")
    agency.save(force_insert=True)
    record_change("agency.created", agency, viewer=viewer, at=at, kind=kind)
    return agency


@transaction.atomic
def create_team(agency: Agency, name: str, *, kind: str, telephone: str = "", viewer: Viewer, at: datetime) -> Team:
    """Add a receiving team, with the group that its grants go to.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: there is a team of that name.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if Team.objects.filter(name__iexact=name).exists():
        raise RuleBroken("There is a team of that name already: change that one.", field="name")
    team = Team(agency=agency, name=name, kind=kind, telephone=telephone)
    team.group = Group.objects.create(name=f"team {team.pk}")
    team.save(force_insert=True)
    record_change("team.created", team, viewer=viewer, at=at, kind=kind)
    return team


@transaction.atomic
def create_account(
    email: str,
    name: str,
    *,
    password: str | None,
    registered: bool = False,
    telephone: str = "",
    viewer: Viewer,
    at: datetime,
) -> User:
    """Make an account; without a password it cannot sign in until one is set.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: the address has an account.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if User.objects.filter(email__iexact=email).exists():
        raise RuleBroken("This address has an account: add a membership to it.", field="email")
    user = User.objects.create_user(
        email, password, name=name, telephone=telephone, is_registered_social_worker=registered
    )
    record_change("account.created", user, viewer=viewer, at=at)
    return user


@transaction.atomic
def record_birth_and_home(
    user: User,
    *,
    born: date | None = None,
    home: str = "",
    take_birth: bool = False,
    take_home: bool = False,
    viewer: Viewer,
    at: datetime,
) -> StaffRecord:
    """Hold a person's date of birth and home address against the cases, as keyed hashes; the words are kept nowhere.

    The database compares them at once with every case that runs, and from then on with whatever is written.

    Args:
        born: None keeps what is held; likewise an empty home.
        take_birth: the date of birth that is held is taken away; likewise `take_home`.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: the day is in the future, the address is too short to find a home by, one and the same is given and
            taken away, or neither is said.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    home = home.strip()
    _check_birth_and_home(born, home, take_birth=take_birth, take_home=take_home, at=at)
    row = StaffRecord.objects.select_for_update().filter(pk=user.pk).first() or StaffRecord(user=user)
    replaced = {PERSON: born is not None or take_birth, HOME: bool(home) or take_home}
    kept = {key for key in row.keys if not replaced[key[0]]}
    row.keys = sorted(kept.union(staff_keys(user.name, born, home)))
    row.has_birth = born is not None or (row.has_birth and not take_birth)
    row.has_home = bool(home) or (row.has_home and not take_home)
    row.birth_form = KEYS_FORM if born is not None else row.birth_form
    row.home_form = KEYS_FORM if home else row.home_form
    row.recorded_at = at
    row.save()
    record_change("account.birth_and_home_recorded", user, viewer=viewer, at=at, birth=row.has_birth, home=row.has_home)
    return row


def _check_birth_and_home(born: date | None, home: str, *, take_birth: bool, take_home: bool, at: datetime) -> None:
    if born is not None and born >= london_day(at):
        raise RuleBroken("Enter a day in the past.", field="born")
    if home and not address_keys(home):
        raise RuleBroken("Enter the address with house number and postcode, so that it can be compared.", field="home")
    if born is not None and take_birth:
        raise RuleBroken("Enter a date of birth or remove the one that is held, not both.", field="take_birth")
    if home and take_home:
        raise RuleBroken("Enter a home address or remove the one that is held, not both.", field="take_home")
    if not (born or home or take_birth or take_home):
        raise RuleBroken("Enter a date of birth or a home address, or say what is to be removed.")


@transaction.atomic
def add_membership(
    user: User,
    agency: Agency,
    in_roles: Collection[str],
    *,
    team: Team | None = None,
    starts_on: date,
    ends_on: date | None = None,
    viewer: Viewer,
    at: datetime,
) -> Membership:
    """Join a person to an agency in some roles, from a day to a day in London, with nobody else's word.

    For roles that are no case roles, and for the builder of a hub, who acts for the two with whom it begins: then its
    event says "alone". A person gives a case role by `propose_membership`.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: no role, an unknown role, the days are the wrong way round, a receiving worker without a team,
            another agency's team, somebody would give themself a role, or a person would give a case role alone.
    """
    check(user, agency, in_roles, team=team, starts_on=starts_on, ends_on=ends_on, viewer=viewer)
    if viewer.user_id is not None and set(in_roles) - APART:
        raise RuleBroken("A case role needs a MASH manager's word: propose it.", field="roles")
    membership = begin(user, agency, in_roles, team=team, starts_on=starts_on, ends_on=ends_on, viewer=viewer)
    alone = {"alone": True} if set(in_roles) - APART else {}
    record_change("membership.begun", membership, viewer=viewer, at=at, roles=" ".join(sorted(in_roles)), **alone)
    return membership


def begin(
    user: User,
    agency: Agency,
    in_roles: Collection[str],
    *,
    team: Team | None,
    starts_on: date,
    ends_on: date | None,
    viewer: Viewer,
) -> Membership:
    """Write the row of a membership that begins; its event is the caller's.

    Raises:
        NotPermitted, RuleBroken: as `add_membership`.
    """
    check(user, agency, in_roles, team=team, starts_on=starts_on, ends_on=ends_on, viewer=viewer)
    membership = Membership(
        user=user, agency=agency, team=team, roles=sorted(in_roles), starts_on=starts_on, ends_on=ends_on
    )
    membership.save(force_insert=True)
    return membership


def check(
    user: User,
    agency: Agency,
    in_roles: Collection[str],
    *,
    team: Team | None,
    starts_on: date,
    ends_on: date | None,
    viewer: Viewer,
) -> None:
    """Refuse a membership that could not be.

    Raises:
        NotPermitted, RuleBroken: as `add_membership`.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if viewer.user_id is not None and viewer.user_id == user.pk:
        raise RuleBroken("You cannot give yourself a role: ask another administrator.")
    if not in_roles or not set(in_roles) <= set(Role.values):
        raise RuleBroken("Choose at least one of the roles.", field="roles")
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken("The last day comes before the first: change one of them.", field="ends_on")
    if Role.RECEIVING_WORKER in in_roles and team is None:
        raise RuleBroken("A receiving worker needs a team: choose it.", field="team")
    if team is not None and team.agency_id != agency.pk:
        raise RuleBroken(f"{team.name} belongs to another agency: choose one of {agency.name}.", field="team")
    keep_apart(user, in_roles, starts_on=starts_on, ends_on=ends_on)


def keep_apart(user: User, in_roles: Collection[str], *, starts_on: date, ends_on: date | None) -> None:
    """Refuse to let somebody who audits or administers work on cases too, over all memberships that meet in time."""
    beside = Membership.objects.filter(user=user, ended_at__isnull=True).exclude(ends_on__lt=starts_on)
    if ends_on is not None:
        beside = beside.filter(starts_on__lte=ends_on)
    held = {role for member in beside for role in member.roles} | set(in_roles)
    if held & APART and held - APART:
        raise RuleBroken(
            "Nobody is auditor or administrator and works on cases too, in whichever membership. End the other one "
            "first, or choose another person.",
            field="roles",
        )


@transaction.atomic
def make_agreement(
    title: str, *, starts_on: date, ends_on: date, items_close_after_days: int = 0, viewer: Viewer, at: datetime
) -> Agreement:
    """Enter a version of the information sharing agreement.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: the days are the wrong way round.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if ends_on < starts_on:
        raise RuleBroken("The last day comes before the first: change one of them.", field="ends_on")
    agreement = Agreement(
        title=title, starts_on=starts_on, ends_on=ends_on, items_close_after_days=items_close_after_days
    )
    agreement.save(force_insert=True)
    record_change("agreement.made", agreement, viewer=viewer, at=at)
    return agreement


@transaction.atomic
def sign_agreement(
    agreement: Agreement,
    agency: Agency,
    *,
    signed_on: date,
    ends_on: date | None = None,
    signatory: str = "",
    viewer: Viewer,
    at: datetime,
) -> Signature:
    """Enter an agency's signature; until it is in force the agency takes no part. A lapsed one is followed by another.

    Args:
        signatory: the post that signed, not the name.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: in the future, the days are the wrong way round, or an earlier signature still holds on that day.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if signed_on > london_day(at):
        raise RuleBroken(
            "A signature cannot lie in the future: enter the day on which it was given.", field="signed_on"
        )
    if ends_on is not None and ends_on < signed_on:
        raise RuleBroken("The last day comes before the signature: change one of them.", field="ends_on")
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)  # Two administrators at once: one after the other.
    if Signature.objects.covering(signed_on).filter(agreement=agreement, agency=agency).exists():
        raise RuleBroken("This agency has signed this version, and its signature holds on that day.", field="agency")
    signature = Signature(agreement=agreement, agency=agency, signed_on=signed_on, ends_on=ends_on, signatory=signatory)
    signature.save(force_insert=True)
    record_change("agreement.signed", signature, viewer=viewer, at=at)
    return signature


@transaction.atomic
def save_hub_settings(*, viewer: Viewer, at: datetime, **fields: Any) -> HubSettings:
    """Save the settings of the hub: its one row, which is made where there is none.

    Args:
        fields: columns of `HubSettings` with their values; the others stay.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    hub = HubSettings.objects.filter(pk=1).first() or HubSettings(pk=1)
    for name, value in fields.items():
        setattr(hub, name, value)
    hub.save()
    record_change("hub.settings_saved", hub, viewer=viewer, at=at)
    return hub


@transaction.atomic
def limit_broken_glass(times: int, *, viewer: Viewer, at: datetime) -> HubSettings:
    """Say how often a day one person may use emergency access before the managers and the auditor are warned.

    Nothing is forbidden by it: whoever must see that a child is safe is never kept out by a number.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: fewer than none, more than anybody would read warnings of, or what is set already.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if not 0 <= times <= MOST_GLASS_A_DAY:
        raise RuleBroken(f"Enter a whole number from 0 to {MOST_GLASS_A_DAY}.", field="times")
    hub = HubSettings.objects.select_for_update().filter(pk=1).first() or HubSettings(pk=1)
    before = hub.broken_glass_a_day
    if times == before:
        raise RuleBroken(f"It is {times} already: nothing was changed.", field="times")
    hub.broken_glass_a_day = times
    hub.save()
    if viewer.user_id is not None and viewer.membership_id is not None:
        SettingChange(
            setting=HubSetting.BROKEN_GLASS_A_DAY,
            before=before,
            after=times,
            changed_at=at,
            changed_by_id=viewer.membership_id,
        ).save(force_insert=True)
    record_change("hub.glass_limited", hub, viewer=viewer, at=at, before=before, after=times)
    return hub
