"""The first page of each person, and what a load balancer asks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

import contacts.queries
import decisions.queries
import information_sharing.queries
import screening.queries
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from mash.common.work import in_order

LANDING = ((Role.ADMINISTRATOR, "agencies:directory"), (Role.AUDITOR, "reporting:activity"))
"""Roles that have no work list: where they begin instead."""


@login_not_required
@require_safe
def home(request: HubRequest) -> HttpResponse:
    """Lead staff to their work and the public to the start page."""
    if not request.viewer.is_signed_in:
        return redirect("contacts:start")
    only = [page for role, page in LANDING if request.viewer.roles == {role}]
    return redirect(only[0] if only else "work")


@require_safe
def work(request: HubRequest) -> HttpResponse:
    """Show everything that waits for the viewer, whatever stage it is at: overdue first, then least time left."""
    at = timezone.now()
    waiting = [
        *contacts.queries.work_for(request.viewer, at=at),
        *screening.queries.work_for(request.viewer, at=at),
        *information_sharing.queries.work_for(request.viewer, at=at),
        *decisions.queries.work_for(request.viewer, at=at),
    ]
    return render(request, "work.html", {"items": in_order(waiting, at=at), "at": at})


@login_not_required
@require_safe
def live(request: HubRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def ready(request: HubRequest) -> HttpResponse:
    """Say that the database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
