"""Reading the environment: what is missing or odd stops the start with a sentence."""

import secrets
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from mash.settings import readers


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("SEAL", "SEAL_FILE", "SWITCH", "SWITCH_FILE"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_value_comes_from_its_name(env: pytest.MonkeyPatch) -> None:
    env.setenv("SEAL", "abc")
    assert (readers.text("SEAL"), readers.text("SEAL", "other")) == ("abc", "abc")


def test_value_comes_from_a_file_before_its_name(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "seal").write_text("from the file\n", encoding="utf-8")
    env.setenv("SEAL", "from the name")
    env.setenv("SEAL_FILE", str(tmp_path / "seal"))
    assert readers.text("SEAL") == "from the file"


def test_default_counts_only_where_there_is_one(env: pytest.MonkeyPatch) -> None:
    assert (readers.text("SEAL", "usual"), readers.text("SEAL", "")) == ("usual", "")
    with pytest.raises(ImproperlyConfigured, match="Set SEAL, or SEAL_FILE to a file that holds it"):
        readers.text("SEAL")


def test_empty_secret_is_no_secret(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty identity key would let anybody sign."""
    env.setenv("SEAL", "")
    with pytest.raises(ImproperlyConfigured):
        readers.text("SEAL")
    (tmp_path / "seal").write_text(" \n", encoding="utf-8")
    env.setenv("SEAL_FILE", str(tmp_path / "seal"))
    with pytest.raises(ImproperlyConfigured):
        readers.text("SEAL")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_file_that_cannot_be_read_is_named_without_its_content(
    content: bytes | None, env: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "seal"
    if content is not None:
        place.write_bytes(content)
    env.setenv("SEAL_FILE", str(place))
    with pytest.raises(ImproperlyConfigured, match="SEAL_FILE names a file that cannot be read"):
        readers.text("SEAL")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("1", True),
        ("TRUE", True),
        ("on", True),
        ("yes", True),
        ("0", False),
        ("no", False),
        ("off", False),
        ("", False),
    ],
)
def test_switch(value: str, says: bool, env: pytest.MonkeyPatch) -> None:
    env.setenv("SWITCH", value)
    assert readers.yes("SWITCH") is says


def test_switch_that_is_neither_is_refused(env: pytest.MonkeyPatch) -> None:
    assert readers.yes("SWITCH", default=True) is True
    env.setenv("SWITCH", "maybe")
    with pytest.raises(ImproperlyConfigured, match="SWITCH is a switch: write 1 or 0"):
        readers.yes("SWITCH")


def test_words_without_empty_parts(env: pytest.MonkeyPatch) -> None:
    env.setenv("SEAL", " a, ,b ,")
    assert readers.words("SEAL") == ["a", "b"]


@pytest.mark.parametrize("said", ["*", "hub.example.org,*", ","])
def test_hosts_are_named(said: str, env: pytest.MonkeyPatch) -> None:
    env.setenv("SEAL", said)
    with pytest.raises(ImproperlyConfigured, match="names the hosts of the hub's address"):
        readers.hosts("SEAL")
    env.setenv("SEAL", "hub.example.org, localhost")
    assert readers.hosts("SEAL") == ["hub.example.org", "localhost"]


@pytest.mark.parametrize("key", ["0123456789abcdef", "a" * 64, "abcabcabc" * 8])
def test_a_weak_key_is_refused_without_being_shown(key: str, env: pytest.MonkeyPatch) -> None:
    env.setenv("SEAL", key)
    with pytest.raises(ImproperlyConfigured, match="SEAL is too weak") as refused:
        readers.strong("SEAL")
    assert key not in str(refused.value)
    env.setenv("SEAL", secrets.token_hex(32))
    readers.strong("SEAL")


def test_database_is_postgresql(env: pytest.MonkeyPatch) -> None:
    env.setenv("SEAL", "postgresql://web:p%40ss@db:5433/mash?sslmode=require")
    read = readers.database("SEAL")
    found = {name: read[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert found == {
        "ENGINE": "common.postgres",
        "USER": "web",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": 5433,
        "NAME": "mash",
    }
    assert read["OPTIONS"] == {"sslmode": "require", "connect_timeout": 5}


@pytest.mark.parametrize(
    "url",
    ["sqlite:///:memory:", "mysql://u:hidden@h/d", "nonsense", "x://u:hidden@h/d", "postgresql://u:hidden@h:port/d"],
)
def test_another_database_is_refused_without_its_password(url: str, env: pytest.MonkeyPatch) -> None:
    env.setenv("SEAL", url)
    with pytest.raises(ImproperlyConfigured, match="SEAL must be a postgresql:// URL") as refusal:
        readers.database("SEAL")
    assert "hidden" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail:1025", ("mail", 1025, "", "", False, False)),
        ("smtp://mail", ("mail", 25, "", "", False, False)),
        ("smtp+tls://u:p%3Aw@mail:587", ("mail", 587, "u", "p:w", True, False)),
        ("smtps://u@mail:465", ("mail", 465, "u", "", False, True)),
    ],
)
def test_mail(url: str, expected: tuple[Any, ...], env: pytest.MonkeyPatch) -> None:
    env.setenv("SEAL", url)
    read = readers.mail("SEAL")
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert tuple(read[f"EMAIL_{name}"] for name in names) == expected


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "mail:25", "smtp://mail:twenty", "smtp://mail:99999"])
def test_odd_mail_address_is_refused(url: str, env: pytest.MonkeyPatch) -> None:
    env.setenv("SEAL", url)
    with pytest.raises(ImproperlyConfigured, match="SEAL is written smtp://host:port"):
        readers.mail("SEAL")
