"""The auditor's page: who did what, by reference; never what a record says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from contacts.models import Contact
from mash.common.errors import NotPermitted
from mash.common.moments import london_day
from reporting import queries
from reporting.queries import ActivityFilter
from tests.people import Person
from tests.screening import cases

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]


@pytest.fixture
def at() -> datetime:
    """Return the moment of the test."""
    return timezone.now()


@pytest.fixture
def contact(front_door: Person, screener: Person, at: datetime) -> Contact:
    """Return a contact that was screened."""
    made = cases.received(front_door, at)
    cases.screened(made, screener, cases.decision("advice"), at)
    return made


def whats(auditor: Person, **wanted: Any) -> list[str]:
    return [row.what for row in queries.activity(auditor.viewer, ActivityFilter(**wanted)).rows]


def test_a_reference_shows_what_was_done_to_it(auditor: Person, contact: Contact) -> None:
    assert sorted(whats(auditor, reference=contact.reference.lower())) == ["Contact ended", "Contact received"]


def test_filters_by_person_agency_deed_and_period(
    auditor: Person, contact: Contact, screener: Person, early_help_worker: Person, at: datetime
) -> None:
    today = london_day(at)
    assert whats(auditor, actor="sunita", deed="screening") == ["Screening decided"]
    assert whats(auditor, agency_id=early_help_worker.viewer.agency_id) == []
    assert "Contact received" in whats(auditor, from_day=today, to_day=today, deed="contact")
    assert whats(auditor, to_day=today - timedelta(days=1), deed="contact") == []
    assert whats(auditor, from_day=today + timedelta(days=1)) == []


def test_only_the_auditor(contact: Contact, mash_manager: Person, administrator: Person) -> None:
    for who in (mash_manager, administrator):
        with pytest.raises(NotPermitted):
            queries.activity(who.viewer, ActivityFilter())


def test_the_page_shows_no_content(client_of: ClientOf, auditor: Person, contact: Contact, screener: Person) -> None:
    page = client_of(auditor).get(reverse("reporting:activity"))
    said = page.content.decode()
    assert page.status_code == 200
    assert contact.reference in said
    assert screener.user.name in said
    for text in ("Tamsin", "Orlebar", cases.CONCERN, cases.REASONS, "Heron Lane"):
        assert text not in said


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?reference=C-2222-2222", 200),
        ("?actor=<script>&deed=contact&page=2", 200),
        ("?from_day_day=31&from_day_month=2&from_day_year=2026", 200),
        ("?agency=no-such-agency", 200),
        ("?page=-1", 200),
    ],
)
def test_odd_questions(client_of: ClientOf, auditor: Person, contact: Contact, query: str, status: int) -> None:
    assert client_of(auditor).get(reverse("reporting:activity") + query).status_code == status


def test_a_period_that_ends_before_it_begins(client_of: ClientOf, auditor: Person) -> None:
    query = "?from_day_day=2&from_day_month=6&from_day_year=2025&to_day_day=1&to_day_month=6&to_day_year=2025"
    page = client_of(auditor).get(reverse("reporting:activity") + query)
    assert "Enter a last day that is not before the first day" in page.content.decode()


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


QUERIES = 12


def test_pages(auditor: Person, front_door: Person, at: datetime) -> None:
    for _ in range(51):
        Event(at=at, verb="contact.looked_at", record_type="contacts.contact", roles=[]).save(force_insert=True)
    first = queries.activity(auditor.viewer, ActivityFilter(deed="contact"))
    second = queries.activity(auditor.viewer, ActivityFilter(deed="contact", page=2))
    assert (len(first.rows), first.has_next, first.has_previous) == (50, True, False)
    assert (len(second.rows), second.has_next, second.has_previous) == (1, False, True)
    assert first.rows[0].who == "The system"
