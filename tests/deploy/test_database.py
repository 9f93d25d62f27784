"""The tests' own database: who logs in, what a rolled-back and a committed test leave behind."""

from collections.abc import Callable

import psycopg2
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from psycopg2.extensions import connection as Connection

from agencies.access.identity import acting_as
from agencies.access.viewer import PUBLIC
from tests.database import TESTER


def login() -> tuple[str, str]:
    """Return the role that logged in and the role in force."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_user")
        row: tuple[str, str] = cursor.fetchone()
    return row


@pytest.mark.django_db
def test_a_request_runs_as_the_web_role_and_scenes_are_set_past_it() -> None:
    assert login() == (TESTER, TESTER)
    with acting_as(PUBLIC):
        assert login() == (TESTER, "mash_web")


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["CREATE TEMP TABLE t (a int)", "CREATE TABLE t (a int)", "CREATE SCHEMA s"])
def test_the_web_role_makes_no_tables(statement: str) -> None:
    with (
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_for_the_next(turn: int, owner_connection: Connection) -> None:
    with owner_connection, owner_connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_content_type WHERE app_label = 'planted'")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_content_type (app_label, model) VALUES ('planted', 'row')")
    assert ContentType.objects.filter(app_label="planted").count() == 1


@pytest.mark.parametrize("role", ["mash_owner", "mash_web", "mash_sweep", "mash_auditor", "mash_backup"])
def test_every_login_of_ours_connects(role: str, connect_as: Callable[[str], Connection]) -> None:
    with connect_as(role).cursor() as cursor:
        cursor.execute("SELECT session_user")
        assert cursor.fetchone() == (role,)


def test_the_definer_never_logs_in(connect_as: Callable[[str], Connection]) -> None:
    with pytest.raises(psycopg2.OperationalError, match="not permitted to log in"):
        connect_as("mash_definer")
