"""When a mail is tried again, what its failures are called, what it looks like."""

from __future__ import annotations

import smtplib
import uuid
from datetime import timedelta

import pytest

from common.encryption import KeyMissing, Tampered
from notices import mail
from notices.choices import Failure
from notices.models import DeadLetter, Notice
from notices.rules import is_given_up, next_try_at
from tests.clock.times import london

NOW = london("2027-02-01 09:00")
KEY = uuid.UUID("5f0c7d0e-6a7e-4a5e-9d0c-2b1a90f2f111")


@pytest.mark.parametrize(
    ("attempts", "minutes", "given_up"),
    [(1, 1, False), (2, 2, False), (3, 4, False), (4, 8, False), (5, 8, True), (9, 8, True)],
)
def test_back_off(attempts: int, minutes: int, given_up: bool) -> None:
    assert (next_try_at(attempts, at=NOW) - NOW, is_given_up(attempts)) == (timedelta(minutes=minutes), given_up)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ConnectionRefusedError(), Failure.SERVER_UNREACHABLE),
        (TimeoutError(), Failure.SERVER_UNREACHABLE),
        (smtplib.SMTPServerDisconnected(), Failure.SERVER_UNREACHABLE),
        (smtplib.SMTPConnectError(554, b"no"), Failure.SERVER_UNREACHABLE),
        (smtplib.SMTPHeloError(501, b"no"), Failure.SERVER_UNREACHABLE),
        (smtplib.SMTPAuthenticationError(535, b"no"), Failure.SERVER_UNREACHABLE),
        (smtplib.SMTPDataError(421, b"closing"), Failure.SERVER_UNREACHABLE),
        (smtplib.SMTPDataError(451, b"later"), Failure.REFUSED_FOR_NOW),
        (smtplib.SMTPDataError(554, b"never"), Failure.REFUSED),
        (smtplib.SMTPSenderRefused(550, b"no", "hub"), Failure.REFUSED),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"later")}), Failure.REFUSED_FOR_NOW),
        (smtplib.SMTPRecipientsRefused({"a": (550, b"never")}), Failure.REFUSED),
        (smtplib.SMTPRecipientsRefused({}), Failure.REFUSED_FOR_NOW),
        (smtplib.SMTPNotSupportedError(), Failure.REFUSED_FOR_NOW),
        (KeyMissing("old"), Failure.UNREADABLE),
        (Tampered("value"), Failure.UNREADABLE),
        (ValueError("a header"), Failure.OTHER),
    ],
)
def test_failures_are_codes(error: Exception, failure: Failure) -> None:
    assert mail.failure_of(error) == failure


@pytest.mark.parametrize(
    ("address", "usable"),
    [
        ("head@school.invalid", True),
        ("", False),
        ("head", False),
        ("Head <head@school.invalid>", False),
        ("a@b.invalid, c@d.invalid", False),
        ("head@school.invalid\nBcc: all@world.invalid", False),
        ("head@@school.invalid", False),
    ],
)
def test_usable_addresses(address: str, usable: bool) -> None:
    assert mail.is_usable(address) is usable


def test_a_mail_carries_its_rows_id(settings: object) -> None:
    settings.MASH_PUBLIC_URL = "https://hub.example.org:8443"  # type: ignore[attr-defined]
    notice = Notice(pk=KEY, subject="New\nrequest  R-2345-6789", body="Search.\n\n", path="/requests/R-2345-6789")
    made = mail.compose(notice, "lead@police.invalid")
    assert (made.subject, made.to) == ("New request R-2345-6789", ["lead@police.invalid"])
    assert made.body == "Search.\n\nhttps://hub.example.org:8443/requests/R-2345-6789\n"
    assert made.extra_headers == {"Message-ID": f"<{KEY}@hub.example.org>", "Auto-Submitted": "auto-generated"}


def test_a_mail_without_a_page() -> None:
    assert mail.compose(Notice(pk=KEY, subject="S", body="Text."), "a@b.invalid").body == "Text.\n"


def test_rows_are_named_without_content() -> None:
    named = [str(Notice(pk=KEY, kind="request.made")), str(DeadLetter(kind="feedback.sent", reference="C-2345-6789"))]
    assert named == [f"request.made {KEY}", "feedback.sent C-2345-6789"]
