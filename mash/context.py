"""What every page is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from agencies.access.viewer import PUBLIC, Viewer
from agencies.queries import hub_settings
from contacts.queries import SEARCHERS
from mash.navigation import nav_for
from notices.queries import unread_count


@dataclass(frozen=True)
class SignedIn:
    """Who is at work, in which one membership: what the header shows."""

    name: str
    agency: str
    roles: str
    change_url: str
    sign_out_url: str
    kept_url: str
    initials_url: str
    minutes: int
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
        page["signed_in"] = _signed_in(viewer)
    if viewer.is_signed_in:
        page["nav"] = nav_for(viewer, request.path)
        page["notices_url"] = reverse("notices:list")
        page["unread"] = unread_count(viewer)
        page["search_url"] = reverse("search") if viewer.has(*SEARCHERS) else ""
    return page


def _signed_in(viewer: Viewer) -> SignedIn:
    return SignedIn(
        name=viewer.name,
        agency=viewer.team_name or viewer.agency_name,
        roles=", ".join(viewer.role_names),
        change_url=reverse("agencies:choose_membership"),
        sign_out_url=reverse("account_logout"),
        kept_url=reverse("agencies:kept_texts"),
        initials_url=reverse("initials") if viewer.is_signed_in else "",
        minutes=settings.MASH_INACTIVITY_MINUTES,
    )
