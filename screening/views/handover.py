"""One handover: the team accepts, asks or declines; the hub answers, withdraws or sends it anew."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.once import once
from agencies.access.presses import press
from agencies.access.viewer import HubRequest
from common.views import attempt, buttons, offer_of, posted, result_of
from screening import actions, queries
from screening.forms import SaidForm, SendAnewForm
from screening.queries import HandoverPage

MOVES = (
    "handover.accepted",
    "handover.queried",
    "handover.declined",
    "handover.answered",
    "handover.decided_for_night",
    "handover.withdrawn",
    "handover.settled",
)
DECLINE = "Why does your team not take this over?"


@require_safe
def handover(request: HubRequest, reference: str) -> HttpResponse:
    """Show a handover to the team that got it, or to the hub."""
    page = queries.handover_page(request.viewer, reference, at=timezone.now())
    return _show(request, page, _anew_form(page, None))


accept_handover = press(
    "handover.accepted", queries.get_handover, "Your team has taken this over.", "screening:handover", opens=True
)
withdraw_handover = press(
    "handover.withdrawn",
    queries.get_handover,
    "It is withdrawn. Send it to a team again below.",
    "screening:handover",
    opens=True,
)


@once
@require_http_methods(["GET", "HEAD", "POST"])
def query_handover(request: HubRequest, reference: str) -> HttpResponse:
    """Ask the hub something before taking over."""
    return _say(
        request,
        reference,
        "handover.queried",
        label="Ask the hub",
        sentence="The hub has your question.",
    )


@once
@require_http_methods(["GET", "HEAD", "POST"])
def decline_handover(request: HubRequest, reference: str) -> HttpResponse:
    """Say that the team does not take over, and why."""
    return _say(request, reference, "handover.declined", label=DECLINE, sentence="Declined.")


@once
@require_http_methods(["GET", "HEAD", "POST"])
def answer_handover(request: HubRequest, reference: str) -> HttpResponse:
    """Answer a team's query."""
    return _say(
        request,
        reference,
        "handover.answered",
        label="Answer the team",
        sentence="The team has your answer.",
    )


@once
@require_http_methods(["GET", "HEAD", "POST"])
def decide_for_night(request: HubRequest, reference: str) -> HttpResponse:
    """Record what out of hours do about a Red handover until the hub opens."""
    return _say(
        request,
        reference,
        "handover.decided_for_night",
        label="What is done for the children tonight, and by whom?",
        sentence="Recorded. The managers are told; the hub decides when it opens.",
    )


@once
@require_http_methods(["GET", "HEAD", "POST"])
def settle_handover(request: HubRequest, reference: str) -> HttpResponse:
    """Say why no team needs to take over what came back."""
    return _say(
        request,
        reference,
        "handover.settled",
        label="Why does no team need to take this over?",
        sentence="Settled. Your reason is kept with the handover.",
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
        sent = result_of(
            form,
            actions.send_anew,
            page.handover,
            UUID(answers["team"]),
            answers["handover_text"],
            viewer=request.viewer,
            at=timezone.now(),
        )
        if sent is not None:
            messages.success(request, f"Sent again as {sent.reference}.")
            return redirect("screening:handover", sent.reference)
    return _show(request, page, form)


def _say(request: HubRequest, reference: str, event: str, *, label: str, sentence: str) -> HttpResponse:
    handover = queries.get_handover(request.viewer, reference)
    if request.method != "POST" and not queries.can_say(request.viewer, handover, event):
        return redirect("screening:handover", reference)
    form = SaidForm(posted(request), initial={"version": handover.version}, label=label)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if attempt(
            form,
            offer_of(event).action,
            handover,
            answers["text"],
            viewer=request.viewer,
            at=timezone.now(),
            version=answers["version"],
        ):
            messages.success(request, sentence)
            if event == "handover.declined":  # The team does not see it any more.
                return redirect("work")
            return redirect("screening:handover", reference)
    about = queries.handover_about(request.viewer, handover, at=timezone.now())
    return render(request, "screening/handover_say.html", {"form": form, "reference": reference, "about": about})


def _anew_form(page: HandoverPage, data: QueryDict | None) -> SendAnewForm:
    return SendAnewForm(
        data,
        initial={"handover_text": page.handover.text},
        teams=[(str(team.pk), team.name) for team in page.teams],
    )


def _show(request: HubRequest, page: HandoverPage, form: SendAnewForm) -> HttpResponse:
    one = page.handover
    context = {
        "page": page,
        "reference": one.reference,
        "about": queries.handover_about(request.viewer, one, at=timezone.now()),
        "clocks": [clock for clock in page.clocks if clock.is_open],
        "moves": buttons({move.event for move in page.moves}, one.reference, only=MOVES),
        "form": form if page.teams else None,
        "contact_url": "" if page.for_team else reverse("contacts:contact", args=[one.contact.reference]),
    }
    return render(request, "screening/handover.html", context)
