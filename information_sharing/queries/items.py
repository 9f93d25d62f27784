"""Reads of items. There is no way to a text but through here, and each leaves a line in the read log."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

import audit.actions as audit
from agencies.access.viewer import Viewer
from common.slices import slice_of
from contacts.models import Subject
from information_sharing import rules
from information_sharing.choices import Handling
from information_sharing.grants import ItemGrant
from information_sharing.models import InformationRequest, Item, ItemText, SealedText
from screening.models import Enquiry

MOST_SHARED = 50
"""So many items that others named an agency for stand on one page."""


@dataclass(frozen=True)
class ItemSeen:
    """An item as it was shown: this version of this text.

    Attributes:
        request_reference: empty where the viewer does not see the request that it answers.
        about: the person's name where the viewer may see it, else empty.
        when: the day in words, as sure as it is known.
        is_unconfirmed: taken down by telephone, not yet confirmed by its owner.
    """

    id: uuid.UUID
    version: int
    request_reference: str
    enquiry_reference: str
    agency_id: uuid.UUID
    agency: str
    subject_id: uuid.UUID | None
    about: str
    theme: str
    theme_label: str
    occurred_on: date | None
    precision: str
    when: str
    source: str
    handling: str
    handling_label: str
    text: str
    needed_at_night: bool
    is_unconfirmed: bool
    given_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def is_sealed(self) -> bool:
        """Say whether it is for the manager alone."""
        return self.handling == Handling.MANAGER_ONLY

    @property
    def may_go_out(self) -> bool:
        """Say whether its owner cleared it for a release; what waits for confirmation stays inside."""
        return self.handling == Handling.ONWARD and not self.is_unconfirmed


def items_of_enquiry(viewer: Viewer, enquiry: Enquiry, *, at: datetime, page: str) -> list[ItemSeen]:
    """Return what agencies said on an enquiry, as far as the viewer may see it, and record the reading.

    Sealed items are never among them; they have a page of their own.
    """
    rows = Item.objects.filter(enquiry_id=enquiry.pk).visible_to(viewer).given()
    return read_items(
        viewer,
        rows.exclude(handling=Handling.MANAGER_ONLY),
        at=at,
        page=page,
        reference=enquiry.reference,
        enquiry=enquiry.pk,
    )


def items_for_decision(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[ItemSeen]:
    """Return the items and versions that lie before whoever analyses, decides or releases; the reading is recorded."""
    return items_of_enquiry(viewer, enquiry, at=at, page="decision")


def items_of_request(viewer: Viewer, request: InformationRequest, *, at: datetime) -> list[ItemSeen]:
    """Return the items of one request for its page: to its own agency also those that it took back or sealed."""
    rows = Item.objects.filter(request_id=request.pk).visible_to(viewer)
    if viewer.agency_id != request.agency_id or viewer.group_id is None:
        rows = rows.given().exclude(handling=Handling.MANAGER_ONLY)
    return read_items(viewer, rows, at=at, page="request", reference=request.reference, enquiry=request.enquiry_id)


@dataclass(frozen=True)
class SharedPage:
    """One page of what other agencies named this one for, the latest first; nobody counts the rest."""

    items: list[ItemSeen]
    number: int = 1
    has_next: bool = False

    @property
    def has_previous(self) -> bool:
        """Say whether there is an earlier page."""
        return self.number > 1


def shared_items(viewer: Viewer, *, page: int, at: datetime) -> SharedPage:
    """Return a page of what other agencies named this one for, and record the reading of what stands on it."""
    if viewer.group_id is None:
        return SharedPage([])
    named = ItemGrant.objects.filter(group_id=viewer.group_id).values("content_object_id")
    rows = Item.objects.filter(pk__in=named).exclude(agency_id=viewer.agency_id).visible_to(viewer).given()
    found = slice_of(rows.order_by("-given_at", "id"), page, MOST_SHARED)
    here = Item.objects.filter(pk__in=[one.pk for one in found.object_list]).visible_to(viewer)
    seen = {one.id: one for one in read_items(viewer, here, at=at, page="shared")}
    latest_first = [seen[one.pk] for one in found.object_list if one.pk in seen]
    return SharedPage(latest_first, found.number, found.has_next)


def get_item_text(viewer: Viewer, item: Item, *, at: datetime) -> ItemSeen:
    """Return one item with its text for the page on which its owner changes it, and record the reading."""
    rows = Item.objects.filter(pk=item.pk).visible_to(viewer)
    return read_items(viewer, rows, at=at, page="item", reference=item.request.reference, enquiry=item.enquiry_id)[0]


def text_of(
    viewer: Viewer, versions: Mapping[uuid.UUID, int], *, at: datetime, page: str, enquiry: Enquiry
) -> dict[uuid.UUID, str]:
    """Return texts as they stood in given versions, of the items that the viewer may see, and record the reading.

    What is sealed is never among them; it has a page of its own.

    Args:
        versions: item to the version that was seen, picked or considered.
    """
    found: dict[uuid.UUID, tuple[int, str]] = {}
    for row in ItemText.objects.visible_to(viewer).filter(item_id__in=versions):
        if found.get(row.item_id, (0, ""))[0] < row.version <= versions[row.item_id]:
            found[row.item_id] = (row.version, row.text)
    _log(viewer, found, at=at, page=page, reference=enquiry.reference, enquiry=enquiry.pk)
    return {item_id: text for item_id, (_version, text) in found.items()}


def read_items(
    viewer: Viewer,
    rows: QuerySet[Item],
    *,
    at: datetime,
    page: str,
    reference: str = "",
    enquiry: uuid.UUID | None = None,
    purpose: str = "",
    opens_sealed: bool = True,
) -> list[ItemSeen]:
    """Return items with their present texts and write the line in the read log; a failure there shows nothing.

    Args:
        opens_sealed: whether the page shows what is sealed; where not, a sealed item comes without its text and is not
            logged as read.
    """
    items = list(_with_texts(viewer, rows.select_related("agency", "enquiry"), opens_sealed=opens_sealed))
    seen = [_one(item) for item in items]
    read = [item.id for item in seen if opens_sealed or not item.is_sealed]
    _log(viewer, read, at=at, page=page, reference=reference, enquiry=enquiry, purpose=purpose)
    return sorted(
        seen, key=lambda item: (item.agency, item.about, item.theme, item.occurred_on or date.max, str(item.id))
    )


def _log(
    viewer: Viewer,
    ids: Iterable[uuid.UUID],
    *,
    at: datetime,
    page: str,
    reference: str,
    enquiry: uuid.UUID | None,
    purpose: str = "",
) -> None:
    item_ids = list(ids)
    if item_ids or purpose:
        purpose = purpose or viewer.case_access.why(enquiry)
        audit.record_reading(
            page, actor=viewer, at=at, item_ids=item_ids, reference=reference, enquiry_id=enquiry, purpose=purpose
        )


def _with_texts(viewer: Viewer, rows: QuerySet[Item], *, opens_sealed: bool) -> QuerySet[Item]:
    """Let each item bring its present text, the name it is about and the request it answers, each by its own rule.

    Not a join: whoever was named for an item does not see the request that it answers, and a join would lose both.
    """
    requests = InformationRequest.objects.visible_to(viewer).filter(pk=OuterRef("request_id"))
    people = Subject.objects.visible_to(viewer).filter(pk=OuterRef("subject_id")).order_by()
    person = JSONObject(given_name="given_name", family_name="family_name", is_unborn="is_unborn")
    return rows.annotate(
        open_text=_latest(ItemText, viewer),
        sealed_text=_latest(SealedText, viewer) if opens_sealed else Value(""),
        answers=Subquery(requests.values("reference")[:1]),
        person=Subquery(people.values_list(person)[:1]),
    )


def _latest(table: type[ItemText] | type[SealedText], viewer: Viewer) -> Subquery:
    rows = table.objects.visible_to(viewer).filter(item_id=OuterRef("pk"))
    return Subquery(rows.order_by("-version").values("text")[:1])


def _one(item: Any) -> ItemSeen:
    """Return an item that `_with_texts` fetched as it is shown."""
    text = item.sealed_text if item.handling == Handling.MANAGER_ONLY else item.open_text
    return ItemSeen(
        id=item.pk,
        version=item.version,
        request_reference=item.answers or "",
        enquiry_reference=item.enquiry.reference,
        agency_id=item.agency_id,
        agency=item.agency.name,
        subject_id=item.subject_id,
        about=Subject(**item.person).name if item.person else "",
        theme=item.theme,
        theme_label=item.get_theme_display(),
        occurred_on=item.occurred_on,
        precision=item.precision,
        when=rules.words_for_day(item.occurred_on, item.precision),
        source=item.source,
        handling=item.handling,
        handling_label=item.get_handling_display(),
        text=text or "",
        needed_at_night=item.needed_at_night,
        is_unconfirmed=item.is_unconfirmed,
        given_at=item.given_at,
        withdrawn_at=item.withdrawn_at,
    )
