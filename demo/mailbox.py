"""The mail that the demo's SMTP sink keeps as files: deploy/local/smtp_sink.py writes them, these functions read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path

from common.errors import NotVisible

NAME = re.compile(r"\d{20}-[0-9a-f]{8}\.eml")
"""Nanoseconds since 1970 and a random part: sorts by arrival, and leads to no other file."""
MOST = 200
NANOSECONDS = 1_000_000_000


@dataclass(frozen=True)
class Mail:
    """One mail as it arrived.

    Attributes:
        name: of its file.
        to: the addresses it was sent to, whatever its header says.
    """

    name: str
    at: datetime
    sender: str
    to: str
    subject: str
    text: str


def mails(folder: str, *, to: str = "") -> list[Mail]:
    """Return the latest mails, newest first.

    Args:
        folder: where the sink keeps them; empty or missing where there is no sink.
        to: keep those of recipients whose address holds this.
    """
    if not folder or not Path(folder).is_dir():
        return []
    names = sorted((file.name for file in Path(folder).iterdir() if NAME.fullmatch(file.name)), reverse=True)
    found = (read_mail(folder, name) for name in names[:MOST])
    return [mail for mail in found if to.strip().lower() in mail.to.lower()]


def read_mail(folder: str, name: str) -> Mail:
    """Return one mail.

    Raises:
        NotVisible: there is no mail of that name.
    """
    if not folder or not NAME.fullmatch(name):
        raise NotVisible
    try:
        content = (Path(folder) / name).read_bytes()
    except OSError:
        raise NotVisible from None
    message = message_from_bytes(content, policy=policy.default)
    return Mail(
        name=name,
        at=datetime.fromtimestamp(int(name[:20]) / NANOSECONDS, tz=UTC),
        sender=str(message.get("From", "")),
        to=", ".join(str(address) for address in message.get_all("X-Envelope-To", [])),
        subject=str(message.get("Subject", "")),
        text=_text(message),
    )


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, MessageError, KeyError):
        return str(part.get_payload())
