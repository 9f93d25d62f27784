"""Receipts: who read an agency's items, when and why, and what was passed on; for the manager, of one enquiry."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record_reading
from common.errors import NotVisible
from common.normal.references import reference_of
from decisions.models import SummaryItem
from information_sharing.models import InformationRequest, Item
from reporting.queries.activity import role_names
from reporting.queries.places import PAGE_LENGTH, Place, end_of, start_of
from reporting.rules import why
from screening.models import Enquiry

MOST_PASSED_ON = 50

Value = datetime | uuid.UUID | str | int | bool | None


@dataclass(frozen=True)
class ReceiptFilter:
    """What an agency looks for.

    Attributes:
        reference: of a request; empty means all.
        own_too: also what the agency itself read.
        after: the last line of the page before.
    """

    reference: str = ""
    from_day: date | None = None
    to_day: date | None = None
    own_too: bool = False
    after: Place | None = None


@dataclass(frozen=True)
class ItemRead:
    """Which item it was, in the owner's own terms."""

    request: str
    words: str


@dataclass(frozen=True)
class Receipt:
    """One page view that showed items of the agency."""

    at: datetime
    who: str
    roles: str
    agency: str
    why: str
    reference: str
    items: list[ItemRead]


@dataclass(frozen=True)
class PassedOn:
    """A released MASH summary that holds items of the agency."""

    at: datetime
    reference: str
    team: str
    items: list[ItemRead]


@dataclass(frozen=True)
class Receipts:
    """A page of receipts, and what was passed on in the same period.

    Attributes:
        copies: the agency's own items in the words in which they were passed on.
    """

    rows: list[Receipt]
    passed_on: list[PassedOn]
    copies: list[SummaryItem]
    next: Place | None


def receipts(viewer: Viewer, wanted: ReceiptFilter, *, at: datetime) -> Receipts:
    """Return who read the items of the viewer's agency; at most seven queries, however long the lists.

    Receipts of a sealed item go to those who see the item: its author and those whom the lead named.

    Raises:
        NotPermitted: the viewer is neither researcher nor lead.
        NotVisible: there is no such request for this viewer.
    """
    roles.require(viewer, Role.RESEARCHER, Role.LEAD)
    request = _request(viewer, wanted.reference)
    period = [start_of(wanted.from_day), end_of(wanted.to_day)]
    found = _rows(
        "SELECT id, at, who, roles, agency, page, purpose, reference, items"
        " FROM fw.receipts(%s, %s, %s, %s, %s, %s, %s)",
        [request, *period, wanted.own_too, *_after(wanted.after), PAGE_LENGTH + 1],
    )
    passed = _rows(
        "SELECT at, reference, team, items FROM fw.passed_on(%s, %s, %s, %s)", [request, *period, MOST_PASSED_ON]
    )
    shown = found[:PAGE_LENGTH]
    items = _items(viewer, {key for row in [*shown, *passed] for key in row["items"]})
    return Receipts(
        rows=[_receipt(row, [items[key] for key in row["items"] if key in items]) for row in shown],
        passed_on=[
            PassedOn(row["at"], row["reference"], row["team"], [items[key] for key in row["items"] if key in items])
            for row in passed
        ],
        copies=_copies(viewer, {key for row in passed for key in row["items"]}, at=at),
        next=_next(found),
    )


def _copies(viewer: Viewer, keys: Iterable[uuid.UUID], *, at: datetime) -> list[SummaryItem]:
    """Return the frozen copies of the viewer's own items in released summaries, and record that they were read."""
    rows = list(SummaryItem.objects.visible_to(viewer).filter(item_id__in=list(keys)).order_by("occurred_on", "id"))
    if rows:
        record_reading("receipts", actor=viewer, at=at, item_ids=sorted({row.item_id for row in rows}))
    return rows


@dataclass(frozen=True)
class EnquiryReading:
    """One page view that showed records of an enquiry."""

    at: datetime
    who: str
    roles: str
    agency: str
    why: str
    reference: str
    items: int


@dataclass(frozen=True)
class EnquiryReadings:
    """A page of who read what of an enquiry, the latest first."""

    rows: list[EnquiryReading]
    next: Place | None


def readings_of_enquiry(viewer: Viewer, enquiry: Enquiry, *, after: Place | None) -> EnquiryReadings:
    """Return who read what of an enquiry, for its manager; one query.

    Raises:
        NotPermitted: the viewer is not the manager.
    """
    roles.require(viewer, Role.MANAGER)
    found = _rows(
        "SELECT id, at, who, roles, agency, page, purpose, reference, items FROM fw.readings_of(%s, %s, %s, %s)",
        [enquiry.pk, *_after(after), PAGE_LENGTH + 1],
    )
    rows = [
        EnquiryReading(
            row["at"],
            row["who"] or "An account that no longer exists",
            role_names(row["roles"]),
            row["agency"],
            why(row["page"], row["purpose"]),
            row["reference"],
            row["items"],
        )
        for row in found[:PAGE_LENGTH]
    ]
    return EnquiryReadings(rows, _next(found))


def _request(viewer: Viewer, reference: str) -> uuid.UUID | None:
    if not reference:
        return None
    rows = InformationRequest.objects.visible_to(viewer).filter(reference=reference_of(reference))
    key: uuid.UUID | None = rows.values_list("pk", flat=True).first()
    if key is None:
        raise NotVisible
    return key


def _items(viewer: Viewer, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, ItemRead]:
    """Return in the owner's own words which items they are, as far as the viewer sees them."""
    rows = Item.objects.visible_to(viewer).filter(pk__in=list(keys)).select_related("request")
    return {item.pk: ItemRead(item.request.reference, item.get_theme_display()) for item in rows}


def _receipt(row: dict[str, Any], items: list[ItemRead]) -> Receipt:
    return Receipt(
        at=row["at"],
        who=row["who"] or "An account that no longer exists",
        roles=role_names(row["roles"]),
        agency=row["agency"],
        why=why(row["page"], row["purpose"]),
        reference=row["reference"],
        items=items,
    )


def _after(place: Place | None) -> list[Value]:
    return [place.at, place.id] if place else [None, None]


def _next(rows: list[dict[str, Any]]) -> Place | None:
    if len(rows) <= PAGE_LENGTH:
        return None
    last = rows[PAGE_LENGTH - 1]
    return Place(last["at"], last["id"])


def _rows(statement: str, values: Sequence[Value]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
