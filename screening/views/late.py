"""Why something was late: said by whoever owed it, kept for the manager."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

import clock.actions
import clock.queries
from agencies.access import roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.views import attempt, posted
from screening import queries
from screening.forms import LateForm


@require_http_methods(["GET", "HEAD", "POST"])
@once
def late(request: HubRequest, reference: str) -> HttpResponse:
    """Take the reason why a clock of an enquiry was missed; each reason is kept."""
    viewer, at = request.viewer, timezone.now()
    enquiry = queries.get_enquiry(viewer, reference)
    roles.require(viewer, *clock.actions.EXPLAINERS)
    missed = queries.enquiry_clocks(viewer, enquiry, at=at).missed
    form = LateForm(posted(request), clocks=[(str(one.deadline_id), one.in_a_line) for one in missed])
    if request.method == "POST" and form.is_valid():
        deadline = clock.queries.get_deadline(viewer, UUID(form.cleaned_data["deadline"]))
        reason = form.cleaned_data["reason"]
        if attempt(form, clock.actions.give_breach_reason, deadline, reason, viewer=viewer, at=at):
            messages.success(request, "Kept. The MASH manager reads it.")
            return redirect("screening:clocks", reference)
    page = {
        "head": queries.enquiry_head(viewer, enquiry, "clocks", at=at),
        "form": form if missed else None,
        "reference": reference,
    }
    return render(request, "screening/late.html", page)
