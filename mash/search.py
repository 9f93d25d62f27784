"""The search: one box in the header of every page, and the page that says what it found, in groups, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

import contacts.queries
import screening.queries
from agencies.access.searched import searched, searches
from agencies.access.viewer import HubRequest
from common.work import People
from contacts.queries import SEARCHERS, About, Found, Hit
from screening.models import Enquiry


@dataclass(frozen=True)
class Line:
    """One hit as the page draws it."""

    url: str
    reference: str
    hit: Hit
    about: People
    earlier_url: str


@dataclass(frozen=True)
class EnquiryLine:
    """One enquiry that was found."""

    url: str
    reference: str
    colour: str
    state: str
    about: People
    why: str


MOST_ENQUIRIES = 20


@require_http_methods(["GET", "HEAD", "POST"])
@searches("search", *SEARCHERS)
def search(request: HubRequest) -> HttpResponse:
    """Show what was found for what somebody typed; empty, it says what can be typed."""
    viewer, at = request.viewer, timezone.now()
    asked = searched(request)
    typed = asked.get("q", "").strip() if asked else ""
    if not typed:
        return render(request, "search.html", {"typed": ""})
    found = contacts.queries.search(viewer, typed)
    hits = [*found.people, *found.contacts]
    enquiries = screening.queries.enquiries_found(
        viewer,
        references=found.typed.references,
        of={one.enquiry_id for one in hits if one.enquiry_id},
        most=MOST_ENQUIRIES,
    )
    about = contacts.queries.lines_about(
        viewer, contacts=[one.contact_id for one in hits], enquiries=[one.pk for one in enquiries], at=at
    )
    groups = [
        ("people", "People", _lines(found.people, about)),
        ("contacts", "Contacts", _lines(found.contacts, about)),
    ]
    context = {
        "typed": found.typed.text,
        "search_typed": found.typed.text,
        "groups": [group for group in groups if group[2]],
        "enquiries": [_enquiry_line(one, found, about) for one in enquiries],
        "count": len(hits) + len(enquiries),
        "is_cut": found.is_cut,
        "sees_all": contacts.queries.searches_all(viewer),
        "at": at,
    }
    return render(request, "search.html", context)


def _lines(hits: Iterable[Hit], about: About) -> list[Line]:
    return [
        Line(
            reverse("contacts:contact", args=[one.reference]),
            one.reference,
            one,
            about.contact(one.contact_id),
            reverse("contacts:earlier_list", args=[one.reference]) if one.looks_back else "",
        )
        for one in hits
    ]


def _enquiry_line(enquiry: Enquiry, found: Found, about: About) -> EnquiryLine:
    of = sorted({one.reference for one in (*found.people, *found.contacts) if one.enquiry_id == enquiry.pk})
    why = f"reference {enquiry.reference}" if enquiry.reference in found.typed.references else f"holds {', '.join(of)}"
    url = reverse("screening:enquiry", args=[enquiry.reference])
    state = str(enquiry.get_state_display())
    return EnquiryLine(url, enquiry.reference, enquiry.colour, state, about.enquiry(enquiry.pk), why)
