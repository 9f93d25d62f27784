"""Texts of before data keys: rotation writes them in the present form, each under the data key of its record."""

from __future__ import annotations

import base64
import io
import os
import uuid
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, models
from django.db.utils import DataError
from django.utils import timezone

from agencies.access import first_form
from agencies.access.first_form import Column, columns
from common import data_keys
from common.encryption import seal
from contacts.models import Contact, Protection, Referrer, Subject, Whereabouts
from notices.models import Notice
from tests.logins import logged_in_as
from tests.people import person
from tests.scenes.rows import new_contact
from tests.walls import past_the_walls

NAME, LONG = "Ada Quill", "ä 🐘 " * 5_000


def rotated(*options: str) -> list[str]:
    out = io.StringIO()
    with logged_in_as("mash_owner"):
        call_command("rotate_keys", *options, stdout=out)
    return out.getvalue().splitlines()


def put(place: str, key: uuid.UUID, text: str) -> None:
    """Lay a text into a column as it rested before there were data keys."""
    table, column = place.split(".")
    with past_the_walls() as admin, admin, admin.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [seal(text, place=place), str(key)])


def stored(place: str) -> list[str]:
    table, column = place.split(".")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def referrers(count: int) -> list[Referrer]:
    made = [Referrer.objects.create(contact=new_contact()) for _ in range(count)]
    for number, one in enumerate(made):
        put("contacts_referrer.name", one.pk, f"{NAME} {number}")
    return made


def test_texts_are_carried_over_in_batches_and_the_old_key_is_free(
    transactional_db: None, ring: list[str], settings: Any
) -> None:
    made = referrers(5)
    put("contacts_referrer.telephone", made[0].pk, LONG)
    settings.MASH_FIELD_KEYS = ",".join(ring)
    first, second = rotated("--batch=2"), rotated("--batch=2")
    assert first[-5:] == [
        "4 of 6 texts of before data keys",
        "5 of 6 texts of before data keys",
        "6 of 6 texts of before data keys",
        "6 texts of before data keys are now under the data keys of their records.",
        "May be removed from MASH_FIELD_KEYS: old.",
    ]
    assert second == ["0 data keys closed anew with new.", "May be removed from MASH_FIELD_KEYS: old."]
    assert {one[:5] for one in stored("contacts_referrer.name")} == {"enc2."}
    settings.MASH_FIELD_KEYS = ring[0]
    assert sorted(Referrer.objects.values_list("name", flat=True)) == [f"{NAME} {number}" for number in range(5)]
    assert Referrer.objects.get(pk=made[0].pk).telephone == LONG


PLACES = ("contacts_contact.address", "contacts_subject.address", "contacts_whereabouts.place", "notices_notice.body")


def rows(contact: Contact) -> dict[str, models.Model]:
    """Write a row for each of these places: the contact itself, one step and two steps from it, and of no contact."""
    subject = Subject.objects.create(contact=contact, kind="child")
    now, member = timezone.now(), person("fiona_front").membership
    work = Protection.objects.create(contact=contact, reference="P-2222-2222", raised_at=now, raised_by=member)
    there = Whereabouts.objects.create(protection=work, subject=subject, recorded_at=now, recorded_by=member)
    told = {"kind": "x", "channel": "in_app", "dedupe": "x", "subject": "x", "body": "x", "membership": member}
    notice = Notice.objects.create(**told, created_at=now, not_before=now)
    return dict(zip(PLACES, (contact, subject, there, notice), strict=True))


@pytest.mark.parametrize("place", PLACES)
def test_each_text_goes_under_the_key_of_its_own_record(
    place: str, transactional_db: None, ring: list[str], settings: Any
) -> None:
    contact = new_contact()
    row = rows(contact)[place]
    put(place, row.pk, NAME)
    settings.MASH_FIELD_KEYS = ",".join(ring)
    assert rotated()[-2] == "1 texts of before data keys are now under the data keys of their records."
    owner = data_keys.HUB if place == "notices_notice.body" else contact.pk
    assert stored(place)[0].split(".")[1] == data_keys.key_of(owner).id.hex
    assert getattr(type(row)._default_manager.get(pk=row.pk), place.partition(".")[2]) == NAME


def test_text_of_an_erased_record_is_erased_with_it(transactional_db: None, ring: list[str], settings: Any) -> None:
    one, other = referrers(2)
    with logged_in_as("mash_owner"):
        call_command("destroy_key", str(one.contact_id), stdout=io.StringIO())
    assert Referrer.objects.get(pk=one.pk).name == f"{NAME} 0"  # What the ring itself closes outlives its record's key.
    settings.MASH_FIELD_KEYS = ",".join(ring)
    rotated()
    names = [Referrer.objects.get(pk=row.pk).name for row in (one, other)]
    assert names == ["Erased", f"{NAME} 1"]


def test_text_of_a_key_that_is_not_on_the_ring_stays_and_is_named(
    transactional_db: None, ring: list[str], settings: Any
) -> None:
    one, other = referrers(2)
    settings.MASH_FIELD_KEYS = ",".join(ring)
    rotated()
    settings.MASH_FIELD_KEYS = f"lost:{base64.b64encode(os.urandom(32)).decode()}"
    put("contacts_referrer.name", one.pk, "Under a lost key")
    settings.MASH_FIELD_KEYS = ring[0]
    put("contacts_referrer.name", other.pk, "Under the new key")
    said = rotated()
    assert said[-3:] == [
        "1 texts of before data keys are now under the data keys of their records.",
        "May be removed from MASH_FIELD_KEYS: none.",
        "Not on the ring, and needed by texts of before data keys: lost (1 texts). Put them back, run it again.",
    ]
    assert min(stored("contacts_referrer.name"))[:10] == "enc1.lost."
    assert Referrer.objects.get(pk=other.pk).name == "Under the new key"


def test_altered_text_stays_and_is_counted(transactional_db: None, ring: list[str], settings: Any) -> None:
    one, other = referrers(2)
    moved = seal("Moved here", place="contacts_referrer.email")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_referrer SET name = %s WHERE id = %s", [moved, one.pk])
    settings.MASH_FIELD_KEYS = ",".join(ring)
    assert rotated("--batch=1")[-4:] == [
        "1 texts of before data keys are now under the data keys of their records.",
        "1 of them do not open: they were altered or moved. They stay as they are.",
        "May be removed from MASH_FIELD_KEYS: none.",
        "Still needed by texts of before data keys: old.",
    ]
    assert sorted(row[:5] for row in stored("contacts_referrer.name")) == ["enc1.", "enc2."]
    assert Referrer.objects.get(pk=other.pk).name == f"{NAME} 1"


def test_what_somebody_saved_meanwhile_stays(transactional_db: None, ring: list[str], settings: Any) -> None:
    (one,) = referrers(1)
    settings.MASH_FIELD_KEYS = ",".join(ring)
    (before,) = stored("contacts_referrer.name")
    Referrer.objects.get(pk=one.pk).save()
    (theirs,) = stored("contacts_referrer.name")
    with logged_in_as("mash_owner"):
        place = Column("contacts_referrer", "id", "name")
        assert [first_form._written(place, one.pk, was, "enc2.x.y") for was in (before, theirs)] == [False, False]
    assert stored("contacts_referrer.name") == [theirs]


@pytest.mark.parametrize("role", ["mash_web", "mash_sweep", "mash_auditor"])
def test_only_the_owner_of_the_tables_reaches_the_functions(role: str, transactional_db: None) -> None:
    calls = (
        "fw.first_form_texts('contacts_referrer', 'id', 'name', '', '', 'contact_id', '{}', NULL, 1)",
        "fw.carry_text_over('contacts_referrer', 'id', 'name', NULL, 'enc1.x', 'enc2.x')",
    )
    with logged_in_as(role):
        for call in calls:
            with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
                cursor.execute(f"SELECT {call}")


def test_every_protected_column_can_be_asked_and_written(transactional_db: None, ring: list[str]) -> None:
    """The way to the owner's key is valid SQL, and the definer may write the column: nothing is there to be changed."""
    found = list(columns())
    assert len(found) == len({one.place for one in found})
    assert {one.place for one in found} >= {"information_sharing_sealedtext.text", "decisions_sealedreasons.text"}
    with logged_in_as("mash_owner"):
        for one in found:
            assert first_form.carry_over(one, None, 10) == first_form.Carried(None, 0, 0)
            assert first_form._written(one, uuid.uuid4(), "enc1.x.y", "enc2.x.y") is False


def test_a_name_that_is_no_column_is_no_way_in(transactional_db: None) -> None:
    with logged_in_as("mash_owner"), pytest.raises((ProgrammingError, DataError)):
        first_form.carry_over(Column("contacts_referrer; DROP TABLE contacts_report", "id", "name"), None, 1)
