"""What was sent to a receiving team."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import roles
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.views import Line
from decisions import queries


@require_safe
def inbox(request: HubRequest) -> HttpResponse:
    """Show what was sent to the viewer's team, and nothing of the hub beside it."""
    roles.require(request.viewer, Role.RECEIVING_WORKER)
    at = timezone.now()
    lines = [
        Line(
            url=reverse("decisions:summary", args=[line.summary.reference]),
            reference=line.summary.reference,
            cells=[line.about, line.outcomes, line.summary.get_state_display(), line.summary.released_at],
            colour=line.summary.enquiry.colour,
            due_at=line.clock.due_at if line.clock else None,
        )
        for line in queries.inbox(request.viewer, at=at)
    ]
    handed = [
        Line(
            url=reverse("screening:handover", args=[row.reference]),
            reference=row.reference,
            cells=[row.get_state_display(), row.sent_at],
        )
        for row in queries.handed_over(request.viewer)
    ]
    context = {
        "lines": lines,
        "columns": ["Who is it about?", "Decided", "Stage", "Sent"],
        "handed": handed,
        "handed_columns": ["Stage", "Sent"],
        "at": at,
    }
    return render(request, "decisions/inbox.html", context)
