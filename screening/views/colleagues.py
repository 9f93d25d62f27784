"""The manager's page of colleagues: who is away, who covers, who is on duty."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.moments import span_in_words
from common.views import posted, result_of
from screening import actions, queries
from screening.forms import NOBODY, AbsenceForm, DutyForm


@once
@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request: HubRequest) -> HttpResponse:
    """Show who is away and who is on duty, and put somebody on duty."""
    at = timezone.now()
    workers = queries.duty_workers(request.viewer, at=at)
    form = DutyForm(
        posted(request),
        initial={"starts_on": timezone.localdate()},
        workers=[(str(one.pk), one.user.name) for one in workers],
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        duty = result_of(
            form,
            actions.name_on_duty,
            UUID(said["membership"]),
            starts_at=said["starts_at"],
            ends_at=said["ends_at"],
            viewer=request.viewer,
            at=at,
        )
        if duty is not None:
            messages.success(
                request,
                f"{duty.membership.user.name} stands on the roster. {span_in_words(duty.starts_at, duty.ends_at)}.",
            )
            return redirect("screening:colleagues")
    context = {"roster": queries.roster(request.viewer, at=at), "form": form if workers else None, "at": at}
    return render(request, "screening/colleagues.html", context)


@once
@require_http_methods(["GET", "HEAD", "POST"])
def mark_absent(request: HubRequest, membership: UUID) -> HttpResponse:
    """Show what a colleague holds, and mark them absent with a cover in one move."""
    at = timezone.now()
    shown = queries.colleague(request.viewer, membership, at=at)
    form = AbsenceForm(
        posted(request),
        initial={"starts_on": timezone.localdate()},
        covers=[(str(one.pk), f"{one.user.name}, {one.role_names}") for one in shown.covers],
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        absence = result_of(
            form,
            actions.mark_absent,
            shown.membership.pk,
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            cover_id=None if said["cover"] == NOBODY else UUID(said["cover"]),
            viewer=request.viewer,
            at=at,
        )
        if absence is not None:
            messages.success(request, f"{shown.membership.user.name} is marked absent. It comes back by itself.")
            return redirect("screening:colleagues")
    return render(request, "screening/mark_absent.html", {"shown": shown, "form": form, "at": at})


@require_POST
@once
def end_absence(request: HubRequest, absence: UUID) -> HttpResponse:
    """Say that a colleague is back."""
    roles.require(request.viewer, Role.MANAGER)
    ended = actions.end_absence(absence, viewer=request.viewer, at=timezone.now())
    messages.success(request, f"{ended.membership.user.name} is back: their work is theirs again.")
    return redirect("screening:colleagues")


@require_POST
@once
def end_duty(request: HubRequest, duty: UUID) -> HttpResponse:
    """Take somebody off duty."""
    roles.require(request.viewer, Role.MANAGER)
    ended = actions.end_duty(duty, viewer=request.viewer, at=timezone.now())
    messages.success(request, f"{ended.membership.user.name} is not on duty any more.")
    return redirect("screening:colleagues")
