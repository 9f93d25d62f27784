"""One MASH summary as its team reads it: the preview, the release, and what the team answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

import screening.queries
from agencies.access import roles
from agencies.access.once import once
from agencies.access.opened import ASSIGNED, opened_word
from agencies.access.presses import press
from agencies.access.roles import RECEIVER
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.views import Button, attempt, buttons, offer_of
from common.work import NOBODY
from decisions import actions, queries
from decisions.actions import Door
from decisions.forms import DeclineForm, DoorForm, MessageForm, PlainDoorForm
from decisions.views.asked import asked_after_release

if TYPE_CHECKING:
    from common.forms import ChangeForm
    from decisions.models import MashSummary


@require_safe
def summary(request: HubRequest, reference: str) -> HttpResponse:
    """Show a summary as its team reads it, with what the viewer may do with it now."""
    at = timezone.now()
    summary = queries.get_summary(request.viewer, reference)
    return summary_page(request, summary, at=at)


def summary_page(
    request: HubRequest, summary: MashSummary, *, at: datetime, bound: ChangeForm | None = None, **more: Any
) -> HttpResponse:
    """Return the page of a summary; `bound` is a form after the release that was sent and refused."""
    viewer = request.viewer
    moves = queries.summary_moves(viewer, summary)
    inside = queries.is_of_decision_team(viewer, summary)
    every_clock = queries.summary_clocks(viewer, summary, at=at)
    seen = queries.summary_seen(viewer, summary, at=at)
    word = request.GET.get("opened", "")
    context = {
        "seen": seen,
        "places": queries.places_of_summary(viewer, summary, word=word, at=at),
        "summary": summary,
        "head": screening.queries.enquiry_head(viewer, summary.enquiry, "release", at=at) if inside else None,
        "about": NOBODY if inside else queries.summary_about(viewer, summary, at=at),
        "clocks": [clock for clock in every_clock if clock.is_open],
        "every_clock": every_clock,
        "for_team": RECEIVER in summary.roles_of(viewer),
        "is_preview": summary.released_at is None,
        "moves": moves,
        "links": _links(summary, moves),
        "buttons": _buttons(summary, moves),
        "asked": asked_after_release(summary, moves, has_changed=bool(seen.after.changes), bound=bound),
        "door_form": _door_form(request, summary) if "summary.released" in moves else None,
        "query_form": _message_form(summary, "What do you want to know?"),
        "answer_form": _message_form(summary, "Your answer to the team"),
        "decline_form": DeclineForm(initial={"version": summary.version}, auto_id="decline_%s"),
        **{
            f"{name}_url": reverse(f"decisions:{name}", args=[summary.reference])
            for name in ("answer", "query", "decline")
        },
        "reference": summary.reference,
    }
    return render(request, "decisions/summary.html", {**context, **more})


def _links(summary: MashSummary, moves: set[str]) -> list[Button]:
    return buttons(moves, summary.reference, only=("summary.prepared",), main="")


PLAIN = ("summary.accepted", "summary.sent_back", "summary.discarded")
"""Moves that ask for nothing."""


def _buttons(summary: MashSummary, moves: set[str]) -> list[Button]:
    return buttons(moves, summary.reference, only=PLAIN, main="summary.accepted")


def _message_form(summary: MashSummary, label: str) -> MessageForm:
    return MessageForm(initial={"version": summary.version}, label=label, auto_id="message_%s")


def _door_form(request: HubRequest, summary: MashSummary, data: QueryDict | None = None) -> DoorForm:
    instructions = queries.instructions_for(request.viewer, summary)
    asked = DoorForm if instructions else PlainDoorForm
    return asked(data, initial={"version": summary.version}, instructions=instructions)


@require_POST
@once
def release_one(request: HubRequest, reference: str) -> HttpResponse:
    """Confirm and send one summary."""
    at = timezone.now()
    summary = queries.get_summary(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    form = _door_form(request, summary, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        door = Door(
            question=data["door_question"],
            agreed=data.get("agreed", []),
            own_words=data["own_words"],
            own_words_rest_on_nothing_sealed=data["own_words_clean"],
        )
        if attempt(form, actions.release_summary, summary, door, viewer=request.viewer, at=at, version=data["version"]):
            messages.success(request, f"{reference} is released. The hub stays responsible until the team accepts it.")
            return redirect("decisions:release", summary.enquiry.reference)
        summary = queries.get_summary(request.viewer, reference)
    return summary_page(request, summary, at=at, door_form=form)


@require_POST
@once
def open_places(request: HubRequest, reference: str) -> HttpResponse:
    """Open the protected places of a summary, as the one who accepted it."""
    summary = queries.get_summary(request.viewer, reference)
    roles.require(request.viewer, Role.RECEIVING_WORKER)
    word = opened_word(request.viewer, summary.pk, purpose=ASSIGNED)
    return redirect(f"{reverse('decisions:summary', args=[reference])}?opened={word}")


accept = press("summary.accepted", queries.get_summary, "Accepted: your team has taken over.", "decisions:summary")
summary_send_back = press(
    "summary.sent_back", queries.get_summary, "The summary is with its social worker again.", "decisions:summary"
)
discard = press(
    "summary.discarded",
    queries.get_summary,
    "The draft is discarded.",
    "decisions:release",
    about=lambda found: found.enquiry.reference,
)


def _said(event: str, key: str, label: str, sentence: str) -> Callable[..., HttpResponse]:
    """Make the view of a move that carries a message."""

    @require_POST
    @once
    def view(request: HubRequest, reference: str) -> HttpResponse:
        at = timezone.now()
        summary = queries.get_summary(request.viewer, reference)
        form = MessageForm(request.POST, label=label, auto_id="message_%s")
        if form.is_valid():
            text, version = form.cleaned_data["text"], form.cleaned_data["version"]
            if attempt(form, offer_of(event).action, summary, text, viewer=request.viewer, at=at, version=version):
                messages.success(request, sentence)
                return redirect("decisions:summary", reference)
        return summary_page(request, summary, at=at, **{key: form})

    return view


query = _said("summary.queried", "query_form", "What do you want to know?", "Your question is with the hub.")
answer = _said("summary.answered", "answer_form", "Your answer to the team", "Your answer is with the team.")


@require_POST
@once
def decline(request: HubRequest, reference: str) -> HttpResponse:
    """Decline a summary with a reason."""
    at = timezone.now()
    summary = queries.get_summary(request.viewer, reference)
    form = DeclineForm(request.POST, auto_id="decline_%s")
    if form.is_valid():
        data = form.cleaned_data
        why = data["reason"], data["text"]
        if attempt(form, actions.decline_summary, summary, *why, viewer=request.viewer, at=at, version=data["version"]):
            messages.success(request, f"{reference} is declined: the MASH manager decides what happens now.")
            return redirect("decisions:inbox")
    return summary_page(request, summary, at=at, decline_form=form)
