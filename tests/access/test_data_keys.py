"""Data keys: one for each contact and enquiry, bound to row and column, erased with the key, closed to the roles."""

from __future__ import annotations

import base64
import os
import uuid
from collections.abc import Callable, Iterator

import psycopg2
import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import ProgrammingError, connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg2.extensions import connection as Connection
from pytest_django import DjangoAssertNumQueries

import contacts.actions
import screening.actions
from agencies.access import keys
from agencies.access.firewall import Kind, kind_of
from agencies.access.identity import acting_as
from common import data_keys, key_ring
from common.data_keys import Erased
from common.encryption import EncryptedTextField, seal
from common.key_ring import KeyDestroyed, KeyMissing, Tampered
from contacts.models import Contact, Referrer
from tests.logins import logged_in_as
from tests.people import Person, person
from tests.scenes.enquiries import MORNING, intake
from tests.scenes.rows import AT, new_contact

NEW = base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
def other_ring(settings: object) -> Iterator[None]:
    """Start again with a ring that lost the key of before."""
    before = settings.MASH_FIELD_KEYS  # type: ignore[attr-defined]
    settings.MASH_FIELD_KEYS = f"fresh:{NEW}"  # type: ignore[attr-defined]
    yield
    settings.MASH_FIELD_KEYS = before  # type: ignore[attr-defined]
    key_ring._ring_of.cache_clear()


def stored(table: str, column: str, key: uuid.UUID) -> str:
    """Return a value as it rests."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [key])
        return str(cursor.fetchone()[0])


def put(table: str, column: str, key: uuid.UUID, value: str) -> None:
    """Put a stored value where somebody with access to the tables might."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, key])


def test_every_protected_text_of_a_case_says_whose_it_is(db: None) -> None:
    owners: set[tuple[str, str, str]] = set()
    hubs: set[tuple[str, str, str]] = set()
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, EncryptedTextField):
                is_case = kind_of(model) == Kind.CASE and model._meta.label != "notices.Notice"
                (owners if is_case else hubs).add((model._meta.label, column.name, column.of))
    assert {(label, name) for label, name, _of in hubs} == {
        ("notices.Notice", "to_address"),
        ("notices.Notice", "body"),
    }
    assert {of for _label, _name, of in hubs} == {""}
    assert {of.rpartition("__")[2] for _label, _name, of in owners} == {"id", "contact_id", "enquiry_id", "kept_with"}
    assert {label for label, _name, of in owners if of == "id"} == {"contacts.Contact"}


def test_texts_of_one_contact_rest_under_one_key_and_of_two_under_two(db: None) -> None:
    one, two = new_contact(address="14 Elm Road"), new_contact(address="14 Elm Road")
    referrer = Referrer.objects.create(contact=one, name="Ada Quill", email="ada@quay.invalid")
    named = [
        stored("contacts_contact", "address", one.pk),
        stored("contacts_referrer", "name", referrer.pk),
        stored("contacts_referrer", "email", referrer.pk),
        stored("contacts_contact", "address", two.pk),
    ]
    assert [value.split(".")[0] for value in named] == ["enc2"] * 4
    ids = [value.split(".")[1] for value in named]
    assert (len(set(ids[:3])), len(set(ids))) == (1, 2)
    assert (Referrer.objects.get().name, Referrer.objects.get().email) == ("Ada Quill", "ada@quay.invalid")


def held(superuser: Connection, owner: uuid.UUID) -> int:
    with superuser.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_datakey WHERE owner_id = %s", [str(owner)])
        (count,) = cursor.fetchall()[0]
        return int(count)


def test_key_is_there_before_any_text(transactional_db: None, superuser_connection: Connection) -> None:
    front, screener = person("fiona_front"), person("sunita_screener")
    with acting_as(front.viewer):
        contact = contacts.actions.receive_contact(intake(address=""), viewer=front.viewer, at=MORNING)
    assert held(superuser_connection, contact.pk) == 1
    with acting_as(screener.viewer, as_of=MORNING):
        enquiry = screening.actions.open_enquiry(contact, viewer=screener.viewer, at=MORNING)
    superuser_connection.rollback()
    assert held(superuser_connection, enquiry.pk) == 1
    assert held(superuser_connection, uuid.uuid4()) == 0


SWAPS: dict[str, Callable[[Contact, Contact, Referrer], str]] = {
    "another contact's": lambda one, two, mine: stored("contacts_contact", "address", two.pk),
    "another column's": lambda one, two, mine: stored("contacts_referrer", "address", mine.pk),
    "another form's": lambda one, two, mine: seal("3 Oak Way", place="contacts_referrer.address"),
    "of no key": lambda one, two, mine: f"enc2.{uuid.uuid4().hex}.{'A' * 80}",
    "of no known form": lambda one, two, mine: "enc9.x.y",
    "in clear": lambda one, two, mine: "3 Oak Way",
    "half": lambda one, two, mine: stored("contacts_contact", "address", one.pk)[:-4],
    "nothing of it": lambda one, two, mine: stored("contacts_contact", "address", one.pk).rpartition(".")[0] + ".",
}


@pytest.mark.parametrize("name", SWAPS)
def test_value_that_was_put_there_does_not_open(name: str, db: None) -> None:
    one, two = new_contact(address="14 Elm Road"), new_contact(address="3 Oak Way")
    mine = Referrer.objects.create(contact=one, address="5 Ash Lane")
    put("contacts_contact", "address", one.pk, SWAPS[name](one, two, mine))
    with pytest.raises(Tampered) as caught:
        Contact.objects.get(pk=one.pk)
    assert "Oak" not in str(caught.value) + caught.value.sentence
    assert Contact.objects.get(pk=two.pk).address == "3 Oak Way"


def test_value_of_another_row_of_the_same_contact_does_not_open(db: None) -> None:
    contact = new_contact()
    first, second = (contact.subjects.create(position=place, kind="child", address="3 Oak Way") for place in (0, 1))
    put("contacts_subject", "address", first.pk, stored("contacts_subject", "address", second.pk))
    with pytest.raises(Tampered):
        contact.subjects.get(pk=first.pk)


def test_every_changed_byte_of_a_stored_value_is_noticed(db: None) -> None:
    contact = new_contact(address="14 Elm")
    head, _, body = stored("contacts_contact", "address", contact.pk).rpartition(".")
    raw = base64.b64decode(body)
    for position in range(len(raw)):
        changed = bytes([*raw[:position], raw[position] ^ 1, *raw[position + 1 :]])
        put("contacts_contact", "address", contact.pk, f"{head}.{base64.b64encode(changed).decode()}")
        with pytest.raises(Tampered):
            Contact.objects.get(pk=contact.pk)


@pytest.mark.parametrize("count", [2, 12])
def test_list_asks_no_question_more_for_its_keys(
    count: int, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        Referrer.objects.create(contact=new_contact(address=f"{number} Elm Road"), name=f"Ada {number}")
    with django_assert_num_queries(1):
        rows = list(Referrer.objects.select_related("contact").order_by("contact__logged_at"))
    assert {(row.name, row.contact.address) for row in rows} == {(f"Ada {n}", f"{n} Elm Road") for n in range(count)}


def test_text_comes_the_same_way_through_joins_aliases_and_subqueries(db: None) -> None:
    contact = new_contact(address="14 Elm Road")
    Referrer.objects.create(contact=contact, name="Ada Quill")
    name = Referrer.objects.filter(contact_id=OuterRef("pk")).values("name")[:1]
    rows = Contact.objects.annotate(who=Subquery(name))
    found = rows.values_list("who", "address", "referrer__name").get()
    assert found == ("Ada Quill", "14 Elm Road", "Ada Quill")
    assert rows.union(rows, all=True).count() == 2
    assert list(rows.distinct().values_list("who", flat=True)) == ["Ada Quill"]
    twice = Referrer.objects.filter(contact__subjects=None, contact__referrer__contact__referrer__name__isnull=False)
    assert twice.values_list("contact__referrer__contact__referrer__name", flat=True).get() == "Ada Quill"
    assert Contact.objects.defer("address").get().address == "14 Elm Road"


def test_saving_many_texts_of_a_contact_looks_for_its_key_once(front_door: Person) -> None:
    texts = dict.fromkeys(("name", "organisation", "post", "email", "telephone", "address", "safe_ways"), "x")
    with acting_as(front_door.viewer), CaptureQueriesContext(connection) as caught:
        Referrer(contact=new_contact(address="14 Elm Road"), **texts).save(force_insert=True)
    assert sum("fw.data_key_of" in query["sql"] for query in caught.captured_queries) == 1


def test_key_that_was_made_in_a_savepoint_is_gone_with_it(front_door: Person) -> None:
    owner = uuid.uuid4()
    with acting_as(front_door.viewer):
        with transaction.atomic():
            first = data_keys.key_of(owner)
            assert data_keys.key_of(owner) == first
            transaction.set_rollback(True)
        with transaction.atomic():
            second = data_keys.key_of(owner)
        assert data_keys.key_of(owner) == second
    assert first != second


def test_text_without_its_row_is_refused(db: None) -> None:
    new_contact()
    sentence = "contacts_contact.address is encrypted: it is written by saving its record"
    with pytest.raises(FieldError, match=sentence), transaction.atomic():
        QuerySet(Contact).update(address="14 Elm Road")
    assert Contact.objects.get().address == ""


def erase(owner: uuid.UUID) -> None:
    with logged_in_as("mash_owner"):
        assert keys.destroy_key(owner, at=AT)


def test_destroyed_key_erases_and_its_neighbours_stay(transactional_db: None) -> None:
    gone, stays = new_contact(address="14 Elm Road"), new_contact(address="3 Oak Way")
    Referrer.objects.create(contact=gone, name="Ada Quill")
    before = stored("contacts_contact", "address", gone.pk)
    erase(gone.pk)
    read = Contact.objects.get(pk=gone.pk)
    assert isinstance(read.address, Erased)
    assert (str(read.address), str(Referrer.objects.get().name)) == ("Erased", "Erased")
    assert Contact.objects.get(pk=stays.pk).address == "3 Oak Way"
    read.save()  # What is erased stays as it is, and no words take its place.
    assert stored("contacts_contact", "address", gone.pk) == before
    read.address = "14 Elm Road"
    with pytest.raises(KeyDestroyed) as caught, transaction.atomic():
        read.save()
    assert caught.value.status == 409
    with logged_in_as("mash_owner"):
        assert not keys.destroy_key(gone.pk, at=AT)
        assert not keys.destroy_key(uuid.uuid4(), at=AT)


def test_pages_go_on_where_something_was_erased(transactional_db: None, client_of: Callable[[Person], Client]) -> None:
    front = person("fiona_front")
    with acting_as(front.viewer):
        contact = contacts.actions.receive_contact(intake(), viewer=front.viewer, at=MORNING)
    erase(contact.pk)
    client = client_of(front)
    assert contact.reference in client.get("/contacts/").content.decode()
    page = client.get(f"/contacts/{contact.reference}/")
    assert (page.status_code, "Erased" in page.content.decode()) == (200, True)
    assert "Harbour Steps" not in page.content.decode()


def test_destroying_waits_for_a_text_that_is_being_written(
    transactional_db: None, connect_as: Callable[[str], Connection]
) -> None:
    contact = new_contact()
    with transaction.atomic():
        Referrer.objects.create(contact=contact, name="Ada Quill")
        with connect_as("mash_owner").cursor() as other:
            other.execute("SET lock_timeout = '200ms'")
            with pytest.raises(psycopg2.errors.LockNotAvailable):
                other.execute("SELECT id FROM agencies_datakey WHERE owner_id = %s FOR UPDATE", [str(contact.pk)])
    erase(contact.pk)


def test_page_with_a_text_that_the_ring_cannot_open_is_a_sentence(
    client_of: Callable[[Person], Client], other_ring: None, settings: object
) -> None:
    front = person("fiona_front")
    lost = settings.MASH_FIELD_KEYS  # type: ignore[attr-defined]
    with acting_as(front.viewer):
        contact = contacts.actions.receive_contact(intake(), viewer=front.viewer, at=MORNING)
    client = client_of(front)
    assert client.get(f"/contacts/{contact.reference}/").status_code == 200
    settings.MASH_FIELD_KEYS = f"another:{NEW}"  # type: ignore[attr-defined]
    page = client.get(f"/contacts/{contact.reference}/")
    assert page.status_code == 503
    assert "text that the hub cannot open at the moment" in page.content.decode()
    for word in ("Harbour Steps", "Okafor", "Quill", "fresh", "enc2", lost.partition(":")[2]):
        assert word not in page.content.decode()
    with pytest.raises(KeyMissing, match="'fresh' is not on the key ring"):
        Contact.objects.get(pk=contact.pk)


@pytest.mark.parametrize("role", ["mash_web", "mash_sweep", "mash_auditor"])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT id FROM agencies_datakey",
        "SELECT count(*) FROM agencies_datakey",
        "UPDATE agencies_datakey SET wrapped = wrapped",
        "DELETE FROM agencies_datakey",
        "INSERT INTO agencies_datakey VALUES (gen_random_uuid(), gen_random_uuid(), 'k', 'w', now(), NULL)",
        "COPY agencies_datakey TO STDOUT",
    ],
)
def test_table_of_keys_is_closed(role: str, statement: str, connect_as: Callable[[str], Connection]) -> None:
    with connect_as(role).cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(statement)


def test_what_the_web_role_is_handed_is_closed(db: None) -> None:
    contact = new_contact(address="14 Elm Road")
    with connection.cursor() as cursor:
        cursor.execute("SELECT ring_key, wrapped FROM fw.data_key_of(%s, %s, 'x', 'y')", [contact.pk, uuid.uuid4()])
        ring_key, wrapped = cursor.fetchone()
        cursor.execute("SELECT fw.with_key(%s, 'r')", [f"enc2.{uuid.uuid4().hex}.AAAA"])
        assert cursor.fetchone()[0].endswith(" r missing")
    opened = data_keys.key_of(contact.pk)
    assert ring_key == key_ring.ring().current
    assert opened.key not in base64.b64decode(wrapped)
    assert opened.key.hex() not in repr(opened)
    with pytest.raises(Tampered):
        data_keys.unwrap(uuid.uuid4(), ring_key, wrapped)


def test_key_of_another_row_does_not_open(transactional_db: None, superuser_connection: Connection) -> None:
    one, two = new_contact(address="14 Elm Road"), new_contact(address="3 Oak Way")
    with superuser_connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agencies_datakey k SET wrapped = o.wrapped FROM agencies_datakey o"
            " WHERE k.owner_id = %s AND o.owner_id = %s",
            [str(one.pk), str(two.pk)],
        )
    superuser_connection.commit()
    with pytest.raises(Tampered):
        Contact.objects.get(pk=one.pk)
    assert Contact.objects.get(pk=two.pk).address == "3 Oak Way"


def test_only_the_owner_of_the_tables_destroys(db: None) -> None:
    assert not keys.may_rotate()
    with pytest.raises(ProgrammingError), transaction.atomic():
        keys.destroy_key(new_contact().pk, at=AT)
