"""Nothing typed is lost: what did not arrive is kept for its author, found again, and put back into its form."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from agencies.access import kept
from agencies.access.identity import acting_as
from agencies.access.kept import Author
from agencies.access.viewer import HubRequest
from common.errors import Conflict, HubError
from common.forms.again import putting_back
from common.forms.typed import typed_in
from decisions.actions import pass_text
from mash.answered import is_from_browser
from mash.errors import page_before, refusal_page

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
REFUSED = 400
APART = ("/account/", "/membership/", "/typed/", "/demo/")
"""Where nothing is written about a case: signing in, choosing a membership, and what is kept itself."""

CHECKING = "checking"
"""Says, of a form that a manager puts back, which text that waits to be checked it is; in the session, by address."""

WITHOUT = (
    "Nothing was saved: this form does not say in which membership it was opened. Open the page again and send it once "
    "more."
)
ELSEWHERE = (
    "Nothing was saved: this form was opened in another membership. Change to the one in which you typed it, or open "
    "the page again."
)
SOMEBODY_ELSE = "Nothing was saved: somebody else had opened this form. Open the page again."
NOT_BY_ITSELF = "This cannot be put back by itself. Copy what you need into the page on which you typed it."

log = logging.getLogger(__name__)


class KeepingMiddleware:
    """Keeps what was posted and refused, or came after the session had ended; lets go of what arrived."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then keep or let go, in a transaction of its own: that of the request is rolled back by then."""
        response = self.get_response(request)
        if request.method != "POST" or _is_apart(request) or "put_back" in request.POST:
            return response
        author = _author(request)
        if author is None:
            return response
        try:
            return _kept_or_let_go(request, response, author)
        except (DatabaseError, ValueError):
            log.exception("What was typed could not be kept")
            return response


def _is_apart(request: HttpRequest) -> bool:
    """Say whether nothing is to be kept: no form about a case, or a script that asks while somebody types."""
    return request.path.startswith(APART) or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def _author(request: HttpRequest) -> Author | None:
    """Return who typed: as the form says, and who is signed in where it does not."""
    said = kept.author_of(request.POST.get("typed_by", ""))
    if said is None and request.user.is_authenticated:
        return Author(request.user.pk)
    return said


def _kept_or_let_go(request: HttpRequest, response: HttpResponse, author: Author) -> HttpResponse:
    door = _door(response)
    if response.status_code < REFUSED and not door and not _came_back(request, response):
        if isinstance(response, HttpResponseRedirect):
            kept.has_arrived(author, request.path, typed_in(request), _form(request))
            _say_checked(request)
        return response
    pairs = typed_in(request)
    if not pairs:
        return response
    before = next((one for one in kept.kept_by(author) if one.action == request.path), None)
    place = kept.keep(
        author,
        page=page_before(request),
        action=request.path,
        title=before.title if before else "",
        membership=_membership(request),
        pairs=pairs,
        at=timezone.now(),
        form=_form(request),
    )
    if door:
        there = reverse("agencies:kept_text", args=[place])
        return HttpResponseRedirect(f"{door}?{urlencode({'next': there})}")
    return response


def _form(request: HttpRequest) -> str:
    """Return the one-time key of the page that was sent: two texts of one form are told apart by it."""
    return request.POST.get("submission_key", "")


def _say_checked(request: HttpRequest) -> None:
    """Settle the text that a manager put into this form to send it as checked."""
    waiting = request.session.get(CHECKING, {})
    if request.path not in waiting:
        return
    reference = waiting.pop(request.path)
    request.session[CHECKING] = waiting
    with acting_as(cast(HubRequest, request).viewer, to_write=True) as viewer:
        pass_text(reference, viewer=viewer, at=timezone.now())


def _came_back(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether a form was answered with its own page, to be put right: it is shown once, and its text is kept."""
    has_arrived = getattr(request, "has_arrived", False)
    is_form = "submission_key" in request.POST and not isinstance(response, HttpResponseRedirect)
    return is_form and is_from_browser(request) and not has_arrived


def _door(response: HttpResponse) -> str:
    """Return the page to which somebody is sent who has no session or no membership any more; empty elsewhere."""
    if not isinstance(response, HttpResponseRedirect):
        return ""
    doors = resolve_url(settings.LOGIN_URL), reverse("agencies:choose_membership")
    return next((door for door in doors if response.url.partition("?")[0] == door), "")


def _membership(request: HttpRequest) -> str:
    viewer = cast(HubRequest, request).viewer
    return viewer.team_name or viewer.agency_name


class TypedByMiddleware:
    """Refuses a form that was opened by somebody else or in another membership; puts back what was kept of a form."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign into each form of the page who opens it."""
        hub_request = cast(HubRequest, request)
        viewer = hub_request.viewer
        if viewer.user_id is not None:
            hub_request.typed_by = kept.typed_by(Author(viewer.user_id, viewer.membership_id))
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Look at who opened the form; it comes after the anti-forgery token and the sign-in were asked for."""
        hub_request = cast(HubRequest, request)
        if request.method != "POST" or hub_request.viewer.user_id is None or request.path.startswith(APART):
            return None
        if refusal := _not_theirs(hub_request):
            return _refused(hub_request, Conflict(refusal))
        return _put_back(hub_request, view, args, kwargs) if "put_back" in request.POST else None


def _not_theirs(request: HubRequest) -> str:
    """Return why a form is not sent by whom it was opened by; empty where it is."""
    author = kept.author_of(request.POST.get("typed_by", ""))
    if author is None:
        return WITHOUT
    if author.user_id != request.viewer.user_id:
        return SOMEBODY_ELSE
    return "" if author.membership_id == request.viewer.membership_id else ELSEWHERE


def _put_back(request: HubRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]) -> HttpResponse:
    """Show a form as it was left, with the version of now: nothing is judged, and whatever was written is undone."""
    if CHECKING in request.POST:
        waiting = request.session.get(CHECKING, {})
        request.session[CHECKING] = {**waiting, request.path: request.POST[CHECKING]}
    request.POST = _as_typed(request.POST)  # type: ignore[assignment]  # typed as read-only
    if request.viewer.user_id is not None:
        whose = Author(request.viewer.user_id, request.viewer.membership_id)
        kept.is_put_back(whose, request.path, typed_in(request), _form(request), at=timezone.now())
    with putting_back():
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                transaction.set_rollback(True)
        except HubError as error:
            return _refused(request, error)
    if isinstance(response, HttpResponseRedirect):
        author = Author(request.viewer.user_id) if request.viewer.user_id else None
        messages.warning(request, NOT_BY_ITSELF)
        place = kept.place_of(author, request.path) if author else ""
        return HttpResponseRedirect(reverse("agencies:kept_text", args=[place]))
    return response


def _refused(request: HubRequest, error: HubError) -> HttpResponse:
    return refusal_page(request, error, at=timezone.now())


def _as_typed(posted: QueryDict) -> QueryDict:
    """Return what was typed without the version of then, under a one-time key of now."""
    again = posted.copy()
    for name in ("put_back", "version", CHECKING):
        again.pop(name, None)
    again["submission_key"] = str(uuid4())
    return again
