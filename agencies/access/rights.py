"""Which database role may do what to which table; the installer of the second wall applies it, as the owner.

Every app has a `rights.py` with a dictionary `RIGHTS`: table to role to privileges. What is not named there is
closed, to the web role as to every other. `tests/architecture` fails on a table that no dictionary names.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from django.db.backends.utils import CursorWrapper

Rights = Mapping[str, Mapping[str, str]]

ROLES = {"web": "mash_web", "sweep": "mash_sweep", "auditor": "mash_auditor", "definer": "mash_definer"}
BACKUP = "mash_backup"
"""Reads every table whole, and changes none: a backup with a hole in it is none."""

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


def statements(
    tables: list[str], sequences: list[tuple[str, str]], rights: Mapping[str, Mapping[str, str]] | None = None
) -> list[str]:
    """Return the SQL that takes every right away and gives back what is named.

    Args:
        tables: the tables that exist.
        sequences: (sequence, table that owns it).
        rights: as `all_rights` collects them, which is asked when they are absent.
    """
    rights = all_rights() if rights is None else rights
    everyone = ", ".join((*ROLES.values(), BACKUP))
    made = [f'REVOKE ALL ON "{table}" FROM PUBLIC, {everyone}' for table in tables]
    for table in tables:
        made.append(f'GRANT SELECT ON "{table}" TO {BACKUP}')
        for role, privileges in rights.get(table, {}).items():
            made.append(f'GRANT {privileges} ON "{table}" TO {ROLES[role]}')
    for sequence, table in sequences:
        made.append(f'GRANT SELECT ON SEQUENCE "{sequence}" TO {BACKUP}')
        for role, privileges in rights.get(table, {}).items():
            if "INSERT" in privileges:
                made.append(f'GRANT USAGE ON SEQUENCE "{sequence}" TO {ROLES[role]}')
    return made


def owned_sequences(cursor: CursorWrapper, tables: list[str]) -> list[tuple[str, str]]:
    """Return the sequences that count for some tables, each with its table."""
    cursor.execute(
        "SELECT s.relname, t.relname FROM pg_class s"
        " JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')"
        " JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S' AND t.relname = ANY (%s) ORDER BY 1",
        [tables],
    )
    return [(row[0], row[1]) for row in cursor.fetchall()]
