"""The tests' database: migrated once as the owner, cloned for each worker, used as the web role.

What a test does itself runs as `mash_tester`, a role with the web role's rights
that no policy stops: setting a scene needs no identity. From `acting_as` on, and
so in every request of the test client, the role is `mash_web` under its policies.

An ordinary test (`db`) runs in a transaction that is rolled back. A test with
real transactions (`transactional_db`, `live_server`) leaves committed rows behind
that the web role may not remove, so its worker's database is replaced by a
fresh clone afterwards.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.db import connections
from django.test import TransactionTestCase
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from pytest_django.plugin import DjangoDbBlocker

from agencies.access import identity
from deploy.bootstrap import restrict_database
from tests.worker_environment import DATABASE, URLS, with_path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ["MASH_TEST_FOLDER"])
TEMPLATE = os.environ["MASH_DATABASE_NAME"]
ADMIN_URL = os.environ["MASH_ADMIN_DATABASE_URL"]
TESTER = "mash_tester"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker its clone of the migrated template, in place of pytest-django's own database."""
    with django_db_blocker.unblock():
        migrate_template()
        replace_database()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
            patch.setattr(identity, "TELL", AS_THE_WEB_ROLE)
            patch.setitem(connections["default"].settings_dict, "USER", TESTER)
            yield
        connections.close_all()


AS_THE_WEB_ROLE = (
    f"{identity.TELL} || set_config('role', CASE WHEN %(identity)s <> '' AND session_user = '{TESTER}'"
    " THEN 'mash_web' ELSE 'none' END, true)"
)
"""Tells the identity as the product does, and takes the web role with it; outside every `acting_as` it is empty, and
the tester is themself again."""


def make_tester() -> None:
    """Make the role of the tests: it inherits what the web role may do, and may become it."""
    with administrator() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [TESTER])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {TESTER} LOGIN INHERIT BYPASSRLS")
            cursor.execute(f"GRANT mash_web TO {TESTER} WITH INHERIT TRUE, SET TRUE")
    with closing(psycopg2.connect(with_path(ADMIN_URL, TEMPLATE))) as connection, connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {TESTER}")  # Also what the web only writes.
        connection.commit()


def migrate_template() -> None:
    """Migrate the template as the owner, and load the directory as the web role, once for all workers of a run."""
    done = FOLDER / "template.migrated"
    with (FOLDER / "template.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            prepare("MASH_OWNER_DATABASE_URL", "migrate --no-input --verbosity=0", "install_identity_key")
            make_tester()
            prepare("DATABASE_URL", "load_directory")
            done.touch()


def prepare(login: str, *commands: str) -> None:
    """Run Django commands on the template in one process, without system checks: those are for ./run lint."""
    urls = {name: with_path(os.environ[name], TEMPLATE) for name in URLS}
    ended = subprocess.run(
        [sys.executable, "-m", "deploy.local.django_commands", *commands],
        env={**os.environ, **urls, "DATABASE_URL": urls[login], "MASH_TEST_LOADED": str(FOLDER / "template.inputs")},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        pytest.exit(f"The tests' database was not made: {'; '.join(commands)} failed.\n{ended.stderr}", 3)


def replace_database() -> None:
    """Drop this worker's database, whoever is still connected to it, and clone it from the template."""
    connections.close_all()
    drop(DATABASE)
    clone(TEMPLATE, DATABASE)


def drop(database: str) -> None:
    """Drop a database if it is there, whoever is still connected to it."""
    with administrator() as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def clone(source: str, database: str) -> None:
    """Make a database that is a copy of another one, to which nobody may be connected."""
    with administrator() as connection, connection.cursor() as cursor:
        names = sql.Identifier(database), sql.Identifier(source)
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER mash_owner STRATEGY file_copy").format(*names))
        restrict_database(cursor, database)
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(names[0], sql.Identifier(TESTER)))


def restore(_case: TransactionTestCase) -> None:
    """Undo what a test with real transactions has committed."""
    replace_database()


@contextmanager
def administrator() -> Iterator[Connection]:
    """Log in as the superuser, outside this worker's database, each statement its own transaction."""
    with closing(psycopg2.connect(ADMIN_URL)) as connection:
        connection.autocommit = True
        yield connection


def log_in(url: str) -> Iterator[Connection]:
    """Give a plain psycopg2 connection that rolls back at the end."""
    with closing(psycopg2.connect(url)) as connection:
        yield connection


@pytest.fixture
def web_url(django_db_setup: None) -> str:
    """Return the URL by which the web role logs in to this worker's database."""
    return os.environ["DATABASE_URL"]


@pytest.fixture
def sweep_url(django_db_setup: None) -> str:
    """Return the URL by which the worker's role logs in to this worker's database."""
    return os.environ["MASH_SWEEP_DATABASE_URL"]


@pytest.fixture
def owner_connection(transactional_db: None) -> Iterator[Connection]:
    """Connect as the owner of the tables; what a test commits is gone after it."""
    yield from log_in(os.environ["MASH_OWNER_DATABASE_URL"])


@pytest.fixture
def connect_as(transactional_db: None) -> Iterator[Callable[[str], Connection]]:
    """Give a function that connects as any role by name, for tests of what the roles may do."""
    opened: list[Connection] = []

    def connect(role: str) -> Connection:
        url = os.environ["DATABASE_URL"].replace("://mash_web@", f"://{role}@")
        opened.append(psycopg2.connect(url))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def valkey_url() -> str:
    """Return the URL of this worker's own Valkey database."""
    return os.environ["MASH_REDIS_URL"]
