"""The database roles: made once, put right again, and each with no more than it needs."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import cursor as Cursor

from deploy import bootstrap
from deploy.local import postgres, scratch
from deploy.local.postgres import SUPERUSER

PASSWORDS = {role.name: f"secret-of-{role.name}" for role in bootstrap.LOGINS}


@pytest.fixture(scope="module")
def cluster() -> Iterator[postgres.Cluster]:
    """Return a PostgreSQL server that has never seen a hub."""
    with scratch.folder() as folder:
        server = postgres.Cluster(folder, durable=False)
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="module")
def plan(cluster: postgres.Cluster) -> bootstrap.Plan:
    """Return the plan for a first start."""
    return bootstrap.Plan(cluster.url(SUPERUSER, "postgres"), "mash", PASSWORDS)


@pytest.fixture(scope="module")
def first_lines(plan: bootstrap.Plan) -> list[str]:
    """Make everything, and return what was said."""
    return bootstrap.bootstrap(plan)


@pytest.fixture
def admin(first_lines: list[str], cluster: postgres.Cluster) -> Iterator[Cursor]:
    """Return a superuser's cursor in the hub's database."""
    with closing(psycopg2.connect(cluster.url(SUPERUSER, "mash"))) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        yield cursor


def rows(cursor: Cursor, statement: str) -> list[tuple[object, ...]]:
    """Return what a statement gives."""
    cursor.execute(statement)
    return list(cursor.fetchall())


def test_the_first_run_names_all_it_made(first_lines: list[str]) -> None:
    made = [line.split(":")[0] for line in first_lines]
    assert made == [f"Role {role.name}" for role in bootstrap.ROLES] + ["Database mash."]


def test_the_second_run_changes_nothing(first_lines: list[str], plan: bootstrap.Plan) -> None:
    assert bootstrap.bootstrap(plan) == ["Nothing to make: roles and database were there already."]


def test_only_backup_and_definer_pass_the_policies_and_nobody_is_more_than_a_login(admin: Cursor) -> None:
    said = rows(
        admin,
        "SELECT rolname, rolcanlogin, rolbypassrls, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication "
        "OR rolinherit FROM pg_roles WHERE rolname LIKE 'mash%' ORDER BY 1",
    )
    assert said == [
        ("mash_auditor", True, False, False),
        ("mash_backup", True, True, False),
        ("mash_definer", False, True, False),
        ("mash_owner", True, False, False),
        ("mash_probe", False, False, False),
        ("mash_sweep", True, False, False),
        ("mash_web", True, False, False),
    ]


def test_a_role_that_was_given_more_is_put_right(admin: Cursor, plan: bootstrap.Plan) -> None:
    admin.execute("ALTER ROLE mash_web SUPERUSER BYPASSRLS")
    bootstrap.bootstrap(plan)
    assert rows(admin, "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'mash_web'") == [(False, False)]


def test_passwords_are_stored_hashed(admin: Cursor) -> None:
    stored = rows(
        admin, "SELECT DISTINCT left(rolpassword, 13) FROM pg_authid WHERE rolname LIKE 'mash%' AND rolcanlogin"
    )
    assert stored == [("SCRAM-SHA-256",)]


@pytest.mark.parametrize("role", ["mash_web", "mash_sweep"])
def test_what_these_roles_send_is_in_no_view_and_no_log(role: str, admin: Cursor, cluster: postgres.Cluster) -> None:
    with closing(psycopg2.connect(cluster.url(role, "mash"))) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 'a child''s name'")
        seen = rows(admin, f"SELECT query FROM pg_stat_activity WHERE usename = '{role}'")
        assert seen == [("",)]
        cursor.execute("SELECT current_setting('log_min_error_statement'), current_setting('log_statement')")
        assert cursor.fetchone() == ("panic", "none")


@pytest.mark.parametrize("role", ["mash_web", "mash_sweep", "mash_auditor"])
def test_no_statement_of_theirs_is_compiled(role: str, admin: Cursor, cluster: postgres.Cluster) -> None:
    with closing(psycopg2.connect(cluster.url(role, "mash"))) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit')")
        assert cursor.fetchone() == ("off",)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMP TABLE t (a int)",
        "CREATE TABLE t (a int)",
        "CREATE TABLE fw.t (a int)",
        "CREATE SCHEMA s",
        "SET ROLE mash_owner",
        "SET ROLE mash_definer",
        "SET ROLE mash_probe",
        "SET track_activities = on",
        "ALTER ROLE mash_web SET track_activities = on",
    ],
)
def test_the_web_role_can_do_none_of_these(statement: str, admin: Cursor, cluster: postgres.Cluster) -> None:
    with (
        closing(psycopg2.connect(cluster.url("mash_web", "mash"))) as connection,
        connection.cursor() as cursor,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        cursor.execute(statement)


def test_the_owner_can_give_a_function_to_the_definer(admin: Cursor, cluster: postgres.Cluster) -> None:
    with closing(psycopg2.connect(cluster.url("mash_owner", "mash"))) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE FUNCTION fw.probe() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        cursor.execute("ALTER FUNCTION fw.probe() OWNER TO mash_definer")
        cursor.execute("SELECT rolname FROM pg_proc JOIN pg_roles ON pg_roles.oid = proowner WHERE proname = 'probe'")
        assert cursor.fetchone() == ("mash_definer",)


def test_strangers_cannot_even_connect(admin: Cursor, cluster: postgres.Cluster) -> None:
    admin.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
        psycopg2.connect(cluster.url("stranger", "mash"))


def test_an_ordinary_login_is_refused(first_lines: list[str], cluster: postgres.Cluster) -> None:
    plan = bootstrap.Plan(cluster.url("mash_owner", "mash"), "mash", PASSWORDS)
    with pytest.raises(bootstrap.BootstrapError, match="must be a superuser's login"):
        bootstrap.bootstrap(plan)


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({}, "Set MASH_ADMIN_DATABASE_URL (or MASH_ADMIN_DATABASE_URL_FILE) to a superuser's login."),
        (
            {"MASH_ADMIN_DATABASE_URL": "x", "MASH_DATABASE_NAME": 'ma"sh'},
            "MASH_DATABASE_NAME may hold small letters, digits and underscores only.",
        ),
        (
            {"MASH_ADMIN_DATABASE_URL": "x", "MASH_OWNER_PASSWORD": "o", "MASH_WEB_PASSWORD": "w"},
            (
                "Set MASH_SWEEP_PASSWORD, MASH_AUDITOR_PASSWORD, MASH_BACKUP_PASSWORD (or each as NAME_FILE): "
                "no role has a default password."
            ),
        ),
        (
            {"MASH_ADMIN_DATABASE_URL_FILE": "/nowhere/at/all"},
            "MASH_ADMIN_DATABASE_URL_FILE points to /nowhere/at/all, which cannot be read: No such file or directory.",
        ),
    ],
)
def test_a_missing_setting_is_named(environ: Mapping[str, str], sentence: str) -> None:
    with pytest.raises(bootstrap.BootstrapError) as problem:
        bootstrap.plan_from(environ)
    assert str(problem.value) == sentence


def test_settings_come_from_files_too(tmp_path: Path) -> None:
    files = {}
    for role in bootstrap.LOGINS:
        file = tmp_path / role.name
        file.write_text(f"pw-{role.name}\n", encoding="utf-8")
        files[f"{role.password_name}_FILE"] = str(file)
    plan = bootstrap.plan_from({"MASH_ADMIN_DATABASE_URL": "postgresql:///x", **files})
    assert plan == bootstrap.Plan("postgresql:///x", "mash", {r.name: f"pw-{r.name}" for r in bootstrap.LOGINS})
