"""The view of a move that asks for nothing: find the record, make the move, say so, go on.

With `once` the part of the view kit (`common/views`) that needs a viewer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.once import once
from agencies.access.viewer import HubRequest, Viewer
from common.errors import RuleBroken
from common.views import offer_of, posted_version

R = TypeVar("R")
ViewOfRecord = Callable[[HubRequest, str], HttpResponse]


def press(
    event: str,
    find: Callable[[Viewer, str], R],
    sentence: str,
    back: str,
    *,
    about: Callable[[R], str] | None = None,
    opens: bool = False,
) -> ViewOfRecord:
    """Make the view of a move whose button says all; it carries a key and the version that the button was drawn from.

    A rule that was broken is said on the page to which one goes back; a move that came too late is a refusal.

    Args:
        event: the move, as in the state table; the registry of moves knows its action.
        find: returns the record to those who see it.
        sentence: the sentence after it was done; `{reference}` stands for the record's.
        back: the route to which one goes on, with the reference of the record.
        about: gives the reference for `back`, where it is another record's. A text without a colon needs none.
        opens: whether the bare address leads to `back`, instead of being refused.
    """

    @once
    @(require_http_methods(["GET", "HEAD", "POST"]) if opens else require_POST)
    def view(request: HubRequest, reference: str) -> HttpResponse:
        if request.method != "POST":
            return redirect(back, reference)
        version = posted_version(request)  # Asked first: whether there is such a record makes no difference to it.
        record = find(request.viewer, reference)
        try:
            offer_of(event).action(record, viewer=request.viewer, at=timezone.now(), version=version)
        except RuleBroken as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, sentence.format(reference=reference))
        return redirect(back, about(record) if about else reference) if ":" in back else redirect(back)

    view.takes_version = True  # type: ignore[attr-defined]  # as `takes_key`
    return view
