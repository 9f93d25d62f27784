"""The auditor's page: who did, read and tried what, without seeing a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import roles
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from reporting import queries
from reporting.forms import ActivityForm, PeriodForm
from reporting.queries import ActivityFilter, LogLine, LogPage, Place
from reporting.rules import as_csv

NOTHING = "none"
COLUMNS = ("When", "Kind", "What", "Who", "As", "Agency", "Reference", "Request")

page_or_search = require_http_methods(["GET", "HEAD", "POST"])


@page_or_search
def activity(request: HubRequest) -> HttpResponse:
    """Show the auditor who did, read and tried what: references, never the content."""
    roles.require(request.viewer, Role.AUDITOR)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        return redirect(reverse("reporting:activity") + form.in_address())
    return _page(request, form)


def _page(request: HubRequest, form: ActivityForm) -> HttpResponse:
    found = LogPage([], None)
    if not form.is_bound or form.is_valid():
        found = queries.activity(request.viewer, _wanted(request, form))
    context = {
        "form": form,
        "columns": COLUMNS,
        "rows": [_cells(one) for one in found.rows],
        "older": older(form, found.next),
        "export": form.in_address(),
    }
    return render(request, "reporting/activity.html", context)


@require_safe
def activity_file(request: HubRequest) -> HttpResponse:
    """Give the auditor the same lines as a spreadsheet; that they were taken out is logged."""
    roles.require(request.viewer, Role.AUDITOR)
    form = _form(request)
    if form.is_bound and not form.is_valid():
        return _page(request, form)
    rows = queries.export(request.viewer, _wanted(request, form), at=timezone.now())
    cells = [[one.at.isoformat(), *_cells(one)[1:]] for one in rows]
    response = HttpResponse(as_csv(COLUMNS, cells), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="activity.csv"'
    return response


def older(form: PeriodForm, place: Place | None) -> str:
    """Return the address of the page after this one, empty where there is none."""
    return "" if place is None else form.in_address(after=str(place))


def _cells(line: LogLine) -> list[object]:
    said = (line.roles, line.agency, line.reference, line.request)
    return [line.at, line.kind, line.what, line.who, *(cell or NOTHING for cell in said)]


def _form(request: HubRequest) -> ActivityForm:
    agencies = [(str(one.pk), one.name) for one in queries.agencies_to_choose()]
    said = (request.POST if request.method == "POST" else request.GET).copy()
    if request.method != "POST":
        said.pop("name", None)  # Typed into a form that is sent, and never part of an address.
    found = queries.people_called(request.viewer, said.get("name", ""))
    chosen = said.get("person", "")
    if said.get("name"):
        if chosen not in dict(found.people):
            said["person"] = ""  # Another name was typed than that of whoever was chosen before.
    elif chosen:
        found = queries.Found(queries.person_with(request.viewer, chosen))
    return ActivityForm(said or None, agencies=agencies, people=found.people, more=found.are_more)


def _wanted(request: HubRequest, form: ActivityForm) -> ActivityFilter:
    answers = form.cleaned_data if form.is_bound else {}
    return ActivityFilter(
        kind=answers.get("kind", ""),
        reference=answers.get("reference", ""),
        account_id=UUID(answers["person"]) if answers.get("person") else None,
        agency_id=UUID(answers["agency"]) if answers.get("agency") else None,
        done_to=answers.get("deed", ""),
        from_day=answers.get("from_day"),
        to_day=answers.get("to_day"),
        after=queries.read_place(request.GET.get("after", "")),
    )
