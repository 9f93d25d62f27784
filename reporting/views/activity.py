"""The auditor's page: who did, read and tried what, without seeing a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import roles
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from reporting import queries
from reporting.forms import ActivityForm
from reporting.queries import ActivityFilter, Deed, Deeds
from reporting.rules import as_csv

NOTHING = "none"
COLUMNS = ("When", "Kind", "What", "Who", "As", "Agency", "Reference", "Request")


@require_safe
def activity(request: HubRequest) -> HttpResponse:
    """Show the auditor who did, read and tried what: references, never the content."""
    roles.require(request.viewer, Role.AUDITOR)
    form = _form(request)
    found = Deeds([], None)
    if not form.is_bound or form.is_valid():
        found = queries.activity(request.viewer, _wanted(request, form))
    context = {
        "form": form,
        "columns": COLUMNS,
        "rows": [_cells(one) for one in found.rows],
        "older": older(request, found.next),
        "export": _kept(request, "after"),
    }
    return render(request, "reporting/activity.html", context)


@require_safe
def activity_file(request: HubRequest) -> HttpResponse:
    """Give the auditor the same lines as a spreadsheet; that they were taken out is logged."""
    roles.require(request.viewer, Role.AUDITOR)
    form = _form(request)
    if form.is_bound and not form.is_valid():
        return activity(request)
    rows = queries.export(request.viewer, _wanted(request, form), at=timezone.now())
    cells = [[one.at.isoformat(), *_cells(one)[1:]] for one in rows]
    response = HttpResponse(as_csv(COLUMNS, cells), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="activity.csv"'
    return response


def older(request: HttpRequest, place: object) -> str:
    """Return the address of the page after this one, empty where there is none."""
    if place is None:
        return ""
    kept = request.GET.copy()
    kept["after"] = str(place)
    return f"?{kept.urlencode()}"


def _cells(one: Deed) -> list[object]:
    said = (one.roles, one.agency, one.reference, one.request)
    return [one.at, one.kind, one.what, one.who, *(cell or NOTHING for cell in said)]


def _form(request: HttpRequest) -> ActivityForm:
    agencies = [(str(one.pk), one.name) for one in queries.agencies_to_choose()]
    return ActivityForm(request.GET or None, agencies=agencies)


def _wanted(request: HttpRequest, form: ActivityForm) -> ActivityFilter:
    answers = form.cleaned_data if form.is_bound else {}
    return ActivityFilter(
        kind=answers.get("kind", ""),
        reference=answers.get("reference", ""),
        actor=answers.get("actor", ""),
        agency_id=UUID(answers["agency"]) if answers.get("agency") else None,
        deed=answers.get("deed", ""),
        from_day=answers.get("from_day"),
        to_day=answers.get("to_day"),
        after=queries.read_place(request.GET.get("after", "")),
    )


def _kept(request: HttpRequest, *without: str) -> str:
    kept = request.GET.copy()
    for name in without:
        kept.pop(name, None)
    return f"?{kept.urlencode()}" if kept else ""
