"""What every page is given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from agencies.access.viewer import PUBLIC, Viewer
from agencies.queries import hub_settings
from mash.navigation import nav_for
from notices.queries import unread_count


def hub(request: HttpRequest) -> dict[str, Any]:
    """Return the viewer, the hub, the navigation and the moment; the database is asked only by pages that show it."""
    viewer: Viewer = getattr(request, "viewer", PUBLIC)
    return {
        "viewer": viewer,
        "hub": SimpleLazyObject(hub_settings),
        "nav": nav_for(viewer, request.path) if viewer.is_signed_in else [],
        "unread_notices": SimpleLazyObject(lambda: unread_count(viewer)) if viewer.is_signed_in else 0,
        "now": timezone.now(),
        "demo": settings.MASH_DEMO,
    }
