"""The tables kept between test runs, and the folders in which runs live."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from deploy.local import scratch, template
from deploy.local.postgres import SUPERUSER, Cluster

SECRETS = {"MASH_SECRET_KEY": "of the run that made the tables"}


@pytest.fixture
def cluster(server_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """Return a server with one table, and nothing kept yet."""
    monkeypatch.setattr(template, "KEPT", server_folder / "kept")
    (server_folder / "template.inputs").write_text("deploy/healthcheck.py\n", encoding="utf-8")
    (server_folder / "template.migrated").touch()
    server = Cluster(server_folder / "first", durable=False)
    server.start()
    execute(server, "CREATE TABLE made AS SELECT 42 AS answer", "CREATE DATABASE mash_test_gw0")
    yield server
    server.stop()


def execute(server: Cluster, *statements: str) -> list[tuple[object, ...]]:
    """Run statements as the superuser and return the rows of the last."""
    with closing(psycopg2.connect(server.url(SUPERUSER, "postgres"))) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        for statement in statements:
            cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def test_kept_tables_come_back_with_their_rows_and_secrets_but_no_workers_database(
    cluster: Cluster, server_folder: Path
) -> None:
    template.keep(cluster, server_folder, SECRETS)
    second = Cluster(server_folder / "second", durable=False)
    assert template.take(second.tables) == SECRETS
    second.start()
    try:
        assert execute(second, "SELECT answer FROM made") == [(42,)]
        assert execute(second, "SELECT datname FROM pg_database WHERE datname LIKE 'mash%'") == []
    finally:
        second.stop()


def test_nothing_kept_is_nothing_to_take(cluster: Cluster, server_folder: Path) -> None:
    assert template.take(server_folder / "second") is None


@pytest.mark.parametrize("changed", ["deploy/healthcheck.py", "deploy/bootstrap.py"])
def test_one_changed_file_makes_them_out_of_date(changed: str, cluster: Cluster, server_folder: Path) -> None:
    template.keep(cluster, server_folder, SECRETS)
    record = template.KEPT / template.INPUTS
    inputs = json.loads(record.read_text(encoding="utf-8"))
    inputs["files"][changed] = "another"
    record.write_text(json.dumps(inputs), encoding="utf-8")
    assert template.take(server_folder / "second") is None


def test_a_new_migration_makes_them_out_of_date(
    cluster: Cluster, server_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template.keep(cluster, server_folder, SECRETS)
    names = [*template.listed(), "contacts/migrations/9999_new.py"]
    monkeypatch.setattr(template, "listed", lambda: names)
    assert template.take(server_folder / "second") is None


def test_what_was_made_before_a_file_was_written_is_not_kept(cluster: Cluster, server_folder: Path) -> None:
    version = cluster.tables / "PG_VERSION"
    os.utime(version, (0, 0))
    template.keep(cluster, server_folder, SECRETS)
    assert template.take(server_folder / "second") is None


def test_a_run_that_left_a_role_behind_is_not_kept(cluster: Cluster, server_folder: Path) -> None:
    execute(cluster, "CREATE ROLE left_behind")
    template.keep(cluster, server_folder, SECRETS)
    assert not template.KEPT.exists()


@pytest.mark.parametrize("missing", ["template.inputs", "template.migrated"])
def test_a_run_that_did_not_finish_its_tables_keeps_nothing(
    missing: str, cluster: Cluster, server_folder: Path
) -> None:
    (server_folder / missing).unlink()
    template.keep(cluster, server_folder, SECRETS)
    assert not template.KEPT.exists()


def run_folder(base: Path, name: str, age: float) -> Path:
    """Return a folder as a run leaves it when it is killed."""
    left = base / f"{scratch.PREFIX}{name}"
    left.mkdir()
    (left / "alive").touch()
    then = time.time() - age
    os.utime(left, (then, then))
    return left


def test_only_folders_of_ended_runs_are_cleared_away(tmp_path: Path) -> None:
    ended, held = run_folder(tmp_path, "ended", 3600), run_folder(tmp_path, "held", 3600)
    fresh = run_folder(tmp_path, "fresh", 1)
    other = tmp_path / "somebody-elses"
    other.mkdir()
    with (held / "alive").open("w", encoding="utf-8") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        scratch.clear_remains(tmp_path)
    assert [path.exists() for path in (ended, held, fresh, other)] == [False, True, True, True]


def test_a_folder_vanishes_with_its_run() -> None:
    with scratch.folder() as folder:
        (folder / "tables").mkdir()
    assert not folder.exists()


def test_without_room_in_memory_the_disk_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scratch, "ENOUGH", 2**62)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch.folder() as folder:
        assert folder.parent == tmp_path
