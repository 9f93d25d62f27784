"""The edge of every request: who is looking, one transaction, one signed identity."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from agencies.access.identity import BroughtUpToDate, acting_as
from agencies.access.lookup import memberships_of, viewer_for, viewer_of
from agencies.access.overtaken import overtaken
from agencies.access.viewer import PUBLIC, HubRequest, Viewer
from audit.actions import record_reading, record_refusal
from common.errors import HubError, SentForChecking
from common.forms.typed import typed_in
from decisions.actions import HandedIn, hand_in_text
from decisions.queries.looking import looking_at
from mash.errors import not_found, page_before, refusal_page

GetResponse = Callable[[HttpRequest], HttpResponse]
REFUSED = range(400, 500)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that write nothing but evidence."""
WITHOUT_DATABASE = frozenset({"/livez", "/readyz"})
"""They say whether the process and its parts answer, also while the database does not."""
OPEN_WITHOUT_MEMBERSHIP = ("/account/", "/membership/", "/typed/", "/static/")
OPEN_WITHOUT_SECOND_FACTOR = ("/account/second-factor/", "/account/logout/", "/membership/", "/static/")


class IdentityMiddleware:
    """Finds the viewer, then runs all that is inside in one transaction that the database knows the viewer of.

    A status of 400 or more rolls everything back; then the refusal is logged in a transaction of its own, alike
    for what is absent and what is forbidden.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request as its viewer; no answer of ours may stay in a cache."""
        hub_request = cast(HubRequest, request)
        if request.path in WITHOUT_DATABASE:
            hub_request.viewer = PUBLIC
            return self.get_response(hub_request)
        hub_request.viewer = _viewer(request).with_request(str(uuid.uuid4()))
        if _needs_membership(hub_request):
            response: HttpResponse = HttpResponseRedirect(reverse("agencies:choose_membership"))
        elif hub_request.viewer.lacks_second_factor and not request.path.startswith(OPEN_WITHOUT_SECOND_FACTOR):
            response = HttpResponseRedirect(reverse("agencies:set_up_second_factor"))
        else:
            response = self._answer_or_say(hub_request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _answer_or_say(self, request: HubRequest) -> HttpResponse:
        """Answer a request, or say that the hub is being brought up to date, with all that was typed given back.

        What the database asks only at the end of the transaction may be overtaken there as well.
        """
        try:
            return self._answer(request)
        except BroughtUpToDate as pause:
            return refusal_page(request, pause, at=timezone.now())
        except DatabaseError as error:
            refusal = overtaken(error)
            if refusal is None:
                raise
            return refusal_page(request, refusal, at=timezone.now())

    def _answer(self, request: HubRequest) -> HttpResponse:
        with acting_as(request.viewer, to_write=request.method not in SAFE) as viewer:
            request.declarer = _still(viewer) if request.method not in SAFE else viewer
            request.viewer = request.declarer.to_write() if request.method not in SAFE else viewer
            response = self.get_response(request)
            if response.status_code >= REFUSED.start:
                transaction.set_rollback(True)
        if response.status_code in REFUSED and _is_evidence(request):
            _log_refusal(request, response.status_code)
        return response


class RefusalMiddleware:
    """Turns the refusals of the product into their pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through; what matters is below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its page, and a write that was overtaken; leave every other exception to Django."""
        refusal = exception if isinstance(exception, HubError) else overtaken(exception)
        if refusal is None:
            return None
        if isinstance(refusal, SentForChecking):
            return _sent_for_checking(cast(HubRequest, request), refusal)
        if connection.needs_rollback or not connection.is_usable():  # Nothing more can be asked in this transaction.
            return not_found(request)
        return refusal_page(cast(HubRequest, request), refusal, at=timezone.now())


def _sent_for_checking(request: HubRequest, told: SentForChecking) -> HttpResponse:
    """Hand a form to the managers, and lead its writer back to the page: they learn that it is being checked."""
    page = page_before(request)
    form = HandedIn(page, request.path, typed_in(request))
    hand_in_text(told.contact_id, form, viewer=request.viewer, at=timezone.now())
    messages.success(request, told.sentence)
    return HttpResponseRedirect(page)


class LookingMiddleware:
    """Logs each page of an enquiry that a reviewer opens, or somebody who has broken its glass: no log, no page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, then write the line in the read log in its transaction."""
        response = self.get_response(request)
        hub_request = cast(HubRequest, request)
        looking = hub_request.looking if hasattr(request, "looking") else None
        if looking is not None and response.status_code == HTTPStatus.OK and request.resolver_match is not None:
            record_reading(
                request.resolver_match.view_name[:64],
                actor=hub_request.viewer,
                at=timezone.now(),
                item_ids=(),
                reference=str(request.resolver_match.kwargs["reference"]),
                enquiry_id=looking.enquiry_id,
                purpose=looking.purpose,
            )
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]) -> None:
        """Find out whether the page belongs to an enquiry that the viewer only looks into."""
        hub_request = cast(HubRequest, request)
        access = hub_request.viewer.case_access
        if (access.reviewed or access.emergency_access) and "reference" in kwargs:
            reference = str(kwargs["reference"])
            hub_request.looking = looking_at(hub_request.viewer, reference, at=timezone.now())


def _viewer(request: HttpRequest) -> Viewer:
    if not request.user.is_authenticated:
        return PUBLIC
    at = timezone.now()
    chosen = request.session.get("membership")
    if chosen:  # Where it has ended, the person chooses again: what they send was meant for the other one.
        return viewer_for(request.user.pk, uuid.UUID(chosen), at=at)
    held = memberships_of(request.user.pk, at=at)
    if len(held) != 1:
        return viewer_for(request.user.pk, None, at=at)
    request.session["membership"] = str(held[0].pk)
    return viewer_of(held[0])


def _still(viewer: Viewer) -> Viewer:
    """Return the viewer as they are now that their membership is held: what ended while we waited is gone."""
    if viewer.user_id is None or viewer.membership_id is None:
        return viewer
    now = viewer_for(viewer.user_id, viewer.membership_id, at=timezone.now())
    return now.with_case_access(viewer.case_access).with_request(viewer.request_id)


def _needs_membership(request: HubRequest) -> bool:
    viewer = request.viewer
    return (
        viewer.user_id is not None
        and viewer.membership_id is None
        and not request.path.startswith(OPEN_WITHOUT_MEMBERSHIP)
    )


def _is_evidence(request: HubRequest) -> bool:
    """Leave out what anybody on the internet may send to addresses that do not exist: it would fill the log.

    A refusal that is only shown, to the browser that was led to it, was logged when it was made.
    """
    if getattr(request, "answered", None) is not None:
        return False
    return request.viewer.user_id is not None or request.resolver_match is not None


def _log_refusal(request: HubRequest, status: int) -> None:
    match = request.resolver_match
    with acting_as(request.viewer):
        record_refusal(
            actor=request.viewer,
            at=timezone.now(),
            method=request.method or "",
            route=match.view_name if match else "",
            reference=str(match.kwargs.get("reference", "")) if match else "",
            status=status,
        )
