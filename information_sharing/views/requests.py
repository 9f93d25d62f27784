"""Pages of the agency that was asked: its requests, one request, what others shared with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import roles, transitions
from agencies.access.once import once
from agencies.access.opened import ASSIGNED as OWN_CASE
from agencies.access.opened import opened_word
from agencies.access.presses import press
from agencies.access.roles import ASKED
from agencies.access.viewer import HubRequest, Viewer
from agencies.choices import Role
from common.errors import NotPermitted
from common.views import attempt, page_number, posted, posted_key
from contacts.queries import people_named
from information_sharing import actions, forms, queries
from information_sharing.views.sheltered import opens_freely, shield_for

if TYPE_CHECKING:
    from information_sharing.models import InformationRequest


def require_asked(record: InformationRequest, viewer: Viewer) -> None:
    """Let only researchers and leads of the agency that was asked go on.

    Raises:
        NotPermitted: the viewer sees the record in another part.
    """
    if ASKED not in transitions.roles_on(record, viewer):
        raise NotPermitted("Only the agency that was asked does this.")


def request_head(request: HubRequest, asked: InformationRequest) -> dict[str, object]:
    """Return what stands on top of every page of a request: its reference, and whom it is about."""
    about = queries.request_about(request.viewer, asked, at=timezone.now())
    return {"asked": asked, "reference": asked.reference, "about": about}


@require_safe
def requests(request: HubRequest) -> HttpResponse:
    """Show the requests to the viewer's agency: what waits by its due time, or what is done."""
    roles.require(request.viewer, Role.RESEARCHER, Role.LEAD)
    done = "done" in request.GET
    page = queries.requests_of_agency(request.viewer, answered=done, page=page_number(request))
    at = timezone.now()
    asked_about = queries.children_of_requests(request.viewer, [one.pk for one in page.object_list], at=at)
    rows = [(one, people_named(asked_about.get(one.pk, []))) for one in page.object_list]
    return render(request, "information_sharing/requests.html", {"page": page, "rows": rows, "done": done, "at": at})


@require_safe
def request_page(request: HubRequest, reference: str) -> HttpResponse:
    """Show one request on one page: who, what and why, by when, and every way to answer."""
    return _shown(request, queries.get_request(request.viewer, reference))


def _shown(
    request: HubRequest,
    asked: InformationRequest,
    nothing: forms.NothingHeldForm | None = None,
    *,
    opening: forms.OpenAddressForm | None = None,
) -> HttpResponse:
    viewer, at = request.viewer, timezone.now()
    page = queries.request_page(viewer, asked, at=at)
    is_ours = ASKED in transitions.roles_on(asked, viewer)
    if nothing is None and is_ours and page.is_unanswered:
        nothing = forms.NothingHeldForm(initial=search_start(viewer, asked, page))
    context = {
        "page": page,
        **request_head(request, asked),
        "shield": shield_for(request, asked, opening, at=at),
        "is_ours": is_ours,
        "is_lead": is_ours and viewer.has(Role.LEAD),
        "nothing": nothing,
        "readers": queries.readers_of(viewer, asked) if is_ours else [],
        "at": at,
    }
    return render(request, "information_sharing/request.html", context)


@require_POST
@once
def open_address(request: HubRequest, reference: str) -> HttpResponse:
    """Open the protected address of a request, for a purpose where it is not the viewer's own case."""
    asked = queries.get_request(request.viewer, reference)
    purpose = OWN_CASE
    if not opens_freely(request.viewer, asked):
        form = forms.OpenAddressForm(request.POST)
        if not form.is_valid():
            return _shown(request, asked, opening=form)
        purpose = form.cleaned_data["purpose"]
    word = opened_word(request.viewer, asked.pk, purpose=purpose)
    return redirect(f"{reverse('information_sharing:request', args=[reference])}?opened={word}")


def search_start(viewer: Viewer, asked: InformationRequest, page: queries.RequestPage | None = None) -> dict[str, Any]:
    """Return what a form of an answer starts from: the systems of last time, and by what to search."""
    people = [one.person for one in page.people] if page else queries.people_of(viewer, asked)
    return {
        "version": asked.version,
        "systems": queries.last_systems(viewer),
        "identifiers": queries.identifiers_for(people, asked),
    }


heard = press(
    "request.heard", queries.get_request, "The hub knows that you have started.", "information_sharing:request"
)


@require_POST
@once
def nothing(request: HubRequest, reference: str) -> HttpResponse:
    """Take the answer that nothing is held: one click on the page of the request."""
    asked = queries.get_request(request.viewer, reference)
    require_asked(asked, request.viewer)
    form = forms.NothingHeldForm(request.POST)
    if not form.is_valid():
        return _shown(request, asked, form)
    actions.answer_nothing_held(
        asked, search_in(form), viewer=request.viewer, at=timezone.now(), version=form.cleaned_data["version"]
    )
    messages.success(request, "Answered. Thank you: an answer that nothing is held helps the hub to decide.")
    return redirect("information_sharing:request", asked.reference)


def search_in(form: Form) -> actions.Search:
    """Return where the agency looked and by what, from any form that asks it."""
    return actions.Search(form.cleaned_data["systems"], form.cleaned_data["identifiers"])


@require_http_methods(["GET", "HEAD", "POST"])
@once
def cannot_search(request: HubRequest, reference: str) -> HttpResponse:
    """Take word that the agency cannot search yet, and until when."""
    asked = queries.get_request(request.viewer, reference)
    require_asked(asked, request.viewer)
    form = forms.CannotSearchForm(posted(request), initial={"version": asked.version})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            actions.cannot_search_yet,
            asked,
            form.cleaned_data["until"],
            viewer=request.viewer,
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
    ):
        messages.success(request, "The hub knows. The request stays open and its time runs on.")
        return redirect("information_sharing:request", asked.reference)
    page = {
        **request_head(request, asked),
        "form": form,
        "title": "We cannot search yet",
        "lead": "The request stays open until you have answered it, and its time runs on.",
        "button": "Tell the hub",
    }
    return render(request, "information_sharing/request_form.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def withheld(request: HubRequest, reference: str) -> HttpResponse:
    """Take the answer that something is held and not shared, with a reason from the list."""
    asked = queries.get_request(request.viewer, reference)
    require_asked(asked, request.viewer)
    form = forms.WithheldForm(posted(request), initial=search_start(request.viewer, asked))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            actions.answer_withheld,
            asked,
            form.cleaned_data["reason"],
            search_in(form),
            viewer=request.viewer,
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
    ):
        messages.success(request, "Answered.")
        return redirect("information_sharing:request", asked.reference)
    page = {
        **request_head(request, asked),
        "form": form,
        "title": "Held and not shared",
        "lead": "If the MASH manager alone should know, submit it as confidential information instead.",
        "button": "Answer",
    }
    return render(request, "information_sharing/request_form.html", page)


@require_safe
def shared(request: HubRequest) -> HttpResponse:
    """Show the items that other agencies named this one for, and nothing that hints at others."""
    roles.require(request.viewer, Role.RESEARCHER, Role.LEAD)
    page = queries.shared_items(request.viewer, page=page_number(request), at=timezone.now())
    return render(request, "information_sharing/shared.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def readers(request: HubRequest, reference: str) -> HttpResponse:
    """Let a lead name who may read what the agency seals on a request, if it seals anything, and end it again."""
    asked = queries.get_request(request.viewer, reference)
    require_asked(asked, request.viewer)
    roles.require(request.viewer, Role.LEAD)
    at = timezone.now()
    if request.method == "POST" and "ends" in request.POST:
        actions.end_reader(asked, posted_key(request.POST["ends"]), viewer=request.viewer, at=at)
        messages.success(request, "Ended. From now on this person reads nothing confidential here but their own.")
        return redirect("information_sharing:readers", asked.reference)
    members = queries.possible_readers(request.viewer, asked, at=at)
    form = forms.ReaderForm(posted(request), members=[(str(one.pk), one.user.name) for one in members])
    if request.method == "POST" and form.is_valid():
        key = posted_key(form.cleaned_data["membership"])
        if attempt(form, actions.name_reader, asked, key, viewer=request.viewer, at=at):
            messages.success(
                request, "Named. From now on this person reads what your agency submits confidentially on this request."
            )
            return redirect("information_sharing:request", asked.reference)
    page = {
        **request_head(request, asked),
        "form": form,
        "members": members,
        "readers": queries.readers_of(request.viewer, asked),
    }
    return render(request, "information_sharing/readers.html", page)
