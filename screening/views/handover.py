"""One handover: the team accepts, asks or declines; the hub answers, withdraws or sends it anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.errors import RuleBroken
from screening import actions, queries
from screening.forms import SaidForm, SendAnewForm, VersionForm
from screening.queries import HandoverPage
from screening.views.parts import buttons, refuse

ROUTES = {
    "handover.accepted": "screening:accept_handover",
    "handover.queried": "screening:query_handover",
    "handover.declined": "screening:decline_handover",
    "handover.answered": "screening:answer_handover",
    "handover.withdrawn": "screening:withdraw_handover",
}
DECLINE = "Why does your team not take this over?"
PLAIN = frozenset({"handover.accepted", "handover.withdrawn"})


@require_safe
def handover(request: HubRequest, reference: str) -> HttpResponse:
    """Show a handover to the team that got it, or to the hub."""
    page = queries.handover_page(request.viewer, reference, at=timezone.now())
    return _show(request, page, _anew_form(page, None))


@once
@require_http_methods(["GET", "HEAD", "POST"])
def accept_handover(request: HubRequest, reference: str) -> HttpResponse:
    """Take over what was handed to the team."""
    return _plain(request, reference, actions.accept_handover, "Your team has taken this over.")


@once
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_handover(request: HubRequest, reference: str) -> HttpResponse:
    """Take back what no team has accepted."""
    return _plain(request, reference, actions.withdraw_handover, "It is withdrawn. Send it to a team anew below.")


@once
@require_http_methods(["GET", "HEAD", "POST"])
def query_handover(request: HubRequest, reference: str) -> HttpResponse:
    """Ask the hub something before taking over."""
    return _say(
        request,
        reference,
        "handover.queried",
        actions.query_handover,
        label="Ask the hub",
        said="The hub has your question.",
    )


@once
@require_http_methods(["GET", "HEAD", "POST"])
def decline_handover(request: HubRequest, reference: str) -> HttpResponse:
    """Say that the team does not take over, and why."""
    return _say(request, reference, "handover.declined", actions.decline_handover, label=DECLINE, said="Declined.")


@once
@require_http_methods(["GET", "HEAD", "POST"])
def answer_handover(request: HubRequest, reference: str) -> HttpResponse:
    """Answer a team's query."""
    return _say(
        request,
        reference,
        "handover.answered",
        actions.answer_handover,
        label="Answer the team",
        said="The team has your answer.",
    )


@once
@require_http_methods(["GET", "HEAD", "POST"])
def send_anew(request: HubRequest, reference: str) -> HttpResponse:
    """Send what came back to a team anew."""
    if request.method != "POST":
        return redirect("screening:handover", reference)
    page = queries.handover_page(request.viewer, reference, at=timezone.now())
    form = _anew_form(page, request.POST)
    if form.is_valid():
        answers = form.cleaned_data
        try:
            sent = actions.send_anew(
                page.handover,
                UUID(answers["team"]),
                answers["handover_text"],
                viewer=request.viewer,
                at=timezone.now(),
            )
        except RuleBroken as error:
            refuse(form, error)
        else:
            messages.success(request, f"Sent anew as {sent.reference}.")
            return redirect("screening:handover", sent.reference)
    return _show(request, page, form)


def _plain(request: HubRequest, reference: str, action: Callable[..., Any], said: str) -> HttpResponse:
    one = queries.get_handover(request.viewer, reference)
    form = VersionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        action(one, viewer=request.viewer, at=timezone.now(), version=form.cleaned_data["version"])
        messages.success(request, said)
    return redirect("screening:handover", reference)


def _say(
    request: HubRequest, reference: str, event: str, action: Callable[..., Any], *, label: str, said: str
) -> HttpResponse:
    one = queries.get_handover(request.viewer, reference)
    if request.method != "POST" and not queries.can_say(request.viewer, one, event):
        return redirect("screening:handover", reference)
    form = SaidForm(request.POST or None, initial={"version": one.version}, label=label)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            action(one, answers["text"], viewer=request.viewer, at=timezone.now(), version=answers["version"])
        except RuleBroken as error:
            refuse(form, error)
        else:
            messages.success(request, said)
            if event == "handover.declined":  # The team does not see it any more.
                return redirect("work")
            return redirect("screening:handover", reference)
    return render(request, "screening/handover_say.html", {"form": form, "reference": reference})


def _anew_form(page: HandoverPage, posted: Any) -> SendAnewForm:
    return SendAnewForm(
        posted,
        initial={"handover_text": page.handover.text},
        teams=[(str(team.pk), team.name) for team in page.teams],
    )


def _show(request: HubRequest, page: HandoverPage, form: SendAnewForm) -> HttpResponse:
    one = page.handover
    context = {
        "page": page,
        "reference": one.reference,
        "clocks": [clock for clock in page.clocks if clock.is_open],
        "moves": buttons(page.moves, ROUTES, one.reference, plain=PLAIN),
        "form": form if page.teams else None,
        "contact_url": "" if page.for_team else reverse("contacts:contact", args=[one.contact.reference]),
    }
    return render(request, "screening/handover.html", context)
