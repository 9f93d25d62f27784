"""A receiving worker says that they know the family of a summary."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.access.once import once
from agencies.access.viewer import HubRequest
from decisions import queries
from screening.rules import Case
from screening.views.conflicts import declare


@require_http_methods(["GET", "HEAD", "POST"])
@once
def summary_interest(request: HubRequest, reference: str) -> HttpResponse:
    """Take somebody's word that they know the family of what was sent to their team."""
    summary = queries.get_summary(request.declarer, reference)
    case = Case(reference, enquiry_id=summary.enquiry_id)
    return declare(request, case, reference, reverse("decisions:summary", args=[reference]))
