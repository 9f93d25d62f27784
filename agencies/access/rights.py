"""Which database role may do what to which table; applied after every migration, by the owner.

Every app has a `rights.py` with a dictionary `RIGHTS`: table to role to privileges. What is not named there is
closed, to the web role as to every other. `tests/architecture` fails on a table that no dictionary names.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connections

Rights = Mapping[str, Mapping[str, str]]

ROLES = {"web": "mash_web", "sweep": "mash_sweep", "auditor": "mash_auditor", "definer": "mash_definer"}
APPS = (
    "audit",
    "agencies",
    "clock",
    "notices",
    "contacts",
    "screening",
    "information_sharing",
    "decisions",
    "reporting",
)

FRAMEWORK: Rights = {
    "django_session": {"definer": "SELECT, INSERT, UPDATE, DELETE"},
    "django_content_type": {"web": "SELECT", "sweep": "SELECT", "definer": "SELECT"},
    "django_migrations": {},
    "auth_group": {"web": "SELECT, INSERT", "sweep": "SELECT"},
    "auth_permission": {"web": "SELECT", "definer": "SELECT"},
    "auth_group_permissions": {},
    "agencies_user_groups": {},
    "agencies_user_user_permissions": {},
    "account_emailaddress": {"web": "SELECT"},
    "account_emailconfirmation": {},
    "auditlog_logentry": {"web": "INSERT, SELECT (id)", "sweep": "INSERT, SELECT (id)"},
    "guardian_groupobjectpermission": {},
    "guardian_userobjectpermission": {},
}
"""Tables of the libraries."""


def all_rights() -> dict[str, Mapping[str, str]]:
    """Return the rights of every table that an app or a library names."""
    collected: dict[str, Mapping[str, str]] = dict(FRAMEWORK)
    for app in APPS:
        collected.update(import_module(f"{app}.rights").RIGHTS)
    return collected


def statements(tables: list[str], sequences: list[tuple[str, str]]) -> list[str]:
    """Return the SQL that takes every right away and gives back what is named.

    Args:
        tables: the tables that exist.
        sequences: (sequence, table that owns it).
    """
    rights = all_rights()
    everyone = ", ".join(ROLES.values())
    made = [f'REVOKE ALL ON "{table}" FROM PUBLIC, {everyone}' for table in tables]
    for table in tables:
        for role, privileges in rights.get(table, {}).items():
            made.append(f'GRANT {privileges} ON "{table}" TO {ROLES[role]}')
    for sequence, table in sequences:
        for role, privileges in rights.get(table, {}).items():
            if "INSERT" in privileges:
                made.append(f'GRANT USAGE ON SEQUENCE "{sequence}" TO {ROLES[role]}')
    return made


def apply_rights(*, using: str, app_config: Any, **_: object) -> None:
    """Apply the rights after the last app's migrations, if this connection owns the tables."""
    last = [config.label for config in apps.get_app_configs() if config.models_module][-1]
    if app_config.label != last:
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        tables = sorted(row[0] for row in cursor.fetchall())
        cursor.execute(
            "SELECT s.relname, t.relname FROM pg_class s"
            " JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')"
            " JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S'"
        )
        sequences = [(row[0], row[1]) for row in cursor.fetchall() if row[1] in tables]
        for statement in statements(tables, sequences):
            cursor.execute(statement)
