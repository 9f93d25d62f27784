"""Confidential information: deposited beside the answer, read by its author, those named, and the manager."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import connection, transaction

import audit.actions as audit
from agencies.access import roles, transitions
from agencies.access.roles import ASKED
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken
from common.moments import london_day
from information_sharing.actions.answering import tell_managers
from information_sharing.actions.instructions import agree_at_deposit
from information_sharing.actions.writing import NewItem, check_item, write_item
from information_sharing.choices import Handling, RequestState
from information_sharing.models import InformationRequest, Item, ItemText, SealedReader, SealedText


@transaction.atomic
def deposit_sealed(request: InformationRequest, new: NewItem, *, viewer: Viewer, at: datetime) -> Item:
    """Deposit something for the MASH manager alone, before or after the answer.

    It moves neither the request nor its clocks and makes no event on them, so that nobody else can tell.

    Raises:
        NotPermitted: the viewer is not of the agency that was asked.
        MoveNotAllowed: the request was withdrawn.
        RuleBroken: the text is empty, or it is meant for others too.
    """
    if new.handling != Handling.MANAGER_ONLY:
        raise RuleBroken("Only what nobody but the MASH manager may read goes here.", field="handling")
    if ASKED not in transitions.roles_on(request, viewer):
        raise NotPermitted("Only the agency that was asked submits information here.")
    locked = transitions.lock(request, viewer=viewer)
    if locked.state == RequestState.WITHDRAWN:
        raise MoveNotAllowed(f"{locked} was withdrawn. Ring the hub if somebody must know this now.")
    check_item(new, locked, at=at)
    item = write_item(new, locked, viewer=viewer, at=at)
    record_sealed("item.sealed", item, viewer=viewer, at=at)
    if new.door_words.strip():
        agree_at_deposit(item, new.door_words, viewer=viewer, at=at)
    tell_managers(locked, at=at)
    return item


def record_sealed(verb: str, item: Item, *, viewer: Viewer, at: datetime) -> None:
    """Write an event about a sealed item where no page of the request or the enquiry looks for events."""
    audit.record(verb, actor=viewer, at=at, record_type="information_sharing.item", record_id=item.pk)


def seal_texts(item: Item, *, viewer: Viewer) -> None:
    """Copy every clear version of an item's text into the encrypted table; the database then takes the clear ones."""
    for text in ItemText.objects.filter(item=item).order_by("version"):
        sealed = SealedText(
            item=item,
            version=text.version,
            text=text.text,
            written_at=text.written_at,
            written_by_id=text.written_by_id,
        )
        sealed.save(force_insert=True)


@transaction.atomic
def name_reader(request: InformationRequest, membership_id: uuid.UUID, *, viewer: Viewer, at: datetime) -> SealedReader:
    """Let the agency's lead name somebody of the agency who may read what it seals on a request, if it seals anything.

    Raises:
        NotPermitted: the viewer is not a lead of the agency.
        NotVisible: the membership is not one of the agency's researchers or leads.
        RuleBroken: a lead names themself, or the person was named before.
    """
    roles.require(viewer, Role.LEAD)
    if ASKED not in transitions.roles_on(request, viewer):
        raise NotPermitted("Only the lead of the agency that was asked names readers.")
    locked = transitions.lock(request, viewer=viewer)
    if membership_id == viewer.membership_id:
        raise RuleBroken("You cannot name yourself. Ask another lead of your agency.", field="membership")
    holders = Membership.objects.in_force(london_day(at)).holding(Role.RESEARCHER, Role.LEAD)
    if not holders.filter(pk=membership_id, agency_id=locked.agency_id).exists():
        raise NotVisible
    if SealedReader.objects.filter(request=locked, membership_id=membership_id, ended_at__isnull=True).exists():
        raise RuleBroken("This person was named before.", field="membership")
    reader = SealedReader(request=locked, membership_id=membership_id, named_at=at, named_by_id=viewer.member)
    reader.save(force_insert=True)
    _record_reader("sealed_reader.named", reader, locked, viewer=viewer, at=at)
    return reader


@transaction.atomic
def end_reader(request: InformationRequest, membership_id: uuid.UUID, *, viewer: Viewer, at: datetime) -> None:
    """End what a lead of the agency gave: from then on the reader reads only what they submitted confidentially.

    The row stays; the database alone ends it, and both walls are then as if it were not there.

    Raises:
        NotPermitted: the viewer is not a lead of the agency.
        NotVisible: nobody is named there in that membership.
    """
    roles.require(viewer, Role.LEAD)
    if ASKED not in transitions.roles_on(request, viewer):
        raise NotPermitted("Only the lead of the agency that was asked ends what readers may.")
    locked = transitions.lock(request, viewer=viewer)
    rows = SealedReader.objects.visible_to(viewer)
    reader = rows.filter(request=locked, membership_id=membership_id, ended_at__isnull=True).first()
    if reader is None or not _ended(reader, at=at):
        raise NotVisible
    _record_reader("sealed_reader.ended", reader, locked, viewer=viewer, at=at)


def _ended(reader: SealedReader, *, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.end_sealed_reader(%s, %s)", [reader.pk, at])
        return bool(cursor.fetchone()[0])


def _record_reader(
    verb: str, reader: SealedReader, request: InformationRequest, *, viewer: Viewer, at: datetime
) -> None:
    audit.record(
        verb,
        actor=viewer,
        at=at,
        record_type="information_sharing.sealedreader",
        record_id=reader.pk,
        reference=request.reference,
    )
