"""People and agencies leave: memberships end or change, accounts are suspended, agencies closed.

What they held is nobody's from the same moment, because every list asks who is at work; a task tells whom it concerns.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from agencies.access import roles
from agencies.access.tasks import enqueue
from agencies.access.viewer import Viewer
from agencies.actions.directory import begin, record_change
from agencies.actions.proposing import Wanted, keep, propose, withdraw_of
from agencies.choices import APART, Role
from agencies.models import Agency, Membership, Team, User
from agencies.reads.succession import is_last_manager, successors
from common.errors import RuleBroken, StaleRecord
from common.moments import london_day

NOT_ONES_OWN = "You cannot end a membership of your own: ask another administrator."
TELL_LEFT_BEHIND = "screening.tasks.tell_left_behind"
"""Tells whom it concerns that something was left behind; the sweep does it too."""

LAST_MANAGER = (
    "Nobody else is a MASH manager: without one nobody rates, assigns or decides. Choose who follows, or enter another "
    "MASH manager first."
)


@transaction.atomic
def end_membership(
    membership: Membership,
    *,
    successor_id: uuid.UUID | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Membership:
    """End a membership at once: the person's next request finds nothing, and what they held goes to others.

    One that has ended stays as it is.

    Args:
        successor_id: the account of who follows the last MASH manager; of no consequence for others.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: it is one of the viewer's own: nobody locks themself out; or it is the last manager's, and nobody
            is named who follows.
        StaleRecord: somebody changed it since the page was opened.
    """
    locked = _locked(membership, viewer=viewer, version=version)
    if locked.ended_at is None:
        _keep_a_manager([locked], successor_id, viewer=viewer, at=at)
        locked.ended_at = at
        locked.version += 1
        locked.save(update_fields=["ended_at", "version"])
        record_change("membership.ended", locked, viewer=viewer, at=at)
        withdraw_of(locked, viewer=viewer, at=at)
        enqueue(TELL_LEFT_BEHIND)
    return locked


@transaction.atomic
def change_membership(
    membership: Membership,
    in_roles: Collection[str],
    *,
    team: Team | None = None,
    ends_on: date | None = None,
    successor_id: uuid.UUID | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Membership:
    """Let a person work in other roles, in another team, or to another last day, in the same agency.

    A membership itself only ends: another one follows it, and takes along what its roles still work on. What is taken
    away is gone at once; a case role that is added, another team and a later last day wait for a manager's word.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: as for a new membership; it is the viewer's own, or the last manager's and nobody is named.
        StaleRecord: somebody changed it since the page was opened.
    """
    old = _locked(membership, viewer=viewer, version=version)
    if ends_on is not None and ends_on < london_day(at):
        raise RuleBroken("The last day is over: end the membership instead.", field="ends_on")
    if Role.MANAGER in old.roles and Role.MANAGER not in in_roles:
        _keep_a_manager([old], successor_id, viewer=viewer, at=at)
    wanted = Wanted(frozenset(in_roles), team, ends_on)
    if viewer.user_id is not None and wanted.gives_more_than(old):
        return _give_later(old, wanted, viewer=viewer, at=at)
    withdraw_of(old, viewer=viewer, at=at)
    if viewer.user_id is not None and wanted.roles - APART and wanted.roles:
        new = keep(old, wanted.roles, ends_on=ends_on, viewer=viewer, at=at)
    else:
        new = _replace(old, wanted, viewer=viewer, at=at)
    _followed(old, new, viewer=viewer, at=at)
    return new


def _give_later(old: Membership, wanted: Wanted, *, viewer: Viewer, at: datetime) -> Membership:
    """Take away at once what is taken away, and propose the rest; return the membership as it is until the word."""
    user, agency = User.objects.get(pk=old.user_id), Agency.objects.get(pk=old.agency_id)
    withdraw_of(old, viewer=viewer, at=at)
    kept, last_day = wanted.kept_of(old), wanted.last_day_of(old)
    now: Membership | None = old
    if not kept:
        now = None
        old.ended_at = at
        old.version += 1
        old.save(update_fields=["ended_at", "version"])
        record_change("membership.ended", old, viewer=viewer, at=at)
        enqueue(TELL_LEFT_BEHIND)
    elif (set(kept), last_day) != (set(old.roles), old.ends_on):
        now = keep(old, kept, ends_on=last_day, viewer=viewer, at=at)
        _followed(old, now, viewer=viewer, at=at)
    propose(
        user,
        agency,
        wanted.roles,
        team=wanted.team,
        starts_on=max(old.starts_on, london_day(at)),
        ends_on=wanted.ends_on,
        replaces=now,
        viewer=viewer,
        at=at,
    )
    return now or old


def _replace(old: Membership, wanted: Wanted, *, viewer: Viewer, at: datetime) -> Membership:
    """End a membership and begin the one that follows it."""
    old.ended_at = at
    old.version += 1
    old.save(update_fields=["ended_at", "version"])
    user, agency = User.objects.get(pk=old.user_id), Agency.objects.get(pk=old.agency_id)
    starts_on = max(old.starts_on, london_day(at))
    return begin(
        user, agency, wanted.roles, team=wanted.team, starts_on=starts_on, ends_on=wanted.ends_on, viewer=viewer
    )


def _followed(old: Membership, new: Membership, *, viewer: Viewer, at: datetime) -> None:
    """Let what the new membership's roles still work on go along with it, and write the event."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.pass_on(%s, %s)", [old.pk, new.pk])
        passed_on = cursor.fetchone()[0]
    record_change(
        "membership.changed", new, viewer=viewer, at=at, roles=" ".join(sorted(new.roles)), passed_on=passed_on
    )
    enqueue(TELL_LEFT_BEHIND)


@transaction.atomic
def suspend_account(user: User, *, successor_id: uuid.UUID | None = None, viewer: Viewer, at: datetime) -> User:
    """Let a person sign in no more, in any membership, until the account is reinstated. Twice changes nothing.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: it is the viewer's own, or the last manager's and nobody is named who follows.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if viewer.user_id is not None and viewer.user_id == user.pk:
        raise RuleBroken("You cannot suspend your own account: ask another administrator.")
    locked: User = User.objects.select_for_update().get(pk=user.pk)
    if locked.is_active:
        held = Membership.objects.in_force(london_day(at)).filter(user=locked)
        _keep_a_manager(list(held), successor_id, viewer=viewer, at=at)
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        record_change("account.suspended", locked, viewer=viewer, at=at)
        enqueue(TELL_LEFT_BEHIND)
    return locked


@transaction.atomic
def reinstate_account(user: User, *, viewer: Viewer, at: datetime) -> User:
    """Let a person sign in again; what is still named as theirs is theirs again. Twice changes nothing.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    locked: User = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        locked.is_active = True
        locked.save(update_fields=["is_active"])
        record_change("account.reinstated", locked, viewer=viewer, at=at)
        enqueue(TELL_LEFT_BEHIND)
    return locked


@transaction.atomic
def close_agency(agency: Agency, *, viewer: Viewer, at: datetime) -> Agency:
    """Let an agency take no part any more: nobody of it works in the hub until it is opened again. Twice is once.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: it is the viewer's own, or the last MASH manager is of it.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if viewer.agency_id == agency.pk:
        raise RuleBroken("You work in this agency: ask an administrator of another one.")
    locked: Agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if locked.is_active:
        _keep_a_manager(list(Membership.objects.filter(agency=locked)), None, viewer=viewer, at=at)
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        record_change("agency.closed", locked, viewer=viewer, at=at)
        enqueue(TELL_LEFT_BEHIND)
    return locked


@transaction.atomic
def reopen_agency(agency: Agency, *, viewer: Viewer, at: datetime) -> Agency:
    """Let an agency take part again, with the memberships that are still in force.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    locked: Agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if not locked.is_active:
        locked.is_active = True
        locked.save(update_fields=["is_active"])
        record_change("agency.reopened", locked, viewer=viewer, at=at)
        enqueue(TELL_LEFT_BEHIND)
    return locked


def _locked(membership: Membership, *, viewer: Viewer, version: int | None) -> Membership:
    """Return a membership that the viewer may end, locked, as it stands now."""
    roles.require(viewer, Role.ADMINISTRATOR)
    if viewer.user_id is not None and viewer.user_id == membership.user_id:
        raise RuleBroken(NOT_ONES_OWN)
    locked: Membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if version is not None and locked.version != version:
        raise StaleRecord("Somebody changed this membership since you opened it. Nothing was changed now.")
    return locked


def _keep_a_manager(
    leaving: Collection[Membership], successor_id: uuid.UUID | None, *, viewer: Viewer, at: datetime
) -> None:
    """Refuse that the last MASH manager goes, unless somebody is named who follows; they begin at once.

    One at a time: two administrators who end two managers must not both hear that the other one remains.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('the last manager'))")
    if not is_last_manager([one.pk for one in leaving], at=at):
        return
    last = next(one for one in leaving if Role.MANAGER in one.roles)
    successor = next((one for one in successors(last, at=at) if one.pk == successor_id), None)
    if successor is None:
        raise RuleBroken(LAST_MANAGER, field="successor")
    agency = Agency.objects.get(pk=last.agency_id)
    # Alone, lest the hub be without a manager: the one case in which no second person need be at hand (docs/adr/0092).
    begun = begin(successor, agency, [Role.MANAGER], team=None, starts_on=london_day(at), ends_on=None, viewer=viewer)
    record_change("membership.begun", begun, viewer=viewer, at=at, roles=str(Role.MANAGER), alone=True)
