"""An upgrade of a column that policies name: the wall comes down closed, pages say so, the installer builds it anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.state import ProjectState
from django.test import Client

from agencies.access.identity import BroughtUpToDate, acting_as
from agencies.access.install import install_wall
from agencies.access.upgrades import WallDown, wall_down
from agencies.access.viewer import PUBLIC
from tests.logins import logged_in_as

pytestmark = pytest.mark.django_db(transaction=True)
COLUMN = ("contacts_contact", "social_worker_id")


def standing(cursor: CursorWrapper, table: str) -> tuple[int, int, bool]:
    """Return how many policies and triggers a table has, and whether row-level security is on and forced."""
    cursor.execute(
        "SELECT (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid),"
        " (SELECT count(*) FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal),"
        " c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c WHERE c.relname = %s",
        [table],
    )
    policies, triggers, is_forced = cursor.fetchone()
    return policies, triggers, is_forced


def carry_out(operation: WallDown) -> None:
    with connection.schema_editor() as editor:
        operation.database_forwards("contacts", editor, ProjectState(), ProjectState())


@pytest.fixture
def owner(transactional_db: None) -> Iterator[CursorWrapper]:
    with logged_in_as("mash_owner"), connection.cursor() as cursor:
        yield cursor


def test_column_can_be_changed_and_the_wall_is_built_anew(owner: CursorWrapper) -> None:
    before = standing(owner, COLUMN[0])
    carry_out(wall_down(*COLUMN))
    assert standing(owner, COLUMN[0])[::2] == (0, True)
    owner.execute("ALTER TABLE contacts_contact RENAME social_worker_id TO renamed")
    owner.execute("ALTER TABLE contacts_contact RENAME renamed TO social_worker_id")
    install_wall()
    assert standing(owner, COLUMN[0]) == before
    owner.execute("SELECT count(*) FROM fw.upgrade")
    assert owner.fetchone() == (0,)


def test_triggers_that_name_a_column_go_with_it(owner: CursorWrapper) -> None:
    before = standing(owner, "screening_enquiry")
    carry_out(wall_down("screening_enquiry", "crime_possible", "colour", "social_worker_id"))
    assert standing(owner, "screening_enquiry") == (0, 0, True)
    install_wall()
    assert standing(owner, "screening_enquiry") == before


def test_every_page_says_that_the_hub_is_being_brought_up_to_date(client: Client) -> None:
    with logged_in_as("mash_owner"):
        carry_out(wall_down(*COLUMN))
    answer = client.get("/")
    assert (answer.status_code, b"The hub is being brought up to date." in answer.content) == (503, True)
    with pytest.raises(BroughtUpToDate), acting_as(PUBLIC):
        pass
    with logged_in_as("mash_owner"):
        install_wall()
    assert client.get("/").status_code != 503


def test_operation_says_what_it_does() -> None:
    assert wall_down(*COLUMN).describe() == (
        "Takes down the second wall around contacts_contact (social_worker_id) until it is installed anew"
    )
