"""Raw SQL as the web role: what an attacker inside a web process could try, and is refused to everybody.

What somebody may do and others may not, on the tables that decide rights, is tried in `test_directory_attacks.py`.
"""

import re
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest
from django.apps import apps
from psycopg2 import errors
from psycopg2.extensions import connection as Connection

from agencies.access.firewall import Kind, kind_of
from agencies.access.rights import all_rights

DENIED = errors.InsufficientPrivilege


@pytest.fixture
def web(web_url: str) -> Iterator[Connection]:
    """Log in as the web role, as an attacker would."""
    with closing(psycopg2.connect(web_url)) as connection:
        yield connection


def attempt(connection: Connection, statement: str) -> type[Exception] | None:
    """Return the error that a statement meets, None if it meets none; nothing of it stays."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except psycopg2.Error as error:
        return type(error)
    else:
        return None
    finally:
        connection.rollback()


ATTACKS = {
    "become the owner": "SET ROLE mash_owner",
    "become the definer": "SET ROLE mash_definer",
    "become the backup": "SET ROLE mash_backup",
    "become the superuser": "SET SESSION AUTHORIZATION postgres",
    "become the owner for a session": "SET SESSION AUTHORIZATION mash_owner",
    "policies off": "SET row_security = off; SELECT * FROM information_sharing_informationrequest",
    "triggers off": "SET session_replication_role = replica",
    "policies off for the table": "ALTER TABLE information_sharing_informationrequest DISABLE ROW LEVEL SECURITY",
    "drop a policy": "DROP POLICY request_seen ON information_sharing_informationrequest",
    "add a policy": "CREATE POLICY mine ON information_sharing_informationrequest USING (true)",
    "bypass for oneself": "ALTER ROLE mash_web BYPASSRLS",
    "superuser for oneself": "ALTER ROLE mash_web SUPERUSER",
    "make a role": "CREATE ROLE helper LOGIN",
    "join a role": "GRANT mash_owner TO mash_web",
    "read the key": "SELECT * FROM fw.signing_key",
    "count the key": "SELECT count(*) FROM fw.signing_key",
    "plant a key": "INSERT INTO fw.signing_key VALUES (2, '\\x00', '\\x00')",
    "replace the key": "UPDATE fw.signing_key SET inner_key = '\\x00'",
    "remove the key": "DELETE FROM fw.signing_key",
    "temporary table": "CREATE TEMP TABLE kept (text text)",
    "temporary view": "CREATE TEMP VIEW kept AS SELECT 1",
    "table": "CREATE TABLE kept (text text)",
    "table beside the functions": "CREATE TABLE fw.kept (text text)",
    "function": "CREATE FUNCTION fw.has2() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "schema": "CREATE SCHEMA mine",
    "replace an identity function": (
        "CREATE OR REPLACE FUNCTION fw.roles() RETURNS text[] LANGUAGE sql AS 'SELECT NULL'"
    ),
    "alter a table": "ALTER TABLE agencies_membership ADD COLUMN extra text",
    "drop a table": "DROP TABLE agencies_membership",
    "index": "CREATE INDEX probe ON agencies_membership (user_id)",
    "trigger": "CREATE TRIGGER mine BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION fw.append_only()",
    "extension": "CREATE EXTENSION dblink",
    "server program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "server file out": "COPY (SELECT 1) TO '/tmp/leak'",
    "server file in": "SELECT pg_read_file('PG_VERSION')",
    "statements into the log": "SET log_statement = 'all'",
    "statements into the view": "SET track_activities = on",
    "logs of the audit": "SELECT changes FROM auditlog_logentry",
    "readings": "SELECT * FROM audit_reading",
    "refusals": "SELECT * FROM audit_refusal",
    "change an event": "UPDATE audit_event SET verb = 'x'",
    "remove an event": "DELETE FROM audit_event",
    "plant a request's grant": (
        "INSERT INTO screening_enquirygrant (permission_id, group_id, content_object_id) SELECT 1, 1, gen_random_uuid()"
    ),
    "change a request's grant": "UPDATE screening_enquirygrant SET group_id = 1",
    "end a request's grant": "DELETE FROM screening_enquirygrant",
    "plant a generic grant": "INSERT INTO guardian_groupobjectpermission (object_pk) VALUES ('1')",
    "join a group": "INSERT INTO agencies_user_groups (user_id, group_id) SELECT gen_random_uuid(), 1",
    "permission for oneself": (
        "INSERT INTO agencies_user_user_permissions (user_id, permission_id) SELECT gen_random_uuid(), 1"
    ),
    "permission for a group": "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (1, 1)",
    "make a held marker": "INSERT INTO information_sharing_heldmarker (enquiry_id) SELECT gen_random_uuid()",
    "migrations": "SELECT * FROM django_migrations",
    "password hashes": "SELECT * FROM fw.credential",
    "sessions": "SELECT * FROM django_session",
    "rewrite the times": "UPDATE clock_ratingpolicy SET quantity = 99999",
    "rename a group": "UPDATE auth_group SET name = 'mine'",
    "remove a membership": "DELETE FROM agencies_membership",
    "passwords of the server": "SELECT * FROM pg_authid",
}


@pytest.mark.parametrize("kind", list(ATTACKS))
def test_attack_is_refused(kind: str, web: Connection) -> None:
    assert attempt(web, ATTACKS[kind]) is DENIED


@pytest.mark.parametrize("statement", ["ALTER SYSTEM SET log_statement = 'all'", "CREATE DATABASE mine"])
def test_attack_outside_a_transaction_is_refused(statement: str, web: Connection) -> None:
    web.autocommit = True
    assert attempt(web, statement) is DENIED


def test_rights_are_not_passed_on_to_oneself(web: Connection) -> None:
    """PostgreSQL only warns here: what counts is that nothing was granted."""
    assert attempt(web, "GRANT DELETE ON contacts_contact TO mash_web; DELETE FROM contacts_contact") is DENIED


def test_refusals_come_from_the_rights_and_not_from_the_test(web: Connection) -> None:
    assert attempt(web, "SELECT 1 FROM agencies_membership") is None


def test_reset_role_stays_the_web_role(web: Connection) -> None:
    with web.cursor() as cursor:
        cursor.execute("RESET ROLE; RESET SESSION AUTHORIZATION; SELECT session_user, current_user")
        assert cursor.fetchone() == ("mash_web", "mash_web")


def test_web_role_owns_and_inherits_nothing(web: Connection) -> None:
    with web.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolinherit,"
            " (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid),"
            " (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid)"
            " FROM pg_roles r WHERE r.rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False, False, 0, 0)


def test_statements_of_other_sessions_are_not_shown(web: Connection, web_url: str) -> None:
    with closing(psycopg2.connect(web_url)) as other, other.cursor() as busy, web.cursor() as cursor:
        busy.execute("SELECT 'a child''s name'")
        cursor.execute("SELECT coalesce(query, '') FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        assert {row[0] for row in cursor.fetchall()} <= {"", "<insufficient privilege>"}


@pytest.mark.parametrize("table", sorted(all_rights()))
def test_no_table_is_truncated(table: str, web: Connection) -> None:
    assert attempt(web, f'TRUNCATE "{table}"') is DENIED


UNPICKED = {"decisions_summarychild", "decisions_summaryinstruction", "decisions_summaryitem"}
"""What a draft holds may be taken out again; a trigger freezes it with the release."""

CASE_TABLES = sorted(model._meta.db_table for model in apps.get_models() if kind_of(model) == Kind.CASE)


@pytest.mark.parametrize("table", [table for table in CASE_TABLES if table not in UNPICKED])
def test_no_row_of_a_case_record_is_removed(table: str, web: Connection) -> None:
    assert attempt(web, f'DELETE FROM "{table}"') is DENIED


@pytest.mark.parametrize("table", sorted(all_rights()))
def test_privileges_are_those_that_are_written_down(table: str, web: Connection) -> None:
    with web.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.table_privileges"
            " WHERE table_schema = 'public' AND table_name = %s AND grantee = 'mash_web'",
            [table],
        )
        held = {row[0] for row in cursor.fetchall()}
    named = re.sub(r"\w+ \([^)]*\)", "", all_rights()[table].get("web", ""))  # Rights on single columns stand apart.
    assert held == {part.strip() for part in named.split(",") if part.strip()}


def test_definer_functions_are_closed_and_keep_to_their_own_path(web: Connection) -> None:
    """A definer function that anybody may call, or whose names an attacker can shadow, is a hole in both walls."""
    with web.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, pg_get_userbyid(p.proowner), p.proconfig,"
            " (p.proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(p.proacl) a WHERE a.grantee = 0)) FROM pg_proc p"
            " WHERE p.pronamespace = 'fw'::regnamespace AND p.prosecdef ORDER BY 1"
        )
        functions = cursor.fetchall()
    assert len(functions) > 5
    odd = [
        name
        for name, owner, config, is_open in functions
        if owner not in OWNERS or set(config) - PLANNED != PATH or is_open
    ]
    assert odd == []


OWNERS = {"mash_definer", "mash_probe"}
PATH = {"search_path=pg_catalog"}
PLANNED = {
    "plan_cache_mode=force_custom_plan",
    "enable_seqscan=off",
    "enable_indexscan=off",
    "enable_indexonlyscan=off",
    "enable_hashjoin=off",
    "enable_mergejoin=off",
}
"""How a statement is planned, which opens nothing."""


def test_trigger_functions_are_not_called_by_hand(web: Connection) -> None:
    assert attempt(web, "SELECT fw.request_grants()") is errors.InsufficientPrivilege
