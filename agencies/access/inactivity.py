"""Signed out after a while without a sign of life: a page opened, or a key typed (a form that is kept asks for it)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

SEEN = "seen"
"""Key of the session: when its holder was last seen, in seconds since 1970."""

WRITTEN_EVERY = 300
"""Seconds: the session is not written for each page."""


class InactivityMiddleware:
    """Ends a session whose holder was not seen for as long as the settings say."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session, then answer."""
        if SEEN in request.session:
            quiet = _now() - int(request.session[SEEN])
            if quiet > settings.MASH_INACTIVITY_MINUTES * 60:
                logout(request)
            elif quiet >= WRITTEN_EVERY:
                request.session[SEEN] = _now()
        return self.get_response(request)


def note_sign_in(request: HttpRequest, **_rest: Any) -> None:
    """Begin to count when somebody signs in."""
    request.session[SEEN] = _now()


def _now() -> int:
    return int(time.time())
