"""Servers of the person's own, named by URL, and the environment that each process gets."""

import os
from pathlib import Path

import pytest

from deploy.local import hub, own_servers, suite, surroundings
from deploy.local.failures import LaunchError
from tests.database import ADMIN_URL


@pytest.fixture(autouse=True)
def no_servers_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without any server in the environment."""
    for name in (own_servers.ADMIN, "MASH_REDIS_URL", *own_servers.ROLE_URLS, *own_servers.FURTHER_URLS):
        monkeypatch.delenv(name, raising=False)


def test_without_urls_the_embedded_servers_are_used(tmp_path: Path) -> None:
    assert (own_servers.database(tmp_path, "mash_demo", fresh=True), own_servers.queue(), own_servers.named()) == (
        {},
        {},
        False,
    )


def test_three_logins_are_taken_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {name: f"postgresql://{role}:pw@db.example/hub" for name, role in own_servers.ROLE_URLS.items()}
    for name, url in given.items():
        monkeypatch.setenv(name, url)
    assert own_servers.database(tmp_path, "mash_demo", fresh=True) == given
    auditor = {"MASH_AUDITOR_DATABASE_URL": "postgresql://mash_auditor:pw@db.example/hub"}
    monkeypatch.setenv(*auditor.popitem())
    assert own_servers.database(tmp_path, "mash_demo", fresh=True) == {
        **given,
        "MASH_AUDITOR_DATABASE_URL": "postgresql://mash_auditor:pw@db.example/hub",
    }


def test_a_part_of_the_logins_is_refused_with_the_missing_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://mash_web:pw@db.example/hub")
    with pytest.raises(LaunchError) as problem:
        own_servers.database(tmp_path, "mash_demo", fresh=True)
    assert str(problem.value) == (
        "For a PostgreSQL of your own, set MASH_OWNER_DATABASE_URL, MASH_SWEEP_DATABASE_URL too, or "
        "MASH_ADMIN_DATABASE_URL alone."
    )


def test_roles_of_another_hub_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(own_servers.ADMIN, ADMIN_URL)
    with pytest.raises(LaunchError, match="already serves a hub"):
        own_servers.database(tmp_path, "mash_demo", fresh=True)


def test_an_administrators_url_gives_each_role_a_login_with_a_kept_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(own_servers.ADMIN, "postgresql://postgres:old%40pw@db.example:6543/postgres?sslmode=require")
    settings = own_servers.database(tmp_path, "mash_demo", fresh=False)
    password = (tmp_path / "mash_web_password").read_text(encoding="utf-8")
    assert settings["DATABASE_URL"] == f"postgresql://mash_web:{password}@db.example:6543/mash_demo?sslmode=require"
    assert own_servers.database(tmp_path, "mash_demo", fresh=False) == settings


def test_reset_deletes_nothing_on_a_server_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(own_servers.ADMIN, "postgresql://postgres@db.example/postgres")
    with pytest.raises(LaunchError, match="--reset deletes only what the launcher made itself"):
        hub.reset(hub.DEMO)


def test_a_process_knows_only_its_own_login() -> None:
    hub_wide = {
        "DATABASE_URL": "web",
        "MASH_OWNER_DATABASE_URL": "owner",
        "MASH_SWEEP_DATABASE_URL": "sweep",
        "MASH_ADMIN_DATABASE_URL": "admin",
        "MASH_OWNER_PASSWORD": "pw",
        "MASH_SECRET_KEY_FILE": "file",
    }
    assert surroundings.only(hub_wide, login="MASH_SWEEP_DATABASE_URL") == {
        "DATABASE_URL": "sweep",
        "MASH_SECRET_KEY_FILE": "file",
    }


def test_secrets_are_made_once_and_closed(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    first = surroundings.kept_secrets(folder)
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert surroundings.kept_secrets(folder) == first
    assert {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()} == texts
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("arguments", "workers"),
    [
        ([], ["-n", "2", "--dist", "worksteal"]),
        (["-q"], ["-n", "2", "--dist", "worksteal"]),
        (["-k", "contact"], ["-n", "2", "--dist", "worksteal"]),
        (["tests/deploy"], []),
        (["tests/deploy/test_compose.py::test_two_hubs_share_no_secret"], []),
        (["-n", "4"], []),
        (["-n4"], []),
        (["--pdb"], []),
    ],
)
def test_the_whole_suite_uses_every_processor(
    arguments: list[str], workers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert suite.parallel(arguments) == workers
