"""The viewer: one membership of one person, at work now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict

from agencies.choices import Role, SystemRole
from common.errors import MembershipNeeded

if TYPE_CHECKING:
    from agencies.models import HubSettings

BREAK_GLASS, REVIEW = "break glass", "review"
"""Purposes that the read log names for those who look into a case that is not theirs."""


@dataclass(frozen=True)
class CaseAccess:
    """What one membership is kept out of, or let into, case by case; `fw.case_access` says so for both walls.

    Attributes:
        closed_contacts: closed to the viewer by a conflict of interest, over every role and grant.
        closed_references: of all records that closed cases are made of.
        reviewed: enquiries that a reviewer was named for, today.
        emergency_access: enquiries whose glass the viewer has broken, in the last twelve hours.
        emergency_route: requests that the viewer's agency may answer though its signature is not in force.
        stands_in: open enquiries on which the viewer works for their social worker: as the cover of somebody who is
            away, or on duty, where a Red has nobody.
    """

    closed_contacts: frozenset[uuid.UUID] = frozenset()
    closed_enquiries: frozenset[uuid.UUID] = frozenset()
    closed_persons: frozenset[uuid.UUID] = frozenset()
    closed_references: frozenset[str] = frozenset()
    reviewed: frozenset[uuid.UUID] = frozenset()
    emergency_access: frozenset[uuid.UUID] = frozenset()
    emergency_route: frozenset[uuid.UUID] = frozenset()
    stands_in: frozenset[uuid.UUID] = frozenset()

    def to_write(self) -> CaseAccess:
        """Return what counts for somebody who changes something: who looks into a case changes nothing in it."""
        return replace(self, reviewed=frozenset(), emergency_access=frozenset())

    def why(self, enquiry_id: uuid.UUID | None) -> str:
        """Return the purpose that the read log names for whoever looks into this enquiry; empty for all others."""
        if enquiry_id in self.emergency_access:
            return BREAK_GLASS
        return REVIEW if enquiry_id in self.reviewed else ""


NO_CASE_ACCESS = CaseAccess()


@dataclass(frozen=True)
class Viewer:
    """Whoever acts or reads, in one membership and never in the union of several.

    Attributes:
        membership_id: the membership at work; also for the system's own viewers, whose ids are fixed.
        group_id: the agency's group, only while the viewer is its researcher or lead.
        team_group_id: the receiving team's group, only while the viewer is a receiving worker.
        is_unsigned: stands for an agency whose signature on the agreement is not in force: those roles are not held.
        lacks_second_factor: the hub asks a second factor of this role, and the person has none: no page opens.
        case_access: what is closed to this viewer and what was opened to them by name; read when a transaction begins.
    """

    user_id: uuid.UUID | None
    membership_id: uuid.UUID | None
    agency_id: uuid.UUID | None
    roles: frozenset[str]
    name: str = ""
    agency_name: str = ""
    agency_kind: str = ""
    is_core: bool = False
    group_id: int | None = None
    team_id: uuid.UUID | None = None
    team_name: str = ""
    team_group_id: int | None = None
    is_registered_social_worker: bool = False
    is_unsigned: bool = False
    lacks_second_factor: bool = False
    case_access: CaseAccess = NO_CASE_ACCESS
    request_id: str = ""

    def has(self, *roles: str) -> bool:
        """Say whether the viewer holds any of the roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_signed_in(self) -> bool:
        """Say whether a person with a membership is at work."""
        return self.user_id is not None and self.membership_id is not None

    @property
    def member(self) -> uuid.UUID:
        """The membership that signs for what the viewer does.

        Raises:
            MembershipNeeded: nobody is at work in one.
        """
        if self.membership_id is None:
            raise MembershipNeeded
        return self.membership_id

    @property
    def role_names(self) -> list[str]:
        """The roles in words, for the header."""
        return [str(Role(role).label) for role in sorted(self.roles) if role in Role.values]

    @property
    def groups(self) -> list[int]:
        """The groups whose grants count for this viewer."""
        return [group for group in (self.group_id, self.team_group_id) if group is not None]

    def with_case_access(self, case_access: CaseAccess) -> Viewer:
        """Return the same viewer with what the database says is closed and opened to them."""
        return replace(self, case_access=case_access)

    def to_write(self) -> Viewer:
        """Return the same viewer without what they only look into: reviewers and emergency access change nothing."""
        return replace(self, case_access=self.case_access.to_write())

    def to_protect(self) -> Viewer:
        """Return the same viewer as they raise an alarm: also in a case opened in need, never in one they review."""
        return replace(self, case_access=replace(self.case_access, reviewed=frozenset()))

    def with_request(self, request_id: str) -> Viewer:
        """Return the same viewer, marked with the id of the request at hand."""
        return replace(self, request_id=request_id)


class HubRequest(HttpRequest):
    """A request behind the identity middleware.

    Attributes:
        declarer: the viewer together with what they only look into, also while they send a form. For the two things
            that such a person may do: "Declare a conflict of interest", which takes it away from them, and "Protect
            now" in a case opened in need.
        hub_settings: left by a view that has read them, so that the page around it does not read them again.
        looking: how the viewer came to a page of an enquiry that they only look into; None on all other pages.
        typed_by: what each form of the page carries to say who opened it, and in which membership.
        answered: the page with which a form was answered, where this request asks for it.
        searched: what was typed into the search that this page answers.
        has_arrived: whether what was sent did what it asks for, although a page comes back.
    """

    viewer: Viewer
    declarer: Viewer
    hub_settings: HubSettings
    looking: Any
    typed_by: str
    answered: dict[str, Any] | None
    searched: QueryDict | None
    has_arrived: bool


NOBODY = Viewer(user_id=None, membership_id=None, agency_id=None, roles=frozenset())
"""Signed in without a membership, or not signed in on a page for staff: sees nothing."""

PUBLIC = Viewer(
    user_id=None,
    membership_id=uuid.UUID("00000000-0000-4000-8000-000000000001"),
    agency_id=None,
    roles=frozenset({SystemRole.PUBLIC}),
    name="The public form",
)
"""Whoever uses the public form: may put in, not read."""

CLOCK = Viewer(
    user_id=None,
    membership_id=uuid.UUID("00000000-0000-4000-8000-000000000002"),
    agency_id=None,
    roles=frozenset({SystemRole.CLOCK}),
    name="The clock",
)
"""The sweep and the sender of notices."""

BUILDER = Viewer(
    user_id=None,
    membership_id=uuid.UUID("00000000-0000-4000-8000-000000000003"),
    agency_id=None,
    roles=frozenset({SystemRole.BUILDER, Role.ADMINISTRATOR}),
    name="The builder",
)
"""Sets up a new hub's directory from the command line; opens no case record."""

CHECKER = Viewer(
    user_id=None,
    membership_id=uuid.UUID("00000000-0000-4000-8000-000000000004"),
    agency_id=None,
    roles=frozenset({SystemRole.CHECKER}),
    name="The leak check",
)
"""Reads what an outgoing text is compared with, through two functions, and no table."""

SYSTEM_VIEWERS = {one.membership_id: one for one in (PUBLIC, CLOCK, BUILDER, CHECKER)}


PARTNERS = frozenset({Role.RESEARCHER, Role.LEAD})
"""Roles in which a person stands for their agency: held only while its signature is in force."""
