"""Which membership holds a part in a record."""

from __future__ import annotations

from collections.abc import Iterable

from agencies.access.roles import ASKED, ASSIGNED, RECEIVER
from agencies.choices import Role, SystemRole

HELD_AS: dict[str, set[str]] = {
    ASSIGNED: {Role.SOCIAL_WORKER},
    ASKED: {Role.RESEARCHER, Role.LEAD},
    RECEIVER: {Role.RECEIVING_WORKER},
    SystemRole.CLOCK: set(),
}
"""Whose list a part in a record stands on; the clock has none."""


def held_as(roles: Iterable[str]) -> set[str]:
    """Return the roles of memberships that hold some roles of a state table."""
    held: set[str] = set()
    for role in roles:
        held |= HELD_AS.get(role, {role})
    return held
