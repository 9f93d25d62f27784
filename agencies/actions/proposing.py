"""A case role is given by two people: an administrator proposes it, a manager gives their word (docs/adr/0092).

What waits stands in a table of its own, which nothing that reads rights reads: the membership is written with the word.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.actions.directory import add_membership, check, keep_apart, record_change
from agencies.choices import APART, Role, Word
from agencies.models import Agency, Membership, RoleProposal, Team, User
from common.errors import MoveNotAllowed, NotVisible, RuleBroken, StaleRecord
from common.moments import london_day


@dataclass(frozen=True)
class Wanted:
    """A membership as it is to become."""

    roles: frozenset[str]
    team: Team | None
    ends_on: date | None

    def kept_of(self, old: Membership) -> frozenset[str]:
        """The roles that stay as they are: another team is another right for whoever receives there."""
        kept = self.roles & set(old.roles)
        return kept - {Role.RECEIVING_WORKER} if self._moves_team(old) else kept

    def last_day_of(self, old: Membership) -> date | None:
        """The last day that holds until a word is given: never later than the one that held."""
        return min(filter(None, (self.ends_on, old.ends_on)), default=None)

    def gives_more_than(self, old: Membership) -> bool:
        """Whether somebody gains a case role by it, in another team or for longer."""
        added = self.roles - self.kept_of(old)
        is_longer = old.ends_on is not None and (self.ends_on is None or self.ends_on > old.ends_on)
        return bool(added - APART or (is_longer and self.roles - APART))

    def _moves_team(self, old: Membership) -> bool:
        return (self.team.pk if self.team else None) != old.team_id


@transaction.atomic
def propose_membership(
    user: User,
    agency: Agency,
    in_roles: Collection[str],
    *,
    team: Team | None = None,
    starts_on: date,
    ends_on: date | None = None,
    viewer: Viewer,
    at: datetime,
) -> Membership | RoleProposal:
    """Join a person to an agency; with a case role it opens nothing before a manager has given their word.

    Raises:
        NotPermitted, RuleBroken: as `add_membership`.
    """
    if viewer.user_id is None or not set(in_roles) - APART:
        return add_membership(
            user, agency, in_roles, team=team, starts_on=starts_on, ends_on=ends_on, viewer=viewer, at=at
        )
    return propose(user, agency, in_roles, team=team, starts_on=starts_on, ends_on=ends_on, viewer=viewer, at=at)


def propose(
    user: User,
    agency: Agency,
    in_roles: Collection[str],
    *,
    team: Team | None,
    starts_on: date,
    ends_on: date | None,
    replaces: Membership | None = None,
    viewer: Viewer,
    at: datetime,
) -> RoleProposal:
    """Write a proposal and its event.

    Args:
        replaces: the membership that ends with the word; None where it is a new one.

    Raises:
        NotPermitted, RuleBroken: as `add_membership`.
    """
    check(user, agency, in_roles, team=team, starts_on=starts_on, ends_on=ends_on, viewer=viewer)
    proposer = Membership.objects.get(Q(pk=viewer.membership_id))
    proposal = RoleProposal(
        user=user,
        agency=agency,
        team=team,
        roles=sorted(in_roles),
        starts_on=starts_on,
        ends_on=ends_on,
        replaces=replaces,
        proposed_at=at,
        proposed_by=proposer,
    )
    proposal.save(force_insert=True)
    record_change("roles.proposed", proposal, viewer=viewer, at=at, roles=" ".join(sorted(in_roles)))
    return proposal


@transaction.atomic
def give_word(proposal: RoleProposal, *, viewer: Viewer, at: datetime, version: int) -> RoleProposal:
    """Give the word of a manager: the roles are in force from now, or from their first day.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: it is about the viewer, or they proposed it.
        MoveNotAllowed: it was answered or withdrawn already.
        StaleRecord: it has changed since the page was opened.
        RuleBroken: its last day is over, the account, agency or team is closed, or the person audits or administers.
    """
    locked = _locked(proposal, Role.MANAGER, viewer=viewer, version=version)
    if locked.ends_on is not None and locked.ends_on < london_day(at):
        raise RuleBroken("The last day is over: say no, so that the administrator proposes another one.")
    if not all(one.is_active for one in (locked.user, locked.agency, locked.team) if one is not None):
        raise RuleBroken("The account, the agency or the team was closed since it was proposed. Say no.")
    keep_apart(locked.user, locked.roles, starts_on=locked.starts_on, ends_on=locked.ends_on)
    _answer(locked, Word.GIVEN, viewer=viewer, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.give_roles(%s)", [locked.pk])
    locked.refresh_from_db()
    record_change("roles.given", locked, viewer=viewer, at=at, roles=" ".join(locked.roles))
    return locked


@transaction.atomic
def refuse_roles(proposal: RoleProposal, reason: str, *, viewer: Viewer, at: datetime, version: int) -> RoleProposal:
    """Say no, and why.

    Raises:
        NotPermitted, NotVisible, MoveNotAllowed, StaleRecord: as `give_word`.
        RuleBroken: no reason.
    """
    if not reason.strip():
        raise RuleBroken("Say why not: the administrator reads it.", field="reason")
    locked = _locked(proposal, Role.MANAGER, viewer=viewer, version=version)
    _answer(locked, Word.REFUSED, viewer=viewer, at=at, reason=reason.strip())
    record_change("roles.refused", locked, viewer=viewer, at=at)
    return locked


@transaction.atomic
def withdraw_proposal(proposal: RoleProposal, *, viewer: Viewer, at: datetime, version: int) -> RoleProposal:
    """Take a proposal back while it waits.

    Raises:
        NotPermitted: the viewer is no administrator.
        NotVisible, MoveNotAllowed, StaleRecord: as `give_word`.
    """
    locked = _locked(proposal, Role.ADMINISTRATOR, viewer=viewer, version=version)
    _answer(locked, Word.WITHDRAWN, viewer=viewer, at=at)
    record_change("roles.withdrawn", locked, viewer=viewer, at=at)
    return locked


def withdraw_of(membership: Membership, *, viewer: Viewer, at: datetime) -> None:
    """Take back what waits to change a membership: it ends, or is changed otherwise."""
    for waiting in RoleProposal.objects.filter(replaces=membership, answer=""):
        withdraw_proposal(waiting, viewer=viewer, at=at, version=waiting.version)


def keep(old: Membership, kept: Collection[str], *, ends_on: date | None, viewer: Viewer, at: datetime) -> Membership:
    """End a membership and begin one with those of its roles that stay, in one move; its event is the caller's."""
    user, agency = User.objects.get(pk=old.user_id), Agency.objects.get(pk=old.agency_id)
    team: Team | None = old.team
    check(user, agency, kept, team=team, starts_on=old.starts_on, ends_on=ends_on, viewer=viewer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.keep_roles(%s, %s, %s, %s)", [old.pk, sorted(kept), ends_on, at])
        key = cursor.fetchone()[0]
    kept_as: Membership = Membership.objects.get(pk=key)
    return kept_as


def _locked(proposal: RoleProposal, role: str, *, viewer: Viewer, version: int) -> RoleProposal:
    """Return a proposal that the viewer may answer, locked, as it stands now: of two at once the second is too late."""
    roles.require(viewer, role)
    rows = RoleProposal.objects.select_for_update(of=("self",)).select_related("user", "agency", "team")
    locked: RoleProposal | None = rows.filter(pk=proposal.pk).first()
    mine = Membership.objects.filter(Q(user=viewer.user_id)).values_list("pk", flat=True)
    if locked is None and not RoleProposal.objects.filter(pk=proposal.pk).exists():
        raise NotVisible
    if locked is None:  # The wall lets nobody lock what is answered.
        raise MoveNotAllowed("It was answered or withdrawn meanwhile. Nothing was changed now.")
    if role == Role.MANAGER and (locked.user_id == viewer.user_id or locked.proposed_by_id in mine):
        raise NotVisible
    if locked.answer:
        raise MoveNotAllowed("It was answered or withdrawn meanwhile. Nothing was changed now.")
    if locked.version != version:
        raise StaleRecord("Somebody changed this since you opened it. Nothing was changed now.")
    return locked


def _answer(locked: RoleProposal, answer: Word, *, viewer: Viewer, at: datetime, reason: str = "") -> None:
    locked.answer = answer
    locked.reason = reason
    locked.answered_at = at
    locked.answered_by_id = viewer.membership_id
    locked.version += 1
    locked.save(update_fields=["answer", "reason", "answered_at", "answered_by", "version"])
