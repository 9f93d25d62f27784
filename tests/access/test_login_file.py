"""A password of the database is changed in its file: the next connection takes it, and no process starts again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from common.postgres.base import DatabaseWrapper
from mash.settings import readers
from tests.database import ADMIN_URL
from tests.worker_environment import DATABASE, with_path


def url_of(role: str) -> str:
    return with_path(ADMIN_URL.replace("postgresql://postgres@", f"postgresql://{role}@"), DATABASE)


@pytest.fixture
def login_file(django_db_setup: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "web_database_url"
    file.write_text(url_of("mash_web") + "\n", encoding="utf-8")
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("DATABASE_URL_FILE", str(file))
    return file


@pytest.fixture
def opened(login_file: Path) -> Iterator[DatabaseWrapper]:
    """Return the connection of a process that has read its settings."""
    defaults: dict[str, Any] = {"AUTOCOMMIT": True, "TIME_ZONE": None, "CONN_MAX_AGE": 0, "TEST": {}}
    with closing(DatabaseWrapper({**defaults, **readers.database("DATABASE_URL")})) as wrapper:
        yield wrapper


def logged_in_as(wrapper: DatabaseWrapper) -> str:
    """Return who is logged in, on a new connection."""
    wrapper.close()
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT session_user")
        [[name]] = cursor.fetchall()
    return str(name)


def test_each_new_connection_reads_the_login_anew(
    opened: DatabaseWrapper, login_file: Path, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        assert logged_in_as(opened) == "mash_web"
        login_file.write_text(url_of("mash_sweep"), encoding="utf-8")
        assert logged_in_as(opened) == "mash_sweep"


@pytest.mark.parametrize("half", ["", "postgresql://"])
def test_half_a_file_keeps_what_was_said_before(
    opened: DatabaseWrapper, login_file: Path, half: str, django_db_blocker: pytest.FixtureRequest
) -> None:
    login_file.write_text(half, encoding="utf-8")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        assert logged_in_as(opened) == "mash_web"
        login_file.unlink()
        assert logged_in_as(opened) == "mash_web"
