"""Kept scenes: a test finds them as they were made, alone, and only where its beginning is that of every other test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg2
import pytest
from django.db import connection
from django.test import override_settings

from agencies.access.identity import acting_as
from audit.models import Event
from contacts.models import Contact
from information_sharing.models import Item
from tests.people import Person
from tests.scenes import kept
from tests.scenes.case import Case
from tests.scenes.enquiries import MORNING
from tests.scenes.rows import new_contact
from tests.worker_environment import DATABASE


@pytest.fixture
def at_once() -> Iterator[None]:
    """Let a scene be kept when it is met for the first time."""
    usual, kept.MET = kept.MET, 0
    yield
    kept.MET = usual


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("turn", range(5))
def test_every_test_finds_the_scene_as_it_was_made(db: None, turn: int) -> None:
    case = Case(MORNING).in_mash()
    item = case.told(text="Seen at the market.")
    assert Contact.objects.get() == case.contact
    assert [one.given_name for one in case.subjects()] == ["Ana", "Bo", "Mira", "Tom"]
    assert (Item.objects.get(), item.version) == (item, 1)
    assert Event.objects.filter(verb="contact.received").count() == 1
    child = case.subjects()[0]
    child.given_name = f"Turn {turn}"
    child.save()
    new_contact()


def test_a_scene_is_a_database_of_its_own_and_is_entered_by_step(db: None, at_once: None) -> None:
    case = Case(MORNING + timedelta(minutes=1))
    assert database() == DATABASE
    case.in_mash()
    first = database()
    request = case.asked()
    assert len({DATABASE, first, database()}) == 3
    assert request.enquiry_id == case.enquiry.pk
    new_contact()
    last = database()
    case.recommended()
    assert database() == last  # Something had been written: what follows is made in place.


def test_records_that_a_step_is_given_are_brought_up_to_date(db: None, at_once: None) -> None:
    case = Case(MORNING + timedelta(minutes=2)).in_mash()
    case.recommended()
    case.decided()
    (summary,) = case.prepared()
    drafted = summary.version
    sent = case.with_manager(summary)
    assert (sent.pk, sent.version) == (summary.pk, summary.version)
    assert summary.version > drafted


def test_what_a_step_gives_itself_back_is_the_same_object(db: None, at_once: None) -> None:
    case = Case(MORNING + timedelta(minutes=3))
    assert case.in_mash() is case
    assert database() != DATABASE


def test_nobody_goes_on_reading_the_database_that_was_left(db: None, at_once: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contacts_contact")
        Case(MORNING + timedelta(minutes=4)).received()
        with pytest.raises(psycopg2.errors.InFailedSqlTransaction):
            cursor.cursor.execute("SELECT count(*) FROM contacts_contact")


def test_a_scene_is_made_in_place_after_something_was_written(db: None, at_once: None) -> None:
    new_contact()
    Case(MORNING + timedelta(minutes=5)).received()
    assert (database(), Contact.objects.count()) == (DATABASE, 2)


def test_a_scene_is_made_in_place_while_somebody_acts(front_door: Person, at_once: None) -> None:
    with acting_as(front_door.viewer):
        Case(MORNING + timedelta(minutes=6)).received()
        assert database() == DATABASE


def test_a_scene_is_made_in_place_while_a_clock_stands(db: None, at_once: None, standing_clock: datetime) -> None:
    Case(MORNING + timedelta(minutes=7)).received()
    assert database() == DATABASE


def test_a_scene_is_made_in_place_under_changed_settings(db: None, at_once: None) -> None:
    with override_settings(DEBUG=True):
        Case(MORNING + timedelta(minutes=8)).received()
    assert database() == DATABASE


def test_a_scene_is_made_in_place_under_changed_code(db: None, at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem({}, "some", "thing")
    Case(MORNING + timedelta(minutes=9)).received()
    assert database() == DATABASE


def test_a_scene_is_made_in_place_where_rows_are_committed(transactional_db: None, at_once: None) -> None:
    Case(MORNING + timedelta(minutes=10)).received()
    assert database() == DATABASE


def test_a_step_that_fails_leaves_the_test_where_it_stood(db: None, at_once: None) -> None:
    case = Case(MORNING + timedelta(minutes=11)).in_mash()
    stood = database()
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        case.decided("assessment")
    assert (database(), Contact.objects.count()) == (stood, 1)
