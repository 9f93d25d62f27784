"""Signed out after a while without a sign of life: a page opened, or a key typed (a form that is kept asks for it).

And in the end whatever happens: nobody is signed in for longer than a long shift.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from agencies.access.sessions import BEGAN, BROWSER

SEEN = "seen"
"""Key of the session: when its holder was last seen, in seconds since 1970."""

WRITTEN_EVERY = 300
"""Seconds: the session is not written for each page."""


class InactivityMiddleware:
    """Ends a session whose holder was not seen, or that has lasted, for as long as the settings say."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session, then answer."""
        if SEEN in request.session:
            quiet = _now() - int(request.session[SEEN])
            if quiet > settings.MASH_INACTIVITY_MINUTES * 60 or _now() >= _ends(request):
                logout(request)
            elif quiet >= WRITTEN_EVERY:
                request.session[SEEN] = _now()
        return self.get_response(request)


def note_sign_in(request: HttpRequest, **_rest: Any) -> None:
    """Begin to count when somebody signs in."""
    request.session[SEEN] = request.session[BEGAN] = _now()
    request.session[BROWSER] = browser_of(request.headers.get("User-Agent", ""))


def session_ends_at(request: HttpRequest) -> datetime | None:
    """Return when the session ends, whatever happens in it; None where nobody is signed in."""
    return datetime.fromtimestamp(_ends(request), UTC) if BEGAN in request.session else None


def _ends(request: HttpRequest) -> int:
    """Return the second; a session that began before this was counted begins at its holder's next sign-in."""
    return int(request.session.get(BEGAN, 0)) + int(settings.MASH_SESSION_HOURS) * 3600


def browser_of(said: str) -> str:
    """Return what a browser says it is, in three words of ours: nothing that it sends is kept."""
    browsers = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS X": "Mac"}
    browser = next((name for sign, name in browsers.items() if sign in said), "A browser")
    system = next((name for sign, name in {**systems, "Linux": "Linux"}.items() if sign in said), "")
    return f"{browser} on {system}" if system else browser


def signed_in_within(request: HttpRequest, minutes: int) -> bool:
    """Say whether the password of this session was given only just now."""
    return BEGAN in request.session and _now() - int(request.session[BEGAN]) <= minutes * 60


def _now() -> int:
    return int(time.time())
