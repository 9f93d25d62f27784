"""The database is away: pages say so with 503, and give a form that was sent back, to be sent again as it is."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from agencies.access.overtaken import code_of
from common.forms.typed import typed_in, worded

RETRY_SECONDS = 30
GONE = ("08", "57P", "53300")
"""Connection errors, a server that shuts down or starts up, and one that takes no more connections."""

NOT_SENT_AGAIN = ("/account/", "/membership/", "/typed/")
"""Forms with a password, or that a script sends by itself."""


def is_away(error: BaseException | None) -> bool:
    """Say whether an error means that the database cannot be asked, and is no fault of the page."""
    if isinstance(error, InterfaceError):
        return True
    return isinstance(error, OperationalError) and (not code_of(error) or code_of(error).startswith(GONE))


def away_page(request: HttpRequest) -> HttpResponse:
    """Return the page while the database is away; it asks the database nothing.

    What was posted goes back to the browser it came from, as a form with the same one-time key: sent twice, it is
    stored once.
    """
    is_form = request.method == "POST" and not request.path.startswith(NOT_SENT_AGAIN)
    fields = [(name, value) for name, values in request.POST.lists() for value in values] if is_form else []
    page = {
        "action": request.get_full_path(),
        "fields": fields,
        "kept": worded(typed_in(request)) if is_form else [],
    }
    response = HttpResponse(get_template("errors/away.html").render(page), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
