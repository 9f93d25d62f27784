"""Whom the auditor looks for: by name, a few at a time, and no name in an address."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.models import Membership, User
from common.errors import NotPermitted
from reporting import queries
from tests.people import ClientOf, Person, agency, person

pytestmark = pytest.mark.django_db
ACTIVITY = reverse("reporting:activity")
CHOOSE = "Choose which of them you mean"


def joined(name: str, number: int, at: str = "police") -> User:
    """Make an account of a name, with a membership."""
    made = User.objects.create_user(f"{at}{number}.{len(name)}@demo.invalid", None, name=name)
    member = Membership(user=made, agency=agency(at), roles=["researcher"], starts_on=timezone.localdate())
    member.save(force_insert=True)
    return made


def offered(page: Any) -> dict[str, str]:
    """Return the people whom a page lets one choose: key and words."""
    said = re.sub(r"\s+", " ", page.content.decode())
    found = re.findall(r'name="person" type="radio" value="([^"]+)".*?<label[^>]*>(.*?)</label>', said)
    return {key: unescape(words.strip()) for key, words in found}


def text(page: Any) -> str:
    return unescape(page.content.decode())


def test_page_offers_nobody_before_a_name_was_typed(client_of: ClientOf, auditor: Person) -> None:
    page = client_of(auditor).get(ACTIVITY)
    assert (offered(page), 'name="name"' in text(page), 'name="person"' in text(page)) == ({}, True, False)


def test_one_person_of_the_name_is_found_at_once_and_goes_on_as_a_key(
    client_of: ClientOf, auditor: Person, screener: Person
) -> None:
    typed = " ".join(reversed(screener.user.name.lower().split()))
    sent = client_of(auditor).post(ACTIVITY, {"name": typed, "kind": "event"})
    assert parse_qs(urlsplit(sent.headers["Location"]).query) == {
        "kind": ["event"],
        "person": [str(screener.user.pk)],
    }


def test_of_several_one_is_chosen_and_what_was_asked_beside_it_stays(client_of: ClientOf, auditor: Person) -> None:
    two = [joined("Ottoline Quist", 1), joined("Otto Quist", 2, "health")]
    client = client_of(auditor)
    page = client.post(ACTIVITY, {"name": "quist", "kind": "event"})
    short = {one.short_name for one in (agency("police"), agency("health"))}
    assert set(offered(page)) == {str(one.pk) for one in two}
    assert {words.partition("(")[2].rstrip(")") for words in offered(page).values()} == short
    assert (CHOOSE in text(page), 'value="quist"' in text(page)) == (True, True)
    assert '<details class="govuk-details hub-no-print" open>' in text(page)
    assert ("Anybody" in text(page), "checked" in text(page)) == (False, False)
    assert re.search(r'value="event"[^>]*selected', text(page))
    assert [link for link in re.findall(r'(?:href|action)="([^"]*)"', text(page)) if "quist" in link.lower()] == []
    sent = client.post(ACTIVITY, {"name": "quist", "kind": "event", "person": str(two[1].pk)})
    assert parse_qs(urlsplit(sent.headers["Location"]).query) == {"kind": ["event"], "person": [str(two[1].pk)]}
    shown = client.get(sent.headers["Location"])
    assert offered(shown) == {str(two[1].pk): f"Otto Quist ({agency('health').short_name})"}
    said = text(shown)
    assert "Person who did it: Otto Quist (" in said
    assert ('<details class="govuk-details hub-no-print">' in said, "Show all" in said) == (True, True)


@pytest.mark.parametrize("typed", ["lukasz", "ŁUKASZ nowak", "o'neill", "oneill", "O’Neill Lukasz"])
def test_a_name_is_found_without_its_marks(typed: str, auditor: Person) -> None:
    one = joined("Łukasz O’Neill-Nowak", 1)
    with acting_as(auditor.viewer) as viewer:
        assert [key for key, _ in queries.people_called(viewer, typed).people] == [str(one.pk)]


def test_another_name_takes_the_place_of_whoever_was_chosen(
    client_of: ClientOf, auditor: Person, screener: Person, front_door: Person
) -> None:
    said = {"name": front_door.user.name, "person": str(screener.user.pk)}
    sent = client_of(auditor).post(ACTIVITY, said)
    assert parse_qs(urlsplit(sent.headers["Location"]).query) == {"person": [str(front_door.user.pk)]}


@pytest.mark.parametrize("typed", ["Nobody Of That Name", "%", "_", "\\", "a\0b zzz"])
def test_nobody_found_stays_on_the_page(typed: str, client_of: ClientOf, auditor: Person) -> None:
    page = client_of(auditor).post(ACTIVITY, {"name": typed})
    assert (page.status_code, offered(page)) == (200, {})


@pytest.mark.parametrize(("count", "says_more"), [(50, False), (51, True)])
def test_no_more_than_fifty_are_offered(count: int, says_more: bool, client_of: ClientOf, auditor: Person) -> None:
    for number in range(count):
        joined(f"Vesper Namesake {number:02}", number)
    page = client_of(auditor).post(ACTIVITY, {"name": "namesake"})
    assert len(offered(page)) == 50
    more = "More than 50 people have this in their name: type more of it"
    assert (more in text(page), CHOOSE in text(page)) == (says_more, True)


def test_whoever_has_left_is_found_and_who_never_worked_here_is_not(auditor: Person) -> None:
    Membership.objects.filter(pk=person("fiona_front").membership.pk).update(ended_at=timezone.now())
    never = User.objects.create_user("never@demo.invalid", None, name="Never Joined")
    with acting_as(auditor.viewer) as viewer:
        left = queries.people_called(viewer, person("fiona_front").user.name).people
        assert [key for key, _ in left] == [str(person("fiona_front").user.pk)]
        assert queries.people_called(viewer, "Never Joined") == queries.Found([])
        assert [queries.person_with(viewer, key) for key in (str(never.pk), "no key", str(uuid.uuid4()))] == [[]] * 3


@pytest.mark.parametrize("name", ["mash_manager", "administrator", "police_lead", "front_door"])
def test_nobody_else_looks_for_people(name: str, request: pytest.FixtureRequest) -> None:
    who: Person = request.getfixturevalue(name)
    with acting_as(who.viewer) as viewer:
        for ask in (queries.people_called, queries.person_with):
            with pytest.raises(NotPermitted):
                ask(viewer, "a")


def test_a_name_in_an_address_is_not_looked_for(client_of: ClientOf, auditor: Person, screener: Person) -> None:
    page = client_of(auditor).get(ACTIVITY, {"name": screener.user.name})
    assert (page.status_code, offered(page), f'value="{screener.user.name}"' in text(page)) == (200, {}, False)


def test_a_key_of_nobody_finds_nothing_and_says_so(client_of: ClientOf, auditor: Person) -> None:
    page = text(client_of(auditor).get(ACTIVITY, {"person": str(uuid.uuid4())}))
    assert "This finds nobody any more: search by name." in page
    assert "The log has nothing of this kind in this period." in page


@pytest.mark.parametrize("count", [2, 50])
def test_looking_for_a_name_costs_the_same_whoever_is_found(
    count: int, client_of: ClientOf, auditor: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        joined(f"Vesper Namesake {number:02}", number)
    client = client_of(auditor)
    client.get(ACTIVITY)
    with django_assert_num_queries(QUERIES):
        client.post(ACTIVITY, {"name": "namesake"})


QUERIES = 13
"""Two for the people, and none for the log: nothing is shown until it is clear who is meant."""
