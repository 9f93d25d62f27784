"""A text that a manager reads before it goes out: handed in, passed, or sent back to its writer."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

import clock.actions as clock
from agencies.access import kept, transitions
from agencies.access.kept import Author
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record
from clock.choices import Measure, Start
from clock.rules.subject import Subject
from common.errors import RuleBroken
from common.forms.typed import Pairs
from contacts.models import Contact
from decisions.mail import notices
from decisions.models import OutgoingText
from decisions.transitions import OUTGOING_TEXT
from notices.actions import notify, notify_holders
from notices.choices import Channel
from screening.models import Enquiry

KIND = "text"
IN_HUB = (Channel.IN_APP,)


@dataclass(frozen=True)
class HandedIn:
    """A form as it was sent.

    Attributes:
        page: address of the page on which it stood; `action`: the address to which it is sent.
        pairs: names and values of its fields, in its order.
    """

    page: str
    action: str
    pairs: Pairs


@transaction.atomic
def hand_in_text(contact_id: uuid.UUID, form: HandedIn, *, viewer: Viewer, at: datetime) -> None:
    """Keep a form for the managers: nothing of it has gone out, and its writer learns that it is being checked.

    Args:
        contact_id: a contact that the writer sees; a conflict that closes it closes the text too.
    """
    contact = Contact.objects.visible_to(viewer).get(pk=contact_id)
    check = OutgoingText(
        contact=contact,
        path=form.page,
        action=form.action,
        fields=json.dumps(form.pairs),
        sent_at=at,
        sent_by_id=viewer.member,
    )
    check.save(force_insert=True)
    record(
        "text.handed_in",
        actor=viewer,
        at=at,
        record_type=OutgoingText._meta.label_lower,
        record_id=check.pk,
        reference=check.reference,
    )
    clock.start_if_measured(
        Subject(KIND, check.pk, check.reference, case_id=contact.pk),
        Measure.CHECKING,
        colour=_colour_of(contact, viewer),
        moments={Start.SENDING: at},
        at=at,
    )
    notify_holders(notices.to_check(check.reference), Role.MANAGER, at=at)
    notify(notices.being_checked(contact.reference, check.pk), memberships=[viewer.member], at=at, channels=IN_HUB)


def _colour_of(contact: Contact, viewer: Viewer) -> str:
    """Return how urgent the enquiry of a contact is; empty where it has none."""
    if contact.enquiry_id is None:
        return ""
    rows = Enquiry.objects.visible_to(viewer).filter(pk=contact.enquiry_id).values_list("colour", flat=True)
    return rows.first() or ""


@transaction.atomic
def pass_text(reference: str, *, viewer: Viewer, at: datetime) -> None:
    """Say that a form has gone out as the manager sent it. One that was settled meanwhile stays settled."""
    check = OutgoingText.objects.visible_to(viewer).filter(reference=reference).first()
    if check is None or not transitions.moves(check, OUTGOING_TEXT, viewer):
        return
    passed = transitions.apply(
        check, "text.passed", table=OUTGOING_TEXT, viewer=viewer, at=at, settled_at=at, settled_by_id=viewer.member
    )
    _settled(passed, "text.passed", at=at)


@transaction.atomic
def send_text_back(check: OutgoingText, words: str, *, viewer: Viewer, at: datetime, version: int) -> OutgoingText:
    """Give a form back to its writer, who finds it among what they typed and did not send.

    Args:
        words: what the writer is to change; they read it, so it must not say what they may not know.

    Raises:
        RuleBroken: nothing is said to the writer.
        NotPermitted, MoveNotAllowed, StaleRecord: as for every move.
    """
    if not words.strip():
        raise RuleBroken("Write what its writer is to change.", field="text")
    back = transitions.apply(
        check,
        "text.sent_back",
        table=OUTGOING_TEXT,
        viewer=viewer,
        at=at,
        version=version,
        words=words.strip(),
        settled_at=at,
        settled_by_id=viewer.member,
    )
    author = Author(back.sent_by.user_id, back.sent_by_id)
    kept.keep(
        author,
        page=back.path,
        action=back.action,
        title=f"Sent back by {viewer.name}: {words.strip()}",
        membership=back.sent_by.agency.name,
        pairs=back.pairs,
        at=at,
        form=back.reference,
    )
    _settled(back, "text.sent_back", at=at)
    return back


def _settled(check: OutgoingText, kind: str, *, at: datetime) -> None:
    clock.meet_deadline(KIND, check.pk, at=at)
    told = notices.checked(check.contact.reference, kind, check.pk)
    notify(told, memberships=[check.sent_by_id], at=at)
