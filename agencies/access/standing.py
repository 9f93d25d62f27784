"""Does the second wall stand? Asked of the database itself, before a page is served.

Row-level security holds only for a role that owns nothing and can become nobody else, and only on tables where it is
switched on. One setting that is wrong after an upgrade, a restore or a hurried repair would open everything silently;
so the hub looks, and does not serve.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from agencies.access.firewall import Kind, guarded_models, kind_of
from agencies.access.identity import acting_as
from agencies.access.rights import ROLES
from agencies.access.viewer import PUBLIC

GUARDED = frozenset({Kind.CASE, Kind.GRANT, Kind.RIGHTS, Kind.POLICY})
DECIDING = frozenset(
    {
        "account_emailaddress",
        "account_emailconfirmation",
        "agencies_formername",
        "agencies_hubsettings",
        "agencies_settingchange",
        "agencies_submission",
        "agencies_user_groups",
        "agencies_user_user_permissions",
        "auth_group_permissions",
        "guardian_groupobjectpermission",
        "guardian_userobjectpermission",
    }
)
"""Tables that decide rights beside those whose model is classed so."""


def guarded_tables() -> list[str]:
    """Return every table on which a role of the product may stand only behind policies."""
    guarded = {model for model in apps.get_models() if kind_of(model) in GUARDED} | set(guarded_models())
    joined = [
        model
        for model in apps.get_models(include_auto_created=True)
        if cast(object, model._meta.auto_created) in guarded
    ]
    return sorted({model._meta.db_table for model in [*guarded, *joined]} | DECIDING)


def findings(*, role: str = ROLES["web"], tables: list[str] | None = None) -> list[str]:
    """Return a sentence for each thing that would let the connected role past the second wall; none if it stands.

    Args:
        role: the role as which this process must be logged in.
        tables: those that must be guarded; every one of the product's when absent.

    Raises:
        OperationalError: the database cannot be asked.
    """
    with connection.cursor() as cursor:
        found = [*_login(cursor, role), *_powers(cursor), *_others(cursor)]
        found += _tables(cursor, guarded_tables() if tables is None else tables)
    return found or list(_key())


def _login(cursor: CursorWrapper, role: str) -> Iterator[str]:
    cursor.execute("SELECT session_user, current_user")
    for name in sorted({*cursor.fetchone()} - {role}):
        yield f"The database login is {name}: set DATABASE_URL to the login of {role}."


POWERS = {
    "rolsuper": "is a superuser: ALTER ROLE {name} NOSUPERUSER",
    "rolbypassrls": "passes every policy: ALTER ROLE {name} NOBYPASSRLS",
    "rolcreaterole": "may make roles: ALTER ROLE {name} NOCREATEROLE",
    "rolreplication": "may copy the whole server: ALTER ROLE {name} NOREPLICATION",
}


def _powers(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute(f"SELECT rolname, {', '.join(POWERS)} FROM pg_roles WHERE rolname = session_user")  # noqa: S608
    name, *held = cursor.fetchone()
    for words, has in zip(POWERS.values(), held, strict=True):
        if has:
            yield f"The role {name} {words.format(name=name)}, or run ./run bootstrap."


REACHABLE = """
SELECT r.rolname, r.rolname = session_user, r.rolsuper, r.rolbypassrls, r.rolname LIKE 'pg\\_%%',
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid
                  AND c.relnamespace IN (SELECT n.oid FROM pg_namespace n WHERE n.nspname IN ('public', 'fw')))
       OR EXISTS (SELECT 1 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                   WHERE p.proowner = r.oid AND n.nspname = 'fw')
       OR EXISTS (SELECT 1 FROM pg_namespace n WHERE n.nspowner = r.oid AND n.nspname IN ('public', 'fw'))
       OR EXISTS (SELECT 1 FROM pg_database d WHERE d.datdba = r.oid AND d.datname = current_database())
  FROM pg_roles r
 WHERE pg_has_role(session_user, r.oid, 'MEMBER')
   AND (r.rolname = session_user OR NOT (SELECT me.rolsuper FROM pg_roles me WHERE me.rolname = session_user))
 ORDER BY r.rolname
"""
"""Every role that the login is or could become; a superuser could become all, which is said already."""


def _others(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute(REACHABLE)
    for name, is_login, is_super, bypasses, is_servers, owns in cursor.fetchall():
        if is_login:
            if owns:
                yield f"The role {name} owns tables or functions of the hub: give them to mash_owner or mash_definer."
            continue
        reasons = ((is_super, "is a superuser"), (bypasses, "passes every policy"), (owns, "owns what guards the hub"))
        reason = next((words for holds, words in reasons if holds), "is a role of the server" if is_servers else "")
        if reason:
            yield f"The login may become {name}, which {reason}: REVOKE {name} from it."


STATE = """
SELECT t.name, c.oid IS NOT NULL, c.relrowsecurity, c.relforcerowsecurity,
       NOT (has_table_privilege(session_user, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
            OR has_any_column_privilege(session_user, c.oid, 'SELECT, INSERT, UPDATE'))
       OR EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid
                     AND (0 = ANY (p.polroles) OR session_user::regrole = ANY (p.polroles)))
  FROM unnest(%s::text[]) AS t(name)
  LEFT JOIN pg_class c ON c.relname = t.name AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
 ORDER BY t.name
"""
"""A table that the login holds no right on needs no policy."""

SWITCHED = "Row-level security of {name} is {state}: migrate again, or look who switched it off."


def _tables(cursor: CursorWrapper, tables: list[str]) -> Iterator[str]:
    cursor.execute(STATE, [tables])
    for name, exists, is_on, is_forced, has_policy in cursor.fetchall():
        if not exists:
            yield f"The table {name} is not there: run the migrations."
        elif not is_on:
            yield SWITCHED.format(name=name, state="off")
        elif not is_forced:
            yield SWITCHED.format(name=name, state="not forced upon its owner")
        elif not has_policy:
            yield f"The table {name} has no policy for this login: run the migrations."


def _key() -> Iterator[str]:
    with acting_as(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT fw.membership()")
        if cursor.fetchone() != (PUBLIC.membership_id,):
            yield "The database checks identities by another key: run install_identity_key as the owner."
