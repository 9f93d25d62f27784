"""What every page is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from agencies.access.inactivity import session_ends_at
from agencies.access.viewer import PUBLIC, Viewer
from agencies.choices import Role
from agencies.queries import hub_settings
from clock.queries import Signs
from contacts.queries import SEARCHERS
from mash.navigation import nav_for
from notices.queries import unread_and_signs

TOLD_OF_SILENCE = (Role.MANAGER, Role.FRONT_DOOR, Role.OUT_OF_HOURS, Role.ADMINISTRATOR)
"""Whoever must ring where nobody is told, and whoever sees to the hub, has it on every page."""

LATE = "Notices and email are late at the moment. Times and deadlines on every page are right."
STOOD_IN_FOR = (
    "The hub's worker does not answer. Its second clock does the work: deadlines are told and emails are sent. Tell "
    "whoever looks after the hub."
)


def _silence(signs: Signs, at: datetime) -> str:
    """Return what people are told while the clock is silent; empty while it works."""
    if signs.is_late(at=at):
        return LATE
    return STOOD_IN_FOR if signs.is_stood_in_for(at=at) else ""


@dataclass(frozen=True)
class SignedIn:
    """Who is at work, in which one membership: what the header shows."""

    name: str
    agency: str
    roles: str
    change_url: str
    sign_out_url: str
    account_url: str
    kept_url: str
    initials_url: str
    minutes: int
    ends_at: datetime | None = None
    keys_on: bool = True


def hub(request: HttpRequest) -> dict[str, Any]:
    """Return the viewer, the hub, the navigation and the moment: two queries for staff, one for the public."""
    viewer: Viewer = getattr(request, "viewer", PUBLIC)
    settings_of_hub = getattr(request, "hub_settings", None) or hub_settings()
    page: dict[str, Any] = {
        "viewer": viewer,
        "hub": settings_of_hub,
        "hub_name": settings_of_hub.name,
        "out_of_hours_phone": settings_of_hub.out_of_hours_telephone,
        "start_url": reverse("contacts:start"),
        "now": timezone.now(),
        "demo": settings.MASH_DEMO,
        "looking": getattr(request, "looking", None),
    }
    if viewer.user_id is not None:
        page["signed_in"] = _signed_in(viewer, session_ends_at(request))
    if viewer.is_signed_in and not viewer.lacks_second_factor:
        page["nav"] = nav_for(viewer, request.path)
        page["notices_url"] = reverse("notices:list")
        page["unread"], signs = unread_and_signs(viewer)
        page["silence"] = _silence(signs, page["now"]) if viewer.has(*TOLD_OF_SILENCE) else ""
        page["search_url"] = reverse("search") if viewer.has(*SEARCHERS) else ""
    return page


def _signed_in(viewer: Viewer, ends_at: datetime | None) -> SignedIn:
    is_let_in = viewer.is_signed_in and not viewer.lacks_second_factor
    return SignedIn(
        name=viewer.name,
        agency=viewer.team_name or viewer.agency_name,
        roles=", ".join(viewer.role_names),
        change_url=reverse("agencies:choose_membership"),
        sign_out_url=reverse("account_logout"),
        account_url=reverse("agencies:your_account") if is_let_in else "",
        kept_url="" if viewer.lacks_second_factor else reverse("agencies:kept_texts"),
        initials_url=reverse("initials") if is_let_in else "",
        minutes=settings.MASH_INACTIVITY_MINUTES,
        ends_at=ends_at,
    )
