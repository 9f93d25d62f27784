"""The page of reasons that rest on what is confidential."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

import screening.queries
from agencies.access import roles
from agencies.access.once import was_sent
from agencies.access.opening import may_open
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.forms import OpeningForm
from decisions import queries


@require_http_methods(["GET", "HEAD", "POST"])
def sealed_reasons(request: HubRequest, reference: str) -> HttpResponse:
    """Ask the manager for a purpose and the password, then show sealed reasons; each opening is recorded."""
    viewer, at = request.viewer, timezone.now()
    enquiry = screening.queries.get_enquiry(viewer, reference)
    roles.require(viewer, Role.MANAGER)
    if was_sent(request):
        return redirect("decisions:sealed_reasons", enquiry.reference)
    form = OpeningForm(request.POST if request.method == "POST" else None)
    page = {
        "enquiry": enquiry,
        "reference": enquiry.reference,
        "head": screening.queries.enquiry_head(viewer, enquiry, "decision", at=at),
        "form": form,
    }
    if may_open(request, form, reference=enquiry.reference, at=at):
        page["reasons"] = queries.sealed_reasons(viewer, enquiry, purpose=form.cleaned_data["purpose"], at=at)
        page["purpose"] = form.purpose_in_words
    return render(request, "decisions/sealed_reasons.html", page)
