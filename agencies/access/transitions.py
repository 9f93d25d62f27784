"""The one function that moves a record from state to state."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from agencies.access import firewall
from agencies.access.viewer import Viewer
from audit.actions import record as record_event
from audit.queries import last_event
from common.errors import Change, MoveNotAllowed, NotPermitted, NotVisible, StaleRecord
from common.transition import StateTable, Transition

R = TypeVar("R", bound=models.Model)


@dataclass(frozen=True)
class Move:
    """A move that the state table and the role allow now: what a page draws as a button."""

    event: str
    label: str


def roles_on(record: models.Model, viewer: Viewer) -> frozenset[str]:
    """Return the viewer's roles, with those that follow from this very record, such as being its social worker.

    Whoever has emergency access to its enquiry reads, in whatever role, and changes nothing: the database holds to that
    too, and pages must not offer what it refuses.
    """
    relation = getattr(record, "roles_of", None)
    own: frozenset[str] = relation(viewer) if relation else frozenset()
    looks_in = getattr(record, "enquiry_id", record.pk) in viewer.case_access.emergency_access
    return own if looks_in else viewer.roles | own


def moves(record: models.Model, table: StateTable, viewer: Viewer) -> list[Move]:
    """Return the moves that are open to the viewer now, in the order of the table."""
    held = roles_on(record, viewer)
    state = _state(record)
    return [Move(event, row.label) for event, row in table.items() if state in row.sources and held & row.roles]


def last_change(record: models.Model) -> Change | None:
    """Return who changed a record last and what they did, from the evidence."""
    event = last_event(record._meta.label_lower, record.pk)
    return Change(who=event.who or "The system", when=event.at, what=in_words(event.verb)) if event else None


IN_WORDS = {
    "glass.broken": "emergency access used",
    "glass.not_broken": "emergency access refused",
    "glass.reviewed": "emergency access reviewed",
    "hub.glass_limited": "limit of emergency access set",
    "item.sealed": "confidential item submitted",
    "letter.sent": "letter posted",
    "request.heard": "request: first response given",
}
"""Events whose names are not what the pages call them."""


def in_words(verb: str) -> str:
    """Return an event's verb as words: `contact.sent_to_panel` reads "contact sent to panel"."""
    return IN_WORDS.get(verb) or verb.replace(".", " ").replace("_", " ")


def lock(record: R, *, viewer: Viewer, version: int | None = None) -> R:
    """Return the record as it stands now, locked until the end of the transaction.

    Args:
        version: the version that the person had before them; None where the action does not depend on it.

    Raises:
        NotVisible: the viewer may not see it any more.
        StaleRecord: somebody saved it since.
    """
    model = type(record)
    rows = model._default_manager.select_for_update(of=("self",)).filter(firewall.rule_for(model)(viewer))
    locked = rows.filter(pk=record.pk).first()
    if locked is None:
        raise NotVisible
    _check_version(locked, version)
    return locked


@transaction.atomic
def apply(
    record: R,
    event: str,
    *,
    table: StateTable,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
    enquiry_id: uuid.UUID | None = None,
    details: Mapping[str, str | int | bool | None] | None = None,
    **fields: Any,
) -> R:
    """Make one move: lock, check role and state, write the row and its event.

    Args:
        event: the row of the state table, such as `contact.closed`.
        version: the version that the person saw, if their input depends on it.
        fields: columns that the move sets.

    Returns:
        The record as saved; the one passed in carries the same values.

    Raises:
        NotPermitted: the viewer's role does not make this move.
        NotVisible: the viewer may not see the record.
        MoveNotAllowed: the record's state does not allow the move.
        StaleRecord: somebody saved it since the viewer opened it.
    """
    row = table[event]
    _check_role(record, row, viewer)
    locked = lock(record, viewer=viewer)
    _check_role(locked, row, viewer)  # Who is its social worker, say, may have changed since.
    _check_state(locked, row)
    _check_version(locked, version)
    _write(locked, row, fields)
    record_event(
        event,
        actor=viewer,
        at=at,
        record_type=locked._meta.label_lower,
        record_id=locked.pk,
        reference=getattr(locked, "reference", ""),
        enquiry_id=enquiry_id if enquiry_id is not None else getattr(locked, "enquiry_id", None),
        details=details,
    )
    _mirror(record, locked, row, fields)
    return locked


def _state(record: Any) -> str:
    return str(record.state)


def require_move(record: models.Model, table: StateTable, event: str, viewer: Viewer) -> None:
    """Let a form be shown only to those who may send it, whatever state the record is in.

    Raises:
        NotPermitted: no role of the viewer, on this record, may.
    """
    _check_role(record, table[event], viewer)


def _check_role(record: models.Model, row: Transition, viewer: Viewer) -> None:
    if not roles_on(record, viewer) & row.roles:
        raise NotPermitted("Your role cannot do this. Choose another membership if you hold the role too.")


def _check_state(record: models.Model, row: Transition) -> None:
    if _state(record) in row.sources:
        return
    field = record._meta.get_field("state")
    label = str(dict(field.flatchoices).get(_state(record), _state(record)))  # type: ignore[union-attr]
    instead = f"{row.instead} " if row.instead else ""
    raise MoveNotAllowed(
        f"This cannot be done now: {record} has the status “{label[:1].lower()}{label[1:]}”. {instead}"
        "Nothing was changed; what you typed is below.",
        change=last_change(record),
    )


def _check_version(record: Any, version: int | None) -> None:
    if version is None or record.version == version:
        return
    change = last_change(record)
    who = f"{change.who} saved it before you" if change else "Somebody saved it before you"
    raise StaleRecord(f"Your change was not saved. {who}: look at what changed, then send yours again.", change=change)


def _changed(row: Transition, fields: Mapping[str, Any]) -> list[str]:
    return [*fields, *([] if row.target is None else ["state"]), "version"]


def _write(record: Any, row: Transition, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(record, name, value)
    if row.target is not None:
        record.state = row.target
    record.version += 1
    record.save(update_fields=_changed(row, fields))


def _mirror(record: models.Model, saved: models.Model, row: Transition, fields: Mapping[str, Any]) -> None:
    for name in _changed(row, fields):
        setattr(record, name, getattr(saved, name))


@transaction.atomic
def save_versioned(record: R, *, viewer: Viewer, version: int | None, **fields: Any) -> R:
    """Write columns of a mutable record that make no move: same lock, same version rule, no event of its own.

    Raises:
        NotVisible: the viewer may not see it.
        StaleRecord: somebody saved it since the viewer opened it.
    """
    locked = lock(record, viewer=viewer, version=version)
    row = Transition(sources=frozenset(), target=None, roles=frozenset())
    _write(locked, row, fields)
    _mirror(record, locked, row, fields)
    return locked
