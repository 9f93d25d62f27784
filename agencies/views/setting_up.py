"""Setting a hub up: what is missing, the hub itself, agencies, receiving teams, invitations, a mail to try."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import actions, queries
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.forms import AgencyForm, HubForm, TeamForm
from agencies.reads.missing import before_the_form, parts_of
from agencies.views.directory import form_page, parts
from common.errors import MoveNotAllowed, RuleBroken
from common.views import posted

KEY = "submission_key"
page_or_form = require_http_methods(["GET", "HEAD", "POST"])
LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "hub": (("agencies:hub", "Change"),),
    "agencies": (("agencies:new_agency", "New agency"), ("agencies:directory", "All agencies")),
    "teams": (("agencies:new_team", "New team"),),
    "agreement": (("agencies:new_agreement", "New version"), ("agencies:sign", "Enter a signature")),
    "people": (("agencies:new_account", "New account"), ("agencies:people", "All people")),
}


@require_safe
def set_up(request: HubRequest) -> HttpResponse:
    """Show the administrator what of the hub is set up and what is missing, in the order in which it is done."""
    queries.require_administrator(request.viewer)
    now, at = queries.hub_settings(), timezone.now()
    rows = [
        {"part": part, "links": [(reverse(name), words) for name, words in LINKS[part.key]]}
        for part in parts_of(now, at=at)
    ]
    closed = {"missing": before_the_form(now, at=at)} if now.public_form_opened_at is None else None
    page = {"rows": rows, "form_closed": closed, "opened_by": queries.opener_of_form(now), "parts": parts("set_up")}
    return render(request, "agencies/set_up.html", page)


@page_or_form
@once
def hub(request: HubRequest) -> HttpResponse:
    """Say what the hub is called, how it is reached, when it is open, and who decides."""
    queries.require_administrator(request.viewer)
    now = queries.hub_settings()
    form = HubForm(posted(request), initial={name: getattr(now, name) for name in HubForm.base_fields if name != KEY})

    def save(answers: dict[str, Any], at: datetime) -> str:
        answers.pop(KEY)
        actions.save_hub_settings(viewer=request.viewer, at=at, **answers)
        messages.success(request, "It is saved, and counts from now on. No clock that runs was moved.")
        return reverse("agencies:set_up")

    return form_page(request, form, save, title="The hub", button="Save", back="agencies:set_up")


@page_or_form
@once
def new_agency(request: HubRequest) -> HttpResponse:
    """Let an organisation into the directory."""
    queries.require_administrator(request.viewer)
    form = AgencyForm(posted(request))

    def save(answers: dict[str, Any], at: datetime) -> str:
        answers.pop(KEY)
        agency = actions.create_agency(answers.pop("name"), **answers, viewer=request.viewer, at=at)
        messages.success(request, f"{agency.name} is entered. It takes part once its signature is.")
        return reverse("agencies:set_up")

    return form_page(request, form, save, title="New agency", button="Enter the agency", back="agencies:set_up")


@page_or_form
@once
def new_team(request: HubRequest) -> HttpResponse:
    """Add a receiving team to an agency."""
    queries.require_administrator(request.viewer)
    agencies = {str(one.pk): one for one, _signed in queries.partner_agencies(at=timezone.now())}
    form = TeamForm(posted(request), agencies=[(key, one.name) for key, one in agencies.items()])

    def save(answers: dict[str, Any], at: datetime) -> str:
        answers.pop(KEY)
        agency = agencies[answers.pop("agency")]
        team = actions.create_team(agency, answers.pop("name"), **answers, viewer=request.viewer, at=at)
        messages.success(request, f"{team.name} is entered. Join its people to it.")
        return reverse("agencies:set_up")

    return form_page(request, form, save, title="New receiving team", button="Enter the team", back="agencies:set_up")


@require_POST
@once
def invite(request: HubRequest, account: uuid.UUID) -> HttpResponse:
    """Mail a person the link by which they set their password."""
    person = queries.account(request.viewer, account, at=timezone.now()).user
    try:
        actions.invite(person, viewer=request.viewer, at=timezone.now())
        messages.success(request, f"The invitation is on its way to {person.email}. Its link is good for an hour.")
    except RuleBroken as error:
        messages.error(request, error.sentence)
    return redirect("agencies:account", person.pk)


@require_POST
@once
def try_mail(request: HubRequest) -> HttpResponse:
    """Mail the administrator themself, so that it is seen whether mail leaves."""
    queries.require_administrator(request.viewer)
    try:
        address = actions.send_trial(viewer=request.viewer, at=timezone.now())
        messages.success(request, f"The mail server took a mail to {address}. Look whether it arrives.")
    except RuleBroken as error:
        messages.error(request, error.sentence)
    return redirect("agencies:set_up")


@require_POST
@once
def open_form(request: HubRequest) -> HttpResponse:
    """Let the public write to the hub."""
    try:
        actions.open_public_form(viewer=request.viewer, at=timezone.now())
        messages.success(request, "The public form is open.")
    except (RuleBroken, MoveNotAllowed) as error:
        messages.error(request, error.sentence)
    return redirect("agencies:set_up")
