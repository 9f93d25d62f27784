"""Receipts: who read our items, and for the manager who read what of one enquiry."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import roles
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.errors import NotVisible
from reporting import queries
from reporting.forms import PeriodForm, ReceiptForm
from reporting.queries import ReceiptFilter, Receipts
from reporting.views.activity import NOTHING, older, page_or_search
from screening.queries import enquiry_head, get_enquiry

READ = ("When", "Who", "As", "Agency", "Where and why", "Reference", "Your items")
PASSED_ON = ("When", "MASH summary", "To", "Your items")
READINGS = ("When", "Who", "As", "Agency", "Where and why", "Reference", "Records")


@page_or_search
def receipts(request: HubRequest) -> HttpResponse:
    """Show an agency who read its items, when, why, and what was passed on."""
    roles.require(request.viewer, Role.RESEARCHER, Role.LEAD)
    form = ReceiptForm((request.POST if request.method == "POST" else request.GET) or None)
    if request.method == "POST" and form.is_valid():
        return redirect(reverse("reporting:receipts") + form.in_address())
    found = Receipts([], [], [], None)
    if not form.is_bound or form.is_valid():
        found = _found(request, form)
    context = {
        "form": form,
        "columns": READ,
        "rows": [
            [one.at, one.who, one.roles, one.agency, one.why, one.reference or NOTHING, _items(one.items)]
            for one in found.rows
        ],
        "passed_columns": PASSED_ON,
        "passed_rows": [[one.at, one.reference, one.team, _items(one.items)] for one in found.passed_on],
        "copies": found.copies,
        "older": older(form, found.next),
    }
    return render(request, "reporting/receipts.html", context)


@require_safe
def readings(request: HubRequest, reference: str) -> HttpResponse:
    """Show the manager who read what of one enquiry."""
    enquiry = get_enquiry(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    after = queries.read_place(request.GET.get("after", ""))
    found = queries.readings_of_enquiry(request.viewer, enquiry, after=after)
    context = {
        "head": enquiry_head(request.viewer, enquiry, "readings", at=timezone.now()),
        "reference": enquiry.reference,
        "columns": READINGS,
        "rows": [
            [one.at, one.who, one.roles or NOTHING, one.agency or NOTHING, one.why, one.reference or NOTHING, one.items]
            for one in found.rows
        ],
        "older": older(PeriodForm(), found.next),
    }
    return render(request, "reporting/readings.html", context)


def _found(request: HubRequest, form: ReceiptForm) -> Receipts:
    """Return the readings that were asked for; what the viewer may not see is an empty page, as is what never was."""
    answers = form.cleaned_data if form.is_bound else {}
    wanted = ReceiptFilter(
        reference=answers.get("reference", ""),
        from_day=answers.get("from_day"),
        to_day=answers.get("to_day"),
        own_too=bool(answers.get("own_too")),
        after=queries.read_place(request.GET.get("after", "")),
    )
    try:
        return queries.receipts(request.viewer, wanted, at=timezone.now())
    except NotVisible:  # A request of another agency and none at all are one answer: nothing was read.
        return Receipts([], [], [], None)


def _items(items: Sequence[queries.ItemRead]) -> str:
    """Return the items by request: their themes, never their words."""
    by_request: dict[str, list[str]] = {}
    for one in items:
        by_request.setdefault(one.request, []).append(one.words)
    return "; ".join(f"{request}: {', '.join(sorted(words))}" for request, words in sorted(by_request.items()))
