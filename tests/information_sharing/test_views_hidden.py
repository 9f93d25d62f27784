"""Absent and forbidden look the same; pages take the same number of queries however much they show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.access.identity import acting_as
from information_sharing import actions
from information_sharing.models import InformationRequest
from tests.drawn import plain, text
from tests.information_sharing.web import key, url, written
from tests.people import ClientOf, Person
from tests.scenes.enquiries import Case, answer, ask, new, open_case, other_core

pytestmark = pytest.mark.django_db


REQUEST_PAGES = ("request", "answer", "cannot_search", "withheld", "seal", "add_item", "confirm", "spoken", "readers")
ENQUIRY_PAGES = ("agencies", "ask", "authorise", "information", "chronology", "sealed")


@pytest.mark.parametrize("name", REQUEST_PAGES)
def test_a_request_of_another_agency_is_not_there(
    asked: InformationRequest, client_of: ClientOf, stranger: Person, name: str
) -> None:
    client = client_of(stranger)
    with CaptureQueriesContext(connection) as caught:
        foreign, absent = client.get(url(name, asked.reference)), client.get(url(name, "Q-2222-2222"))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert plain(foreign) == plain(absent)
    assert len(written("audit_refusal", caught)) == 2


@pytest.mark.parametrize("name", ENQUIRY_PAGES)
def test_an_enquiry_without_a_part_in_it_is_not_there(
    case: Case, client_of: ClientOf, stranger: Person, name: str
) -> None:
    assert client_of(stranger).get(url(name, case.enquiry.reference)).status_code == 404


def test_an_item_of_another_request_is_not_there(
    case: Case, asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    (other,) = ask(open_case(), "police")
    (item,) = answer(other, police_officer, new())
    client = client_of(police_officer)
    assert client.get(url("edit_item", asked.reference, item.pk)).status_code == 404
    said = {"submission_key": key(), "version": "1"}
    assert client.post(url("withdraw_item", asked.reference, item.pk), said).status_code == 404


@pytest.mark.parametrize("name", ["answer", "cannot_search", "withheld", "seal", "add_item", "confirm"])
def test_the_decision_team_does_not_answer_for_an_agency(
    asked: InformationRequest, client_of: ClientOf, social_worker: Person, name: str
) -> None:
    client = client_of(social_worker)
    assert client.get(url("request", asked.reference)).status_code == 200
    assert client.get(url(name, asked.reference)).status_code == 403


def test_a_front_door_worker_has_no_part_in_requests(
    case: Case, asked: InformationRequest, client_of: ClientOf, front_door: Person
) -> None:
    client = client_of(front_door)
    assert client.get(url("request", asked.reference)).status_code == 404
    assert client.get(url("agencies", case.enquiry.reference)).status_code == 403
    assert client.get(url("requests")).status_code == 403


def test_the_agency_finds_what_was_withdrawn_and_no_more_whom_it_was_about(
    case: Case, asked: InformationRequest, client_of: ClientOf, social_worker: Person, police_officer: Person
) -> None:
    client = client_of(police_officer)
    assert case.mia.given_name in text(client.get(url("requests")))
    with acting_as(social_worker.viewer) as viewer:
        actions.withdraw_request(asked, viewer=viewer, at=timezone.now(), version=None)
    done = client.get(url("requests") + "?done")
    assert [row.reference for row in done.context["page"].object_list] == [asked.reference]
    pages = text(done) + text(client.get(url("request", asked.reference)))
    assert "Withdrawn" in pages
    assert [name for name in (case.mia.given_name, case.enquiry.reference) if name in pages] == []


@pytest.mark.parametrize("count", [2, 6])
def test_the_list_takes_the_same_number_of_queries(
    client_of: ClientOf, police_officer: Person, count: int, django_assert_num_queries: Callable[..., object]
) -> None:
    for _ in range(count):
        ask(open_case(), "police")
    client = client_of(police_officer)
    client.get(url("requests"))
    with django_assert_num_queries(LIST_QUERIES):  # type: ignore[attr-defined]
        page = client.get(url("requests"))
    assert len(page.context["page"].object_list) == count
    assert "Your agency has answered nothing yet" in text(client.get(url("requests") + "?done"))


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("name", ["request", "agencies", "information", "chronology", "shared"])
def test_pages_take_the_same_number_of_queries(
    case: Case,
    client_of: ClientOf,
    social_worker: Person,
    police_officer: Person,
    health_visitor: Person,
    name: str,
    count: int,
    django_assert_num_queries: Callable[..., object],
) -> None:
    police, health, *_rest = ask(case, "police", "health", *(("education", "gp", "probation", "housing")[: count - 1]))
    answer(health, health_visitor)
    answer(
        police,
        police_officer,
        *(new(f"Item {one}.", subject_id=case.mia.pk, named=other_core("health")) for one in range(count)),
    )
    who, args = {
        "request": (police_officer, (police.reference,)),
        "shared": (health_visitor, ()),
    }.get(name, (social_worker, (case.enquiry.reference,)))
    client = client_of(who)
    client.get(url(name, *args))
    with django_assert_num_queries(PAGE_QUERIES[name]):  # type: ignore[attr-defined]
        assert client.get(url(name, *args)).status_code == 200


LIST_QUERIES = 12
PAGE_QUERIES = {"request": 24, "agencies": 25, "information": 26, "chronology": 22, "shared": 16}
"""Seven of them are session, user, membership, savepoint and identity; two come with the base page."""
