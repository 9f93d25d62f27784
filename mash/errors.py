"""The pages of refusal. What is absent and what is forbidden have one page, byte for byte."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme

from agencies.access.kept import author_of
from agencies.access.viewer import HubRequest
from agencies.queries import lapse_of
from common.errors import HubError, NotPermitted, NotVisible
from common.forms.typed import typed_in, worded
from common.key_ring import TextUnreadable
from mash.away import away_page, is_away

log = logging.getLogger("mash")

TEMPLATES = {400: "errors/400.html", 403: "errors/403.html", 409: "errors/409.html", 503: "errors/503.html"}


@dataclass(frozen=True)
class RefusalPage:
    """What a page of refusal says: what happened, who was first, and all that the person had typed."""

    sentence: str
    who: str = ""
    when: datetime | None = None
    what: str = ""
    kept: list[tuple[str, str]] = field(default_factory=list)
    back_url: str = ""


def refusal_page(request: HubRequest, error: HubError, *, at: datetime) -> HttpResponse:
    """Return the page for a refusal; all but the 404 give back everything that was typed."""
    if _waits_for_signature(request, error):
        return _unsigned(request, at=at)
    if isinstance(error, NotVisible):
        return not_found(request)
    if isinstance(error, TextUnreadable):
        log.error("A protected text cannot be opened: %s", error)
    change = getattr(error, "change", None)
    page = RefusalPage(
        sentence=error.sentence,
        who=change.who if change else "",
        when=change.when if change else None,
        what=change.what if change else "",
        kept=_kept(request),
        back_url=page_before(request),
    )
    return render(request, TEMPLATES[error.status], {"error": page}, status=error.status)


def _waits_for_signature(request: HubRequest, error: HubError) -> bool:
    """Say whether it was refused because the viewer's agency has not signed: whatever was asked, existing or not."""
    match = request.resolver_match
    theirs = match is not None and match.app_name == "information_sharing"
    only = request.viewer.is_unsigned and (not request.viewer.roles or theirs)
    return only and isinstance(error, NotVisible | NotPermitted)


def _unsigned(request: HubRequest, *, at: datetime) -> HttpResponse:
    """Return the page of an agency without a signature in force, with all that the person had typed."""
    page = {"lapse": lapse_of(request.viewer, at=at), "kept": _kept(request)}
    return render(request, "errors/unsigned.html", page, status=403)


def page_before(request: HttpRequest) -> str:
    """Return the page of ours from which the form was sent; many a form goes to an address that shows no page."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return urlsplit(before).path if ours and before else request.path


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, for the page of its author: on a shared computer somebody else may have signed in."""
    author = author_of(request.POST.get("typed_by", ""))
    if author and request.user.is_authenticated and author.user_id != request.user.pk:
        return []
    return worded(typed_in(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the one page for what is absent and what is forbidden; it asks the database nothing."""
    return HttpResponse(get_template("errors/404.html").render({"demo": settings.MASH_DEMO}), status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a role that does not do this."""
    return render(request, "errors/403.html", {"error": RefusalPage("Your role cannot do this.")}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a request that makes no sense."""
    return render(request, "errors/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of ours, or for a database that is away; touches no database."""
    if is_away(sys.exc_info()[1]):
        return away_page(request)
    return HttpResponse(get_template("errors/500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form whose session ended: what was typed is given back."""
    page = RefusalPage(
        sentence="Nothing was saved: this page had been open too long, or cookies are off. Copy what you typed, "
        "sign in again and send it once more.",
        kept=_kept(request),
        back_url=page_before(request),
    )
    return render(request, "errors/csrf.html", {"error": page}, status=403)
