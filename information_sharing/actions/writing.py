"""How an item comes to stand: its row, its text or sealed text, the agencies that its owner names for it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import Permission

from agencies.access.viewer import Viewer
from agencies.models import Agency
from common.errors import NotVisible, RuleBroken
from common.moments import london_day
from information_sharing import rules
from information_sharing.choices import AnswerKind, DatePrecision, Handling, Theme
from information_sharing.grants import ItemGrant
from information_sharing.models import Answer, InformationRequest, Item, ItemText, RequestSubject, SealedText

LONGEST = 20_000
"""Characters that one item may have."""


@dataclass(frozen=True)
class NewItem:
    """One piece of information as its owner gives it.

    Attributes:
        subject_id: the child or adult it is about, one of those in the request; None: nobody in particular.
        occurred_on: a day in London; with `precision` as sure as it is known.
        named: core agencies that may read it too, once they have answered about the same child.
        door_words: of a confidential item, what whoever knocks on the door is to read; its owner agrees it thereby.
    """

    text: str
    handling: str
    subject_id: uuid.UUID | None = None
    theme: str = Theme.OTHER
    occurred_on: date | None = None
    precision: str = DatePrecision.DAY
    source: str = ""
    needed_at_night: bool = False
    named: Sequence[uuid.UUID] = ()
    door_words: str = ""


def check_item(new: NewItem, request: InformationRequest, *, at: datetime) -> None:
    """Refuse an item that says nothing, contradicts itself or is about somebody else.

    Raises:
        RuleBroken: the sentence says what to change.
        NotVisible: the person is not one of those in the request.
    """
    if not new.text.strip():
        raise RuleBroken("Write what you know, or take the empty item away.", field="text")
    if len(new.text) > LONGEST:
        raise RuleBroken(f"One item can have {LONGEST:,} characters. Split it into several.", field="text")
    if new.handling not in Handling.values:
        raise RuleBroken("Choose how far this may be shared.", field="handling")
    if new.occurred_on is not None and new.occurred_on > london_day(at):
        raise RuleBroken("The date lies in the future. Give the day on which it happened.", field="occurred_on")
    if new.handling == Handling.MANAGER_ONLY and (new.needed_at_night or new.named):
        raise RuleBroken(
            "What only the MASH manager may read cannot be opened at night or to another agency. Choose one of them.",
            field="handling",
        )
    if new.subject_id is not None and not _asked_about(request, new.subject_id):
        raise NotVisible


def _asked_about(request: InformationRequest, subject_id: uuid.UUID) -> bool:
    return RequestSubject.objects.filter(request=request, subject_id=subject_id).exists()


def write_item(
    new: NewItem, request: InformationRequest, *, viewer: Viewer, at: datetime, is_spoken: bool = False
) -> Item:
    """Write one checked item: what is for the manager alone goes into its own, encrypted table."""
    day_known = new.occurred_on is not None and new.precision != DatePrecision.UNKNOWN
    item = Item(
        request=request,
        enquiry_id=request.enquiry_id,
        agency_id=request.agency_id,
        subject_id=new.subject_id,
        handling=new.handling,
        theme=new.theme or Theme.OTHER,
        occurred_on=new.occurred_on if day_known else None,
        precision=new.precision if day_known or new.precision == DatePrecision.UNKNOWN else DatePrecision.DAY,
        source=new.source.strip(),
        needed_at_night=new.needed_at_night,
        author_id=viewer.member,
        is_spoken=is_spoken,
        given_at=at,
    )
    item.save(force_insert=True)
    write_text(item, new.text, viewer=viewer, at=at)
    name_agencies_for(item, new.named, at=at)
    return item


def write_text(item: Item, text: str, *, viewer: Viewer, at: datetime) -> None:
    """Write a text as the item's present version; earlier versions stay."""
    table = SealedText if item.handling == Handling.MANAGER_ONLY else ItemText
    row = table(item=item, version=item.version, text=text.strip(), written_at=at, written_by_id=viewer.member)
    row.save(force_insert=True)


def name_agencies_for(item: Item, agency_ids: Sequence[uuid.UUID], *, at: datetime) -> None:
    """Make the grants of an item exactly these core agencies; the owner itself needs none.

    Raises:
        NotVisible: one of them is no other core agency of this hub.
    """
    wanted = set(agency_ids) - {item.agency_id}
    core = Agency.objects.filter(pk__in=wanted, is_core=True, is_active=True)
    groups = {agency.pk: agency.group_id for agency in core}
    if wanted != groups.keys():
        raise NotVisible
    held = set(ItemGrant.objects.filter(content_object=item).values_list("group_id", flat=True))
    permission = named_permission()
    for group_id in sorted(set(groups.values()) - held):
        ItemGrant(permission=permission, group_id=group_id, content_object=item, named_at=at).save(force_insert=True)
    ItemGrant.objects.filter(content_object=item, group_id__in=held - set(groups.values())).delete()


def named_permission() -> Permission:
    """Return the one permission of the items' grant table."""
    return Permission.objects.get(
        content_type__app_label="information_sharing", content_type__model="item", codename="named_for_item"
    )


def refresh_kind(request: InformationRequest) -> None:
    """Let the answer say what its items now make of it; what is sealed never counts."""
    answer = Answer.objects.filter(request=request).first()
    if answer is None:
        return
    handlings = Item.objects.given().filter(request=request).values_list("handling", flat=True)
    kind = rules.kind_of_answer(handlings)
    if kind == answer.kind or (answer.withheld_reason and kind == AnswerKind.NOTHING_TO_SHARE):
        return
    answer.kind = kind
    answer.withheld_reason = ""
    answer.save(update_fields=["kind", "withheld_reason"])
