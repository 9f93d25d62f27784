"""The list of a person's notices, and the mails that did not leave."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.once import once
from agencies.access.viewer import HubRequest
from clock.queries import Countdown, set_aside_counts, signs_of_life, untold_deadlines
from common.errors import NotVisible, RuleBroken
from common.pages import path_of
from notices import actions, queries
from notices.forms import OneForm


@require_safe
def show_notices(request: HubRequest) -> HttpResponse:
    """Show the viewer's notices, and whether the sweep has fallen silent.

    To those who see to mail also what did not leave, and what waits to leave.
    """
    at = timezone.now()
    page = queries.own_notices(request.viewer, request.GET.get("page"))
    dead_letters = queries.open_dead_letters(request.viewer)
    context = {
        "at": at,
        "page": page,
        "dead_letters": dead_letters,
        "open_links": queries.open_links(request.viewer, [*page, *dead_letters]),
        "backlog": queries.mail_backlog(request.viewer, at=at),
        "sweep_is_silent": signs_of_life().is_late(at=at),
        "untold": [(one, path_of(*_shown_at(one))) for one in untold_deadlines(request.viewer, at=at)],
        "set_aside": set_aside_counts(request.viewer, at=at),
    }
    return render(request, "notices/list.html", context)


def _shown_at(deadline: Countdown) -> tuple[str, str]:
    if deadline.enquiry_reference:
        return "enquiry", deadline.enquiry_reference
    return deadline.subject_kind, deadline.subject_reference


@require_safe
def show_notice(request: HubRequest, notice: UUID) -> HttpResponse:
    """Lead from a mail to what it speaks of; where that is open to its reader no longer, say so."""
    told = queries.own_notice(request.viewer, notice)
    links = queries.open_links(request.viewer, [told])
    if links:
        return redirect(told.path)
    return render(request, "notices/notice.html", {"notice": told, "open_links": links})


@require_POST
@once
def mark_read(request: HubRequest) -> HttpResponse:
    """Mark one notice as read, or all."""
    form = OneForm(request.POST)
    if not form.is_valid():
        raise RuleBroken("That is not one of your notices. Open the list again and choose from it.")
    at, row = timezone.now(), form.cleaned_data["row"]
    if row:
        actions.mark_read(row, viewer=request.viewer, at=at)
    else:
        actions.mark_all_read(viewer=request.viewer, at=at)
    return redirect("notices:list")


@require_POST
@once
def retry_mail(request: HubRequest) -> HttpResponse:
    """Have a mail tried again."""
    form = OneForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["row"]:
        raise NotVisible
    letter = actions.retry_mail(form.cleaned_data["row"], viewer=request.viewer, at=timezone.now())
    messages.success(request, f"The email {letter.reference or 'chosen'} will be tried again within a minute.")
    return redirect("notices:list")
