"""Reads of items. There is no way to a text but through here, and each leaves a line in the read log."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count, islice

from django.db.models import QuerySet

import audit.actions as audit
from agencies.access.viewer import Viewer
from common.slices import LAST_PAGE
from contacts.models import Subject
from information_sharing import rules
from information_sharing.choices import DatePrecision, Handling
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
        enquiry_reference: on the page of what other agencies shared; empty where the viewer has the item alone.
        about: the person's name where the viewer may see it, else empty.
        when: the day in words, as sure as it is known.
        is_unconfirmed: taken down by telephone, not yet confirmed by its owner.
    """

    id: uuid.UUID
    version: int
    request_reference: str
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
    enquiry_reference: str = ""

    @property
    def is_dated(self) -> bool:
        """Say whether it is known when that was, be it only the year."""
        return self.occurred_on is not None and self.precision != DatePrecision.UNKNOWN

    @property
    def year(self) -> str:
        """The year in which it was, by its date and not by the words for it; empty where that is not known."""
        return str(self.occurred_on.year) if self.is_dated and self.occurred_on else ""

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
    number = min(max(page, 1), LAST_PAGE)
    first = (number - 1) * MOST_SHARED
    found = list(islice(_named_for(viewer), first, first + MOST_SHARED + 1))
    references = {item.pk: _enquiry_of(item) for item in found}
    shown = _read(viewer, found[:MOST_SHARED], at=at, page="shared")
    shown = [replace(item, enquiry_reference=references[item.id]) for item in shown]
    return SharedPage(shown, number, has_next=len(found) > MOST_SHARED)


def _named_for(viewer: Viewer) -> Iterator[Item]:
    """Yield the items that the viewer's agency was named for and may read, the last named first.

    Both walls ask of each naming what the agency has answered, so no more of them are looked at than a page needs.
    """
    named = ItemGrant.objects.filter(group_id=viewer.group_id).order_by("-named_at", "id")
    at_once = MOST_SHARED + 1
    for start in count(0, at_once):
        keys = list(named.values_list("content_object_id", flat=True)[start : start + at_once])
        rows = Item.objects.filter(pk__in=keys).exclude(agency_id=viewer.agency_id).visible_to(viewer).given()
        open_to_us = {item.pk: item for item in rows.select_related("agency").prefetch_related("enquiry")}
        yield from (open_to_us[key] for key in keys if key in open_to_us)
        if len(keys) < at_once:
            return


def _enquiry_of(item: Item) -> str:
    """Return the reference of an item's enquiry; empty where the viewer has the item alone, by its naming."""
    enquiry: Enquiry | None = item.enquiry
    return "" if enquiry is None else enquiry.reference


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
    found = _texts_at(ItemText.objects.visible_to(viewer), versions)
    _log(viewer, found, at=at, page=page, reference=enquiry.reference, enquiry=enquiry.pk)
    return found


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
    items = list(rows.select_related("agency"))
    seen = _read(
        viewer,
        items,
        at=at,
        page=page,
        reference=reference,
        enquiry=enquiry,
        purpose=purpose,
        opens_sealed=opens_sealed,
    )
    return sorted(
        seen, key=lambda item: (item.agency, item.about, item.theme, item.occurred_on or date.max, str(item.id))
    )


def _read(
    viewer: Viewer,
    items: list[Item],
    *,
    at: datetime,
    page: str,
    reference: str = "",
    enquiry: uuid.UUID | None = None,
    purpose: str = "",
    opens_sealed: bool = True,
) -> list[ItemSeen]:
    """Return items of which the agency was fetched, in their order, and write the line in the read log."""
    seen = _seen(viewer, items, opens_sealed=opens_sealed) if items else []
    read = [item.id for item in seen if opens_sealed or not item.is_sealed]
    _log(viewer, read, at=at, page=page, reference=reference, enquiry=enquiry, purpose=purpose)
    return seen


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


def _seen(viewer: Viewer, items: list[Item], *, opens_sealed: bool) -> list[ItemSeen]:
    """Return items as they are shown, each with its present text, the name it is about and the request it answers.

    Each of these is asked apart: whoever was named for an item does not see the request that it answers, and a join
    would lose both. In one statement, PostgreSQL would plan the policies of all of them for every row.
    """
    requests = InformationRequest.objects.visible_to(viewer).filter(pk__in={item.request_id for item in items})
    answers = dict(requests.values_list("pk", "reference"))
    people = Subject.objects.visible_to(viewer).filter(pk__in={item.subject_id for item in items if item.subject_id})
    about: dict[uuid.UUID | None, str] = {
        person.pk: person.name for person in people.only("given_name", "family_name", "is_unborn")
    }
    texts = _present_texts(viewer, items, opens_sealed=opens_sealed)
    return [
        _one(item, texts.get(item.pk, ""), answers.get(item.request_id, ""), about.get(item.subject_id, ""))
        for item in items
    ]


def _present_texts(viewer: Viewer, items: list[Item], *, opens_sealed: bool) -> dict[uuid.UUID, str]:
    """Return the text of each item that its own rule let through: a text has no other rule than its item's."""
    open_ones = {item.pk: item.version for item in items if item.handling != Handling.MANAGER_ONLY}
    sealed = {item.pk: item.version for item in items if item.handling == Handling.MANAGER_ONLY}
    found = _texts_at(ItemText.objects.all(), open_ones) if open_ones else {}
    if opens_sealed and sealed:
        found |= _texts_at(SealedText.objects.visible_to(viewer), sealed)
    return found


def _texts_at(
    rows: QuerySet[ItemText] | QuerySet[SealedText], versions: Mapping[uuid.UUID, int]
) -> dict[uuid.UUID, str]:
    """Return the text of each item as it stood in a version of the item."""
    found: dict[uuid.UUID, tuple[int, str]] = {}
    for item_id, version, text in rows.filter(item_id__in=versions).values_list("item_id", "version", "text"):
        if found.get(item_id, (0, ""))[0] < version <= versions[item_id]:
            found[item_id] = (version, text)
    return {item_id: text for item_id, (_version, text) in found.items()}


def _one(item: Item, text: str, answers: str, about: str) -> ItemSeen:
    """Return an item as it is shown."""
    return ItemSeen(
        id=item.pk,
        version=item.version,
        request_reference=answers,
        agency_id=item.agency_id,
        agency=item.agency.name,
        subject_id=item.subject_id,
        about=about,
        theme=item.theme,
        theme_label=item.get_theme_display(),
        occurred_on=item.occurred_on,
        precision=item.precision,
        when=rules.words_for_day(item.occurred_on, item.precision),
        source=item.source,
        handling=item.handling,
        handling_label=item.get_handling_display(),
        text=text,
        needed_at_night=item.needed_at_night,
        is_unconfirmed=item.is_unconfirmed,
        given_at=item.given_at,
        withdrawn_at=item.withdrawn_at,
    )
