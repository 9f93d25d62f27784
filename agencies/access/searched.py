"""Pages that answer a search: what was typed is posted, kept for who typed it, and shown by a page with a random key.

The view asks `searched(request)` for what was typed and never looks at the method; each time the page opens, the
search is made anew, with the rights of that moment.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone

from agencies.access import passing, roles
from agencies.access.viewer import HubRequest
from common.forms.typed import WRAPPING

P = ParamSpec("P")
View = Callable[Concatenate[HubRequest, P], HttpResponse]
KEY = "search"
"""Name of the key in the address."""

LONGEST = 4_000
"""Characters of a search; all that is longer is no search."""


def searches(route: str, *searchers: str) -> Callable[[View[P]], View[P]]:
    """Let a view answer searches: a POST leads to the page that shows what was found.

    Args:
        route: name of the view's own route, which takes no arguments.
        searchers: roles of those who may search; everybody where none is named.
    """

    def wrapped(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: HubRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if searchers:
                roles.require(request.viewer, *searchers)
            if request.method == "POST":
                return _led_on(request, route)
            key = request.GET.get(KEY, "")
            found = passing.find(request, key)
            if key and (found is None or not passing.is_theirs(request, found)):
                return HttpResponseRedirect(reverse(route))
            request.searched = QueryDict(found["said"]["typed"]) if found else None
            return view(request, *args, **kwargs)

        guarded.searches = True  # type: ignore[attr-defined]  # the test of every address asks for it
        return guarded

    return wrapped


def searched(request: HttpRequest) -> QueryDict | None:
    """Return what was typed into the search that this page answers; None where nothing was."""
    typed: QueryDict | None = getattr(request, "searched", None)
    return typed


def _led_on(request: HubRequest, route: str) -> HttpResponse:
    typed = request.POST.copy()
    for name in [name for name in typed if WRAPPING.fullmatch(name)]:
        del typed[name]
    text = typed.urlencode()
    if len(text) > LONGEST * 3:  # As an address writes it, a letter may have three signs or more.
        return HttpResponseRedirect(reverse(route))
    key = passing.keep(request, {"typed": text}, at=timezone.now())
    return HttpResponseRedirect(f"{reverse(route)}?{KEY}={key}")
