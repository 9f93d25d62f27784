"""The page on which the social worker writes the analysis; it saves itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

import screening.queries
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.views import attempt
from decisions import actions, queries
from decisions.actions import AnalysisDraft
from decisions.forms import AnalysisForm
from decisions.queries import AnalysisPage
from information_sharing.queries import no_items

TEXTS = tuple(name for name, _label in queries.PARTS)


def _form(page: AnalysisPage, data: QueryDict | None = None, *, is_draft: bool = False) -> AnalysisForm:
    analysis = page.analysis
    initial: dict[str, Any] = {"version": page.version, "items": [one.value for one in page.items if one.is_picked]}
    if analysis:
        initial |= {name: getattr(analysis, name) for name in (*TEXTS, "recommended_outcome")}
    initial |= {f"meaning_{child.key}": page.meanings.get(child.subject.pk, "") for child in page.children}
    return AnalysisForm(
        data,
        initial=initial,
        children=[(child.key, child.name) for child in page.children],
        items=[value for one in page.items for value in one.values],
        is_draft=is_draft,
    )


def _draft(form: AnalysisForm) -> AnalysisDraft:
    return AnalysisDraft(
        texts={name: form.cleaned_data.get(name, "") for name in TEXTS},
        recommended_outcome=form.cleaned_data.get("recommended_outcome", ""),
        meanings=form.meanings,
        items=form.picked,
    )


def _page(request: HubRequest, page: AnalysisPage, form: AnalysisForm, *, at: datetime) -> HttpResponse:
    context = {
        "head": screening.queries.enquiry_head(request.viewer, page.enquiry, "analysis", at=at),
        "page": page,
        "form": form,
        "picked": set(form["items"].value() or []),
        "sent": queries.sent_analyses(page),
        "nothing": "" if page.items else no_items(request.viewer, page.enquiry, sees_all=True),
        "reference": page.enquiry.reference,
    }
    return render(request, "decisions/analysis.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def analysis(request: HubRequest, reference: str) -> HttpResponse:
    """Show the analysis, and keep it as it stands."""
    at = timezone.now()
    enquiry = queries.decision_team_enquiry(request.viewer, reference)
    page = queries.analysis_page(request.viewer, enquiry, at=at)
    form = _form(page, request.POST, is_draft=True) if request.method == "POST" else _form(page)
    if request.method == "POST" and form.is_valid():
        _keep(page, form, request, at=at)
        messages.success(request, "The analysis is saved as a draft.")
        return redirect("decisions:analysis", reference)
    return _page(request, page, form, at=at)


@require_POST
def analysis_draft(request: HubRequest, reference: str) -> HttpResponse:
    """Keep what is being typed; answers with nothing, also to a draft that is not complete."""
    at = timezone.now()
    enquiry = queries.decision_team_enquiry(request.viewer, reference)
    page = queries.analysis_page(request.viewer, enquiry, at=at)
    form = _form(page, request.POST, is_draft=True)
    if not form.is_valid():
        return HttpResponse(status=400)
    _keep(page, form, request, at=at)
    return HttpResponse(status=204)


def _keep(page: AnalysisPage, form: AnalysisForm, request: HubRequest, *, at: datetime) -> None:
    data = form.cleaned_data
    actions.save_analysis(
        page.enquiry, _draft(form), viewer=request.viewer, at=at, version=data["version"], page=data["page_key"]
    )


@require_POST
@once
def analysis_send(request: HubRequest, reference: str) -> HttpResponse:
    """Send the analysis with its recommendation to the manager."""
    at = timezone.now()
    enquiry = queries.decision_team_enquiry(request.viewer, reference)
    page = queries.analysis_page(request.viewer, enquiry, at=at)
    form = _form(page, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            actions.send_analysis,
            enquiry,
            _draft(form),
            viewer=request.viewer,
            at=at,
            version=data["version"],
            page=data["page_key"],
        ):
            messages.success(request, "The analysis is with the manager for decision.")
            return redirect("decisions:analysis", reference)
    return _page(request, page, form, at=at)
