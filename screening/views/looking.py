"""Pages of those who look into an enquiry that is not theirs, and of those who watch them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.choices import HubSetting, Role
from agencies.queries import changes_of, hub_settings
from common.errors import RuleBroken
from common.views import attempt, posted, refuse, result_of
from screening import actions, queries
from screening.forms import EmergencyAccessForm, FindingForm, ReviewForm

NOTHING_OPENS = (
    "No MASH enquiry opens with this reference. Ask for it to be spelled again; if it is right, ring the MASH manager. "
    "This attempt is logged."
)
"""One answer to what is absent and what is closed to the person."""

CHANGES_SHOWN = 5
"""How many changes of the limit stand beneath the exceptions; the administrator sees more."""


@once
@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HubRequest, reference: str) -> HttpResponse:
    """Show the manager who reviews an enquiry, and let a reviewer be named."""
    at = timezone.now()
    enquiry = queries.get_enquiry(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    reviewers = [
        (str(one.pk), f"{one.user.name}, {one.agency.short_name}") for one in queries.possible_reviewers(enquiry, at=at)
    ]
    form = ReviewForm(
        posted(request),
        initial={"starts_on": timezone.localdate()},
        reviewers=reviewers,
    )
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("purpose", "starts_on", "ends_on")}
        key = UUID(form.cleaned_data["membership"])
        review = result_of(form, actions.name_reviewer, enquiry, key, **said, viewer=request.viewer, at=at)
        if review is not None:
            messages.success(request, f"{review.membership.user.name} may read {reference} between those two days.")
            return redirect("screening:reviews", reference)
    context = {
        "head": queries.enquiry_head(request.viewer, enquiry, "reviews", at=at),
        "reviews": queries.reviews_of(request.viewer, enquiry, at=at),
        "form": form if reviewers else None,
        "reference": reference,
    }
    return render(request, "screening/reviews.html", context)


@require_POST
@once
def end_review(request: HubRequest, reference: str, review: UUID) -> HttpResponse:
    """End a review at once."""
    enquiry = queries.get_enquiry(request.viewer, reference)
    ended = actions.end_review(enquiry, review, viewer=request.viewer, at=timezone.now())
    messages.success(request, f"The review has ended. {ended.membership.user.name} opens nothing of it any more.")
    return redirect("screening:reviews", reference)


@once
@require_http_methods(["GET", "HEAD", "POST"])
def open_in_need(request: HubRequest) -> HttpResponse:
    """Give emergency access to one enquiry, by its reference and for a reason."""
    roles.require(request.viewer, *actions.GLASS_ROLES)
    form = EmergencyAccessForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            opened = actions.break_glass(said["reference"], said["reason"], viewer=request.viewer, at=timezone.now())
        except RuleBroken as error:
            refuse(form, error)
        else:
            if opened is not None:
                messages.success(request, _opened(opened))
                return redirect("screening:enquiry", opened.reference)
            form.add_error("reference", NOTHING_OPENS)
    return render(request, "screening/open_in_need.html", {"form": form})


def _opened(opened: actions.EmergencyAccess) -> str:
    if opened.is_own:
        return "You are its social worker: it is open to you without this."
    again = "It was open to you already." if opened.was_open else "It is open to you for twelve hours."
    return f"{again} You can read, not change."


@require_safe
def exceptions(request: HubRequest) -> HttpResponse:
    """Show managers and auditors every emergency access and use of the emergency route, and what the auditor found."""
    return _exceptions(request)


def _exceptions(request: HubRequest, judged: FindingForm | None = None, of: UUID | None = None) -> HttpResponse:
    """Draw the page, with the form that was sent beside the use that it is about."""
    at = timezone.now()
    found = queries.uses(request.viewer, at=at)
    forms = {use.key: _finding_form(use.key) for use in found if use.may_review}
    if judged is not None and of is not None:
        if of not in forms:
            raise RuleBroken("Say whether it was justified, and why.", field="finding")
        forms[of] = judged
    hub = request.hub_settings = hub_settings()
    context = {
        "waiting": [(use, forms.get(use.key)) for use in found if use.reviewed_at is None],
        "judged": [use for use in found if use.reviewed_at is not None],
        "sent": judged,
        "limit": hub.broken_glass_a_day,
        "changes": changes_of(HubSetting.BROKEN_GLASS_A_DAY, request.viewer, most=CHANGES_SHOWN),
        "at": at,
    }
    return render(request, "screening/exceptions.html", context)


def _finding_form(use: UUID, posted_data: QueryDict | None = None) -> FindingForm:
    return FindingForm(posted_data, auto_id=f"use_{use}_%s")


@require_POST
@once
def review_use(request: HubRequest, use: UUID) -> HttpResponse:
    """Take the auditor's finding, with their words."""
    roles.require(request.viewer, Role.AUDITOR)
    form = _finding_form(use, request.POST)
    if form.is_valid():
        finding, words = form.cleaned_data["finding"], form.cleaned_data["words"]
        if attempt(form, actions.review_use, use, finding, words, viewer=request.viewer, at=timezone.now()):
            messages.success(request, "Your finding is recorded. The MASH manager sees it.")
            return redirect("screening:exceptions")
    return _exceptions(request, form, use)
