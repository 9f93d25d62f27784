"""Reads of the directory for interfaces and for other apps' actions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, F, Q

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import (
    Agency,
    Agreement,
    HubSettings,
    Membership,
    RoleProposal,
    SettingChange,
    Signature,
    StaffRecord,
    Team,
    User,
)
from common.errors import NotVisible
from common.moments import london_day
from common.staff_keys import KEYS_FORM

PROPOSALS_SHOWN = 10
PEOPLE_PER_PAGE = 50
WARNED_BEFORE = timedelta(days=30)
"""How long before a signature ends the administrator is warned."""

OF_EARLIER_FORM = Q(has_birth=True, birth_form__lt=KEYS_FORM) | Q(has_home=True, home_form__lt=KEYS_FORM)
"""What is held of staff and finds less than it would if it were entered today."""


def opener_of_form(hub: HubSettings) -> str:
    """Return who opened the public form, by name and agency; nothing while it is closed."""
    opener = hub.public_form_opened_by
    return f"{opener.user.name}, {opener.agency.name}" if opener else ""


def hub_settings() -> HubSettings:
    """Return how this hub works; the shipped values until an administrator has saved any."""
    return HubSettings.objects.filter(pk=1).first() or HubSettings()


def changes_of(setting: str, viewer: Viewer, *, most: int = 50) -> list[SettingChange]:
    """Return who changed a setting of the hub, the latest first.

    Args:
        most: how many at most.

    Raises:
        NotPermitted: the viewer is neither administrator, who changes it, nor one of those whom it warns.
    """
    roles.require(viewer, Role.ADMINISTRATOR, Role.MANAGER, Role.AUDITOR)
    rows = SettingChange.objects.filter(setting=setting).select_related("changed_by__user", "changed_by__agency")
    return list(rows.order_by("-changed_at", "id")[:most])


def is_signed(agency_id: uuid.UUID, *, at: datetime) -> bool:
    """Say whether the agency's signature on a current agreement is in force."""
    return Agency.objects.signed_on(london_day(at)).filter(pk=agency_id).exists()


@dataclass(frozen=True)
class Lapse:
    """Why an agency takes no part now.

    Attributes:
        ended_on: the last day on which a signature of it was in force; None where there never was one.
    """

    agency: str
    ended_on: date | None

    @property
    def words(self) -> str:
        """The sentence that its own people read."""
        if self.ended_on is None:
            return f"{self.agency} has not signed the information sharing agreement yet."
        day = f"{self.ended_on.day} {self.ended_on:%B %Y}"
        return f"Your agency's signature on the information sharing agreement has ended on {day}."


def lapse_of(viewer: Viewer, *, at: datetime) -> Lapse:
    """Return how the viewer's own agency came to take no part."""
    ended = last_days([viewer.agency_id] if viewer.agency_id else [], at=at)
    return Lapse(viewer.agency_name, ended.get(viewer.agency_id) if viewer.agency_id else None)


def last_days(agency_ids: Iterable[uuid.UUID], *, at: datetime) -> dict[uuid.UUID, date]:
    """Return for each of these agencies the last day on which a signature given by now is or was in force."""
    rows = Signature.objects.filter(agency_id__in=agency_ids, signed_on__lte=london_day(at)).select_related("agreement")
    found: dict[uuid.UUID, date] = {}
    for row in rows:
        day = _last_day(row)
        found[row.agency_id] = max(day, found.get(row.agency_id, day))
    return found


def _last_day(signature: Signature) -> date:
    with_agreement: date = signature.agreement.ends_on
    return min(signature.ends_on or with_agreement, with_agreement)


@dataclass(frozen=True)
class Ending:
    """A signature in force that ends soon, with nothing after it."""

    agency: Agency
    ends_on: date


def ending_soon(viewer: Viewer, *, at: datetime) -> list[Ending]:
    """Return the agencies whose part in the hub ends within thirty days, the soonest first.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    require_administrator(viewer)
    signed = {agency.pk: agency for agency, is_signed in partner_agencies(at=at) if is_signed}
    limit = london_day(at) + WARNED_BEFORE
    found = [Ending(signed[key], day) for key, day in last_days(signed, at=at).items() if day <= limit]
    return sorted(found, key=lambda one: (one.ends_on, one.agency.name))


def partner_agencies(*, at: datetime) -> list[tuple[Agency, bool]]:
    """Return every active agency and whether its signature is in force, core agencies first."""
    signed = set(Agency.objects.signed_on(london_day(at)).values_list("pk", flat=True))
    agencies = Agency.objects.filter(is_active=True).order_by("-is_core", "name")
    return [(agency, agency.pk in signed) for agency in agencies]


def teams(*kinds: str) -> list[Team]:
    """Return open receiving teams of open agencies, of the given kinds only if any are given."""
    rows = Team.objects.filter(is_active=True, agency__is_active=True).select_related("agency")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def teams_of(agency: Agency) -> list[uuid.UUID]:
    """Return the keys of an agency's teams, closed or not."""
    return list(Team.objects.filter(agency=agency).values_list("pk", flat=True))


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
    """Return the memberships to which an enquiry can be assigned: of those who are at work today."""
    rows = Membership.objects.at_work(london_day(at)).holding(Role.SOCIAL_WORKER)
    return list(rows.select_related("user", "agency", "team").order_by("user__name", "id"))


def names_of(membership_ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names behind memberships, in one query."""
    rows = Membership.objects.filter(pk__in=membership_ids).values_list("pk", "user__name")
    return dict(rows)


def require_administrator(viewer: Viewer) -> None:
    """Let a page of the directory be shown to an administrator only.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Standing:
    """How an agency stands under the agreement: its newest signature, and whether it is in force today."""

    agency: Agency
    in_force: bool
    signature: Signature | None

    @property
    def words(self) -> str:
        """The standing as pages say it."""
        if self.in_force:
            return "In force"
        return "Lapsed: cannot take part" if self.signature else "Not signed: cannot take part"


def standings(viewer: Viewer, *, at: datetime) -> list[Standing]:
    """Return every active agency with its newest signature, core agencies first.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    require_administrator(viewer)
    newest: dict[uuid.UUID, Signature] = {}
    for signature in Signature.objects.select_related("agreement").order_by("signed_on", "id"):
        newest[signature.agency_id] = signature
    return [Standing(agency, signed, newest.get(agency.pk)) for agency, signed in partner_agencies(at=at)]


@dataclass
class Account:
    """A person with their memberships, those in force first."""

    user: User
    now: list[Membership] = field(default_factory=list)
    other: list[Membership] = field(default_factory=list)


def people(
    viewer: Viewer, *, agency: Agency | None, page: str | None, at: datetime
) -> tuple[Page[User], list[Account]]:
    """Return one page of accounts by name, with the memberships of each.

    Args:
        agency: only people with a membership of it, of whatever day; None for all.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    require_administrator(viewer)
    found = User.objects.order_by("name", "id")
    if agency is not None:
        found = found.filter(pk__in=Membership.objects.filter(agency=agency).values("user"))
    shown = Paginator(found, PEOPLE_PER_PAGE).get_page(page)
    return shown, _with_memberships(list(shown.object_list), day=london_day(at))


def account(viewer: Viewer, user_id: uuid.UUID, *, at: datetime) -> Account:
    """Return one account with its memberships.

    Raises:
        NotPermitted: the viewer is no administrator.
        NotVisible: there is no such account.
    """
    require_administrator(viewer)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotVisible
    return _with_memberships([user], day=london_day(at))[0]


@dataclass(frozen=True)
class BirthAndHome:
    """Which of both is held of a person; what it is, nobody can read back."""

    birth: bool = False
    home: bool = False
    is_of_earlier_form: bool = False

    @property
    def words(self) -> str:
        """What is held as pages say it."""
        parts = [(self.birth, "date of birth"), (self.home, "home address")]
        words = " and ".join(word for held, word in parts if held)
        if not words:
            return "Nothing held: a case of their own family is not noticed"
        again = ". Kept in an earlier form, which finds less: ask the person, and enter it again"
        return f"Held against the cases: {words}{again if self.is_of_earlier_form else ''}"


def birth_and_home(viewer: Viewer, user: User) -> BirthAndHome:
    """Say what is held of a person so that a case of their own family is noticed; never what it is.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    require_administrator(viewer)
    rows = StaffRecord.objects.annotate(earlier=ExpressionWrapper(OF_EARLIER_FORM, BooleanField()))
    row = rows.filter(pk=user.pk).first()
    return BirthAndHome(row.has_birth, row.has_home, row.earlier) if row else BirthAndHome()


def to_enter_again(viewer: Viewer, *, most: int = PEOPLE_PER_PAGE) -> list[User]:
    """Return people with an active account of whom something is held in an earlier form, by name.

    Args:
        most: how many at most; as they are entered, others come up.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    require_administrator(viewer)
    stale = StaffRecord.objects.filter(OF_EARLIER_FORM).values("user_id")
    return list(User.objects.filter(pk__in=stale, is_active=True).order_by("name", "id")[:most])


def _with_memberships(users: list[User], *, day: date) -> list[Account]:
    accounts = {user.pk: Account(user) for user in users}
    rows = (
        Membership.objects.filter(user__in=users).select_related("user", "agency", "team").order_by("-starts_on", "id")
    )
    current = set(Membership.objects.in_force(day).filter(user__in=users).values_list("pk", flat=True))
    for row in rows:
        one = accounts[row.user_id]
        (one.now if row.pk in current else one.other).append(row)
    return list(accounts.values())


def membership(viewer: Viewer, membership_id: uuid.UUID) -> Membership:
    """Return one membership that has not been ended.

    Raises:
        NotPermitted: the viewer is no administrator.
        NotVisible: there is none, or it was ended.
    """
    require_administrator(viewer)
    rows = Membership.objects.select_related("user", "agency", "team").filter(ended_at__isnull=True)
    found: Membership | None = rows.filter(pk=membership_id).first()
    if found is None:
        raise NotVisible
    return found


def agreements(viewer: Viewer, *, at: datetime) -> list[tuple[Agreement, bool]]:
    """Return every version of the agreement and whether it is in force today, newest first.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    require_administrator(viewer)
    day = london_day(at)
    return [(one, one.starts_on <= day <= one.ends_on) for one in Agreement.objects.order_by("-starts_on", "id")]


def agency(viewer: Viewer, agency_id: uuid.UUID) -> Agency:
    """Return one agency, closed or not.

    Raises:
        NotPermitted: the viewer is no administrator.
        NotVisible: there is none.
    """
    require_administrator(viewer)
    found: Agency | None = Agency.objects.filter(pk=agency_id).first()
    if found is None:
        raise NotVisible
    return found


def closed_agencies(viewer: Viewer) -> list[Agency]:
    """Return the agencies that take no part any more, by name.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    require_administrator(viewer)
    return list(Agency.objects.filter(is_active=False).order_by("name"))


def memberships_in_force(*, at: datetime, user: User | None = None, agency: Agency | None = None) -> list[Membership]:
    """Return the memberships in force of a person or of an agency."""
    rows = Membership.objects.in_force(london_day(at)).select_related("user", "agency", "team")
    rows = rows.filter(user=user) if user is not None else rows
    return list((rows.filter(agency=agency) if agency is not None else rows).order_by("user__name", "id"))


def proposals(viewer: Viewer, user: User) -> list[RoleProposal]:
    """Return the case roles that were proposed for a person, what waits first, then the latest answers.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    require_administrator(viewer)
    rows = RoleProposal.objects.filter(user=user).select_related(
        "agency", "team", "proposed_by__user", "answered_by__user"
    )
    return list(rows.order_by(F("answered_at").desc(nulls_first=True), "-proposed_at", "id")[:PROPOSALS_SHOWN])


def proposal(viewer: Viewer, proposal_id: uuid.UUID) -> RoleProposal:
    """Return one proposal, answered or not.

    Raises:
        NotPermitted: the viewer is no administrator.
        NotVisible: there is none.
    """
    require_administrator(viewer)
    found: RoleProposal | None = RoleProposal.objects.filter(pk=proposal_id).first()
    if found is None:
        raise NotVisible
    return found
