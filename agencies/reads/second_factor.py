"""Of whom the hub asks a second factor, and who said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import HubSettings, Membership, User
from common.errors import MembershipNeeded


@dataclass(frozen=True)
class Asked:
    """Of whom it is asked.

    Attributes:
        roles: in words; none where it is asked of nobody.
        set_by: empty where the hub is as it began.
    """

    roles: tuple[str, ...]
    set_at: datetime | None
    set_by: str


def asked(hub: HubSettings) -> Asked:
    """Return of whom a hub asks a second factor; one query, where somebody has said so."""
    who = ""
    if hub.second_factor_set_by_id is not None:
        named = Membership.objects.filter(pk=hub.second_factor_set_by_id).values_list("user__name", flat=True)
        who = str(named.first() or "")
    labels = tuple(str(Role(role).label) for role in Role.values if role in hub.second_factor_roles)
    return Asked(labels, hub.second_factor_set_at, who)


def must_have(held: list[Membership], hub: HubSettings) -> bool:
    """Say whether one of somebody's memberships asks a second factor of them."""
    return any(not set(one.roles).isdisjoint(hub.second_factor_roles) for one in held)


def own_account(viewer: Viewer) -> User:
    """Return the account of who is at work.

    Raises:
        MembershipNeeded: they are at work in no membership yet.
    """
    if viewer.user_id is None or viewer.membership_id is None:
        raise MembershipNeeded
    return User.objects.get(pk=viewer.user_id)


def account_at(address: str) -> User | None:
    """Return the account that signs in with an address, in whichever case it is written."""
    return User.objects.filter(email__iexact=address.strip()).first()
