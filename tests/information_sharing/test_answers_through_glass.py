"""Through broken glass an answer says no more than the items that come through it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import screening.actions
from agencies.access.identity import acting_as
from information_sharing import actions
from information_sharing.models import InformationRequest
from tests import drawn
from tests.information_sharing.web import url
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import Case, answer, ask, new, open_case, seal

pytestmark = pytest.mark.django_db
TEAM = ("sean_worker", "maeve_manager")


@pytest.fixture
def case(db: None) -> Case:
    """Return an Amber enquiry of another social worker."""
    return open_case(colour="amber", worker="sean_worker")


@pytest.fixture
def glass(case: Case, client_of: ClientOf, social_worker: Person) -> Client:
    """Let a social worker without a part in it break the glass."""
    with acting_as(social_worker.viewer) as viewer:
        why = "The police ring: who may take the child in tonight?"
        assert screening.actions.break_glass(case.enquiry.reference, why, viewer=viewer, at=timezone.now())
    return client_of(social_worker)


def asked(case: Case, *keys: str) -> list[InformationRequest]:
    return ask(case, *keys, by=person("sean_worker"))


def says(page: Any) -> list[str]:
    """Return what the answers of a page are said to be."""
    text = page.content.decode()
    assert page.status_code == 200
    if ">Answer</dt>" in text:
        return [found.strip() for found in re.findall(r">Answer</dt><dd[^>]*>([^<:]*)", text)]
    cells = [cell.partition("</td>")[0] for cell in text.split('data-label="Answer"')[1:]]
    return [re.sub(r"<[^>]+>", " ", cell.partition(">")[2].partition("<br>")[0]).strip() for cell in cells]


def plain(page: Any) -> str:
    """Return a page without the references of its case."""
    return re.sub(r"[A-Z]-\w{4}-\w{4}", "", drawn.plain(page))


CASES: list[tuple[list[str], str, str]] = [
    (["onward"], "Information given", "Information given"),
    (["hub_only"], "Answered", "Information given"),
    (["onward", "hub_only"], "Information given", "Information given"),
    (["manager_only"], "Answered", "Nothing to share"),
    ([], "Answered", "Nothing to share"),
]


@pytest.mark.parametrize(("handlings", "through_glass", "inside"), CASES)
def test_an_answer_says_what_its_reader_may_know(
    handlings: list[str], through_glass: str, inside: str, case: Case, glass: Client, client_of: ClientOf
) -> None:
    (request,) = asked(case, "police")
    items = [new(f"Item {number}.", handling) for number, handling in enumerate(handlings)]
    answer(request, person("police_researcher"), *items)
    pages = [url("agencies", case.enquiry.reference), url("request", request.reference)]
    assert [says(glass.get(page)) for page in pages] == [[through_glass]] * 2
    for who in TEAM:
        assert [says(client_of(person(who)).get(page)) for page in pages] == [[inside]] * 2
    assert says(client_of(person("police_researcher")).get(pages[1])) == [inside]


def test_a_hub_only_item_changes_no_byte_of_what_is_seen_through_glass(
    case: Case, glass: Client, standing_clock: datetime
) -> None:
    """Two cases that differ in nothing but such an item; both are read through glass."""
    other = open_case(colour="amber", worker="sean_worker")
    with acting_as(person("saira_worker").viewer) as viewer:
        why = "The police ring: who may take the child in tonight?"
        screening.actions.break_glass(other.enquiry.reference, why, viewer=viewer, at=timezone.now())
    found = []
    for one, items in ((case, [new("Kept inside.", "hub_only")]), (other, [])):
        (request,) = asked(one, "police")
        answer(request, person("police_researcher"), *items)
        addresses = [url(name, one.enquiry.reference) for name in ("agencies", "information", "chronology")]
        found.append([plain(glass.get(page)) for page in (*addresses, url("request", request.reference))])
    assert found[0] == found[1]


def test_what_is_held_and_not_shared_is_said_through_glass_too(case: Case, glass: Client) -> None:
    (request,) = asked(case, "police")
    with acting_as(person("police_researcher").viewer) as viewer:
        search = actions.Search("PNC", "Name and date of birth")
        actions.answer_withheld(request, "legal_bar", search, viewer=viewer, at=timezone.now())
    seal(request, person("police_researcher"))
    assert says(glass.get(url("agencies", case.enquiry.reference))) == ["Held and not shared"]
