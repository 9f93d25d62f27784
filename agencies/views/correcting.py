"""Pages on which a person, an agency or a team is corrected, and on which a team closes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies import actions, queries
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.forms import CorrectAccountForm, CorrectAgencyForm, CorrectTeamForm, LeavingForm
from agencies.reads import names
from agencies.reads.holding import waits_at
from agencies.views.directory import form_page
from agencies.views.leaving import leave
from common.views import posted

if TYPE_CHECKING:
    from agencies.models import Agency, Team

KEY = "submission_key"
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@page_or_form
@once
def correct_account(request: HubRequest, account: uuid.UUID) -> HttpResponse:
    """Correct what the directory says of a person."""
    person = queries.account(request.viewer, account, at=timezone.now()).user
    sponsors = {str(one.pk): one for one in names.sponsors(request.viewer, person)}
    asked = [name for name in CorrectAccountForm.base_fields if name not in (KEY, "sponsor")]
    form = CorrectAccountForm(
        posted(request),
        initial={"sponsor": person.sponsor_id and str(person.sponsor_id)}
        | {one: getattr(person, one) for one in asked},
        sponsors=[(key, one.name) for key, one in sponsors.items()],
    )
    back = reverse("agencies:account", args=[person.pk])

    def save(answers: dict[str, Any], at: datetime) -> str:
        answers.pop(KEY)
        version, sponsor = answers.pop("version"), sponsors.get(answers.pop("sponsor"))
        said = actions.Particulars(**answers, sponsor=sponsor)
        address = person.email
        corrected = actions.correct_account(person, said, viewer=request.viewer, at=at, version=version)
        told = corrected.email != address
        messages.success(request, "It is corrected. Both addresses were told." if told else "It is corrected.")
        return back

    title = f"Correct what is said of {person.name}"
    lead = actions.NOT_ONES_OWN_ACCOUNT if person.pk == request.viewer.user_id else ""
    return form_page(request, form, save, title=title, button="Save the correction", back=back, lead=lead)


@page_or_form
@once
def correct_agency(request: HubRequest, agency: uuid.UUID) -> HttpResponse:
    """Give an agency another name or number."""
    row = queries.agency(request.viewer, agency)
    done = "It is corrected. What was sent before keeps the name of its time."
    return _rename(request, row, CorrectAgencyForm, actions.correct_agency, done=done)


@page_or_form
@once
def correct_team(request: HubRequest, team: uuid.UUID) -> HttpResponse:
    """Give a team another name or number."""
    row = names.team(request.viewer, team)
    return _rename(request, row, CorrectTeamForm, actions.correct_team, done="It is corrected.")


def _rename(
    request: HubRequest,
    row: Agency | Team,
    form_of: type[CorrectAgencyForm | CorrectTeamForm],
    correct: Callable[..., object],
    *,
    done: str,
) -> HttpResponse:
    asked = [name for name in form_of.base_fields if name != KEY]
    form = form_of(posted(request), initial={one: getattr(row, one) for one in asked})

    def save(answers: dict[str, Any], at: datetime) -> str:
        answers.pop(KEY)
        correct(row, **answers, viewer=request.viewer, at=at)
        messages.success(request, done)
        return reverse("agencies:directory")

    title, lead = f"Correct {row.name}", names.in_words(names.former_names(request.viewer, row))
    button = "Save the correction"
    return form_page(request, form, save, title=title, button=button, back="agencies:directory", lead=lead)


@page_or_form
@once
def close_team(request: HubRequest, team: uuid.UUID) -> HttpResponse:
    """Say what waits at a team, ask once more, then close it."""
    row = names.team(request.viewer, team)
    held = [one for one in queries.memberships_in_force(at=timezone.now()) if one.team_id == row.pk]
    form = LeavingForm(posted(request), successors=[], asks_version=False)

    def close(_successor: uuid.UUID | None, at: Any) -> None:
        actions.close_team(row, viewer=request.viewer, at=at)

    return leave(
        request,
        form,
        close,
        held,
        title="Close this team?",
        button="Close the team",
        done="The team is closed. What waited there goes back to whoever handed it over, or to the managers.",
        back=reverse("agencies:directory"),
        waiting=waits_at(teams=[row.pk]),
        who=row.name,
        where=f"{row.agency.name}, {len(held)} {'membership' if len(held) == 1 else 'memberships'} in force",
        own="",
        consequence="Nothing is handed to it any more. What it has accepted stays open to its people.",
    )


@require_POST
@once
def reopen_team(request: HubRequest, team: uuid.UUID) -> HttpResponse:
    """Let a team be handed something again."""
    row = names.team(request.viewer, team)
    actions.reopen_team(row, viewer=request.viewer, at=timezone.now())
    messages.success(request, "The team is open again.")
    return redirect("agencies:directory")
