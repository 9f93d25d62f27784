"""Evidence: written once, by everybody, changed by nobody, and without a word of content."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import psycopg2
import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg2.extensions import connection as Connection

from agencies.access.identity import acting_as
from agencies.access.rights import all_rights
from agencies.access.viewer import CLOCK, PUBLIC
from audit.actions import record, record_reading, record_refusal
from audit.models import Event, Reading, Refusal
from audit.queries import history_of, last_event
from tests.people import Person
from tests.scenes.enquiries import ask, open_case

AT = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
TABLES = ("audit_event", "audit_reading", "audit_refusal")


@pytest.mark.django_db
def test_event_says_who_and_what(mash_manager: Person) -> None:
    about, enquiry = uuid.uuid4(), uuid.uuid4()
    record(
        "enquiry.rated",
        actor=mash_manager.viewer.with_request("r-1"),
        at=AT,
        record_type="screening.enquiry",
        record_id=about,
        reference="M-2222-3333",
        enquiry_id=enquiry,
        details={"colour": "red", "hours": 4, "again": False, "before": None},
    )
    event = Event.objects.get(record_id=about)
    assert (str(event), event.at, event.request_id, event.roles) == (
        "enquiry.rated M-2222-3333",
        AT,
        "r-1",
        ["manager"],
    )
    assert (event.user_id, event.membership_id, event.agency_id, event.enquiry_id) == (
        mash_manager.user.pk,
        mash_manager.membership.pk,
        mash_manager.membership.agency_id,
        enquiry,
    )
    assert event.details == {"colour": "red", "hours": 4, "again": False, "before": None}


@pytest.mark.django_db
def test_event_of_the_public_form_names_no_account() -> None:
    record("contact.received", actor=PUBLIC, at=AT, record_type="contacts.contact", record_id=None)
    event = Event.objects.get(verb="contact.received", record_id=None)
    assert (event.user_id, event.agency_id, event.roles, event.details, event.reference) == (
        None,
        None,
        ["public"],
        {},
        "",
    )


@pytest.mark.django_db(transaction=True)
def test_reading_and_refusal_are_kept_as_written(superuser_connection: Connection) -> None:
    one, two = sorted([uuid.uuid4(), uuid.uuid4()])
    record_reading(
        "information", actor=PUBLIC, at=AT, item_ids=[two, one, two], reference="M-2222-3333", purpose="safety"
    )
    record_refusal(actor=PUBLIC, at=AT, method="PROPFINDXX", route="r" * 200, reference="x" * 200, status=404)
    with superuser_connection.cursor() as cursor:
        cursor.execute("SELECT page, reference, purpose, item_ids::text[], roles::text[] FROM audit_reading")
        assert cursor.fetchall() == [("information", "M-2222-3333", "safety", [str(one), str(two)], ["public"])]
        cursor.execute("SELECT method, length(route), length(reference), status FROM audit_refusal")
        assert cursor.fetchall() == [("PROPFIND", 96, 64, 404)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_not_even_the_owner_changes_evidence(table: str, change: str, owner_connection: Connection) -> None:
    """The policies hold the owner too; but it could lift them, and then the triggers still stand."""
    with owner_connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(f"INSERT INTO {table} ({', '.join(_columns(table))}) VALUES ({', '.join(_values(table))})")
        with pytest.raises(psycopg2.errors.RaiseException, match="evidence is append-only"):
            cursor.execute(change.format(table))


def _columns(table: str) -> list[str]:
    return ["id", "at", "roles", "request_id", *sorted(REST[table])]


def _values(table: str) -> list[str]:
    return ["gen_random_uuid()", "now()", "'{}'", "''", *(REST[table][name] for name in sorted(REST[table]))]


REST = {
    "audit_event": {"verb": "'x'", "record_type": "'x'", "reference": "''", "details": "'{}'"},
    "audit_reading": {"page": "'x'", "reference": "''", "purpose": "''", "item_ids": "'{}'"},
    "audit_refusal": {"method": "'GET'", "route": "''", "reference": "''", "status": "404"},
}


def test_evidence_speaks_of_nobody_by_foreign_key() -> None:
    for model in (Event, Reading, Refusal):
        assert [field.name for field in model._meta.get_fields() if field.is_relation] == []
    assert [str(Reading(page="p", reference="r")), str(Refusal(status=404, route="contacts:contact"))] == [
        "p r",
        "404 contacts:contact",
    ]


@pytest.mark.django_db
def test_evidence_has_no_number_to_count() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relkind = 'S' AND relname LIKE 'audit\\_%'")
        assert cursor.fetchone() == (0,)


def _insert(cursor: Any, table: str, **who: object) -> None:
    named = {"user_id": None, "membership_id": None, "agency_id": None, **who}
    columns = ", ".join([*_columns(table), *named])
    values = ", ".join([*_values(table), *["%s"] * len(named)])
    cursor.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({values})", [str(one) if one else None for one in named.values()]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_nobody_writes_as_somebody_else(table: str, mash_manager: Person, police_officer: Person) -> None:
    me, other = mash_manager.viewer, police_officer.viewer
    own = {"user_id": me.user_id, "membership_id": me.membership_id, "agency_id": me.agency_id}
    with acting_as(me), connection.cursor() as cursor:
        _insert(cursor, table, **own)
        for forged in (
            {"membership_id": other.membership_id},
            {"user_id": other.user_id},
            {"agency_id": other.agency_id},
            {"membership_id": None},
            {"membership_id": PUBLIC.membership_id, "user_id": None, "agency_id": None},
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                _insert(cursor, table, **{**own, **forged})


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_systems_viewers_write_without_a_person(table: str, mash_manager: Person) -> None:
    for system in (PUBLIC, CLOCK):
        with acting_as(system), connection.cursor() as cursor:
            _insert(cursor, table, membership_id=system.membership_id)
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                _insert(cursor, table, membership_id=system.membership_id, user_id=mash_manager.user.pk)


@pytest.mark.django_db
def test_nothing_of_the_log_is_read_inside_a_request(mash_manager: Person) -> None:
    with acting_as(mash_manager.viewer), connection.cursor() as cursor:
        for table in TABLES:
            _insert(
                cursor,
                table,
                user_id=mash_manager.user.pk,
                membership_id=mash_manager.membership.pk,
                agency_id=mash_manager.membership.agency_id,
            )
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(f"SELECT count(*) FROM {table}")
    assert {table: all_rights()[table]["web"] for table in TABLES} == dict.fromkeys(TABLES, "INSERT")


@pytest.mark.django_db
def test_events_of_a_record_go_to_whoever_sees_it(mash_manager: Person, stranger: Person) -> None:
    request = ask(open_case(), "police")[0]
    kind = "information_sharing.informationrequest"
    for who, seen in ((mash_manager, True), (stranger, False)):
        with acting_as(who.viewer):
            assert (last_event(kind, request.pk) is not None, history_of(kind, request.pk, most=9) != []) == (
                seen,
                seen,
            )
            assert (last_event("agencies.user", who.user.pk), last_event("no.such", request.pk)) == (None, None)
            assert history_of("agencies.agency", request.pk, most=9) == []
