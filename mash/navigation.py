"""Where each role goes: the navigation as data."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from agencies.access.viewer import Viewer
from agencies.choices import Role

_ALL = frozenset(Role.values)
HUB_ROLES = frozenset({Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS})
"""The hub's own people: each list shows them what they see of it, also where nothing waits for them."""

GLASS_ROLES = frozenset({Role.FRONT_DOOR, Role.SCREENER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS})
"""The hub's own people who may use emergency access."""


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation."""

    label: str
    url: str
    current: bool
    count: int | None = None


ENTRIES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("My work", "work", _ALL - {Role.AUDITOR, Role.ADMINISTRATOR}),
    ("New contact", "contacts:new", frozenset({Role.FRONT_DOOR, Role.MANAGER, Role.OUT_OF_HOURS})),
    ("Contacts", "contacts:list", HUB_ROLES),
    ("Screening", "screening:queue", frozenset({Role.SCREENER, Role.MANAGER})),
    ("MASH enquiries", "screening:enquiries", HUB_ROLES),
    ("Requests", "information_sharing:requests", frozenset({Role.RESEARCHER, Role.LEAD})),
    ("Shared with you", "information_sharing:shared", frozenset({Role.RESEARCHER, Role.LEAD})),
    ("Who read it", "reporting:receipts", frozenset({Role.RESEARCHER, Role.LEAD})),
    ("Inbox", "decisions:inbox", frozenset({Role.RECEIVING_WORKER})),
    ("Colleagues", "screening:colleagues", frozenset({Role.MANAGER})),
    ("Emergency access", "screening:open_in_need", GLASS_ROLES),
    ("Feedback", "decisions:feedback_queue", frozenset({Role.FRONT_DOOR, Role.MANAGER})),
    ("Morning", "morning", frozenset({Role.FRONT_DOOR, Role.MANAGER, Role.AUDITOR})),
    ("Exceptions", "screening:exceptions", frozenset({Role.MANAGER, Role.AUDITOR})),
    ("Activity", "reporting:activity", frozenset({Role.AUDITOR})),
    ("Directory", "agencies:directory", frozenset({Role.ADMINISTRATOR})),
)
"""Label, URL name, roles."""


def nav_for(viewer: Viewer, path: str) -> list[NavItem]:
    """Return the entries that the viewer's roles use; the one whose page is open is marked."""
    entries = [(label, reverse(name)) for label, name, roles in ENTRIES if viewer.roles & roles]
    open_entry = max((url for _, url in entries if path.startswith(url)), key=len, default="")
    return [NavItem(label, url, current=url == open_entry) for label, url in entries]
