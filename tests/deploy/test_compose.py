"""A real hub's secrets and settings: made once, named everywhere, and none with a default."""

import re
from pathlib import Path

import pytest
import redis

from deploy import healthcheck, make_secrets
from deploy.local import places

COMPOSE = (places.ROOT / "docker-compose.yml").read_text(encoding="utf-8")
WRITTEN_BY_HAND = {"email_url"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of new secrets."""
    make_secrets.main([str(tmp_path / "secrets")])
    return tmp_path / "secrets"


def contents(folder: Path) -> dict[str, str]:
    """Return each file's text."""
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


def test_every_secret_that_compose_mounts_is_made_or_written_by_hand(folder: Path) -> None:
    mounted = set(re.findall(r"file: secrets/(\w+)", COMPOSE))
    assert mounted - WRITTEN_BY_HAND <= set(contents(folder))
    assert mounted >= WRITTEN_BY_HAND


def test_every_secret_that_a_service_names_is_declared() -> None:
    declared = set(re.findall(r"^  (\w+): \{file:", COMPOSE, re.MULTILINE))
    assert set(re.findall(r"/run/secrets/(\w+)", COMPOSE)) <= declared


def test_running_it_again_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(folder)
    capsys.readouterr()
    make_secrets.main([str(folder)])
    assert contents(folder) == before
    assert capsys.readouterr().out.startswith(f"Nothing to make: {folder} has every secret.\n")


def test_two_hubs_share_no_secret(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_secrets.main([str(tmp_path / name)])
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert [name for name in one if one[name] == two[name]] == []


def test_the_urls_hold_the_passwords(folder: Path) -> None:
    made = contents(folder)
    assert made["web_database_url"] == f"postgresql://mash_web:{made['web_password']}@postgres:5432/mash"
    assert made["redis_url"] == f"redis://:{made['redis_password']}@valkey:6379/0"
    assert made["valkey_conf"] == f"requirepass {made['redis_password']}\n"


def test_the_folder_is_closed_and_the_files_cannot_be_changed(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o444}


def test_no_password_stands_in_the_compose_file() -> None:
    assigned = re.findall(r"(?:PASSWORD|SECRET|KEY|KEYS|_URL)(_FILE)?: (\S+)", COMPOSE)
    assert {value for suffix, value in assigned if not suffix} == {"${MASH_PUBLIC_URL:?Set"}


def test_the_check_of_beat_sees_the_lock_of_a_scheduler(valkey_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASH_REDIS_URL", valkey_url)
    with redis.Redis.from_url(valkey_url) as client:
        client.delete("redbeat::lock")
        assert healthcheck.main(["beat"]) == 1
        client.set("redbeat::lock", "held", ex=5)
        assert healthcheck.main(["beat"]) == 0
        client.delete("redbeat::lock")


def test_the_checks_fail_when_nobody_answers(monkeypatch: pytest.MonkeyPatch, unused_port: int) -> None:
    monkeypatch.setenv("MASH_REDIS_URL", f"redis://127.0.0.1:{unused_port}/0")
    assert healthcheck.main(["beat"]) == 1
