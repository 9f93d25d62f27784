"""Reads of what did not arrive about one contact or enquiry."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agencies.access.viewer import Viewer
from agencies.access.ways import open_paths
from common.errors import NotVisible
from common.pages import path_of
from common.work import People
from contacts.models import Contact
from contacts.queries import lines_about
from decisions.models import Undelivered

WHAT: Mapping[str, str] = {
    "receipt": "The receipt: that what they told us has arrived",
    "feedback": "The word back: what became of what they told us",
    "deadline": "That something is overdue",
    "contact": "That a contact has arrived",
    "protection": "That a child must be protected now, or how that stands",
    "request": "That their agency is asked, or how a request stands",
    "handover": "That something was handed over, or how it stands",
    "summary": "That a MASH summary waits, or how it stands",
    "correction": "That something they had been told was wrong",
    "enquiry": "That a MASH enquiry needs them, or has changed",
    "decision": "That the MASH enquiry is decided",
    "screening": "That a screening waits for them",
}
"""What was to be told, by the first word of the message's kind; nothing of its text."""


@dataclass(frozen=True)
class Message:
    """One message that did not arrive, in words.

    Attributes:
        to: whom it was for: a colleague by name and agency, or somebody without an account as what they are.
    """

    row: Undelivered
    what: str
    to: str


@dataclass(frozen=True)
class UndeliveredPage:
    """All of one case, open first.

    Attributes:
        about: whom the case is about, as far as the viewer sees them.
        contact_url, enquiry_url: where the case is shown; empty where the viewer has no way there.
    """

    reference: str
    about: People
    open: list[Message]
    settled: list[Message]
    contact_url: str
    enquiry_url: str


def undelivered_page(viewer: Viewer, reference: str, *, at: datetime) -> UndeliveredPage:
    """Return what did not arrive about one case.

    Raises:
        NotVisible: there is nothing of it for this viewer.
    """
    rows = Undelivered.objects.visible_to(viewer).filter(reference=reference)
    found = list(rows.select_related("recipient__user", "recipient__agency", "settled_by__user").order_by("failed_at"))
    if not found:
        raise NotVisible
    contact = _contact_reference(viewer, found)
    ways = {
        "contact_url": path_of("contact", contact) if contact else "",
        "enquiry_url": path_of("enquiry", reference) if found[0].enquiry_id else "",
    }
    opened = open_paths(viewer, filter(None, ways.values()))
    said = [Message(row, WHAT.get(row.kind.split(".")[0], "A message"), _recipient(row)) for row in found]
    return UndeliveredPage(
        reference=reference,
        about=_about(viewer, found[0], at),
        open=[one for one in said if one.row.settled_at is None],
        settled=[one for one in said if one.row.settled_at is not None],
        **{name: path if path in opened else "" for name, path in ways.items()},
    )


def _about(viewer: Viewer, one: Undelivered, at: datetime) -> People:
    contacts, enquiries = ([one.contact_id], []) if one.contact_id else ([], [one.enquiry_id])
    found = lines_about(viewer, contacts=contacts, enquiries=[key for key in enquiries if key], at=at)
    return found.contact(one.contact_id) if one.contact_id else found.enquiry(one.enquiry_id)


def get_undelivered(page: UndeliveredPage, key: uuid.UUID) -> Undelivered:
    """Return one message of a page that is still open.

    Raises:
        NotVisible: it is none of them.
    """
    for one in (*page.open, *page.settled):
        if one.row.pk == key:
            return one.row
    raise NotVisible


def _contact_reference(viewer: Viewer, found: list[Undelivered]) -> str:
    keys = [row.contact_id for row in found if row.contact_id]
    first = Contact.objects.visible_to(viewer).filter(pk__in=keys).order_by("arrived_at").first()
    return first.reference if first else ""


def _recipient(row: Undelivered) -> str:
    if row.recipient is None:
        return "The referrer"
    return f"{row.recipient.user.name}, {row.recipient.agency.name}"
