"""How somebody signs in, and where they are signed in: their own page."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies import actions, queries
from agencies.access import second_factor
from agencies.access.once import once
from agencies.access.own_sessions import sessions_of
from agencies.access.viewer import HubRequest
from agencies.reads.second_factor import own_account


@require_safe
def your_account(request: HubRequest) -> HttpResponse:
    """Show a person how they sign in, and where they are signed in now."""
    user = own_account(request.viewer)
    request.hub_settings = queries.hub_settings()
    page = {
        "user": user,
        "factor": second_factor.factor_of(user.pk) if user.has_second_factor else None,
        "codes": second_factor.CODES,
        "is_asked": request.viewer.has(*request.hub_settings.second_factor_roles),
        "sessions": sessions_of(user.pk, str(request.session.session_key), at=timezone.now()),
    }
    return render(request, "agencies/your_account.html", page)


@require_POST
@once
def end_session(request: HubRequest, session: uuid.UUID) -> HttpResponse:
    """End one of a person's own sessions."""
    actions.end_own_session(own_account(request.viewer), session, viewer=request.viewer, at=timezone.now())
    messages.success(request, "That session has ended.")
    return redirect("agencies:your_account")


@require_POST
@once
def end_other_sessions(request: HubRequest) -> HttpResponse:
    """End all of a person's own sessions but this one."""
    user, here = own_account(request.viewer), str(request.session.session_key)
    ended = actions.end_other_sessions(user, here, viewer=request.viewer, at=timezone.now())
    messages.success(request, "No other session was there." if not ended else "All other sessions have ended.")
    return redirect("agencies:your_account")
