"""The auditor's page: who did what, by reference; never what a record says."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from agencies.access.identity import acting_as
from audit.actions import record, record_reading, record_refusal
from audit.models import Event
from common.errors import NotPermitted
from common.moments import london_day
from contacts.models import Contact
from reporting import queries
from reporting.queries import ActivityFilter, LogPage, read_place
from reporting.rules import as_csv, why
from tests.people import ClientOf, Person
from tests.scenes import screening as cases
from tests.scenes.stages import screened

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    """Return the moment of the test."""
    return timezone.now()


@pytest.fixture
def contact(front_door: Person, screener: Person, at: datetime) -> Contact:
    """Return a contact that was screened."""
    made = cases.received(front_door, at)
    screened(made, screener, cases.decision("advice"), at)
    return made


def page(auditor: Person, **wanted: Any) -> LogPage:
    with acting_as(auditor.viewer):
        return queries.activity(auditor.viewer, ActivityFilter(**wanted))


def whats(auditor: Person, **wanted: Any) -> list[str]:
    return [row.what for row in page(auditor, **wanted).rows]


def test_a_reference_shows_what_was_done_to_it(auditor: Person, contact: Contact) -> None:
    for typed in (contact.reference.lower(), contact.reference.replace("-", ""), contact.reference.replace("-", "—")):
        assert sorted(whats(auditor, reference=typed)) == ["Contact ended", "Contact received"]


def test_filters_by_person_agency_deed_and_period(
    auditor: Person, contact: Contact, screener: Person, early_help_worker: Person, at: datetime
) -> None:
    today = london_day(at)
    assert whats(auditor, account_id=screener.user.pk, done_to="screening") == ["Screening decided"]
    assert whats(auditor, account_id=auditor.user.pk, done_to="screening") == []
    assert whats(auditor, agency_id=early_help_worker.viewer.agency_id) == []
    assert "Contact received" in whats(auditor, from_day=today, to_day=today, done_to="contact")
    assert whats(auditor, to_day=today - timedelta(days=1), done_to="contact") == []
    assert whats(auditor, from_day=today + timedelta(days=1)) == []


def test_only_the_auditor(contact: Contact, mash_manager: Person, administrator: Person) -> None:
    for who in (mash_manager, administrator):
        with pytest.raises(NotPermitted):
            queries.activity(who.viewer, ActivityFilter())


def test_the_page_shows_no_content(client_of: ClientOf, auditor: Person, contact: Contact, screener: Person) -> None:
    answer = client_of(auditor).get(reverse("reporting:activity"))
    said = answer.content.decode()
    assert answer.status_code == 200
    assert contact.reference in said
    assert screener.user.name in said
    for text in ("Tamsin", "Orlebar", cases.CONCERN, cases.REASONS, "Heron Lane"):
        assert text not in said


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?reference=C-2222-2222", 200),
        ("?person=<script>&deed=contact&page=2", 200),
        ("?reference=Sunita", 200),
        ("?from_day_day=31&from_day_month=2&from_day_year=2026", 200),
        ("?agency=no-such-agency", 200),
        ("?after=2026-01-01T00:00:00~no-key", 200),
        ("?after=2026-01-01T00:00:00~00000000-0000-4000-8000-000000000001", 200),
        ("?kind=everything", 200),
    ],
)
def test_odd_questions(client_of: ClientOf, auditor: Person, contact: Contact, query: str, status: int) -> None:
    assert client_of(auditor).get(reverse("reporting:activity") + query).status_code == status


def test_a_period_that_ends_before_it_begins(client_of: ClientOf, auditor: Person) -> None:
    query = "?from_day_day=2&from_day_month=6&from_day_year=2025&to_day_day=1&to_day_month=6&to_day_year=2025"
    answer = client_of(auditor).get(reverse("reporting:activity") + query)
    assert "Enter a last day that is not before the first day" in answer.content.decode()


@pytest.mark.parametrize(
    "who", ["front_door", "screener", "mash_manager", "social_worker", "police_officer", "administrator", "stranger"]
)
def test_nobody_else_gets_the_page(request: pytest.FixtureRequest, client_of: ClientOf, who: str) -> None:
    assert client_of(request.getfixturevalue(who)).get(reverse("reporting:activity")).status_code == 403


@pytest.mark.parametrize("count", [1, 40])
def test_what_the_page_costs(
    client_of: ClientOf,
    django_assert_max_num_queries: Any,
    auditor: Person,
    front_door: Person,
    at: datetime,
    count: int,
) -> None:
    for _ in range(count):
        Event(
            at=at, verb="contact.received", record_type="contacts.contact", user_id=front_door.user.pk, roles=[]
        ).save(force_insert=True)
    client = client_of(auditor)
    with django_assert_max_num_queries(14) as captured:
        client.get(reverse("reporting:activity"))
    assert len(captured) == QUERIES


QUERIES = 11


def test_pages_go_on_after_the_last_line(auditor: Person, at: datetime) -> None:
    for _ in range(120):
        Event(at=at, verb="contact.looked_at", record_type="contacts.contact", roles=[]).save(force_insert=True)
    lengths: list[int] = []
    place, before = None, list[Any]()
    while True:
        found = page(auditor, done_to="contact", after=place)
        lengths.append(len(found.rows))
        before.append(place)
        if found.next is None:
            break
        place = read_place(str(found.next))
    assert (lengths, len(set(before)), found.rows[0].who) == ([50, 50, 20], 3, "The system")


def test_an_enquirys_reference_finds_what_was_done_read_and_tried(
    auditor: Person, mash_manager: Person, police_officer: Person, at: datetime
) -> None:
    enquiry = uuid.uuid4()
    with acting_as(mash_manager.viewer) as viewer:
        about: dict[str, Any] = {"actor": viewer, "at": at, "enquiry_id": enquiry}
        record("enquiry.rated", record_type="screening.enquiry", record_id=enquiry, reference="M-2222-3333", **about)
        record("request.sent", record_type="x.y", record_id=uuid.uuid4(), reference="Q-2222-3333", **about)
        record_reading("sealed", item_ids=[uuid.uuid4()] * 2, reference="M-2222-3333", purpose="safety", **about)
    with acting_as(police_officer.viewer) as viewer:
        record_refusal(
            actor=viewer, at=at, method="GET", route="screening:enquiry", reference="M-2222-3333", status=404
        )
    assert sorted(whats(auditor, reference="m-2222-3333")) == [
        "Confidential information: safety now",
        "Enquiry rated",
        "GET screening:enquiry: 404",
        "Request sent",
    ]
    assert whats(auditor, reference="M-2222-3333", kind="reading") == ["Confidential information: safety now"]
    assert [row.who for row in page(auditor, kind="refusal", reference="M-2222-3333").rows] == [
        police_officer.user.name
    ]
    assert whats(auditor, kind="refusal", account_id=uuid.uuid4()) == []


def test_the_database_gives_the_log_to_the_auditor_alone(
    contact: Contact, mash_manager: Person, administrator: Person, auditor: Person
) -> None:
    found = {}
    for who in (mash_manager, administrator, auditor):
        with acting_as(who.viewer), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM fw.log_search('', '', NULL, NULL, '', NULL, NULL, NULL, NULL, 9)")
            found[who.user.email] = cursor.fetchone()[0] > 0
    assert list(found.values()) == [False, False, True]


def test_the_file_says_the_same_and_that_it_was_taken(
    client_of: ClientOf, auditor: Person, contact: Contact, at: datetime
) -> None:
    answer = client_of(auditor).get(reverse("reporting:activity_file") + f"?reference={contact.reference}")
    lines = list(csv.reader(io.StringIO(answer.content.decode())))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert lines[0] == ["When", "Kind", "What", "Who", "As", "Agency", "Reference", "Request"]
    assert sorted(line[2] for line in lines[1:]) == ["Contact ended", "Contact received"]
    assert [row.what for row in page(auditor, kind="reading", account_id=auditor.user.pk).rows] == [
        "The log, as a spreadsheet"
    ]


@pytest.mark.parametrize("who", ["mash_manager", "police_officer", "administrator"])
def test_nobody_else_takes_the_file(request: pytest.FixtureRequest, client_of: ClientOf, who: str) -> None:
    assert client_of(request.getfixturevalue(who)).get(reverse("reporting:activity_file")).status_code == 403


@pytest.mark.parametrize("begins", list("=+-@\t\r\n"))
def test_a_cell_is_no_formula(begins: str) -> None:
    assert list(csv.reader(io.StringIO(as_csv(["a"], [[f"{begins}1+1"], ["plain"]]))))[1:] == [
        [f"'{begins}1+1"],
        ["plain"],
    ]


def test_a_page_without_words_is_read_as_it_stands() -> None:
    assert [why("new_page", ""), why("item", "odd_purpose")] == ["New page", "The item, to change it: odd purpose"]
