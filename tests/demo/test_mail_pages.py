"""Pages that only the demo has."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client
from django.urls import clear_url_caches, include, path
from pytest_django import Settings

import mash.urls
from demo.people import PASSWORD

FIRST = "00000000001700000000-0a1b2c3d.eml"
SECOND = "00000000001700000001-0a1b2c3e.eml"


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Keep two mails where the sink would, and put the demo's pages into place."""
    addresses = ModuleType("demo_addresses")
    addresses.urlpatterns = [*mash.urls.urlpatterns, path(("demo/"), include("demo.urls"))]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = addresses
    clear_url_caches()
    settings.MASH_DEMO_MAIL_DIR = str(tmp_path)
    keep(
        tmp_path,
        FIRST,
        ("New request Q-AAAA-BBBB"),
        ("Look at http://localhost/requests/Q-AAAA-BBBB/ now."),
        to=("a@demo.invalid"),
    )
    keep(tmp_path, SECOND, "<script>alert(1)</script>", "<b>bold</b> مرحبا", to="b@demo.invalid")
    yield tmp_path
    clear_url_caches()


def keep(folder: Path, name: str, subject: str, text: str, *, to: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "hub@demo.invalid", to
    message.set_content(text)
    (folder / name).write_bytes(f"X-Envelope-To: {to}\r\n".encode() + message.as_bytes())


@pytest.mark.django_db
def test_the_start_page_shows_accounts(folder: Path, client: Client) -> None:
    text = client.get("/demo/").content.decode()
    assert "fiona.front@demo.invalid" in text
    assert PASSWORD in text


@pytest.mark.django_db
def test_mails_are_listed_newest_first(folder: Path, client: Client) -> None:
    text = client.get("/demo/mail/").content.decode()
    assert text.index(SECOND) < text.index(FIRST)
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.django_db
def test_mails_of_one_address(folder: Path, client: Client) -> None:
    text = client.post("/demo/mail/", {"to": "A@demo"}).content.decode()
    assert FIRST in text
    assert SECOND not in text


@pytest.mark.django_db
def test_a_mail_is_text(folder: Path, client: Client) -> None:
    text = client.get(f"/demo/mail/{SECOND}/").content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt; مرحبا" in text
    assert "b@demo.invalid" in text


@pytest.mark.django_db
def test_links_of_a_mail_can_be_followed(folder: Path, client: Client) -> None:
    text = client.get(f"/demo/mail/{FIRST}/").content.decode()
    assert '<a href="http://localhost/requests/Q-AAAA-BBBB/"' in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name"),
    [
        ("00000000001700000002-0a1b2c3d.eml"),
        ("secret.txt"),
        (".."),
        ("%2e%2e%2fsecret"),
        (".hidden.eml"),
        ("0") * 20 + ("-0a1b2c3d.eml%00"),
    ],
)
def test_no_other_file_is_shown(folder: Path, client: Client, name: str) -> None:
    (folder / "secret.txt").write_text("not a mail", encoding="utf-8")
    answer = client.get(f"/demo/mail/{name}/")
    assert answer.status_code == 404
    assert b"not a mail" not in answer.content


@pytest.mark.django_db
def test_without_a_sink_there_is_no_mail(folder: Path, client: Client, settings: Settings) -> None:
    settings.MASH_DEMO_MAIL_DIR = ""
    assert "No email has come yet." in client.get("/demo/mail/").content.decode()
    assert client.get(f"/demo/mail/{FIRST}/").status_code == 404


@pytest.mark.django_db
def test_a_broken_mail_is_still_shown(folder: Path, client: Client) -> None:
    (folder / FIRST).write_bytes(
        b"X-Envelope-To: a@demo.invalid\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nhello \xff"
    )
    answer = client.get(f"/demo/mail/{FIRST}/")
    assert answer.status_code == 200
    assert "hello" in answer.content.decode()
    assert "No subject" in answer.content.decode()


@pytest.mark.django_db
def test_a_real_hub_has_none_of_it(client: Client) -> None:
    assert client.get("/demo/mail/").status_code == 404
