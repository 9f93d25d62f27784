"""The pages of refusal. What is absent and what is forbidden have one page, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from agencies.access.viewer import HubRequest
from mash.common.errors import Conflict, HubError

NOT_KEPT = {"csrfmiddlewaretoken", "submission_key", "version", "password"}
TEMPLATES = {403: "errors/403.html", 404: "errors/404.html", 409: "errors/409.html"}


@dataclass(frozen=True)
class RefusalPage:
    """What a page of refusal says: what happened, who was first, and all that the person had typed."""

    sentence: str
    who: str = ""
    when: datetime | None = None
    what: str = ""
    kept: list[tuple[str, str]] = field(default_factory=list)
    back_url: str = ""


def refusal_page(request: HubRequest, error: HubError) -> HttpResponse:
    """Return the page for a refusal; a conflict gives back everything that was typed."""
    if error.status == 404:
        return not_found(request)
    change = getattr(error, "change", None)
    page = RefusalPage(
        sentence=error.sentence,
        who=change.who if change else "",
        when=change.when if change else None,
        what=change.what if change else "",
        kept=_kept(request) if isinstance(error, Conflict) or error.status == 400 else [],
        back_url=request.path,
    )
    return render(request, TEMPLATES.get(error.status, "errors/409.html"), {"error": page}, status=error.status)


def _kept(request: HubRequest) -> list[tuple[str, str]]:
    pairs = []
    for name, values in request.POST.lists():
        text = "\n".join(str(value) for value in values if str(value).strip())
        if name not in NOT_KEPT and text:
            pairs.append((name.replace("_", " ").replace("-", " ").capitalize(), text))
    return pairs


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the one page for what is absent and what is forbidden; it asks the database nothing."""
    return HttpResponse(get_template("errors/404.html").render({"demo": settings.MASH_DEMO}), status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a role that does not do this."""
    return render(request, "errors/403.html", {"error": RefusalPage("Your role does not do this.")}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for a request that makes no sense."""
    return render(request, "errors/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of ours; touches no database."""
    return HttpResponse(get_template("errors/500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form whose session ended: what was typed is given back."""
    page = RefusalPage(
        sentence="Nothing was saved: this page had been open too long, or cookies are off. Copy what you typed, "
        "sign in again and send it once more.",
        kept=_kept(request),  # type: ignore[arg-type]
        back_url=request.path,
    )
    return render(request, "errors/csrf.html", {"error": page}, status=403)
