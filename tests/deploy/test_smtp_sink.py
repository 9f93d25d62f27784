"""The demo's mail server keeps each mail as a file, and delivers none."""

import smtplib
import subprocess
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from deploy.local import places


@pytest.fixture
def sink(tmp_path: Path, unused_port: int) -> Iterator[tuple[Path, int]]:
    """Return a running mail server: its folder and its port."""
    folder = tmp_path / "mail"
    server = subprocess.Popen(
        places.python("-m", "deploy.local.smtp_sink", "--folder", folder, "--port", str(unused_port)),
        stdout=subprocess.PIPE,
        text=True,
        cwd=places.ROOT,
    )
    assert server.stdout is not None
    assert server.stdout.readline() == "listening\n"
    yield folder, unused_port
    server.terminate()
    assert server.wait(10) == 0
    server.stdout.close()


def mail(subject: str) -> EmailMessage:
    """Return a mail with letters beyond ASCII."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["To"], message["Subject"] = "hub@mash.invalid", "ana@school.invalid", subject
    message.set_content("What became of your contact: 🙂 Siân\n.\nA line with a dot alone came before this one.")
    return message


def test_each_mail_is_a_file_that_sorts_by_arrival(sink: tuple[Path, int]) -> None:
    folder, port = sink
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(mail("First"))
        client.send_message(mail("Second"), to_addrs=["ana@school.invalid", "bo@school.invalid"])
    files = sorted(folder.iterdir())
    kept = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [message["Subject"] for message in kept] == ["First", "Second"]
    assert kept[1].get_all("X-Envelope-To") == ["ana@school.invalid", "bo@school.invalid"]
    assert kept[0].get_content().splitlines()[1:] == [".", "A line with a dot alone came before this one."]
    assert "Siân" in kept[0].get_content()


def test_only_this_user_can_read_the_mail(sink: tuple[Path, int]) -> None:
    folder, port = sink
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(mail("For one"))
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600]
