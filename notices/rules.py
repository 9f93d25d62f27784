"""What a message is made of, when a mail is tried again, and when it is given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

ATTEMPTS = 5
"""After so many tries a person is told instead."""

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=4),
    timedelta(minutes=8),
    timedelta(minutes=8),
)
"""The wait after each try: the last one is over after a quarter of an hour. The first is longer than any mail
server's time-out, so that a mail in the hands of one sender is not picked up by another."""

SERVER_WAIT = timedelta(minutes=1)
"""The wait after a server was not there: that is no fault of the mail, and counts no try."""


def next_try_at(attempts: int, *, at: datetime) -> datetime:
    """Return when the mail may be tried again after so many tries."""
    return at + BACK_OFF[min(attempts, ATTEMPTS) - 1]


def is_given_up(attempts: int) -> bool:
    """Say whether a mail has had all its tries."""
    return attempts >= ATTEMPTS


@dataclass(frozen=True)
class Message:
    """What people are told.

    Attributes:
        kind: noun and past tense, such as `request.made`.
        subject: one line; references, never a name, an address or a reason. The body likewise.
        path: where the record is shown; the mail gets the full address.
        dedupe: the same text twice for the same recipient and channel writes one notice; empty: every call writes.
        staff_path: where staff see to it when a mail to a person without an account does not leave.
    """

    kind: str
    subject: str
    body: str
    path: str = ""
    reference: str = ""
    dedupe: str = ""
    staff_path: str = ""
