"""A backup: made by its own login, closed, brought back whole, and refused where it is not what was made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import sql

from contacts.models import Contact, Report
from deploy import backup
from deploy.backup import BackupError
from tests.contacts.conftest import AT
from tests.database import ADMIN_URL, administrator
from tests.people import Person
from tests.scenes.families import THORNBURY, worry_about
from tests.scenes.stages import logged
from tests.walls import past_the_walls, without_triggers
from tests.worker_environment import DATABASE, WORKER, with_path

SHAPE = (
    "SELECT reference, concern FROM contacts_contact ORDER BY 1",
    "SELECT polrelid::regclass::text, polname FROM pg_policy ORDER BY 1, 2",
    """SELECT p.oid::regprocedure::text, proowner::regrole::text, md5(prosrc) FROM pg_proc p
        WHERE pronamespace = 'fw'::regnamespace ORDER BY 1""",
    """SELECT relname, relowner::regrole::text, relacl::text, relforcerowsecurity FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1""",
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
)
RESTORED = f"mash_restored_{WORKER}"


def url_of(role: str, database: str = DATABASE) -> str:
    """Return a role's login on the tests' own server."""
    return with_path(ADMIN_URL.replace("postgresql://postgres@", f"postgresql://{role}@"), database)


def seal() -> None:
    with closing(psycopg2.connect(url_of("mash_sweep"))) as sweep, sweep.cursor() as cursor:
        cursor.execute("SELECT fw.seal_logs(1000)")
        sweep.commit()


@pytest.fixture
def made(transactional_db: None, front_door: Person, tmp_path: Path) -> Path:
    """Make a backup of a hub with one contact in it."""
    logged(worry_about(THORNBURY, AT), front_door, AT)
    seal()
    backup.make(url_of("mash_backup"), tmp_path / "backups")
    [file] = (tmp_path / "backups").glob("*.dump")
    return file


@pytest.fixture
def restored() -> Iterator[str]:
    yield RESTORED
    with suppress(psycopg2.errors.InvalidCatalogName), administrator() as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(RESTORED)))


def rows(database: str, statement: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(with_path(ADMIN_URL, database))) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def test_what_was_backed_up_comes_back_with_both_walls(made: Path, restored: str) -> None:
    said = backup.restore(ADMIN_URL, made, restored)
    assert said[0].startswith(f"{restored}: ")
    for statement in SHAPE:
        assert rows(restored, statement) == rows(DATABASE, statement) != []
    with closing(psycopg2.connect(url_of("mash_web", restored))) as web, web.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contacts_contact")
        assert cursor.fetchone() == (0,)  # Nobody has said who they are.


def test_list_says_how_many_rows_of_each_table_and_is_closed_to_others(made: Path) -> None:
    listed = json.loads(backup.list_of(made).read_text(encoding="utf-8"))
    assert listed["rows"]["public.contacts_contact"] == Contact.objects.count() == 1
    assert listed["rows"]["public.contacts_report"] == Report.objects.count() == 1
    assert [oct(one.stat().st_mode & 0o077) for one in (made, backup.list_of(made))] == ["0o0", "0o0"]


def test_no_session_and_no_signing_key_is_in_it(made: Path, restored: str) -> None:
    assert rows(DATABASE, "SELECT count(*) > 0 FROM fw.signing_key") == [(True,)]
    backup.restore(ADMIN_URL, made, restored)
    for table in backup.WITHOUT_ROWS:
        assert rows(restored, f"SELECT count(*) FROM {table}") == [(0,)]


def test_drill_verifies_the_log_with_the_auditors_login_and_leaves_nothing(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASH_AUDITOR_DATABASE_URL", url_of("mash_auditor"))
    said = backup.drill(ADMIN_URL, made)
    assert len(said) == 3
    assert "seal" in said[1]
    assert rows("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'mash_drill_%'") == []


def test_drill_looks_at_the_log_in_the_backup(
    transactional_db: None, front_door: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASH_AUDITOR_DATABASE_URL", url_of("mash_auditor"))
    logged(worry_about(THORNBURY, AT), front_door, AT)
    seal()
    with past_the_walls() as connection, connection.cursor() as cursor, without_triggers(cursor):
        cursor.execute("UPDATE audit_event SET verb = verb || 'x'")
        connection.commit()
        backup.make(url_of("mash_backup"), tmp_path)
        cursor.execute("UPDATE audit_event SET verb = left(verb, -1)")
        connection.commit()
    [file] = tmp_path.glob("*.dump")
    with pytest.raises(BackupError, match="not what was sealed"):
        backup.drill(ADMIN_URL, file)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def without_list(file: Path) -> None:
    backup.list_of(file).unlink()


def with_a_row_less(file: Path) -> None:
    listed = json.loads(backup.list_of(file).read_text(encoding="utf-8"))
    listed["rows"]["public.contacts_contact"] += 1
    backup.list_of(file).write_text(json.dumps(listed), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (cut_short, "is not the file that was made"),
        (without_list, "cannot be read"),
        (with_a_row_less, "public.contacts_contact 2 in the list, 1 there"),
    ],
)
def test_what_is_not_what_was_made_does_not_come_back(
    made: Path, restored: str, spoil: Callable[[Path], None], why: str
) -> None:
    spoil(made)
    with pytest.raises(BackupError, match=why):
        backup.restore(ADMIN_URL, made, restored)
    assert rows("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{restored}'") == []


def test_nothing_is_overwritten(made: Path) -> None:
    with pytest.raises(BackupError, match="has tables"):
        backup.restore(ADMIN_URL, made, DATABASE)
    assert Contact.objects.count() == 1


def test_login_that_may_not_read_everything_leaves_no_half_backup(transactional_db: None, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="take that of mash_backup"):
        backup.make(url_of("mash_web"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_makes_no_backup(django_db_setup: None, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no tables of a hub"):
        backup.make(url_of("postgres", "postgres"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_missing_login_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MASH_BACKUP_DATABASE_URL", raising=False)
    assert backup.main(["make", "anywhere"]) == 1
    assert "Set MASH_BACKUP_DATABASE_URL" in capsys.readouterr().err
