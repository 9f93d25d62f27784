"""Seals: they cover every committed row, leave the machine, and show what was changed after them."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from celery import current_app
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from psycopg2.extensions import connection as Connection

from agencies.access.identity import acting_as
from agencies.tasks import seal_logs as task
from audit.actions import record, record_reading, record_refusal, seal_logs
from audit.queries import findings, waiting
from audit.rules import SealLine, read_line
from tests.people import Person, person

AT = datetime(2026, 3, 3, 10, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def as_sweep(transactional_db: None, django_db_setup: None) -> Callable[[], list[SealLine]]:
    """Give a function that seals as the worker's own login does."""

    def seal() -> list[SealLine]:
        usual = connection.settings_dict["USER"]
        connection.close()
        connection.settings_dict["USER"] = "mash_sweep"
        try:
            return seal_logs()
        finally:
            connection.close()
            connection.settings_dict["USER"] = usual

    return seal


def write(who: Person, times: int = 1) -> None:
    with acting_as(who.viewer) as viewer:
        for _ in range(times):
            record("a.b", actor=viewer, at=AT, record_type="x.y", record_id=uuid.uuid4(), details={"n": 1, "t": "é|\n"})
            record_reading("information", actor=viewer, at=AT, item_ids=[uuid.uuid4(), uuid.uuid4()])
            record_refusal(actor=viewer, at=AT, method="GET", route="a:b", reference="M-2222-3333", status=404)


def found(superuser: Connection, exported: list[SealLine] | None) -> list[str]:
    with superuser.cursor() as cursor:
        return [str(one) for one in findings(cursor, exported)]


def test_the_worker_seals_what_it_cannot_read(
    as_sweep: Callable[[], list[SealLine]], superuser_connection: Connection, connect_as: Callable[[str], Connection]
) -> None:
    as_sweep()
    write(person("maeve_manager"), times=2)
    lines = as_sweep()
    assert [(one.events, one.readings, one.refusals) for one in lines] == [(2, 2, 2)]
    assert lines[0].seal == lines[0].expected
    assert (as_sweep(), found(superuser_connection, None)) == ([], [])
    for table in ("audit_event", "audit_unsealed", "audit_logseal"):
        with connect_as("mash_sweep").cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(f"SELECT 1 FROM {table}")


def test_what_is_not_committed_waits_for_the_next_seal(
    as_sweep: Callable[[], list[SealLine]], superuser_connection: Connection
) -> None:
    as_sweep()
    superuser_connection.autocommit = False
    with superuser_connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event VALUES (gen_random_uuid(), now(), null, null, null, '{}', '', 'a.late',"
            " 'x.y', null, '', null, '{}')"
        )
        write(person("maeve_manager"))
        assert [one.events for one in as_sweep()] == [1]
        superuser_connection.commit()
        assert waiting(cursor).rows == 1
    assert [one.events for one in as_sweep()] == [1]
    assert found(superuser_connection, None) == []


def test_the_web_role_can_neither_seal_nor_see_the_queue(db: None, connect_as: Callable[[str], Connection]) -> None:
    for statement in (
        "SELECT fw.seal_logs(1)",
        "SELECT * FROM fw.seals_after(0)",
        "SELECT 1 FROM audit_unsealed",
        "DELETE FROM audit_unsealed",
        "SELECT 1 FROM audit_logseal",
        "INSERT INTO audit_unsealed VALUES ('event', gen_random_uuid())",
        "SELECT fw.own_items(null, null, 1)",
    ):
        with connect_as("mash_web").cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(statement)


def test_seals_leave_the_machine_once_each(
    as_sweep: Callable[[], list[SealLine]], tmp_path: Path, settings: Any
) -> None:
    settings.MASH_SEAL_EXPORT_DIR = str(tmp_path / "seals")
    for _ in range(3):
        write(person("maeve_manager"))
        as_sweep()
    file = tmp_path / "seals" / "seals.jsonl"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert [line["previous"] for line in lines[1:]] == [line["seal"] for line in lines[:-1]]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines[:1]), encoding="utf-8")
    assert [one.number for one in as_sweep()] == [line["number"] for line in lines[1:]]


def test_seals_of_another_database_do_not_follow(
    as_sweep: Callable[[], list[SealLine]], tmp_path: Path, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MASH_SEAL_EXPORT_DIR = str(tmp_path)
    as_sweep()
    file = tmp_path / "seals.jsonl"
    line = json.loads(file.read_text(encoding="utf-8").splitlines()[-1])
    file.write_text(json.dumps({**line, "seal": "0" * 64}) + "\n", encoding="utf-8")
    write(person("maeve_manager"))
    as_sweep()
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == [
        f"The database's seals do not follow seal {line['number']} of the exported file."
    ]


def test_the_worker_runs_it_by_its_name(
    as_sweep: Callable[[], list[SealLine]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = []
    monkeypatch.setattr("agencies.tasks.actions.seal_logs", lambda: ran.append("sealed"))
    current_app.tasks["agencies.tasks.seal_logs"].run()
    assert (ran, task.name) == (["sealed"], "agencies.tasks.seal_logs")


def test_the_command_seals_too(as_sweep: Callable[[], list[SealLine]]) -> None:
    as_sweep()
    write(person("maeve_manager"))
    out = io.StringIO()
    usual = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "mash_sweep"
    try:
        call_command("seal_logs", stdout=out)
    finally:
        connection.close()
        connection.settings_dict["USER"] = usual
    assert out.getvalue().endswith(": 3 rows.\n")


def verify(connection_user: str, **options: Any) -> tuple[int, list[str]]:
    usual, out, status = connection.settings_dict["USER"], io.StringIO(), 0
    connection.close()
    connection.settings_dict["USER"] = connection_user
    try:
        call_command("audit_verify", stdout=out, **options)
    except SystemExit as ended:
        status = int(str(ended.code))
    finally:
        connection.close()
        connection.settings_dict["USER"] = usual
    return status, out.getvalue().splitlines()


def test_the_command_names_what_was_changed_and_fails(
    as_sweep: Callable[[], list[SealLine]], tmp_path: Path, settings: Any, superuser_connection: Connection
) -> None:
    settings.MASH_SEAL_EXPORT_DIR = str(tmp_path)
    write(person("maeve_manager"))
    last = as_sweep()[-1]
    status, said = verify("mash_auditor")
    assert (status, said[-2:]) == (
        0,
        [
            "Not sealed yet: 0 rows, the oldest for 0.0 seconds.",
            "Everything that is sealed is as it was written.",
        ],
    )
    with superuser_connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_refusal SET status = 200 WHERE route = 'a:b' RETURNING id::text")
        ((key,),) = cursor.fetchall()
        superuser_connection.commit()
    status, said = verify("mash_auditor", seals=str(tmp_path / "seals.jsonl"))
    assert (status, [line for line in said if not line.startswith("audit_")][-3:]) == (
        1,
        [
            f"FOUND seal {last.number}: refusal {key} was altered",
            "Not sealed yet: 0 rows, the oldest for 0.0 seconds.",
            "1 findings.",
        ],
    )


def test_the_workers_log_is_an_export_from_some_day_on(
    as_sweep: Callable[[], list[SealLine]], superuser_connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_sweep()
    said = []
    for _ in range(2):
        write(person("maeve_manager"))
        said += [f"2026-03-03 10:30 INFO audit.seals seal {one.as_json()}\n" for one in as_sweep()]
    monkeypatch.setattr("sys.stdin", io.StringIO("something else\n" + "".join(said)))
    status, lines = verify("mash_auditor", seals="-")
    assert (status, [line for line in lines if "exported" in line]) == (
        0,
        ["2 exported seals, 2 to 3; 1 in the database are not among them and prove less"],
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(said[1] + said[0]))
    status, lines = verify("mash_auditor", seals="-")
    assert (status, [line for line in lines if line.startswith("FOUND")]) == (
        1,
        ["FOUND seal 4: is missing among the seals"],
    )


def test_without_an_export_less_is_proved(as_sweep: Callable[[], list[SealLine]]) -> None:
    as_sweep()
    write(person("maeve_manager"))
    status, lines = verify("mash_auditor")
    assert (status, lines[0]) == (
        0,
        "No exported seals: this compares with the database's own, which proves less.",
    )
    assert lines[-2].startswith("Not sealed yet: 3 rows, the oldest for ")


def test_sealing_that_stands_still_is_told(
    as_sweep: Callable[[], list[SealLine]], superuser_connection: Connection
) -> None:
    with superuser_connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_unsealed VALUES ('event', gen_random_uuid(), now() - interval '2 minutes')")
    superuser_connection.commit()
    status, lines = verify("mash_auditor")
    assert (status, "Sealing is behind: the window should be at most 60 seconds." in lines) == (1, True)
    assert [line for line in lines if line.endswith("is missing and was not sealed yet")] != []


@pytest.mark.parametrize("line", ["", "{}", '{"number": 1}', "[1]", "seal", "null"])
def test_a_line_that_is_no_seal(line: str) -> None:
    assert read_line(line) is None


def test_a_file_that_holds_something_else_is_refused(db: None, tmp_path: Path) -> None:
    odd = tmp_path / "odd.jsonl"
    odd.write_text("not a seal\n", encoding="utf-8")
    with pytest.raises(CommandError, match="line that is no seal: line 1"):
        call_command("audit_verify", seals=str(odd))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("audit_verify", seals=str(tmp_path / "none"))
