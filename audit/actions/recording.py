"""Writing evidence. Takes plain values: what it is about is the caller's knowledge."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from audit.models import Event, Reading, Refusal


class ActorLike(Protocol):
    """Whoever acts: a viewer of `agencies.access`, seen from below."""

    @property
    def user_id(self) -> uuid.UUID | None:
        """The account, None for the system."""

    @property
    def membership_id(self) -> uuid.UUID | None:
        """The membership at work; the system's own viewers have fixed ones."""

    @property
    def agency_id(self) -> uuid.UUID | None:
        """The agency of the membership."""

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the membership."""

    @property
    def request_id(self) -> str:
        """The request at hand; all evidence of one request carries it."""


def _who(actor: ActorLike) -> dict[str, object]:
    return {
        "user_id": actor.user_id,
        "membership_id": actor.membership_id,
        "agency_id": actor.agency_id,
        "roles": sorted(actor.roles),
        "request_id": actor.request_id,
    }


def record(
    verb: str,
    *,
    actor: ActorLike,
    at: datetime,
    record_type: str,
    record_id: uuid.UUID | None,
    reference: str = "",
    enquiry_id: uuid.UUID | None = None,
    details: Mapping[str, str | int | bool | None] | None = None,
) -> None:
    """Write one event in the transaction of the action.

    Args:
        verb: noun and past tense, such as `contact.closed`.
        at: the moment of the action, aware.
        enquiry_id: the MASH enquiry whose activity shows the event.
        details: codes, counts and references only; never a name, an address or a reason.
    """
    Event(
        **_who(actor),
        at=at,
        verb=verb,
        record_type=record_type,
        record_id=record_id,
        reference=reference,
        enquiry_id=enquiry_id,
        details=dict(details or {}),
    ).save(force_insert=True)


def record_reading(
    page: str,
    *,
    actor: ActorLike,
    at: datetime,
    item_ids: Iterable[uuid.UUID],
    reference: str = "",
    enquiry_id: uuid.UUID | None = None,
    purpose: str = "",
) -> None:
    """Write that a person was shown guarded content. A failure here fails the page: no log, no sight.

    Args:
        page: which kind of page, such as `summary`; the page of who read what words it.
        item_ids: keys of the rows that were shown: items, contacts or notices, as the page has them.
        purpose: what the reader gave as their reason, where the page asks for one.
    """
    Reading(
        **_who(actor),
        at=at,
        page=page,
        item_ids=sorted(set(item_ids)),
        reference=reference,
        enquiry_id=enquiry_id,
        purpose=purpose,
    ).save(force_insert=True)


def record_refusal(*, actor: ActorLike, at: datetime, method: str, route: str, reference: str, status: int) -> None:
    """Write a refused try; the caller opens a transaction of its own for it."""
    Refusal(**_who(actor), at=at, method=method[:8], route=route[:96], reference=reference[:64], status=status).save(
        force_insert=True
    )
