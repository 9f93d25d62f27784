"""Pages on which somebody leaves: what they hold stands on them before it is confirmed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies import actions, queries
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.forms import ChangeMembershipForm, LeavingForm
from agencies.reads.holding import OF_PLACES, Held, held_by, waits_at
from agencies.reads.succession import is_last_manager, successors
from common.views import attempt, posted, posted_version

if TYPE_CHECKING:
    from agencies.models import Membership

page_or_form = require_http_methods(["GET", "HEAD", "POST"])
CHANGED = "The membership is changed."
WAITS = "What is new in it waits: it opens nothing until a MASH manager says yes. What was taken away is gone already."
GOES_TO_OTHERS = (
    "What was held goes to others: a Red to the social workers on duty and the managers, the rest to the managers."
)


@page_or_form
@once
def end_membership(request: HubRequest, membership: uuid.UUID) -> HttpResponse:
    """Say what a membership holds, ask once more, then end it at once."""
    ending = queries.membership(request.viewer, membership)
    form = _leaving_form(request, [ending], version=ending.version)

    def end(successor: uuid.UUID | None, at: Any) -> None:
        version = form.cleaned_data["version"]
        actions.end_membership(ending, successor_id=successor, viewer=request.viewer, at=at, version=version)

    return leave(
        request,
        form,
        end,
        [ending],
        title="End this membership now?",
        button="End it now",
        done=f"The membership has ended. What the person does next is refused. {GOES_TO_OTHERS}",
        back=reverse("agencies:account", args=[ending.user_id]),
        who=ending.user.name,
        where=f"{ending.agency.name}: {ending.role_names}",
        own=actions.NOT_ONES_OWN if ending.user_id == request.viewer.user_id else "",
        consequence=(
            "It ends at once: the next thing that the person opens or sends in this membership is refused. It cannot "
            "be undone; a new membership can be entered."
        ),
    )


@page_or_form
@once
def suspend_account(request: HubRequest, account: uuid.UUID) -> HttpResponse:
    """Say what a person holds in all memberships, ask once more, then suspend the account."""
    person = queries.account(request.viewer, account, at=timezone.now()).user
    held = queries.memberships_in_force(at=timezone.now(), user=person)
    form = _leaving_form(request, held)

    def suspend(successor: uuid.UUID | None, at: Any) -> None:
        actions.suspend_account(person, successor_id=successor, viewer=request.viewer, at=at)

    return leave(
        request,
        form,
        suspend,
        held,
        title="Suspend this account?",
        button="Suspend the account",
        done=f"The account is suspended. {GOES_TO_OTHERS}",
        back=reverse("agencies:account", args=[person.pk]),
        who=person.name,
        where="; ".join(f"{one.agency.name}: {one.role_names}" for one in held) or "No membership in force",
        own="You cannot suspend your own account: ask another administrator." if _is_own(request, person.pk) else "",
        consequence="Nobody signs in with it, and whoever is signed in now is signed out, until it is reinstated.",
    )


@require_POST
@once
def reinstate_account(request: HubRequest, account: uuid.UUID) -> HttpResponse:
    """Let a person sign in again."""
    person = queries.account(request.viewer, account, at=timezone.now()).user
    actions.reinstate_account(person, viewer=request.viewer, at=timezone.now())
    messages.success(request, "The account is reinstated. What is still named as theirs is theirs again.")
    return redirect("agencies:account", person.pk)


@page_or_form
@once
def close_agency(request: HubRequest, agency: uuid.UUID) -> HttpResponse:
    """Say what the people of an agency hold, ask once more, then close it."""
    closing = queries.agency(request.viewer, agency)
    held = queries.memberships_in_force(at=timezone.now(), agency=closing)
    form = LeavingForm(posted(request), successors=[], asks_version=False)

    def close(_successor: uuid.UUID | None, at: Any) -> None:
        actions.close_agency(closing, viewer=request.viewer, at=at)

    return leave(
        request,
        form,
        close,
        held,
        title="Close this agency?",
        button="Close the agency",
        done=f"The agency is closed. {GOES_TO_OTHERS}",
        back=reverse("agencies:directory"),
        waiting=waits_at(agencies=[closing.pk], teams=queries.teams_of(closing)),
        who=closing.name,
        where=f"{len(held)} {'membership' if len(held) == 1 else 'memberships'} in force",
        own="You work in this agency." if closing.pk == request.viewer.agency_id else "",
        consequence="It takes no part any more: nobody of it works in the hub, until it is opened again.",
    )


@require_POST
@once
def reopen_agency(request: HubRequest, agency: uuid.UUID) -> HttpResponse:
    """Let an agency take part again."""
    closed = queries.agency(request.viewer, agency)
    actions.reopen_agency(closed, viewer=request.viewer, at=timezone.now())
    messages.success(request, "The agency is open again, with the memberships that are still in force.")
    return redirect("agencies:directory")


@page_or_form
@once
def change_membership(request: HubRequest, membership: uuid.UUID) -> HttpResponse:
    """Let a person work in other roles, in another team, or to another last day."""
    changing = queries.membership(request.viewer, membership)
    teams = {str(one.pk): one for one in queries.teams() if one.agency_id == changing.agency_id}
    is_last = is_last_manager([changing.pk], at=timezone.now())
    form = ChangeMembershipForm(
        posted(request),
        initial={
            "version": changing.version,
            "roles": changing.roles,
            "team": changing.team_id,
            "ends_on": changing.ends_on,
        },
        teams=[(key, one.name) for key, one in teams.items()],
        successors=_successors([changing]) if is_last else [],
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(
            form,
            actions.change_membership,
            changing,
            said["roles"],
            team=teams.get(said["team"]),
            ends_on=said["ends_on"],
            successor_id=_key(said.get("successor")),
            viewer=request.viewer,
            at=timezone.now(),
            version=said["version"],
        ):
            waits = any(not one.answer for one in queries.proposals(request.viewer, changing.user))
            messages.success(
                request, f"{CHANGED} {WAITS}" if waits else f"{CHANGED} What its roles still work on went along."
            )
            return redirect("agencies:account", changing.user_id)
    context = {
        "form": form,
        "membership": changing,
        "held": held_by([changing.pk]),
        "back_url": reverse("agencies:account", args=[changing.user_id]),
    }
    return render(request, "agencies/change_membership.html", context)


@require_POST
@once
def withdraw_roles(request: HubRequest, proposal: uuid.UUID) -> HttpResponse:
    """Take back a case role that waits for a manager's word."""
    waiting = queries.proposal(request.viewer, proposal)
    actions.withdraw_proposal(waiting, viewer=request.viewer, at=timezone.now(), version=posted_version(request))
    messages.success(request, "It is withdrawn. Nothing was given.")
    return redirect("agencies:account", waiting.user_id)


def _is_own(request: HubRequest, user_id: uuid.UUID) -> bool:
    return user_id == request.viewer.user_id


def _key(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def _successors(leaving: Collection[Membership]) -> list[tuple[str, str]]:
    last = next((one for one in leaving if "manager" in one.roles), None)
    if last is None:
        return []
    return [(str(one.pk), one.name) for one in successors(last, at=timezone.now())]


def _leaving_form(request: HubRequest, leaving: Collection[Membership], *, version: int | None = None) -> LeavingForm:
    is_last = is_last_manager([one.pk for one in leaving], at=timezone.now())
    return LeavingForm(
        posted(request),
        initial={"version": version},
        successors=_successors(leaving) if is_last else [],
        asks_version=version is not None,
    )


def leave(
    request: HubRequest,
    form: LeavingForm,
    act: Callable[[uuid.UUID | None, Any], None],
    leaving: Collection[Membership],
    *,
    done: str,
    back: str,
    waiting: Sequence[Held] | None = None,
    **words: str,
) -> HttpResponse:
    """Show what is held and the question, or do what was confirmed.

    Args:
        act: is given the account of who follows the last MASH manager, and the moment.
        done: the sentence afterwards.
        waiting: what waits at the agency or team that closes; None where somebody leaves.
        words: of the page.
    """
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        if attempt(form, act, _key(form.cleaned_data.get("successor")), at):
            messages.success(request, done)
            return redirect(back)
    held = held_by([one.pk for one in leaving])
    if waiting is not None:
        held = [*waiting, *(one for one in held if one.kind not in OF_PLACES)]
    context = {
        **words,
        "form": form,
        "held": held,
        "is_last_manager": is_last_manager([one.pk for one in leaving], at=timezone.now()),
        "back_url": back,
    }
    return render(request, "agencies/leaving.html", context)
