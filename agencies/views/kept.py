"""What somebody typed and did not send: the pages of its author, and the two addresses that a page asks of itself."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from agencies.access import kept
from agencies.access.kept import Author, Kept
from agencies.access.left import left_for
from agencies.access.once import any_used
from agencies.access.viewer import HubRequest
from common.errors import NotVisible
from common.forms.typed import typed_of, worded
from common.moments import LONDON

LONGEST = 300
"""Characters of an address or a title; none of ours is longer."""


@require_safe
def kept_texts(request: HubRequest) -> HttpResponse:
    """List what the viewer has typed and not sent."""
    return render(request, "agencies/kept_texts.html", {"texts": _mine(request), "left": left_for(request.viewer)})


@require_safe
def kept_text(request: HubRequest, place: str) -> HttpResponse:
    """Show one form as it was left, to put back or throw away."""
    found = _one(request, place)
    return render(request, "agencies/kept_text.html", {"text": found, "rows": worded(found.pairs)})


@require_POST
def throw_away(request: HubRequest, place: str) -> HttpResponse:
    """Let go of what is not wanted any more."""
    found = _one(request, place)
    kept.let_go(_author(request), found.place)
    messages.success(request, "What you had typed is thrown away.")
    return redirect("agencies:kept_texts")


@csrf_exempt
@login_not_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a form while it is being typed, whether or not its author is still signed in.

    The form says who opened it, signed; without that nothing is kept. Nothing is told of what is kept already. A form
    that has been sent meanwhile is not kept again.
    """
    author = kept.author_of(request.POST.get("typed_by", ""))
    addresses = [request.POST.get(name, "")[:LONGEST] for name in ("page", "action")]
    if author is None or not all(map(_is_ours, addresses)):
        raise NotVisible
    try:
        told = json.loads(request.POST.get("fields", "[]"))
        pairs = typed_of((str(name), str(value)) for name, value in told)
        keys = [str(value) for name, value in told if name == "submission_key"]
    except (ValueError, TypeError):
        raise NotVisible from None
    if pairs and not any_used(keys):
        kept.keep(
            author,
            page=addresses[0],
            action=addresses[1],
            title=request.POST.get("title", "")[:LONGEST],
            membership=request.POST.get("membership", "")[:LONGEST],
            pairs=pairs,
            at=timezone.now(),
            form=next(iter(keys), ""),
        )
    still = request.user.is_authenticated and request.user.pk == author.user_id
    return JsonResponse({"at": f"{timezone.now().astimezone(LONDON):%H:%M}", "signed_in": still})


def _is_ours(address: str) -> bool:
    """Say whether an address is a path of the hub: what is kept is linked to, and posted, from its page."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, None)


@require_safe
def kept_here(request: HubRequest) -> HttpResponse:
    """Say what the viewer has typed on a page and not sent: as the page asks when it opens."""
    page = request.GET.get("page", "")
    found = [one for one in _mine(request) if page and page in (one.page, one.action)]
    return JsonResponse({"texts": [_told(one) for one in found]})


def _told(text: Kept) -> dict[str, object]:
    at, age = text.saved_at.astimezone(LONDON), timezone.now() - text.saved_at
    said = {"place": text.place, "action": text.action, "pairs": text.pairs}
    return {**said, "at": f"{at.day} {at:%B, %H:%M}", "seconds": int(age.total_seconds())}


def _mine(request: HubRequest) -> list[Kept]:
    return kept.kept_by(_author(request))


def _one(request: HubRequest, place: str) -> Kept:
    found = next((one for one in _mine(request) if one.place == place), None)
    if found is None:
        raise NotVisible
    return found


def _author(request: HubRequest) -> Author:
    if request.viewer.user_id is None:
        raise NotVisible
    return Author(request.viewer.user_id, request.viewer.membership_id)
