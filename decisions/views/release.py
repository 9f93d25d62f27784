"""Where each child goes: summaries are begun and prepared, an enquiry from which nothing goes to a team is closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

import screening.queries
from agencies.access.once import once
from agencies.access.presses import press
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.errors import NotVisible
from common.views import Line, attempt, buttons, posted, result_of
from decisions import actions, queries
from decisions.actions import SummaryDraft
from decisions.forms import PlacingForm, SummaryForm
from decisions.forms.summary import TEXTS
from decisions.queries import PreparePage, ReleasePage

if TYPE_CHECKING:
    from decisions.models import MashSummary


def _placing_form(page: ReleasePage, data: QueryDict | None = None) -> PlacingForm:
    placings = [
        (
            placing.key,
            f"{placing.child.subject.name}: {placing.child.get_outcome_display()}",
            [(team.pk.hex, team.name) for team in placing.teams],
        )
        for placing in page.placings
        if placing.may_go_to_a_team
    ]
    return PlacingForm(data, initial={"version": page.enquiry.version}, placings=placings)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def release(request: HubRequest, reference: str) -> HttpResponse:
    """Show where each child goes, and begin a summary for each team."""
    at = timezone.now()
    enquiry = queries.decision_team_enquiry(request.viewer, reference)
    page = queries.release_page(request.viewer, enquiry)
    form = _placing_form(page, posted(request))
    if request.method == "POST" and form.is_valid():
        prepare = partial(actions.prepare_summaries, enquiry, form.chosen(), viewer=request.viewer, at=at)
        made = result_of(form, prepare, version=form.cleaned_data["version"])
        if made is not None:
            messages.success(request, "A draft is made for each team. Go over it, then send it to the manager.")
            if len(made) == 1:
                return redirect("decisions:prepare", made[0].reference)
            return redirect("decisions:release", reference)
    context = {
        "head": screening.queries.enquiry_head(request.viewer, enquiry, "release", at=at),
        "page": page,
        "form": form if page.may_prepare else None,
        "lines": [_line(summary) for summary in page.summaries],
        "columns": ["Team", "Stage", "Released"],
        "close": buttons({"enquiry.closed"} if page.may_close else (), reference, only=("enquiry.closed",)),
        "reference": reference,
    }
    return render(request, "decisions/release.html", context)


def _line(summary: MashSummary) -> Line:
    return Line(
        url=reverse("decisions:summary", args=[summary.reference]),
        reference=summary.reference,
        cells=[summary.team.name, summary.get_state_display(), summary.released_at or "Not sent"],
    )


close = press(
    "enquiry.closed",
    queries.decision_team_enquiry,
    "The enquiry is closed. Its referrers and the family are still to be told: see Feedback.",
    "decisions:decision",
)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def prepare(request: HubRequest, reference: str) -> HttpResponse:
    """Show and keep a summary that is being prepared; send it to the manager."""
    at = timezone.now()
    summary = queries.get_summary(request.viewer, reference)
    if not queries.prepares(request.viewer, summary):
        raise NotVisible
    page = queries.prepare_page(request.viewer, summary, at=at)
    to_manager = "put_to_manager" in request.POST
    form = _summary_form(page, posted(request), is_draft=not to_manager)
    if request.method == "POST" and form.is_valid():
        act = actions.put_summary_to_manager if to_manager else actions.save_summary
        draft = SummaryDraft(form.texts, form.cleaned_data["family_told"], form.chosen)
        if attempt(form, act, summary, draft, viewer=request.viewer, at=at, version=form.cleaned_data["version"]):
            messages.success(request, "The summary is with the manager." if to_manager else "The summary is saved.")
            return redirect("decisions:summary", reference)
    context = {
        "head": screening.queries.enquiry_head(request.viewer, summary.enquiry, "release", at=at),
        "page": page,
        "form": form,
        "chosen": set(form["items"].value() or []),
        "can_put": not request.viewer.has(Role.MANAGER) and summary.state == "draft",
        "reference": reference,
    }
    return render(request, "decisions/prepare.html", context)


def _summary_form(page: PreparePage, data: QueryDict | None = None, *, is_draft: bool) -> SummaryForm:
    summary = page.summary
    initial: dict[str, Any] = {name: getattr(summary, name) for name in TEXTS}
    initial |= {
        "version": summary.version,
        "family_told": summary.family_told,
        "items": [f"{item.id}:{item.version}" for item in page.items if page.chosen.get(item.id) == item.version],
    }
    values = [f"{item.id}:{item.version}" for item in page.items]
    return SummaryForm(data, initial=initial, items=values, is_draft=is_draft and data is not None)
