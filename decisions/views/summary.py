"""One MASH summary as its team reads it: the preview, the release, and what the team answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

import screening.queries
from agencies.access import roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.errors import RuleBroken
from decisions import actions, queries
from decisions.actions import Door
from decisions.forms import DeclineForm, DoorForm, MessageForm, PlainDoorForm
from decisions.views.parts import Button, posted_version, refuse


@require_safe
def summary(request: HubRequest, reference: str) -> HttpResponse:
    """Show a summary as its team reads it, with what the viewer may do with it now."""
    at = timezone.now()
    found = queries.get_summary(request.viewer, reference)
    return _summary_page(request, found, at=at)


def _summary_page(request: HubRequest, found: Any, *, at: datetime, **more: Any) -> HttpResponse:
    viewer = request.viewer
    moves = queries.summary_moves(viewer, found)
    inside = queries.is_of_decision_team(viewer, found)
    context = {
        "seen": queries.summary_seen(viewer, found, at=at),
        "summary": found,
        "head": screening.queries.enquiry_head(viewer, found.enquiry, "release", at=at) if inside else None,
        "clocks": queries.summary_clocks(found, at=at),
        "is_preview": found.released_at is None,
        "moves": moves,
        "links": _links(found, moves),
        "buttons": _buttons(found, moves),
        "door_form": _door_form(request, found) if "summary.released" in moves else None,
        "query_form": _message_form(found, "What do you want to know?"),
        "answer_form": _message_form(found, "Your answer to the team"),
        "decline_form": DeclineForm(initial={"version": found.version}, auto_id="decline_%s"),
        **{
            f"{name}_url": reverse(f"decisions:{name}", args=[found.reference])
            for name in ("answer", "query", "decline")
        },
        "reference": found.reference,
    }
    return render(request, "decisions/summary.html", {**context, **more})


def _links(found: Any, moves: set[str]) -> list[Button]:
    if "summary.prepared" not in moves:
        return []
    return [
        Button(reverse("decisions:prepare", args=[found.reference]), "Change the summary", "secondary", is_link=True)
    ]


PLAIN = (
    ("summary.accepted", "decisions:accept", "Accept", ""),
    ("summary.sent_back", "decisions:summary_send_back", "Send back to the social worker", "secondary"),
    ("summary.discarded", "decisions:discard", "Discard the draft", "secondary"),
    ("summary.withdrawn", "decisions:withdraw", "Take back", "warning"),
)
"""Moves that ask for nothing: event, route, words, tone."""


def _buttons(found: Any, moves: set[str]) -> list[Button]:
    offered = moves - ({"summary.withdrawn"} if found.released_at is None else set())
    return [
        Button(reverse(route, args=[found.reference]), label, tone)
        for event, route, label, tone in PLAIN
        if event in offered
    ]


def _message_form(found: Any, label: str) -> MessageForm:
    return MessageForm(initial={"version": found.version}, label=label, auto_id="message_%s")


def _door_form(request: HubRequest, found: Any, data: Any = None) -> DoorForm:
    instructions = queries.instructions_for(request.viewer, found)
    asked = DoorForm if instructions else PlainDoorForm
    return asked(data, initial={"version": found.version}, instructions=instructions)


@require_POST
@once
def release_one(request: HubRequest, reference: str) -> HttpResponse:
    """Confirm and send one summary."""
    at = timezone.now()
    found = queries.get_summary(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    form = _door_form(request, found, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        door = Door(
            question=data["door_question"],
            agreed=data.get("agreed", []),
            own_words=data["own_words"],
            own_words_rest_on_nothing_sealed=data["own_words_clean"],
        )
        try:
            actions.release_summary(found, door, viewer=request.viewer, at=at, version=data["version"])
        except RuleBroken as error:
            refuse(form, error)
            found = queries.get_summary(request.viewer, reference)
        else:
            messages.success(request, f"{reference} is sent. The hub stays responsible until the team accepts it.")
            return redirect("decisions:release", found.enquiry.reference)
    return _summary_page(request, found, at=at, door_form=form)


def _plain(act: Callable[..., Any], said: str, *, back: str = "decisions:summary") -> Callable[..., HttpResponse]:
    """Make the view of a move that asks for nothing."""

    @require_POST
    @once
    def view(request: HubRequest, reference: str) -> HttpResponse:
        found = queries.get_summary(request.viewer, reference)
        act(found, viewer=request.viewer, at=timezone.now(), version=posted_version(request))
        messages.success(request, said)
        gone = back == "decisions:release"
        return redirect(back, found.enquiry.reference if gone else reference)

    return view


accept = _plain(actions.accept_summary, "Accepted: your team has taken over.")
summary_send_back = _plain(actions.send_summary_back, "The summary is with its social worker again.")
discard = _plain(actions.discard_summary, "The draft is discarded.", back="decisions:release")
withdraw = _plain(
    actions.withdraw_summary, "The summary is taken back. The team does not see it any more.", back="decisions:release"
)


def _said(act: Callable[..., Any], key: str, label: str, said: str) -> Callable[..., HttpResponse]:
    """Make the view of a move that carries a message."""

    @require_POST
    @once
    def view(request: HubRequest, reference: str) -> HttpResponse:
        at = timezone.now()
        found = queries.get_summary(request.viewer, reference)
        form = MessageForm(request.POST, label=label, auto_id="message_%s")
        if form.is_valid():
            data = form.cleaned_data
            act(found, data["text"], viewer=request.viewer, at=at, version=data["version"])
            messages.success(request, said)
            return redirect("decisions:summary", reference)
        return _summary_page(request, found, at=at, **{key: form})

    return view


query = _said(actions.query_summary, "query_form", "What do you want to know?", "Your question is with the hub.")
answer = _said(actions.answer_query, "answer_form", "Your answer to the team", "Your answer is with the team.")


@require_POST
@once
def decline(request: HubRequest, reference: str) -> HttpResponse:
    """Decline a summary with a reason."""
    at = timezone.now()
    found = queries.get_summary(request.viewer, reference)
    form = DeclineForm(request.POST, auto_id="decline_%s")
    if form.is_valid():
        data = form.cleaned_data
        actions.decline_summary(
            found, data["reason"], data["text"], viewer=request.viewer, at=at, version=data["version"]
        )
        messages.success(request, f"{reference} is declined: the MASH manager decides what happens now.")
        return redirect("decisions:inbox")
    return _summary_page(request, found, at=at, decline_form=form)
