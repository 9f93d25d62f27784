"""Choosing a membership; the directory for administrators."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from agencies import actions, queries
from agencies.access.lookup import memberships_of
from agencies.access.once import once
from agencies.access.roles import DESCRIPTIONS
from agencies.access.viewer import HubRequest
from agencies.choices import APART, HubSetting, Role
from agencies.forms import (
    AccountForm,
    AgreementForm,
    BirthAndHomeForm,
    GlassLimitForm,
    MembershipForm,
    SignatureForm,
)
from agencies.reads import names, second_factor
from agencies.reads.holding import without_manager
from common.errors import NotVisible
from common.views import attempt, posted, result_of

PARTS = (
    ("directory", "Agencies and teams"),
    ("people", "People"),
    ("agreements", "Agreements"),
    ("settings", "Settings"),
    ("set_up", "Set up the hub"),
)
WAITS = "It is proposed. It opens nothing until a MASH manager says yes; you are told the answer."
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@page_or_form
def choose_membership(request: HubRequest) -> HttpResponse:
    """Let a person choose in which one of their memberships to work."""
    held = memberships_of(request.viewer.user_id, at=timezone.now()) if request.viewer.user_id else []
    if request.method == "POST":
        chosen = next((one for one in held if str(one.pk) == request.POST.get("membership")), None)
        if chosen is None:
            raise NotVisible
        request.session["membership"] = str(chosen.pk)
        request.session.cycle_key()
        return redirect(_next(request) or "home")
    rows = [
        {
            "membership": one,
            "roles": [(Role(role).label, DESCRIPTIONS[role]) for role in one.roles],
            "current": one.pk == request.viewer.membership_id,
        }
        for one in held
    ]
    ended = bool(request.session.get("membership")) and request.viewer.membership_id is None
    page = {"rows": rows, "ended": ended, "next": _next(request)}
    return render(request, "agencies/choose_membership.html", page)


def _next(request: HubRequest) -> str:
    """Return the page of ours to which one goes on, where one was on the way to it; empty otherwise."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(wanted, None)
    return wanted if wanted.startswith("/") and ours else ""


@require_safe
def directory(request: HubRequest) -> HttpResponse:
    """Show the administrator the agencies with their signatures, and the receiving teams."""
    at = timezone.now()
    page = {
        "standings": queries.standings(request.viewer, at=at),
        "teams": queries.teams(),
        "ending": queries.ending_soon(request.viewer, at=at),
        "closed": queries.closed_agencies(request.viewer),
        "closed_teams": names.closed_teams(request.viewer),
        "without_manager": without_manager(request.viewer),
        "at": at,
    }
    return render(request, "agencies/directory.html", {**page, "parts": parts("directory")})


@require_safe
def people(request: HubRequest) -> HttpResponse:
    """Show the administrator who has an account and in which memberships they work."""
    at = timezone.now()
    agencies = [agency for agency, _ in queries.partner_agencies(at=at)]
    chosen = next((one for one in agencies if str(one.pk) == request.GET.get("agency")), None)
    page, accounts = queries.people(request.viewer, agency=chosen, page=request.GET.get("page"), at=at)
    context = {
        "page": page,
        "accounts": accounts,
        "agencies": agencies,
        "chosen": chosen,
        "link": f"?agency={chosen.pk}&" if chosen else "?",
        "reviews_due": names.reviews_due(request.viewer, at=at),
        "to_enter_again": queries.to_enter_again(request.viewer),
        "parts": parts("people"),
    }
    return render(request, "agencies/people.html", context)


@require_safe
def account(request: HubRequest, account: uuid.UUID) -> HttpResponse:
    """Show the administrator one person's memberships."""
    shown = queries.account(request.viewer, account, at=timezone.now())
    held = queries.birth_and_home(request.viewer, shown.user)
    proposals = queries.proposals(request.viewer, shown.user)
    request.hub_settings = queries.hub_settings()
    context = {
        "account": shown,
        "held": held.words,
        "proposals": proposals,
        "has_password": shown.user.has_usable_password(),
        "must_have_factor": second_factor.must_have(shown.now, request.hub_settings),
        "names": names.in_words(names.former_names(request.viewer, shown.user)),
    }
    return render(request, "agencies/account.html", context)


@page_or_form
@once
def new_account(request: HubRequest) -> HttpResponse:
    """Make an account; its owner sets the password."""
    queries.require_administrator(request.viewer)
    form = AccountForm(posted(request))

    def save(answers: dict[str, Any], at: datetime) -> str:
        user = actions.create_account(
            answers["email"],
            answers["name"],
            password=None,
            registered=answers["registered"],
            telephone=answers["telephone"],
            viewer=request.viewer,
            at=at,
        )
        messages.success(request, "The account is made. Now enter where the person works.")
        return reverse("agencies:join", args=[user.pk])

    return form_page(request, form, save, title="New account", button="Create account", back="agencies:people")


@page_or_form
@once
def birth_and_home(request: HubRequest, account: uuid.UUID) -> HttpResponse:
    """Hold a person's birth and home against the cases, so that their own family is noticed."""
    person = queries.account(request.viewer, account, at=timezone.now()).user
    back = reverse("agencies:account", args=[person.pk])
    held = queries.birth_and_home(request.viewer, person)
    form = BirthAndHomeForm(posted(request), birth=held.birth, home=held.home)

    def save(answers: dict[str, Any], at: datetime) -> str:
        answers.pop("submission_key")
        actions.record_birth_and_home(person, **answers, viewer=request.viewer, at=at)
        messages.success(request, "It is saved. If a case is about them, the managers are told.")
        return back

    title = f"Date of birth and home of {person.name}"
    button = "Save date of birth and home"
    return form_page(request, form, save, title=title, button=button, back=back, lead=f"{held.words}.")


@page_or_form
@once
def join(request: HubRequest, account: uuid.UUID) -> HttpResponse:
    """Join a person to an agency in some roles."""
    at = timezone.now()
    person = queries.account(request.viewer, account, at=at).user
    agencies = {str(agency.pk): agency for agency, _ in queries.partner_agencies(at=at)}
    teams = {str(team.pk): team for team in queries.teams()}
    form = MembershipForm(
        posted(request),
        initial={"starts_on": timezone.localdate()},
        agencies=[(key, one.name) for key, one in agencies.items()],
        teams=[(key, f"{one.name} ({one.agency})") for key, one in teams.items()],
    )

    def save(answers: dict[str, Any], at: datetime) -> str:
        actions.propose_membership(
            person,
            agencies[answers["agency"]],
            answers["roles"],
            team=teams.get(answers["team"]),
            starts_on=answers["starts_on"],
            ends_on=answers["ends_on"],
            viewer=request.viewer,
            at=at,
        )
        waits = set(answers["roles"]) - APART
        messages.success(request, WAITS if waits else "The membership is entered.")
        return reverse("agencies:account", args=[person.pk])

    back = reverse("agencies:account", args=[person.pk])
    return form_page(
        request, form, save, title=f"New membership for {person.name}", button="Enter the membership", back=back
    )


@require_safe
def agreements(request: HubRequest) -> HttpResponse:
    """Show the administrator the versions of the agreement and who has signed."""
    at = timezone.now()
    context = {
        "agreements": queries.agreements(request.viewer, at=at),
        "ending": queries.ending_soon(request.viewer, at=at),
        "standings": queries.standings(request.viewer, at=at),
        "parts": parts("agreements"),
    }
    return render(request, "agencies/agreements.html", context)


@page_or_form
@once
def new_agreement(request: HubRequest) -> HttpResponse:
    """Enter a version of the information sharing agreement."""
    queries.require_administrator(request.viewer)
    form = AgreementForm(posted(request))

    def save(answers: dict[str, Any], at: datetime) -> str:
        answers.pop("submission_key")
        actions.make_agreement(answers.pop("title"), **answers, viewer=request.viewer, at=at)
        messages.success(request, "The agreement is entered. It counts for an agency once its signature is.")
        return reverse("agencies:agreements")

    return form_page(
        request,
        form,
        save,
        title="New version of the agreement",
        button="Enter the version",
        back="agencies:agreements",
    )


@page_or_form
@once
def sign(request: HubRequest) -> HttpResponse:
    """Enter an agency's signature."""
    at = timezone.now()
    versions = {str(one.pk): one for one, _ in queries.agreements(request.viewer, at=at)}
    agencies = {str(agency.pk): agency for agency, _ in queries.partner_agencies(at=at)}
    form = SignatureForm(
        posted(request),
        initial={"agency": request.GET.get("agency"), "agreement": next(iter(versions), None)},
        agreements=[(key, one.title) for key, one in versions.items()],
        agencies=[(key, one.name) for key, one in agencies.items()],
    )

    def save(answers: dict[str, Any], at: datetime) -> str:
        actions.sign_agreement(
            versions[answers["agreement"]],
            agencies[answers["agency"]],
            signed_on=answers["signed_on"],
            ends_on=answers["ends_on"],
            signatory=answers["signatory"],
            viewer=request.viewer,
            at=at,
        )
        messages.success(request, "The signature is entered.")
        return reverse("agencies:agreements")

    return form_page(
        request, form, save, title="Enter a signature", button="Enter the signature", back="agencies:agreements"
    )


@page_or_form
@once
def settings(request: HubRequest) -> HttpResponse:
    """Show the administrator what of the hub is set by number, let it be changed, and show who changed it."""
    queries.require_administrator(request.viewer)
    hub = queries.hub_settings()
    form = GlassLimitForm(posted(request), initial={"times": hub.broken_glass_a_day})
    if request.method == "POST" and form.is_valid():
        times = form.cleaned_data["times"]
        if attempt(form, actions.limit_broken_glass, times, viewer=request.viewer, at=timezone.now()):
            messages.success(request, "It is changed, and counts from now on. Managers and auditors see the change.")
            return redirect("agencies:settings")
    context = {
        "form": form,
        "limit": hub.broken_glass_a_day,
        "changes": queries.changes_of(HubSetting.BROKEN_GLASS_A_DAY, request.viewer),
        "asked": second_factor.asked(hub),
        "parts": parts("settings"),
    }
    return render(request, "agencies/settings.html", context)


def parts(current: str) -> list[dict[str, Any]]:
    """Return the links between the parts of the directory."""
    return [{"label": label, "url": reverse(f"agencies:{name}"), "current": name == current} for name, label in PARTS]


def form_page(
    request: HubRequest,
    form: forms.Form,
    save: Callable[[dict[str, Any], datetime], str],
    *,
    title: str,
    button: str,
    back: str,
    lead: str = "",
) -> HttpResponse:
    """Show a form, or do what it asks and go on to the page that `save` names; a broken rule stands on the form.

    Args:
        lead: a sentence above the form.
    """
    if request.method == "POST" and form.is_valid():
        then = result_of(form, save, dict(form.cleaned_data), timezone.now())
        if then is not None:
            return redirect(then)
    back_url = back if back.startswith("/") else reverse(back)
    context = {"form": form, "title": title, "button": button, "back_url": back_url, "lead": lead}
    return render(request, "agencies/form.html", context)
