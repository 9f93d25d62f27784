"""The second wall is looked at before a page is served: each hole, made for real, is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from psycopg2.extensions import connection as Connection

from agencies import checks
from agencies.access import standing
from agencies.access.standing import findings, guarded_tables
from mash import wall_first
from tests.logins import logged_in_as

pytestmark = pytest.mark.django_db(transaction=True)
SCRATCH = "scratch_case"
SOUND = f"""
CREATE TABLE {SCRATCH} (id int);
ALTER TABLE {SCRATCH} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {SCRATCH} FORCE ROW LEVEL SECURITY;
GRANT SELECT ON {SCRATCH} TO mash_web, mash_odd;
CREATE POLICY own ON {SCRATCH} FOR SELECT TO mash_web, mash_odd USING (false);
"""


@pytest.fixture
def odd(superuser_connection: Connection) -> Iterator[Callable[[str], None]]:
    """Make a role that may log in and a sound table of its own; give a function that spoils either as the superuser."""
    superuser_connection.autocommit = True
    cursor = superuser_connection.cursor()
    cursor.execute("DROP ROLE IF EXISTS mash_odd; CREATE ROLE mash_odd LOGIN NOINHERIT")
    cursor.execute("GRANT USAGE ON SCHEMA public, fw TO mash_odd")
    cursor.execute("GRANT EXECUTE ON FUNCTION fw.membership(), fw.case_access(text) TO mash_odd")
    cursor.execute("SELECT current_database()")
    cursor.execute(f'GRANT CONNECT ON DATABASE "{cursor.fetchone()[0]}" TO mash_odd')  # type: ignore[index]
    cursor.execute(SOUND)
    yield cursor.execute
    connection.close()
    cursor.execute(f"DROP TABLE IF EXISTS {SCRATCH}; DROP OWNED BY mash_odd; DROP ROLE mash_odd")
    cursor.execute("DROP ROLE IF EXISTS mash_between")


def seen(*, role: str = "mash_odd", tables: list[str] | None = None) -> list[str]:
    with logged_in_as("mash_odd"):
        return findings(role=role, tables=tables or [SCRATCH])


BETWEEN = "CREATE ROLE mash_between NOLOGIN {}; GRANT mash_between TO mash_odd WITH INHERIT FALSE, SET TRUE"
HOLES = {
    "superuser": ("ALTER ROLE mash_odd SUPERUSER", "The role mash_odd is a superuser"),
    "bypass": ("ALTER ROLE mash_odd BYPASSRLS", "The role mash_odd passes every policy"),
    "makes roles": ("ALTER ROLE mash_odd CREATEROLE", "The role mash_odd may make roles"),
    "replication": ("ALTER ROLE mash_odd REPLICATION", "The role mash_odd may copy the whole server"),
    "owns a table": (f"ALTER TABLE {SCRATCH} OWNER TO mash_odd", "The role mash_odd owns tables or functions"),
    "owns a function": (
        (
            "CREATE FUNCTION fw.odd() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT CREATE ON SCHEMA fw TO mash_odd;"
            " ALTER FUNCTION fw.odd() OWNER TO mash_odd"
        ),
        "The role mash_odd owns tables or functions",
    ),
    "becomes a superuser": (BETWEEN.format("SUPERUSER"), "The login may become mash_between, which is a superuser"),
    "becomes one who bypasses": (
        BETWEEN.format("BYPASSRLS"),
        "The login may become mash_between, which passes every policy",
    ),
    "becomes the owner": (
        "GRANT mash_owner TO mash_odd WITH INHERIT FALSE, SET TRUE",
        "The login may become mash_owner, which owns what guards the hub",
    ),
    "becomes the owner by two steps": (
        "CREATE ROLE mash_between NOLOGIN; GRANT mash_owner TO mash_between; GRANT mash_between TO mash_odd",
        "The login may become mash_owner, which owns what guards the hub",
    ),
    "reads files of the server": (
        "GRANT pg_read_server_files TO mash_odd",
        "The login may become pg_read_server_files, which is a role of the server",
    ),
    "policies off": (f"ALTER TABLE {SCRATCH} DISABLE ROW LEVEL SECURITY", f"Row-level security of {SCRATCH} is off"),
    "not forced": (
        f"ALTER TABLE {SCRATCH} NO FORCE ROW LEVEL SECURITY",
        f"Row-level security of {SCRATCH} is not forced upon its owner",
    ),
    "no policy": (f"DROP POLICY own ON {SCRATCH}", f"The table {SCRATCH} has no policy for this login"),
    "policy for another": (f"ALTER POLICY own ON {SCRATCH} TO mash_web", f"The table {SCRATCH} has no policy"),
    "table missing": (f"DROP TABLE {SCRATCH}", f"The table {SCRATCH} is not there"),
}


@pytest.mark.parametrize("hole", list(HOLES))
def test_hole_is_named(hole: str, odd: Callable[[str], None]) -> None:
    made, sentence = HOLES[hole]
    assert seen() == []
    odd(made)
    found = [one for one in seen() if one.startswith(sentence)]
    assert len(found) == 1
    assert found[0].endswith(".")
    assert ": " in found[0]


def test_table_that_the_login_may_not_touch_needs_no_policy(odd: Callable[[str], None]) -> None:
    odd(f"DROP POLICY own ON {SCRATCH}; REVOKE ALL ON {SCRATCH} FROM mash_odd")
    assert seen() == []
    odd(f"GRANT SELECT (id) ON {SCRATCH} TO mash_odd")
    assert seen() == [f"The table {SCRATCH} has no policy for this login: run the migrations."]


def test_another_login_than_expected_is_named(odd: Callable[[str], None]) -> None:
    assert seen(role="mash_web") == ["The database login is mash_odd: set DATABASE_URL to the login of mash_web."]


def test_another_identity_key_is_named(odd: Callable[[str], None]) -> None:
    odd("UPDATE fw.signing_key SET inner_key = '\\x00'")
    assert seen() == ["The database checks identities by another key: run install_identity_key as the owner."]


def test_roles_of_the_product_have_no_hole_in_the_tables_that_decide_rights() -> None:
    deciding = [*sorted(standing.DECIDING), "agencies_user", "agencies_membership", "django_session", "auth_group"]
    for role in ("mash_web", "mash_sweep"):
        with logged_in_as(role):
            assert findings(role=role, tables=deciding) == [], role


def test_every_guarded_table_is_looked_at() -> None:
    tables = guarded_tables()
    for name in ("contacts_contact", "screening_enquirygrant", "agencies_membership", "django_session", "auth_group"):
        assert name in tables
    assert tables == sorted(set(tables))


@contextmanager
def holes(monkeypatch: pytest.MonkeyPatch, *found: list[str]) -> Iterator[list[list[str]]]:
    """Let the wall be found with these, one list at each look."""
    waiting = list(found)
    monkeypatch.setattr(wall_first, "findings", lambda: waiting.pop(0))
    yield waiting


def ask(path: str = "/", *, of: wall_first.WallFirst) -> str:
    said: list[str] = []
    of({"PATH_INFO": path}, lambda status, headers: said.append(status))
    return said[0]


def pages(environ: object, start_response: Callable[..., object]) -> list[bytes]:
    start_response("200 OK", [])
    return []


def test_no_page_is_served_before_a_hole(odd: Callable[[str], None]) -> None:
    odd("GRANT mash_owner TO mash_odd WITH INHERIT FALSE, SET TRUE")
    with logged_in_as("mash_odd"), pytest.raises(ImproperlyConfigured) as refused:
        wall_first.WallFirst(pages)
    sentences = str(refused.value).splitlines()
    assert sentences[0] == "The hub does not serve: its second wall is open."
    assert "The login may become mash_owner, which owns what guards the hub: REVOKE mash_owner from it." in sentences


def test_pages_are_served_once_the_database_can_be_asked_and_it_looks_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    with logged_in_as("mash_nobody_of_that_name"):
        shut = wall_first.WallFirst(pages)
        assert (ask(of=shut), ask("/livez", of=shut)) == ("503 Service Unavailable", "200 OK")
    with holes(monkeypatch, ["A hole."], []) as waiting:
        assert ask(of=shut) == "503 Service Unavailable"
        assert [ask(of=shut), ask(of=shut)] == ["200 OK", "200 OK"]
        assert waiting == []


def test_djangos_check_says_the_same_and_leaves_the_owner_to_migrate(odd: Callable[[str], None]) -> None:
    sentence = "The database login is mash_odd: set DATABASE_URL to the login of mash_web."
    with logged_in_as("mash_odd"):
        assert Error(sentence, id="agencies.E001") in checks.second_wall(databases=["default"])
        assert checks.second_wall(databases=None) == []
    with logged_in_as("mash_owner"):
        assert checks.second_wall(databases=["default"]) == []
