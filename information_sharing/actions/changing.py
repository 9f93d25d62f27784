"""The owner changes an item: its text, how far it may be shared, who is named for it, or takes it back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

import audit.actions as audit
from agencies.access import transitions
from agencies.access.roles import ASKED
from agencies.access.viewer import Viewer
from common.errors import MoveNotAllowed, NotPermitted, RuleBroken
from information_sharing.actions.answering import tell_managers, tell_of_answer
from information_sharing.actions.sealing import record_sealed, seal_texts
from information_sharing.actions.writing import NewItem, check_item, name_agencies_for, refresh_kind, write_text
from information_sharing.choices import DatePrecision, Handling, RequestState
from information_sharing.models import Answer, Item


@dataclass(frozen=True)
class Revision:
    """An item as its owner wants it from now on; whole, not only what changes."""

    text: str
    handling: str
    theme: str
    subject_id: uuid.UUID | None = None
    occurred_on: date | None = None
    precision: str = DatePrecision.DAY
    source: str = ""
    needed_at_night: bool = False
    named: Sequence[uuid.UUID] = ()


@transaction.atomic
def revise_item(item: Item, revision: Revision, *, viewer: Viewer, at: datetime, version: int | None = None) -> Item:
    """Write a new version of an item. Frozen copies elsewhere stay as they were.

    Raises:
        NotPermitted: the viewer is not of the agency that owns it.
        NotVisible: the viewer may not see it any more, or it is about somebody who is not in the request.
        MoveNotAllowed: it was withdrawn.
        StaleRecord: somebody changed it since.
        RuleBroken: it is not complete, or waits for the agency's word first.
    """
    owned = _own(item, viewer)
    check_item(NewItem(**vars(revision)), owned.request, at=at)
    if revision.handling != owned.handling:
        _refuse_before_confirmation(owned)
    was_sealed = owned.handling == Handling.MANAGER_ONLY
    is_sealed = revision.handling == Handling.MANAGER_ONLY
    if was_sealed and not is_sealed:
        _refuse_before_answer(owned)
    if is_sealed and not was_sealed:
        seal_texts(owned, viewer=viewer)
    saved = transitions.save_versioned(
        owned,
        viewer=viewer,
        version=version,
        **_columns(revision, owned, viewer, newly_sealed=is_sealed and not was_sealed),
    )
    write_text(saved, revision.text, viewer=viewer, at=at)
    name_agencies_for(saved, revision.named, at=at)
    refresh_kind(saved.request)
    _tell("item.changed", saved, sealed=is_sealed or was_sealed, viewer=viewer, at=at)
    if is_sealed:
        tell_managers(saved.request, at=at)
    elif was_sealed:
        tell_of_answer(saved.request, at=at)
    return saved


def _columns(revision: Revision, item: Item, viewer: Viewer, *, newly_sealed: bool) -> dict[str, object]:
    day_known = revision.occurred_on is not None and revision.precision != DatePrecision.UNKNOWN
    columns: dict[str, object] = {
        "handling": revision.handling,
        "theme": revision.theme,
        "subject_id": revision.subject_id,
        "occurred_on": revision.occurred_on if day_known else None,
        "precision": revision.precision
        if day_known or revision.precision == DatePrecision.UNKNOWN
        else DatePrecision.DAY,
        "source": revision.source.strip(),
        "needed_at_night": revision.needed_at_night,
    }
    if newly_sealed:  # Whoever seals it is its author from now on: it must not vanish from its own agency.
        columns |= {"author_id": viewer.member, "is_spoken": False}
    return columns


@transaction.atomic
def withdraw_item(item: Item, *, viewer: Viewer, at: datetime, version: int | None = None) -> Item:
    """Take an item back: from now on only its owner sees it; what was passed on before is passed on.

    Raises:
        NotPermitted: the viewer is not of the agency that owns it.
        MoveNotAllowed: it was withdrawn before.
        StaleRecord: somebody changed it since.
    """
    owned = _own(item, viewer)
    saved = transitions.save_versioned(owned, viewer=viewer, version=version, withdrawn_at=at)
    name_agencies_for(saved, (), at=at)
    refresh_kind(saved.request)
    _tell("item.withdrawn", saved, sealed=saved.handling == Handling.MANAGER_ONLY, viewer=viewer, at=at)
    return saved


def _own(item: Item, viewer: Viewer) -> Item:
    if ASKED not in transitions.roles_on(item, viewer):
        raise NotPermitted("Only the agency that gave this changes it.")
    locked = transitions.lock(item, viewer=viewer)
    if locked.withdrawn_at is not None:
        raise MoveNotAllowed("This item was withdrawn before. Add it again as new information if it should stand.")
    return locked


def _refuse_before_confirmation(item: Item) -> None:
    waiting = Answer.objects.filter(request_id=item.request_id, is_spoken=True, confirmed_at__isnull=True)
    if item.is_spoken and waiting.exists():
        raise RuleBroken(
            "This was recorded over the telephone. Confirm the answer first; until then it stays inside the hub.",
            field="handling",
        )


def _refuse_before_answer(item: Item) -> None:
    if item.request.state != RequestState.ANSWERED:
        raise RuleBroken("Answer the request first; then this can be opened to the hub.", field="handling")


def _tell(verb: str, item: Item, *, sealed: bool, viewer: Viewer, at: datetime) -> None:
    if sealed:
        record_sealed(verb, item, viewer=viewer, at=at)
        return
    audit.record(
        verb,
        actor=viewer,
        at=at,
        record_type="information_sharing.item",
        record_id=item.pk,
        reference=item.request.reference,
        enquiry_id=item.enquiry_id,
        details={"handling": item.handling},
    )
    tell_of_answer(item.request, at=at)
