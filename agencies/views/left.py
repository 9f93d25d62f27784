"""What somebody else of the desk began and cannot send: to look at, to take over, or to leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access import left, roles
from agencies.access.viewer import HubRequest
from common.forms.typed import worded


@require_safe
def left_text(request: HubRequest, place: str) -> HttpResponse:
    """Show a form that somebody else began; that it was opened is written down."""
    roles.require(request.viewer, *left.SEE)
    found = left.open_left(request.viewer, place, at=timezone.now())
    return render(request, "agencies/left_text.html", {"left": found, "rows": worded(found.text.pairs)})


@require_POST
def take_over(request: HubRequest, place: str) -> HttpResponse:
    """Make it the viewer's own."""
    roles.require(request.viewer, *left.SEE)
    taken = left.take_over(request.viewer, place, at=timezone.now())
    messages.success(request, "It is yours now. Put it back into its form to go on with it.")
    return redirect("agencies:kept_text", taken)
