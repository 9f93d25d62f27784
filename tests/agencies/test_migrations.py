"""What the migrations do to a hub that is at work: forwards, backwards, and forwards again."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from psycopg2.extensions import connection as Connection

from agencies.models import User
from tests.logins import logged_in_as

PASSWORD = "harbour-lantern-74"  # of nobody
EARLIER, HASHER = "0006_parts_for_both_walls", "django.contrib.auth.hashers.Argon2PasswordHasher"
MADE = (
    "INSERT INTO agencies_user (id, email, name, telephone, is_active, is_staff, is_superuser, created_at,"
    " is_registered_social_worker, password) VALUES"
    " (gen_random_uuid(), %s, 'X', '', true, false, false, now(), false, %s)"
)


@pytest.mark.django_db(transaction=True)
def test_passwords_of_a_hub_at_work_move_and_hold(superuser_connection: Connection, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [HASHER]
    superuser_connection.autocommit = True
    with logged_in_as("mash_owner"):
        call_command("migrate", "agencies", EARLIER, verbosity=0, skip_checks=True)
    with superuser_connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT password FROM agencies_user")
        assert cursor.fetchall() == [("!",)]
        cursor.execute(MADE, ["moved@demo.invalid", make_password(PASSWORD)])
        cursor.execute(MADE, ["without@demo.invalid", make_password(None)])
    with logged_in_as("mash_owner"):
        call_command("migrate", verbosity=0, skip_checks=True)
    moved, without = (User.objects.get(email=f"{name}@demo.invalid") for name in ("moved", "without"))
    assert [moved.has_usable_password(), without.has_usable_password()] == [True, False]
    assert [moved.check_password(word) for word in (PASSWORD, "other")] == [True, False]
