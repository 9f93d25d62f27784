"""How a notice becomes a mail, and what its failure is called."""

from __future__ import annotations

import smtplib
import uuid
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from clock.choices import Colour, Measure
from clock.models import Deadline
from clock.rules.words import day_and_time
from common.encryption import KeyMissing, Tampered
from common.pages import path_of
from notices.choices import Failure
from notices.models import Notice
from notices.rules import Message

SERVER_AWAY = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)
"""The server is not there, or does not let this hub in: no fault of the mail at hand."""

SERVER_CLOSES = 421
FOR_GOOD = 500
"""Answers of a mail server, RFC 5321: it is going away; from here on it will never take this mail."""


def message_id(notice: Notice) -> str:
    """Return the mail's id: the row's, so that a mail sent again after a crash is known to be the same."""
    return f"<{notice.pk}@{urlsplit(settings.MASH_PUBLIC_URL).hostname or 'mash.invalid'}>"


def compose(notice: Notice, address: str) -> EmailMessage:
    """Return the mail of a notice: its text, then the link."""
    text = notice.body.rstrip()
    if notice.path:
        text += f"\n\n{settings.MASH_PUBLIC_URL}{notice.path}"
    return EmailMessage(
        subject=" ".join(notice.subject.split()),
        body=f"{text}\n",
        to=[address],
        headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
    )


def is_usable(address: str) -> bool:
    """Say whether an address can be written on an envelope: one address, one line."""
    name, plain = parseaddr(address)
    return bool(plain) and not name and plain == address and plain.count("@") == 1 and plain.isprintable()


def failure_of(error: Exception, *, connected: bool = False) -> Failure:
    """Return the code of a failure; the error's own text may hold an address and is not kept.

    Args:
        connected: the server had answered before. One that falls silent then may have taken the mail: that is a try.
    """
    if connected and isinstance(error, smtplib.SMTPServerDisconnected | OSError) and not _codes_of(error):
        return Failure.INTERRUPTED
    if isinstance(error, KeyMissing | Tampered):
        return Failure.UNREADABLE
    if isinstance(error, SERVER_AWAY):
        return Failure.SERVER_UNREACHABLE
    if isinstance(error, smtplib.SMTPException):
        return _meaning(_codes_of(error))
    return Failure.SERVER_UNREACHABLE if isinstance(error, OSError) else Failure.OTHER


def _codes_of(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _meaning(codes: list[int]) -> Failure:
    if SERVER_CLOSES in codes:
        return Failure.SERVER_UNREACHABLE
    return Failure.REFUSED if codes and min(codes) >= FOR_GOOD else Failure.REFUSED_FOR_NOW


def escalation(deadline: Deadline, escalation_id: uuid.UUID, *, owes: bool, at: datetime) -> Message:
    """Return what people are told when a deadline reaches a step of the ladder.

    Args:
        owes: the recipient is led to the record itself, otherwise to the enquiry that waits for it. A team that was
            handed a contact does not see the contact: it is led to its list, where the handover stands.
    """
    about_enquiry = bool(deadline.enquiry_reference) and not owes
    reference = deadline.enquiry_reference if about_enquiry else deadline.subject_reference
    kind = "enquiry" if about_enquiry else deadline.subject_kind
    label = Measure(deadline.measure).label
    late = at >= deadline.due_at
    colour = f"{Colour(deadline.colour).label}. " if deadline.colour else ""
    return Message(
        kind="deadline.missed" if late else "deadline.near",
        subject=f"{'Overdue' if late else 'Due soon'}: {label}, {reference}",
        body=f"{colour}{label}: due {day_and_time(deadline.due_at)}. Sign in to the hub to see what is missing.",
        path=reverse("work") if owes and deadline.subject_kind == "contact" else path_of(kind, reference),
        reference=reference,
        dedupe=f"escalation:{escalation_id}",
    )


def set_aside(deadline: Deadline) -> Message:
    """Tell those who answer for the child that a deadline has come of which the hub could tell nobody."""
    about_enquiry = bool(deadline.enquiry_reference)
    reference = deadline.enquiry_reference if about_enquiry else deadline.subject_reference
    return Message(
        kind="deadline.set_aside",
        subject=f"The hub could not tell of a deadline: {reference}",
        body="Something has come due, and the hub could not word it. See on the page what is due, and ring whoever "
        "must act. The hub goes on trying.",
        path=path_of("enquiry" if about_enquiry else deadline.subject_kind, reference),
        reference=reference,
        dedupe=f"set_aside:{deadline.pk}",
    )


def nobody_to_tell(escalation_id: uuid.UUID) -> Message:
    """Tell the administrators that a step of the ladder has nobody, not even a manager. Nothing of a case."""
    return Message(
        kind="deadline.nobody_told",
        subject="Something runs out, and no MASH manager is at work to be told",
        body="Enter a membership as MASH manager for somebody now: their list of work shows what it is.",
        path=reverse("agencies:directory"),
        dedupe=f"escalation:{escalation_id}",
    )
