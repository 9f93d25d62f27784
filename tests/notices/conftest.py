"""Mail servers and senders of the tests."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from common import pages
from tests.clock.conftest import MONDAY, Starter, answer, decision

__all__ = ["MONDAY", "Starter", "answer", "decision"]


class Postbox:
    """A real SMTP server on loopback that keeps what it took, and refuses whom it is told to."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.refusals: dict[str, str] = {}
        self.on_mail: Callable[[], None] = lambda: None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Answer to a recipient."""
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail."""
        self.mails.append(message_from_bytes(envelope.content))
        self.on_mail()
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        """Everyone who was written to, sorted."""
        return sorted(str(mail["To"]) for mail in self.mails)


def free_port() -> int:
    """Return a port on loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """Run a mail server and send there."""
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    controller.stop()


@pytest.fixture
def no_mail_server(settings: Any) -> None:
    """Send to where nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


@pytest.fixture
def known_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let enquiries and requests have pages, whatever the stages register."""
    settings.ROOT_URLCONF = "tests.notices.routes"
    monkeypatch.setattr(pages, "_routes", {"enquiry": "enquiry", "request": "request"})
