"""Twenty leaks of different kinds, as somebody might write them into the product: twin worlds must find every one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from audit.actions import record as record_event
from information_sharing.actions import answering, sealing
from mash import errors
from tests.proofs.scenes import Scene, ask

Alter = Callable[[HttpResponse, "Facts"], HttpResponse]


@dataclass(frozen=True)
class Facts:
    """What code that asks without the rule comes to know about a case."""

    items: int
    agencies: tuple[str, ...]
    latest: str


def facts_of(case: Scene) -> Facts:
    """Ask what is sealed on a case, as nobody should."""
    rows = ask(
        "SELECT a.short_name, i.given_at FROM information_sharing_item i JOIN agencies_agency a ON a.id = i.agency_id"
        " WHERE i.enquiry_id = %s AND i.handling = 'manager_only' ORDER BY i.id",
        case.enquiry_id,
    )
    return Facts(len(rows), tuple(sorted(row[0] for row in rows)), str(max((row[1] for row in rows), default="")))


@dataclass(frozen=True)
class Leak:
    """One leak.

    Attributes:
        person: to whom it leaks.
        route: the page to look at; none where it is in what people are told.
        alter: what the page, or what stands where nothing is (`refused`), does with what it should not know.
        action: what is wrong in the action itself.
    """

    name: str
    person: str
    route: str = ""
    alter: Alter | None = None
    refused: bool = False
    action: Callable[[pytest.MonkeyPatch], None] | None = None


def _said(place: str, words: Callable[[Facts], str]) -> Alter:
    """Put words before the first such place on the page."""

    def alter(response: HttpResponse, facts: Facts) -> HttpResponse:
        before, found, after = response.content.partition(place.encode())
        response.content = before + (words(facts).encode() if found else b"") + found + after
        return response

    return alter


def _header(name: str, words: Callable[[Facts], str]) -> Alter:
    def alter(response: HttpResponse, facts: Facts) -> HttpResponse:
        response.headers[name] = words(facts)
        return response

    return alter


def _instead(kind: str, body: Callable[[Facts], bytes]) -> Alter:
    """Answer with a file."""

    def alter(_response: HttpResponse, facts: Facts) -> HttpResponse:
        return HttpResponse(body(facts), content_type=kind)

    return alter


def _other_order(response: HttpResponse, facts: Facts) -> HttpResponse:
    """Let rows stand by a hidden column: the same words in another order."""
    rows = re.findall(rb"<li\b.*?</li>", response.content, re.DOTALL)
    if facts.items and len(set(rows)) > 1:
        first, last = rows[0], rows[-1]
        response.content = response.content.replace(first, b"\0").replace(last, first).replace(b"\0", last)
    return response


def _status(response: HttpResponse, facts: Facts) -> HttpResponse:
    response.status_code = 403 if facts.items else 404
    return response


def _another_query(response: HttpResponse, facts: Facts) -> HttpResponse:
    """Ask once more for each hidden row: nothing is shown, it only takes longer."""
    for _ in range(facts.items):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    return response


def _cookie(response: HttpResponse, facts: Facts) -> HttpResponse:
    response.set_cookie("seen", str(facts.items))
    return response


def _told_to_worker(patch: pytest.MonkeyPatch) -> None:
    """Tell the social worker too that something was sealed."""
    managers = answering.tell_managers

    def both(request: Any, *, at: Any) -> None:
        managers(request, at=at)
        answering.tell_of_answer(request, at=at)

    patch.setattr(sealing, "tell_managers", both)


def _event_on_enquiry(patch: pytest.MonkeyPatch) -> None:
    """Write the event of sealing where the enquiry's activity looks."""

    def record(verb: str, item: Any, *, viewer: Any, at: Any) -> None:
        record_event(
            verb,
            actor=viewer,
            at=at,
            record_type="screening.enquiry",
            record_id=item.enquiry_id,
            enquiry_id=item.enquiry_id,
        )

    patch.setattr(sealing, "record_sealed", record)


REQUESTS, REQUEST = "information_sharing:requests", "information_sharing:request"
LEAKS = (
    Leak("number beside a heading", "lead", REQUESTS, _said("</h1>", lambda f: f" ({f.items})")),
    Leak("total of a list", "lead", REQUESTS, _said("</main>", lambda f: f"Showing 25 of {25 + f.items}")),
    Leak("tag of the page for caches", "other_researcher", REQUESTS, _header("ETag", lambda f: f'"{f.latest}"')),
    Leak("moment of the last change", "stranger_researcher", "work", _header("Last-Modified", lambda f: f.latest)),
    Leak("number in a header", "front_door", "screening:enquiries", _header("X-Total-Count", lambda f: str(f.items))),
    Leak("order of a list", "lead", "work", _other_order),
    Leak("suggestion while typing", "front_door", "contacts:suggest", _said("<", lambda f: " ".join(f.agencies))),
    Leak("title of the page", "lead", REQUEST, _said("</title>", lambda f: ", ".join(f.agencies))),
    Leak("words of an error", "stranger_researcher", REQUEST, _said("</h1>", lambda f: " yet" * f.items), refused=True),
    Leak("status of an error", "public", "live", _status),
    Leak("name of a file", "out_of_hours", "work", _header("Content-Disposition", lambda f: f"filename={f.items}.pdf")),
    Leak(
        "column of a table file",
        "auditor",
        "work",
        _instead("text/csv", lambda f: b"reference,sealed\r\nM,%d" % f.items),
    ),
    Leak(
        "title inside a PDF",
        "manager",
        "live",
        _instead("application/pdf", lambda f: b"%%PDF-1.7 /Title (%d)" % f.items),
    ),
    Leak("cookie", "receiving_worker", "decisions:inbox", _cookie),
    Leak("time taken: one query more", "lead", REQUEST, _another_query),
    Leak(
        "gap in the numbers of a chronology",
        "lead",
        "information_sharing:chronology",
        _said("</main>", lambda f: "".join(f"<li value={n + f.items}>" for n in (1, 2, 3))),
    ),
    Leak("blank at the end of the page", "panel", "screening:queue", _said("</html>", lambda f: " " * f.items)),
    Leak("where a redirect leads", "reviewer", "home", _header("Location", lambda f: f"/work/?n={f.items}")),
    Leak("notice and mail that somebody gets", "social_worker", action=_told_to_worker),
    Leak("row among the activity of an enquiry", "social_worker", "screening:activity", action=_event_on_enquiry),
)


@contextmanager
def planted(leak: Leak, case: Scene) -> Iterator[None]:
    """Let a page leak for as long as it is looked at."""
    with pytest.MonkeyPatch.context() as patch:
        pattern = _pattern(get_resolver(), leak.route)
        if leak.refused and leak.alter:
            patch.setattr(errors, "not_found", _leaky(errors.not_found, leak.alter, facts_of(case)))
        elif leak.alter:
            patch.setattr(pattern, "callback", _leaky(pattern.callback, leak.alter, facts_of(case)))
        yield


def _leaky(view: Callable[..., HttpResponse], alter: Alter, facts: Facts) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        return alter(view(request, *arguments, **named), facts)

    answer.login_required = getattr(view, "login_required", True)  # type: ignore[attr-defined]
    return answer


def _pattern(resolver: URLResolver, name: str) -> URLPattern:
    space, _, own = name.rpartition(":")
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern) and one.name == own and (resolver.namespace or "") == space:
            return one
        if isinstance(one, URLResolver) and (one.namespace or "") in {"", space}:
            try:
                return _pattern(one, name)
            except LookupError:
                continue
    raise LookupError(name)
