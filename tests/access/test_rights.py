"""The rights of the database roles: every table is named, and what is not named is closed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from psycopg2.extensions import connection as Connection

from agencies.access.rights import ROLES, all_rights, apply_rights, statements
from deploy.bootstrap import ROLES as MADE


def test_what_was_held_is_taken_away_before_anything_is_given() -> None:
    made = statements(
        ["contacts_report", "nobody_named_this"], [("auditlog_logentry_id_seq", "auditlog_logentry"), ("x", "y")]
    )
    everyone = "PUBLIC, mash_web, mash_sweep, mash_auditor, mash_definer"
    assert made == [
        f'REVOKE ALL ON "contacts_report" FROM {everyone}',
        f'REVOKE ALL ON "nobody_named_this" FROM {everyone}',
        'GRANT SELECT, INSERT ON "contacts_report" TO mash_web',
        'GRANT SELECT ON "contacts_report" TO mash_definer',
        'GRANT USAGE ON SEQUENCE "auditlog_logentry_id_seq" TO mash_web',
        'GRANT USAGE ON SEQUENCE "auditlog_logentry_id_seq" TO mash_sweep',
    ]


def test_roles_are_those_that_the_bootstrap_makes() -> None:
    assert set(ROLES.values()) <= {role.name for role in MADE}
    assert {role for rights in all_rights().values() for role in rights} <= set(ROLES)


def test_privileges_are_words_of_postgresql() -> None:
    held = [privileges for rights in all_rights().values() for privileges in rights.values()]
    words = {word.strip() for one in held for word in re.sub(r"\([^)]*\)", "", one).split(",")}
    assert words <= {"SELECT", "INSERT", "UPDATE", "DELETE"}


@pytest.mark.django_db
def test_every_table_is_named_and_every_name_is_a_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {row[0] for row in cursor.fetchall()}
    assert set(all_rights()) == tables


@pytest.mark.django_db
def test_nobody_but_our_roles_holds_anything() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT grantee FROM information_schema.role_table_grants"
            " WHERE table_schema = 'public' AND grantee NOT IN ('mash_owner')"
        )
        grantees = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.grantee = 0"
        )
        assert cursor.fetchone() == (0,)
    assert grantees <= set(ROLES.values())


def test_right_planted_by_hand_is_gone_after_the_next_migration(
    owner_connection: Connection, connect_as: Callable[[str], Connection]
) -> None:
    with owner_connection.cursor() as owner:
        owner.execute("GRANT DELETE ON contacts_contact TO mash_web; GRANT SELECT ON audit_reading TO PUBLIC")
        for statement in statements(["contacts_contact", "audit_reading"], []):
            owner.execute(statement)
    owner_connection.commit()
    with connect_as("mash_web").cursor() as web:
        web.execute(
            "SELECT has_table_privilege('contacts_contact', 'DELETE'), has_table_privilege('audit_reading', 'SELECT'),"
            " has_table_privilege('contacts_contact', 'UPDATE')"
        )
        assert web.fetchone() == (False, False, True)


@pytest.mark.django_db
def test_whoever_does_not_own_the_tables_changes_nothing() -> None:
    """Run as the web role, the step after a migration finds no table of its own."""
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    apply_rights(using="default", app_config=apps.get_app_config("contacts"))
    apply_rights(using="default", app_config=last)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('contacts_contact', 'UPDATE')")
        assert cursor.fetchone() == (True,)
