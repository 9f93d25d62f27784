"""The second factor: given at sign-in, set up and renewed by its owner, reset by an administrator, asked of roles."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import qrcode
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies import actions, queries
from agencies.access import code_tries, second_factor
from agencies.access.inactivity import signed_in_within
from agencies.access.once import once
from agencies.access.password_again import refusal_of_password
from agencies.access.stages import SecondFactorStage, waiting_stage
from agencies.access.viewer import HubRequest
from agencies.forms.second_factor import (
    CodeForm,
    PasswordAgainForm,
    ResetFactorForm,
    SecondFactorRolesForm,
    SetUpFactorForm,
)
from agencies.reads.second_factor import own_account
from agencies.views.directory import form_page
from common.views import posted, result_of

SECRET = "second_factor_secret"  # noqa: S105  # a key of the session
CODES = "recovery_codes"
"""Keys of the session, which rests encrypted: what a device is given until it works; codes until they are kept."""

PASSWORD_STANDS_MINUTES = 15
QUIET_MARGIN = 4
"""Light squares around a square code, as its standard asks."""

WRONG = "This code does not open your account. Each opens it once: wait for the next one."
TOO_MANY = "Too many wrong codes from here. Nothing was looked at: try again in five minutes."
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@page_or_form
@login_not_required
def give_second_factor(request: HubRequest) -> HttpResponse:
    """Ask whoever has given the password for their second factor; only then they are signed in."""
    if request.user.is_authenticated:
        return redirect("home")
    stage = waiting_stage(request)
    if stage is None:
        return render(request, "account/second_factor.html", {"form": None})
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["one_time_password"]
        why = _refusal_of_code(request, stage, typed, at=timezone.now())
        if not why:
            if second_factor.is_recovery_code(typed):
                messages.warning(
                    request, "You used a recovery code. If the device is lost, set up another one under “Your account”."
                )
            answer: HttpResponse = stage.exit()
            return answer
        form.add_error("one_time_password", why)
    return render(request, "account/second_factor.html", {"form": form})


def _refusal_of_code(request: HubRequest, stage: SecondFactorStage, typed: str, *, at: datetime) -> str:
    """Return why a code does not open the account from here now; empty if it does."""
    user = stage.account
    tries = code_tries.count_try(request, user.email)
    if tries > code_tries.MOST_TRIES:
        return TOO_MANY
    if actions.give_second_factor(user, typed, viewer=request.viewer, at=at):
        code_tries.forget_tries(request, user.email)
        return ""
    if tries == code_tries.MOST_TRIES and code_tries.is_to_be_told(user.email):
        actions.warn_of_tries(user, at=at)
    return WRONG


@dataclass(frozen=True)
class Square:
    """A square code as one path of an SVG.

    Attributes:
        side: of the whole, in squares.
    """

    path: str
    side: int


def square_of(text: str) -> Square:
    """Return the square that a device reads a text from; made here, and sent nowhere."""
    code = qrcode.QRCode(border=QUIET_MARGIN)
    code.add_data(text)
    rows: list[list[bool]] = code.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Square("".join(dark), len(rows))


@page_or_form
@once
def set_up_second_factor(request: HubRequest) -> HttpResponse:
    """Let a person set up a device as their second factor, or another one in its place."""
    user = own_account(request.viewer)
    asks_password = user.has_second_factor or not signed_in_within(request, PASSWORD_STANDS_MINUTES)
    form = SetUpFactorForm(posted(request), asks_password=asks_password)
    secret = request.session.setdefault(SECRET, second_factor.new_secret())
    if request.method == "POST" and form.is_valid() and _knows_password(request, form, asks_password):
        at, typed = timezone.now(), form.cleaned_data["one_time_password"]
        made = result_of(form, lambda: actions.set_up_second_factor(user, secret, typed, viewer=request.viewer, at=at))
        if made is not None:
            user.second_factor_stamp = made.stamp
            update_session_auth_hash(request, user)
            del request.session[SECRET]
            return _show_codes(request, made.codes)
    request.hub_settings = queries.hub_settings()
    address = second_factor.address_for_device(secret, account=user.email, hub=request.hub_settings.name)
    page = {
        "form": form,
        "square": square_of(address),
        "secret": [secret[start : start + 4] for start in range(0, len(secret), 4)],
        "user": user,
        "must": request.viewer.lacks_second_factor,
    }
    return render(request, "agencies/set_up_second_factor.html", page)


@page_or_form
@once
def new_recovery_codes(request: HubRequest) -> HttpResponse:
    """Make recovery codes in place of the earlier ones, after the password."""
    user = own_account(request.viewer)
    form = PasswordAgainForm(posted(request))
    if request.method == "POST" and form.is_valid() and _knows_password(request, form, asks_password=True):
        at = timezone.now()
        codes = result_of(form, lambda: actions.replace_recovery_codes(user, viewer=request.viewer, at=at))
        if codes is not None:
            return _show_codes(request, codes)
    page = {
        "form": form,
        "title": "New recovery codes",
        "button": "Make new codes",
        "back_url": reverse("agencies:your_account"),
        "lead": "The earlier ones do not work any more from then on.",
    }
    return render(request, "agencies/form.html", page)


@page_or_form
@once
def recovery_codes(request: HubRequest) -> HttpResponse:
    """Show new recovery codes until their owner says that they are kept; after that nobody can."""
    own_account(request.viewer)
    if request.method == "POST":
        request.session.pop(CODES, None)
        messages.success(request, "Your second factor is set up. From now on it is asked each time you sign in.")
        return redirect("home")
    return render(request, "agencies/recovery_codes.html", {"codes": request.session.get(CODES)})


@page_or_form
@once
def reset_second_factor(request: HubRequest, account: uuid.UUID) -> HttpResponse:
    """Let an administrator take a lost second factor away."""
    person = queries.account(request.viewer, account, at=timezone.now()).user
    form = ResetFactorForm(posted(request))
    back = reverse("agencies:account", args=[person.pk])

    def save(answers: dict[str, Any], at: datetime) -> str:
        answers.pop("submission_key")
        actions.reset_second_factor(person, **answers, viewer=request.viewer, at=at)
        messages.success(request, "It is taken away, and their sessions have ended. Both of you are told by email.")
        return back

    return form_page(
        request,
        form,
        save,
        title=f"Reset the second factor of {person.name}",
        button="Reset it",
        back=back,
        lead="Their password alone opens the account then, until they set another one up.",
    )


@page_or_form
@once
def second_factor_roles(request: HubRequest) -> HttpResponse:
    """Let an administrator say in which roles nobody works without a second factor."""
    queries.require_administrator(request.viewer)
    now = queries.hub_settings()
    form = SecondFactorRolesForm(posted(request), initial={"roles": now.second_factor_roles})

    def save(answers: dict[str, Any], at: datetime) -> str:
        actions.ask_second_factor_of(answers["roles"], viewer=request.viewer, at=at)
        messages.success(request, "It is saved, and counts from everybody's next page on.")
        return reverse("agencies:settings")

    return form_page(request, form, save, title="Second factor", button="Save", back="agencies:settings")


def _knows_password(request: HubRequest, form: SetUpFactorForm | PasswordAgainForm, asks_password: bool) -> bool:
    if not asks_password:
        return True
    route = request.resolver_match.view_name if request.resolver_match else ""
    typed = form.cleaned_data["password"]
    why = refusal_of_password(request.viewer, typed, route=route, reference="", at=timezone.now())
    if why:
        form.add_error("password", why)
    return not why


def _show_codes(request: HubRequest, codes: Sequence[str]) -> HttpResponse:
    request.session[CODES] = list(codes)
    return redirect("agencies:recovery_codes")
