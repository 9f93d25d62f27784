"""The migrations of a hub that is at work: every step back, and forward again, over the planted hub's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture.planting import World
from tests.logins import logged_in_as
from tests.walls import past_the_walls

FLOORS = {
    "reporting": "0001",
    "decisions": "0001",
    "information_sharing": "0005",
    "screening": "0002",
    "contacts": "0001",
    "notices": "0001",
    "clock": "0004",
    "audit": "0001",
    "agencies": "0002",
}
"""The way back, app by app, as far as it goes before the tables of case records themselves go."""

FILLED = {
    "screening_handover": "SELECT s.exit = row.exit FROM screening_handover row"
    " JOIN screening_screening s ON s.id = row.screening_id",
    "information_sharing_safetyinstruction": "SELECT i.enquiry_id = row.kept_with"
    " FROM information_sharing_safetyinstruction row JOIN information_sharing_item i ON i.id = row.item_id",
    "notices_deadletter": "SELECT (n.membership_id IS NULL) = row.is_to_the_public FROM notices_deadletter row"
    " JOIN notices_notice n ON n.id = row.notice_id",
}
"""By table that has a column which a migration fills: whether each row says what it was to be filled with."""

ENDED = "information_sharing_itemgrant"
"""Namings end with their enquiry; the planted hub has some that no longer could be made."""


@pytest.fixture
def open_database(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test migrate the planted hub of this module."""
    with django_db_blocker.unblock():
        yield


def test_every_step_back_and_forward_again_keeps_the_rows(open_database: None) -> None:
    before = counted()
    with logged_in_as("mash_owner"):
        for app, floor in FLOORS.items():
            call_command("migrate", app, floor, verbosity=0, skip_checks=True)
    kept = counted()
    with logged_in_as("mash_owner"):
        call_command("migrate", verbosity=0, skip_checks=True)
    after = counted()
    assert {table: rows for table, rows in before.items() if table in kept} == kept
    assert {table: rows for table, rows in after.items() if table in kept} == {**kept, ENDED: after[ENDED]}
    assert 0 < after[ENDED] < kept[ENDED]
    assert after.keys() == before.keys()
    assert {table: list(filled(table)) for table in FILLED} == {table: [True] for table in FILLED}


def counted() -> dict[str, int]:
    """Return how many rows each table of ours has."""
    ours = tuple(f"{app}_" for app in FLOORS)
    with past_the_walls() as superuser, superuser.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name.startswith(ours)]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in tables))
        return dict(cursor.fetchall())


def filled(table: str) -> Counter[bool]:
    """Return how many rows say what they were to be filled with, and how many do not."""
    with past_the_walls() as superuser, superuser.cursor() as cursor:
        cursor.execute(FILLED[table])
        return Counter(right for (right,) in cursor.fetchall())
