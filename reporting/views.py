"""Pages for those who look after the hub without seeing a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import roles
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from reporting import queries
from reporting.forms import ActivityForm
from reporting.queries import ActivityFilter, Deeds

NOTHING = "none"
COLUMNS = ("When", "What", "Who", "As", "Agency", "Reference", "Request")


@require_safe
def activity(request: HubRequest) -> HttpResponse:
    """Show the auditor who did what: references, never the content."""
    roles.require(request.viewer, Role.AUDITOR)
    agencies = [(str(one.pk), one.name) for one in queries.agencies_to_choose()]
    form = ActivityForm(request.GET or None, agencies=agencies)
    found = Deeds([], 1, has_next=False)
    if not form.is_bound or form.is_valid():
        found = queries.activity(request.viewer, _wanted(form))
    context = {
        "form": form,
        "found": found,
        "columns": COLUMNS,
        "rows": [
            [
                one.at,
                one.what,
                one.who,
                *(said or NOTHING for said in (one.roles, one.agency, one.reference, one.request)),
            ]
            for one in found.rows
        ],
        "link": _link(request),
    }
    return render(request, "reporting/activity.html", context)


def _wanted(form: ActivityForm) -> ActivityFilter:
    answers = form.cleaned_data if form.is_bound else {}
    return ActivityFilter(
        reference=answers.get("reference", ""),
        actor=answers.get("actor", ""),
        agency_id=UUID(answers["agency"]) if answers.get("agency") else None,
        deed=answers.get("deed", ""),
        from_day=answers.get("from_day"),
        to_day=answers.get("to_day"),
        page=answers.get("page") or 1,
    )


def _link(request: HttpRequest) -> str:
    """Return the address of this list up to the number of the page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"?{kept.urlencode()}&" if kept else "?"
