"""What the pages of this stage and the list of work ask of the database: the same, however much lies on them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

import screening.actions
from agencies.access.identity import acting_as
from agencies.actions import correct_agency
from agencies.choices import DecisionBy
from agencies.models import Agency, HubSettings
from decisions.models import MashSummary, SummaryItem
from information_sharing.models import InformationRequest
from tests.decisions.pages import url
from tests.people import ClientOf, Person, person
from tests.scenes import screening as contacts
from tests.scenes.case import Case

IDENTITY = 7
HEAD = 5
"""Whom an enquiry is about, said in its head."""
"""Session, user, membership, identity and the savepoints around it; two of the others come with the base page."""
AGENCIES = ("police", "health", "education")
DRAFTED = {"summary": 28, "prepare": 13}
WORK = {
    "maeve_manager": 9,
    "saira_worker": 9,
    "fiona_front": 8,
    "sunita_screener": 8,
    "police_researcher": 5,
    "asha_assessment": 5,
}


def laden(case: Case, count: int) -> Case:
    """Return a case of some contacts on which some agencies gave something open and something confidential."""
    case.in_mash()
    front = case.who("fiona_front")
    for _ in range(count - 1):
        further = contacts.received(front, case.at)
        with acting_as(front.viewer):
            screening.actions.join_enquiry(case.enquiry, further, viewer=front.viewer, at=case.at)
        case.again()
    for key in AGENCIES[:count]:
        given = case.told(key)
        with acting_as(case.manager.viewer):
            request = InformationRequest.objects.get(pk=given.request_id)
        case.sealed(request, key)
    return case


@pytest.mark.parametrize("count", [1, 3])
def test_the_analysis(
    count: int, case: Case, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    laden(case, count).recommended()
    case.again()
    for who in (case.worker, case.manager):
        client = client_of(who)
        with django_assert_num_queries(IDENTITY + HEAD + 16):
            page = client.get(url("analysis", case.enquiry.reference)).content.decode()
        assert "Confidential information is held" in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("decided_by", "queries"), [(DecisionBy.MANAGER, 16), (DecisionBy.JOINT, 17)])
def test_the_decision(
    count: int,
    decided_by: str,
    queries: int,
    case: Case,
    administrator: Person,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    laden(case, count).recommended()
    with acting_as(administrator.viewer):
        HubSettings.objects.update_or_create(pk=1, defaults={"decision_by": decided_by})
    client = client_of(case.manager)
    with django_assert_num_queries(IDENTITY + HEAD + queries):
        page = client.get(url("decide", case.enquiry.reference)).content.decode()
    assert page.count("Two calls to the home in May.") == count
    assert f"Confidential information ({count})" in page
    assert "An officer lives next door." not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_summary_that_is_prepared(
    count: int, case: Case, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    laden(case, count).recommended()
    case.decided()
    summary = _with_items(case)
    client = client_of(case.manager)
    for name, queries in DRAFTED.items():
        with django_assert_num_queries(IDENTITY + HEAD + queries):
            page = client.get(url(name, summary.reference)).content.decode()
        assert page.count("Two calls to the home in May.") == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_summary_that_is_out(
    count: int, case: Case, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    laden(case, count).recommended()
    case.decided()
    summary = case.released(_with_items(case))
    client = client_of(case.manager)
    with django_assert_num_queries(IDENTITY + HEAD + 17):
        page = client.get(url("summary", summary.reference)).content.decode()
    assert page.count("Two calls to the home in May.") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_work(
    count: int, at: datetime, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    for _ in range(count):
        Case(at).out()
        laden(Case(at), 1).recommended()
        Case(at).in_mash().asked()
        contacts.received(person("fiona_front"), at)
    found = {}
    for key in WORK:
        client = client_of(person(key))
        with django_assert_max_num_queries(IDENTITY + 12) as asked:
            assert client.get(reverse("work")).status_code == 200
        found[key] = len(asked) - IDENTITY
    assert found == WORK


def _with_items(case: Case) -> MashSummary:
    with acting_as(case.manager.viewer):
        items = {one.pk: one.version for one in case.enquiry.items.filter(handling="onward")}
    return case.with_manager(case.prepared()[0], items)


def test_a_summary_keeps_the_name_that_an_agency_had_at_its_release(
    case: Case, client_of: ClientOf, administrator: Person
) -> None:
    laden(case, 1).recommended()
    case.decided()
    summary = case.released(_with_items(case))
    police = Agency.objects.get(pk=SummaryItem.objects.get(summary=summary).agency_id)
    old = police.name
    with acting_as(administrator.viewer) as viewer:
        later = case.at + timedelta(days=1)
        correct_agency(police, name="Quillshire Constabulary", short_name="QC", viewer=viewer, at=later, version=1)
    page = client_of(case.manager).get(url("summary", summary.reference)).content.decode()
    assert [name in page for name in (old, "Quillshire Constabulary")] == [True, False]
