"""MASH summaries: where each child goes, what is prepared, the preview, the release, and what the team answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import screening.queries
from agencies.access import roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from decisions import actions, queries
from decisions.actions import Door, SummaryDraft
from decisions.forms import DeclineForm, DoorForm, MessageForm, PlacingForm, PlainDoorForm, SummaryForm
from decisions.forms.summary import TEXTS
from decisions.queries import PreparePage, ReleasePage
from decisions.views.parts import Button, Line, posted_version, refuse
from mash.common.errors import NotVisible, RuleBroken


def _placing_form(page: ReleasePage, data: Any = None) -> PlacingForm:
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
    form = _placing_form(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.prepare_summaries(
                enquiry, form.chosen(), viewer=request.viewer, at=at, version=form.cleaned_data["version"]
            )
        except RuleBroken as error:
            refuse(form, error)
        else:
            messages.success(request, "A draft is made for each team. Go over it, then send it to the manager.")
            if len(made) == 1:
                return redirect("decisions:prepare", made[0].reference)
            return redirect("decisions:release", reference)
    context = {
        "head": screening.queries.enquiry_head(request.viewer, enquiry, "release", at=at),
        "page": page,
        "form": form if page.may_prepare else None,
        "lines": [_line(summary) for summary in page.summaries],
        "columns": ["Team", "Stage", "Sent"],
        "close": [Button(reverse("decisions:close", args=[reference]), "Close the enquiry")] if page.may_close else [],
        "reference": reference,
    }
    return render(request, "decisions/release.html", context)


def _line(summary: Any) -> Line:
    return Line(
        url=reverse("decisions:summary", args=[summary.reference]),
        reference=summary.reference,
        cells=[summary.team.name, summary.get_state_display(), summary.released_at or "Not sent"],
    )


@require_POST
@once
def close(request: HubRequest, reference: str) -> HttpResponse:
    """Close a decided enquiry from which nothing goes to a team."""
    enquiry = queries.decision_team_enquiry(request.viewer, reference)
    actions.close_enquiry(enquiry, viewer=request.viewer, at=timezone.now(), version=posted_version(request))
    messages.success(request, "The enquiry is closed. Its referrers and the family are owed a word: see Feedback.")
    return redirect("decisions:decision", reference)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def prepare(request: HubRequest, reference: str) -> HttpResponse:
    """Show and keep a summary that is being prepared; send it to the manager."""
    at = timezone.now()
    summary = queries.get_summary(request.viewer, reference)
    if not queries.prepares(request.viewer, summary):
        raise NotVisible
    page = queries.prepare_page(request.viewer, summary, at=at)
    form = _summary_form(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        to_manager = "put_to_manager" in request.POST
        act = actions.put_summary_to_manager if to_manager else actions.save_summary
        draft = SummaryDraft(form.texts, form.cleaned_data["family_told"], form.chosen)
        try:
            act(summary, draft, viewer=request.viewer, at=at, version=form.cleaned_data["version"])
        except RuleBroken as error:
            refuse(form, error)
        else:
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


def _summary_form(page: PreparePage, data: Any = None) -> SummaryForm:
    summary = page.summary
    initial: dict[str, Any] = {name: getattr(summary, name) for name in TEXTS}
    initial |= {
        "version": summary.version,
        "family_told": summary.family_told,
        "items": [f"{item.id}:{item.version}" for item in page.items if page.chosen.get(item.id) == item.version],
    }
    return SummaryForm(data, initial=initial, items=[f"{item.id}:{item.version}" for item in page.items])


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
    offered = moves - ({"summary.withdrawn"} if "summary.discarded" in moves else set())
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
        messages.success(request, "Declined: the MASH manager decides what happens now.")
        return redirect("decisions:summary", reference)
    return _summary_page(request, found, at=at, decline_form=form)


@require_safe
def inbox(request: HubRequest) -> HttpResponse:
    """Show what was sent to the viewer's team, and nothing of the hub beside it."""
    roles.require(request.viewer, Role.RECEIVING_WORKER)
    at = timezone.now()
    lines = [
        Line(
            url=reverse("decisions:summary", args=[line.summary.reference]),
            reference=line.summary.reference,
            cells=[line.outcomes, line.summary.get_state_display(), line.summary.released_at],
            colour=line.summary.enquiry.colour,
            due_at=line.clock.due_at if line.clock else None,
        )
        for line in queries.inbox(request.viewer, at=at)
    ]
    handed = [
        Line(
            url=reverse("screening:handover", args=[row.reference]),
            reference=row.reference,
            cells=[row.get_state_display(), row.sent_at],
        )
        for row in queries.handed_over(request.viewer)
    ]
    context = {
        "lines": lines,
        "columns": ["Decided", "Stage", "Sent"],
        "handed": handed,
        "handed_columns": ["Stage", "Sent"],
        "at": at,
    }
    return render(request, "decisions/inbox.html", context)
