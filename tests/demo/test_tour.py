"""The demo's first page: the six cases by name, and each link opens for whom it is for."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import clear_url_caches, include, path, reverse
from pytest_django.plugin import DjangoDbBlocker

import mash.urls
from demo.cases import CASES
from demo.directory import Directory
from demo.tour import CaseTour, tours
from tests.demo.conftest import Built


@pytest.fixture(scope="module")
def shown(built: Built, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[CaseTour, ...]]:
    """Read the tours of a hub that was built, with the demo's pages in place."""
    addresses = ModuleType("demo_addresses")
    addresses.urlpatterns = [*mash.urls.urlpatterns, path("demo/", include("demo.urls"))]  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), override_settings(ROOT_URLCONF=addresses):
        clear_url_caches()
        yield tours()
    clear_url_caches()


def signed_in(hub: Directory, key: str) -> Client:
    """Sign somebody in, in their first membership."""
    client = Client()
    client.force_login(hub.members[key].user)
    session = client.session
    session["membership"] = str(hub.members[key].pk)
    session.save()
    return client


def test_the_six_cases_are_there_by_name(shown: tuple[CaseTour, ...]) -> None:
    assert [tour.title for tour in shown] == [case.title for case in CASES]
    text = Client().get("/demo/").content.decode()
    for tour in shown:
        assert tour.title in text
        assert all(stop.path in text and stop.sign_in_as in text for stop in tour.stops)


def test_each_case_is_seen_from_several_sides(shown: tuple[CaseTour, ...]) -> None:
    goes_to_a_team = [case.release is not None for case in CASES]
    assert [len(tour.stops) for tour in shown] == [4 if goes else 3 for goes in goes_to_a_team]
    assert [stop.path for tour in shown for stop in tour.stops if stop.path in {"/", "/work/"}] == []


def test_each_link_opens_for_whom_it_is_for(shown: tuple[CaseTour, ...], built: Built) -> None:
    answers = {
        (tour.title, stop.person): signed_in(built.hub, stop.person).get(stop.path).status_code
        for tour in shown
        for stop in tour.stops
    }
    assert set(answers.values()) == {200}, answers


def test_to_a_stranger_the_pages_do_not_exist(shown: tuple[CaseTour, ...], built: Built) -> None:
    stranger = signed_in(built.hub, "camhs_researcher")
    answers = {stranger.get(stop.path).status_code for tour in shown for stop in tour.stops}
    assert answers == {404}


def test_without_a_session_they_ask_for_one(shown: tuple[CaseTour, ...]) -> None:
    login = reverse(settings.LOGIN_URL)
    for tour in shown:
        for stop in tour.stops:
            assert Client().get(stop.path)["Location"].startswith(f"{login}?next=")
