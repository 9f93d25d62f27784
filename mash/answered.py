"""Back never resubmits: what a browser sends is answered with the address of a page, never with the page itself.

Whatever page a POST is answered with (a form with its errors, what was opened for a purpose, a refusal) is kept for
the session, closed, and shown once by the address that follows. When the address is opened again, it leads to the page
on which the form stands, where what was typed and did not arrive is offered (`mash/keeping.py`). On the public form,
where nobody has rights that could end, the pages stay until the form is sent, so that Back leads from page to page.

A program that is no browser, and a script that asks while somebody types, get their answer at once: browsers say of
themselves that they go to a page (Sec-Fetch-Mode). See docs/adr/0084.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any, cast

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from agencies.access import passing
from agencies.access.table.whole import ADDRESSES
from agencies.access.viewer import HubRequest
from mash.errors import page_before

GetResponse = Callable[[HttpRequest], HttpResponse]
KEY = "again"
"""Name of the key in the address."""

ONCE_FOR = timedelta(minutes=5)
"""A page that is shown once is asked for at once; a slow line may take its time."""

STAYS_FOR = timedelta(minutes=30)
"""Pages of the public form: longer than it takes to fill it in, and short on a computer that others use too."""

KEPT_HEADERS = ("Content-Type", "Content-Language")
SEE_OTHER = HTTPStatus.SEE_OTHER

log = logging.getLogger(__name__)


class AnsweredMiddleware:
    """Keeps the page with which a POST is answered and leads to it; finds it again for the request that follows."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; outside the transaction of the request, which a refusal rolls back."""
        if request.method == "GET" and KEY in request.GET:
            cast(HubRequest, request).answered = _taken(request, request.GET[KEY])
        response = self.get_response(request)
        if request.method != "POST" or not is_from_browser(request):
            return response
        try:
            return _led_on(request, response)
        except (DatabaseError, ValueError):
            log.exception("A page could not be kept, and is shown at once")
            return response


class ShowAgainMiddleware:
    """Shows the page that was kept, to the membership for which it was made; without one it leads to the form."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request that asks for a kept page, inside all that decides who asks."""
        if request.method != "GET" or KEY not in request.GET:
            return self.get_response(request)
        found: Mapping[str, Any] | None = cast(HubRequest, request).answered
        if found is None or not passing.is_theirs(request, found):
            path, asked = _page_of(request)
            return HttpResponseRedirect(f"{path}?{asked.urlencode()}" if asked else path)
        page = found["said"]
        return HttpResponse(page["body"], status=page["status"], headers=page["headers"])


def is_from_browser(request: HttpRequest) -> bool:
    """Say whether a browser sends a form and goes to what comes back."""
    return request.headers.get("Sec-Fetch-Mode") == "navigate"


def _led_on(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    is_public = not hasattr(request, "viewer") or cast(HubRequest, request).viewer.user_id is None
    if "Location" in response.headers:
        if request.path == reverse("contacts:report"):  # It was sent: nothing that was typed stays on this computer.
            passing.let_all_go(request)
        return response
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    if not is_page or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or not hasattr(request, "viewer"):
        return response
    stays = is_public and response.status_code == HTTPStatus.OK and not request.path.startswith("/account/")
    page = {
        "status": response.status_code,
        "headers": {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
        "body": response.content.decode(response.charset),
        "stays": stays,
    }
    key = passing.keep(request, page, at=timezone.now(), lasts=STAYS_FOR if stays else ONCE_FOR)
    page_path, asked = _page_of(request)
    asked[KEY] = key
    led = HttpResponseRedirect(f"{page_path}?{asked.urlencode()}", status=SEE_OTHER)
    for name, morsel in response.cookies.items():
        led.cookies[name] = morsel
    led.headers["Cache-Control"] = "no-store"
    return led


def _taken(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """Return the kept page, and let go of it where it is shown once."""
    found = passing.find(request, key)
    if found is not None and not found["said"].get("stays", True):
        passing.let_go(request, key)
    return found if found is not None and "body" in found["said"] else None


def _page_of(request: HttpRequest) -> tuple[str, QueryDict]:
    """Return the page on which a form stands, with what else its address asks for.

    Where the form goes to an address that shows no page, it is the page from which it was sent; the start, if none.
    """
    if _shows_pages(request.path):
        asked = request.GET.copy()
        asked.pop(KEY, None)
        return request.path, asked
    before = page_before(request)
    return (before if _shows_pages(before) else reverse("home")), QueryDict(mutable=True)


def _shows_pages(path: str) -> bool:
    try:
        name = resolve(path).view_name
    except Resolver404:
        return False
    return name in ADDRESSES and "GET" in ADDRESSES[name].methods
