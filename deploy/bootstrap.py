"""Create the database roles and the database; run by an administrator, as often as wanted.

Roles belong to the whole cluster and some of their settings may be set by an
administrator only, so this is apart from the migrations, which merely grant.
It needs nothing but psycopg2, so that the bootstrap job of a hub can run it
without the product's settings and secrets.

Environment (each also as NAME_FILE, naming a file that holds the value):
    MASH_ADMIN_DATABASE_URL: a superuser's login; any database of the cluster.
    MASH_DATABASE_NAME: the database to create; "mash" when absent.
    MASH_OWNER_PASSWORD, MASH_WEB_PASSWORD, MASH_SWEEP_PASSWORD,
    MASH_AUDITOR_PASSWORD, MASH_BACKUP_PASSWORD: the passwords of the logins.
    MASH_TRUST_LOGINS: "1" where the server trusts its socket (demo, tests), so
        that roles need no password.
"""

import os
import re
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extensions import make_dsn

OLDEST_SERVER = 160000
# What is typed into the product would otherwise be readable in pg_stat_activity and in the
# server's log: psycopg2 writes values into the statement's text.
SILENT = {
    "track_activities": "off",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
# A statement or a transaction that never ends would hold the others up, whoever sent it.
PATIENT = {"statement_timeout": "60s", "idle_in_transaction_session_timeout": "300s"}
# A policy's subplans look dear to the planner, and a server built with LLVM would compile them for each statement
# of a few milliseconds anew.
UNCOMPILED = {"jit": "off"}


@dataclass(frozen=True)
class Role:
    """One database role: what it may bypass, and whether its statements are kept out of every view and log."""

    name: str
    purpose: str
    logs_in: bool = True
    bypasses_policies: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def password_name(self) -> str:
        """Return the name of the environment variable with this role's password."""
        return f"{self.name.upper()}_PASSWORD"


ROLES = (
    Role("mash_owner", "owns the tables; only migrations log in as it"),
    Role("mash_web", "the web processes", settings={**SILENT, **PATIENT, **UNCOMPILED}),
    Role("mash_sweep", "worker and beat", settings={**SILENT, **UNCOMPILED}),
    Role("mash_auditor", "reads the logs, through functions", settings=UNCOMPILED),
    Role("mash_backup", "dumps everything, sealed texts encrypted as they are", bypasses_policies=True),
    Role("mash_definer", "owns the functions that apply a rule themselves", logs_in=False, bypasses_policies=True),
    Role("mash_probe", "looks with the web role's eyes, for functions that read what it may not", logs_in=False),
)
LOGINS = tuple(role for role in ROLES if role.logs_in)


class BootstrapError(Exception):
    """The roles cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Plan:
    """What to make: the database's name, and each login's password (None where the server trusts its socket)."""

    admin_url: str
    database: str
    passwords: Mapping[str, str | None]


def main() -> None:
    """Read the environment, make what is missing, and say what was made."""
    try:
        lines = bootstrap(plan_from(os.environ))
    except BootstrapError as problem:
        sys.exit(str(problem))
    print("\n".join(lines))


def plan_from(environ: Mapping[str, str]) -> Plan:
    """Return the plan that the environment describes.

    Raises:
        BootstrapError: A variable is missing, or the database's name is not a plain one.
    """
    admin_url = value_of("MASH_ADMIN_DATABASE_URL", environ)
    if not admin_url:
        raise BootstrapError("Set MASH_ADMIN_DATABASE_URL (or MASH_ADMIN_DATABASE_URL_FILE) to a superuser's login.")
    name = value_of("MASH_DATABASE_NAME", environ) or "mash"
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise BootstrapError("MASH_DATABASE_NAME may hold small letters, digits and underscores only.")
    trusting = value_of("MASH_TRUST_LOGINS", environ) == "1"
    passwords = {role.name: value_of(role.password_name, environ) for role in LOGINS}
    missing = [role.password_name for role in LOGINS if not passwords[role.name]]
    if missing and not trusting:
        raise BootstrapError(f"Set {', '.join(missing)} (or each as NAME_FILE): no role has a default password.")
    return Plan(admin_url, name, passwords)


def value_of(name: str, environ: Mapping[str, str]) -> str | None:
    """Return a setting, from its variable or from the file that NAME_FILE points to.

    Raises:
        BootstrapError: The file cannot be read.
    """
    if environ.get(name):
        return environ[name]
    file = environ.get(f"{name}_FILE")
    if not file:
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise BootstrapError(f"{name}_FILE points to {file}, which cannot be read: {problem.strerror}.") from None


def bootstrap(plan: Plan) -> list[str]:
    """Make roles, database and the firewall's schema; change nothing that is right already.

    Returns:
        One line for each thing made.

    Raises:
        BootstrapError: The server is too old, or the login is not a superuser's.
    """
    made: list[str] = []
    with closing(connect(plan.admin_url)) as connection, connection.cursor() as cursor:
        require_superuser(cursor)
        for role in ROLES:
            made += make_role(cursor, role, plan.passwords.get(role.name))
        cursor.execute("GRANT mash_definer, mash_probe TO mash_owner WITH INHERIT FALSE, SET TRUE")
        cursor.execute("GRANT mash_web TO mash_probe WITH INHERIT TRUE, SET FALSE")
        made += make_database(cursor, plan.database)
        restrict_database(cursor, plan.database)
    with closing(connect(plan.admin_url, plan.database)) as connection, connection.cursor() as cursor:
        furnish_database(cursor)
    return made or ["Nothing to make: roles and database were there already."]


def connect(url: str, database: str | None = None) -> Connection:
    """Log in as the administrator, each statement a transaction of its own.

    Raises:
        BootstrapError: The server refused, or cannot be reached.
    """
    try:
        connection = psycopg2.connect(make_dsn(url, dbname=database) if database else url)
    except psycopg2.OperationalError as problem:
        raise BootstrapError(f"The administrator's login failed: {problem}".strip()) from None
    connection.autocommit = True
    return connection


def require_superuser(cursor: Cursor) -> None:
    """Stop when this login cannot do the work.

    Raises:
        BootstrapError: The server is older than PostgreSQL 16, or the login is no superuser.
    """
    if cursor.connection.server_version < OLDEST_SERVER:
        raise BootstrapError("This PostgreSQL is too old: 16 or later is needed.")
    cursor.execute("SELECT current_setting('is_superuser')")
    if cursor.fetchone() != ("on",):
        raise BootstrapError(
            "MASH_ADMIN_DATABASE_URL must be a superuser's login: some settings of the roles are closed to others."
        )


def make_role(cursor: Cursor, role: Role, password: str | None) -> list[str]:
    """Make one role, or bring one that is there back to what it must be."""
    name = sql.Identifier(role.name)
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role.name])
    known = cursor.fetchone() is not None
    if not known:
        cursor.execute(sql.SQL("CREATE ROLE {}").format(name))
    attributes = [
        "LOGIN" if role.logs_in else "NOLOGIN",
        "BYPASSRLS" if role.bypasses_policies else "NOBYPASSRLS",
        "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT",
    ]
    cursor.execute(sql.SQL("ALTER ROLE {} ").format(name) + sql.SQL(" ".join(attributes)))
    if role.logs_in and password:
        cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password)))
    for setting, value in role.settings.items():
        cursor.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), sql.Literal(value)))
    return [] if known else [f"Role {role.name}: {role.purpose}."]


def make_database(cursor: Cursor, name: str) -> list[str]:
    """Make the database, owned by the migrations' role."""
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    known = cursor.fetchone() is not None
    statement = "ALTER DATABASE {} OWNER TO mash_owner" if known else "CREATE DATABASE {} OWNER mash_owner"
    cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
    return [] if known else [f"Database {name}."]


def restrict_database(cursor: Cursor, name: str) -> None:
    """Let only our logins connect, and nobody make temporary tables.

    A copy of a database (`CREATE DATABASE … TEMPLATE`) does not take these
    rights over, so whoever copies one calls this again.
    """
    database = sql.Identifier(name)
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in LOGINS:
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role.name)))


def furnish_database(cursor: Cursor) -> None:
    """Add the schema of the firewall's functions, and close the public schema.

    The definer's role may create in `fw` because a function can only be given
    to a role that could have made it there.
    """
    cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    cursor.execute("GRANT USAGE, CREATE ON SCHEMA public TO mash_owner")
    cursor.execute("GRANT USAGE ON SCHEMA public TO mash_web, mash_sweep, mash_auditor, mash_backup, mash_definer")
    cursor.execute("CREATE SCHEMA IF NOT EXISTS fw AUTHORIZATION mash_owner")
    cursor.execute("REVOKE ALL ON SCHEMA fw FROM PUBLIC")
    cursor.execute("GRANT USAGE ON SCHEMA fw TO mash_web, mash_sweep, mash_auditor, mash_backup")
    cursor.execute("GRANT USAGE, CREATE ON SCHEMA fw TO mash_definer, mash_probe")


if __name__ == "__main__":
    main()
