"""The rights of the database roles: every table is named, and what is not named is closed."""

from __future__ import annotations

import hashlib
import hmac
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from psycopg2.extensions import connection as Connection

from agencies.access.identity import sign
from agencies.access.install import after_migrations
from agencies.access.rights import ROLES, all_rights, statements
from agencies.management.commands.install_identity_key import padded_keys
from deploy.bootstrap import ROLES as MADE
from tests.database import TESTER
from tests.people import person


def test_what_was_held_is_taken_away_before_anything_is_given() -> None:
    made = statements(
        ["contacts_report", "nobody_named_this"], [("auditlog_logentry_id_seq", "auditlog_logentry"), ("x", "y")]
    )
    everyone = "PUBLIC, mash_web, mash_sweep, mash_auditor, mash_definer, mash_backup"
    assert made == [
        f'REVOKE ALL ON "contacts_report" FROM {everyone}',
        f'REVOKE ALL ON "nobody_named_this" FROM {everyone}',
        'GRANT SELECT ON "contacts_report" TO mash_backup',
        'GRANT SELECT, INSERT ON "contacts_report" TO mash_web',
        'GRANT SELECT ON "contacts_report" TO mash_definer',
        'GRANT SELECT ON "nobody_named_this" TO mash_backup',
        'GRANT SELECT ON SEQUENCE "auditlog_logentry_id_seq" TO mash_backup',
        'GRANT USAGE ON SEQUENCE "auditlog_logentry_id_seq" TO mash_web',
        'GRANT USAGE ON SEQUENCE "auditlog_logentry_id_seq" TO mash_sweep',
        'GRANT SELECT ON SEQUENCE "x" TO mash_backup',
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
    assert grantees <= {*ROLES.values(), TESTER}


@contextmanager
def as_owner() -> Iterator[None]:
    """Let Django's own connection log in as the owner of the tables; only with real transactions."""
    usual = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "mash_owner"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = usual


@pytest.mark.django_db(transaction=True)
def test_right_planted_by_hand_is_gone_after_the_next_migration(connect_as: Callable[[str], Connection]) -> None:
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    with as_owner(), connection.cursor() as owner:
        owner.execute("GRANT DELETE ON contacts_contact TO mash_web; GRANT SELECT ON audit_reading TO PUBLIC")
        after_migrations(using="default", app_config=last)
    with connect_as("mash_web").cursor() as web:
        web.execute(
            "SELECT has_table_privilege('contacts_contact', 'DELETE'), has_table_privilege('audit_reading', 'SELECT'),"
            " has_table_privilege('contacts_contact', 'UPDATE')"
        )
        assert web.fetchone() == (False, False, True)
        web.execute("SELECT has_sequence_privilege('auditlog_logentry_id_seq', 'USAGE')")
        assert web.fetchone() == (True,)


@pytest.mark.parametrize("key", ["short", "k" * 64, "longer than a block of the hash " * 4, "schlüssel"])
@pytest.mark.django_db(transaction=True)
def test_database_signs_as_python_does(key: str, settings: Any) -> None:
    """HMAC-SHA256 from sha256 alone: the key is installed padded, and a changed key ends every signature."""
    who = person("maeve_manager").membership.pk
    before = sign(who, expires=2_000_000_000)
    settings.MASH_IDENTITY_KEY = key
    inner, outer = padded_keys(key)
    expected = hmac.new(key.encode(), b"message", hashlib.sha256).digest()
    assert hashlib.sha256(outer + hashlib.sha256(inner + b"message").digest()).digest() == expected
    with as_owner():
        call_command("install_identity_key", verbosity=0, stdout=io.StringIO())
    for claim, expected_membership in ((sign(who, expires=2_000_000_000), who), (before, None)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.identity', %s, true), fw.membership()", [claim])
            cursor.execute("SELECT fw.membership()")
            assert cursor.fetchone() == (expected_membership,)


@pytest.mark.django_db
def test_whoever_does_not_own_the_tables_changes_nothing() -> None:
    """Run as the web role, the step after a migration finds no table of its own."""
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    after_migrations(using="default", app_config=apps.get_app_config("contacts"))
    after_migrations(using="default", app_config=last)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('contacts_contact', 'UPDATE')")
        assert cursor.fetchone() == (True,)
