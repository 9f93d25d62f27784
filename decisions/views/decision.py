"""The manager's page: decide, read it back, make it final; and the page that says what was decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

import screening.queries
from agencies.access.once import once
from agencies.access.presses import press
from agencies.access.viewer import HubRequest
from agencies.queries import hub_settings
from common.errors import RuleBroken
from common.forms.again import is_putting_back
from common.views import attempt, posted, posted_version, refuse
from decisions import actions, queries
from decisions.forms import DecisionForm, JointViewForm
from decisions.queries import DecidePage
from decisions.rules import ChildOutcome, Deciding, from_token

MOVED = frozenset({"considered", "earlier_shown"})
"""Hidden fields that a page drawn again takes from now, not from what was posted."""


def _form(page: DecidePage, data: QueryDict | None = None) -> DecisionForm:
    initial = {
        "version": page.enquiry.version,
        "missing": page.missing,
        "considered": page.token,
        "earlier_shown": page.earlier_token,
    }
    return DecisionForm(
        data,
        initial=initial,
        children=[(child.key, child.name) for child in page.children],
        agencies=[(agency.pk.hex, agency.name) for agency in page.agencies],
        is_sealed=bool(page.sealed),
        is_again=page.is_again,
        has_earlier=bool(page.earlier),
    )


def _deciding(form: DecisionForm) -> Deciding:
    data = form.cleaned_data
    return Deciding(
        children={child: ChildOutcome(*said) for child, said in form.outcomes().items()},
        considered=from_token(data["considered"]),
        missing=data["missing"],
        sealed_considered=data["sealed_considered"],
        sealed_reasons=data["sealed_reasons"],
        earlier_shown=data["earlier_shown"].split(),
        dissents=form.dissents(),
        change_reason=data.get("change_reason", ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def decide(request: HubRequest, reference: str) -> HttpResponse:
    """Show what lies before the manager; take the decision in two steps: it is read back before it is final."""
    at = timezone.now()
    enquiry = queries.decision_team_enquiry(request.viewer, reference)
    sent = posted(request)
    hub = request.hub_settings = hub_settings()
    opened_with = sent.get("considered", "") if sent is not None else None
    page = queries.decide_page(request.viewer, enquiry, hub, at=at, opened_with=opened_with)
    form = _form(page, sent)
    if sent is not None and not is_putting_back():
        actions.require_current(enquiry, viewer=request.viewer, version=posted_version(request))
    if sent is not None and "edit" not in sent and form.is_valid():
        deciding = _deciding(form)
        step = actions.record_decision if "confirm" in sent else actions.check_decision
        try:
            step(enquiry, deciding, viewer=request.viewer, at=at, version=form.cleaned_data["version"])
        except RuleBroken as error:
            refuse(form, error)
            form = _drawn_again(page, form, error)
        else:
            if "confirm" in sent:
                messages.success(request, "The decision is recorded.")
                return redirect("decisions:release", reference)
            return _read_back(request, page, form, at=at)
    return _page(request, page, form, at=at)


def _drawn_again(page: DecidePage, form: DecisionForm, error: RuleBroken) -> DecisionForm:
    """Return the form with all that was typed; what lay before the manager is taken from now if it had moved on."""
    if error.field not in MOVED:
        return form
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["considered"], data["earlier_shown"] = page.token, page.earlier_token
    data.pop("earlier_read", None)
    again = _form(page, data)
    again.is_valid()
    again.add_error(None, error.sentence)
    return again


def _page(request: HubRequest, page: DecidePage, form: DecisionForm, *, at: datetime) -> HttpResponse:
    context = {
        "head": screening.queries.enquiry_head(request.viewer, page.enquiry, "decision", at=at),
        "page": page,
        "form": form,
        "reference": page.enquiry.reference,
    }
    return render(request, "decisions/decide.html", context)


def _read_back(request: HubRequest, page: DecidePage, form: DecisionForm, *, at: datetime) -> HttpResponse:
    context = {
        "head": screening.queries.enquiry_head(request.viewer, page.enquiry, "decision", at=at),
        "page": page,
        "form": form,
        "hidden": [field.as_hidden() for field in form],
        "sections": [(name, [_said(field) for field in fields]) for name, fields in form.child_sections],
        "others": [_said(form[name]) for name in OTHERS if name in form.fields],
        "dissents": [_said(field) for field in form.dissent_fields if (field.value() or "").strip()],
        "reference": page.enquiry.reference,
    }
    return render(request, "decisions/decide_read_back.html", context)


OTHERS = ("missing", "sealed_considered", "sealed_reasons", "change_reason")


def _said(field: BoundField) -> tuple[str, str]:
    """Return what a field asks and what was answered, in words."""
    said = str(field.value() or "")
    words = {str(value): str(label) for value, label in getattr(field.field, "choices", ())}
    return str(field.label), words.get(said, said)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def joint_view(request: HubRequest, reference: str) -> HttpResponse:
    """Take down what one agency thinks, where partners decide together."""
    at = timezone.now()
    enquiry = queries.decision_team_enquiry(request.viewer, reference)
    page = queries.joint_page(request.viewer, enquiry)
    form = JointViewForm(
        posted(request),
        agencies=[(agency.pk.hex, agency.name) for agency in page.agencies],
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            actions.record_joint_view,
            enquiry,
            UUID(data["agency"]),
            data["outcome"],
            data["reason"],
            viewer=request.viewer,
            at=at,
        ):
            messages.success(request, "The view is recorded.")
            return redirect("decisions:decide", reference)
    context = {
        "head": screening.queries.enquiry_head(request.viewer, enquiry, "decision", at=at),
        "form": form,
        "page": page,
        "reference": reference,
    }
    return render(request, "decisions/joint_view.html", context)


@require_safe
def decision(request: HubRequest, reference: str) -> HttpResponse:
    """Show what was decided, each part to those who may see it."""
    at = timezone.now()
    enquiry = screening.queries.get_enquiry(request.viewer, reference)
    context = {
        "head": screening.queries.enquiry_head(request.viewer, enquiry, "decision", at=at),
        "page": queries.outcome_page(request.viewer, enquiry),
        "instructions": queries.instructions_at_night(request.viewer, enquiry),
        "may_decide": queries.may_decide(request.viewer, enquiry),
        "may_send_back": queries.may_send_back(request.viewer, enquiry),
        "reference": reference,
    }
    return render(request, "decisions/decision.html", context)


send_back = press(
    "enquiry.sent_back",
    queries.decision_team_enquiry,
    "The enquiry is with its social worker again.",
    "decisions:decision",
)
