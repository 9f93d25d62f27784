"""Choosing a membership; the directory for administrators."""

from __future__ import annotations


from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import queries
from agencies.access import roles
from agencies.access.viewer import HubRequest, memberships_of
from agencies.choices import Role
from mash.common.errors import NotVisible


@require_http_methods(["GET", "HEAD", "POST"])
def choose_membership(request: HubRequest) -> HttpResponse:
    """Let a person choose in which one of their memberships to work."""
    held = memberships_of(request.viewer.user_id, at=timezone.now()) if request.viewer.user_id else []
    if request.method == "POST":
        chosen = next((one for one in held if str(one.pk) == request.POST.get("membership")), None)
        if chosen is None:
            raise NotVisible
        request.session["membership"] = str(chosen.pk)
        request.session.cycle_key()
        return redirect("home")
    current = request.session.get("membership")
    rows = [(one, [Role(role).label for role in one.roles], str(one.pk) == current) for one in held]
    return render(request, "agencies/choose_membership.html", {"rows": rows})


@require_safe
def directory(request: HubRequest) -> HttpResponse:
    """Show the administrator the agencies, teams, people and signatures of this hub."""
    roles.require(request.viewer, Role.ADMINISTRATOR)
    at = timezone.now()
    page = {
        "agencies": queries.partner_agencies(at=at),
        "teams": queries.teams(),
        "members": queries.members_holding(*Role.values, at=at),
    }
    return render(request, "agencies/directory.html", page)


