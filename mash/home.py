"""The first page of each person, and what a load balancer asks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

import screening.queries
from agencies.access import roles
from agencies.access.left import left_for
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from agencies.queries import hub_settings, lapse_of
from agencies.reads.missing import is_complete
from mash.errors import page_before
from mash.worklist import work_of

LANDING = ((Role.ADMINISTRATOR, "agencies:directory"), (Role.AUDITOR, "reporting:activity"))
"""Roles that have no work list: where they begin instead."""


@login_not_required
@require_safe
def home(request: HubRequest) -> HttpResponse:
    """Lead staff to their work and the public to the start page."""
    if not request.viewer.is_signed_in:
        return redirect("contacts:start")
    only = [page for role, page in LANDING if request.viewer.roles == {role}]
    if request.viewer.roles == {Role.ADMINISTRATOR} and not is_complete(hub_settings(), at=timezone.now()):
        return redirect("agencies:set_up")
    return redirect(only[0] if only else "work")


@require_safe
def work(request: HubRequest) -> HttpResponse:
    """Show everything that waits for the viewer, whatever stage it is at, grouped by what is to be done."""
    at = timezone.now()
    lapse = lapse_of(request.viewer, at=at) if request.viewer.is_unsigned else None
    return render(request, "work.html", {"worklist": work_of(request.viewer, at=at), "lapse": lapse, "at": at})


@require_safe
def morning(request: HubRequest) -> HttpResponse:
    """Show what the night left: what the out-of-hours team did, and each emergency access and route."""
    viewer, at = request.viewer, timezone.now()
    roles.require(viewer, Role.FRONT_DOOR, Role.MANAGER, Role.AUDITOR)
    closed_at = screening.queries.last_closing(at=at)
    watches = viewer.has(Role.MANAGER, Role.AUDITOR)
    since = screening.queries.working_day_before(at=at)
    takes_over = viewer.has(Role.FRONT_DOOR, Role.MANAGER)
    context = {
        "closed_at": closed_at,
        "takes_over": takes_over,
        "night": screening.queries.night_work(viewer, since=closed_at, at=at) if takes_over else [],
        "left": left_for(viewer) if takes_over else [],
        "watches": watches,
        "since": since,
        "uses": screening.queries.uses(viewer, at=at, since=since) if watches else [],
        "at": at,
    }
    return render(request, "morning.html", context)


@require_POST
def initials(request: HubRequest) -> HttpResponse:
    """Show initials in place of names on lists and headers, or names again, for this session."""
    request.session["initials"] = request.POST.get("show") == "initials"
    return redirect(page_before(request) if "Referer" in request.headers else "home")


@login_not_required
@require_safe
def live(request: HubRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")
