"""The pages "Why can I see this?": which line of the access table opens a record to whoever looks.

They show what stands in the table and nothing of the record: no person, no agency, no text. Who does not see the record
does not see its page.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import contacts.queries
import decisions.queries
import information_sharing.queries
import screening.queries
from agencies.access.table.meaning import applies, audiences_of, reasons
from agencies.access.table.page import names, when
from agencies.access.table.whole import RECORDS
from agencies.access.table.words import CLOCK, Opening
from agencies.access.viewer import HubRequest, Viewer


@dataclass(frozen=True)
class Line:
    """One way in which a record opens: to whom, and why."""

    who: str
    why: str


@require_safe
def contact(request: HubRequest, reference: str) -> HttpResponse:
    """Say why a contact is open."""
    return _page(request, contacts.queries.get_contact(request.viewer, reference), f"contact {reference}")


@require_safe
def enquiry(request: HubRequest, reference: str) -> HttpResponse:
    """Say why the header of a MASH enquiry is open."""
    return _page(request, screening.queries.get_enquiry(request.viewer, reference), f"MASH enquiry {reference}")


@require_safe
def asked(request: HubRequest, reference: str) -> HttpResponse:
    """Say why a request is open."""
    asked = information_sharing.queries.get_request(request.viewer, reference)
    return _page(request, asked, f"request {reference}")


@require_safe
def item(request: HubRequest, item: uuid.UUID) -> HttpResponse:
    """Say why an item is open."""
    return _page(request, information_sharing.queries.get_any_item(request.viewer, item), "this item")


@require_safe
def summary(request: HubRequest, reference: str) -> HttpResponse:
    """Say why a MASH summary is open."""
    return _page(request, decisions.queries.get_summary(request.viewer, reference), f"MASH summary {reference}")


def _page(request: HubRequest, record: Model, title: str) -> HttpResponse:
    row = RECORDS[record._meta.label]
    held = reasons(record, request.viewer)
    # A reason may rest on what is hidden from whoever it opens the record to, such as who else was asked about a child:
    # then every reason is named that may hold for them.
    may_hold = [] if held else [one for one in row.openings if _may_hold(one, record, request.viewer)]
    shown = {
        "title": title,
        "what": row.what,
        "mine": [_mine(one, request.viewer) for one in held],
        "one_of": [_mine(one, request.viewer) for one in may_hold],
        "everybody": list(dict.fromkeys(_lines(row.openings, record))),
    }
    return render(request, "why.html", shown)


def _lines(openings: Iterable[Opening], record: Model) -> Iterator[Line]:
    """Yield what may open a record of this kind to people: a sealed item is none of those that are shared."""
    for one in openings:
        if one.audiences != (CLOCK,) and _is_of_its_kind(one, record):
            yield Line(names(one.audiences), when(one))


def _may_hold(opening: Opening, record: Model, viewer: Viewer) -> bool:
    return applies(opening, viewer, audiences_of(viewer)) and _is_of_its_kind(opening, record)


def _is_of_its_kind(opening: Opening, record: Model) -> bool:
    """Say whether an opening is about records with this one's handling, where records have one."""
    wheres = opening.where if isinstance(opening.where, tuple) else (opening.where or {},)
    handling = getattr(record, "handling", None)
    return handling is None or any(
        where.get("handling", handling) == handling and handling in where.get("handling__in", (handling,))  # type: ignore[operator]
        for where in wheres
    )


def _mine(opening: Opening, viewer: Viewer) -> Line:
    held = audiences_of(viewer)
    return Line(names([audience for audience in opening.audiences if audience in held]), opening.because.you)
