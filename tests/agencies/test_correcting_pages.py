"""The pages on which people, agencies and teams are corrected, and on which teams close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from agencies import actions, queries
from agencies.access.identity import acting_as
from agencies.models import Agency, FormerName, Team, User
from agencies.reads.holding import waits_at
from agencies.reads.names import agencies_then
from common.moments import london_day
from tests.drawn import text
from tests.people import ClientOf, Person, agency, person, team
from tests.scenes.enquiries import ask, open_case
from tests.scenes.screening import handed_over

pytestmark = pytest.mark.django_db


def page_of(name: str) -> tuple[str, dict[str, str]]:
    """Return the address of a page and answers that it takes."""
    if name == "correct_account":
        user = person("fiona_front").user
        return reverse("agencies:correct_account", args=[user.pk]), {"name": "Fiona Newman", "email": "f@demo.invalid"}
    if name == "correct_agency":
        return reverse("agencies:correct_agency", args=[agency("housing").pk]), {"name": "Homes", "short_name": "Homes"}
    return reverse("agencies:correct_team", args=[team("lado").pk]), {"name": "Homes"}


EXPECTED = {None: (200, 0), "9": (409, 0), "1": (302, 1)}
PAGES = ("correct_account", "correct_agency", "correct_team")


@pytest.mark.parametrize("name", PAGES)
def test_page_is_the_administrators_and_unknown_is_not_found(
    name: str, client_of: ClientOf, administrator: Person, mash_manager: Person
) -> None:
    url, _answers = page_of(name)
    nobody = "/".join([*url.split("/")[:3], "00000000-0000-4000-8000-00000000000f", "correct", ""])
    assert [client_of(who).get(url).status_code for who in (administrator, mash_manager)] == [200, 403]
    assert client_of(administrator).get(nobody).status_code == 404


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("version", [None, "9", "1"])
def test_page_corrects_with_the_version_that_it_showed(
    name: str, version: str | None, client_of: ClientOf, administrator: Person
) -> None:
    url, answers = page_of(name)
    sent = answers if version is None else {**answers, "version": version}
    response = client_of(administrator).post(url, sent)
    assert (response.status_code, FormerName.objects.count()) == EXPECTED[version]


def test_a_new_address_is_told_and_the_page_says_so(client_of: ClientOf, administrator: Person) -> None:
    url, answers = page_of("correct_account")
    shown = text(client_of(administrator).post(url, {**answers, "version": "1"}, follow=True))
    assert "Both addresses were told." in shown
    assert (len(mail.outbox), "f@demo.invalid" in shown, "Fiona Newman" in shown) == (2, True, True)
    assert "Earlier names" in shown


def test_directory_offers_to_correct_and_shows_what_is_closed(client_of: ClientOf, administrator: Person) -> None:
    client = client_of(administrator)
    lado = team("lado")
    client.post(reverse("agencies:close_team", args=[lado.pk]), {})
    page = text(client.get(reverse("agencies:directory")))
    assert "Closed teams" in page
    assert lado.pk not in [one.pk for one in queries.teams()]
    client.post(reverse("agencies:reopen_team", args=[lado.pk]), {})
    assert Team.objects.get(pk=lado.pk).is_active


def test_teams_of_a_closed_agency_are_handed_nothing(administrator: Person) -> None:
    with acting_as(administrator.viewer) as viewer:
        actions.close_agency(team("early_help_team").agency, viewer=viewer, at=timezone.now())
    assert [one for one in queries.teams() if one.agency_id == team("early_help_team").agency_id] == []


def test_what_waits_at_an_agency_of_nobody_stands_on_its_page(
    client_of: ClientOf, administrator: Person, social_worker: Person
) -> None:
    ask(open_case(), "probation")
    with acting_as(administrator.viewer):
        assert [(one.kind, one.count, one.red) for one in waits_at(agencies=[agency("probation").pk])] == [
            ("request", 1, 1)
        ]
    with acting_as(social_worker.viewer):
        assert waits_at(agencies=[agency("probation").pk]) == []
    page = text(client_of(administrator).get(reverse("agencies:close_agency", args=[agency("probation").pk])))
    assert "1 information request that nobody else of the agency can answer, 1 of them Red" in page


def test_an_agency_is_called_as_it_was_then(administrator: Person) -> None:
    row, moment = agency("housing"), timezone.now()
    old = row.name
    names = [("First", 1), ("Second", 2)]
    with acting_as(administrator.viewer) as viewer:
        for number, (name, version) in enumerate(names):
            at = moment + timedelta(days=number)
            actions.correct_agency(row, name=name, short_name=name, viewer=viewer, at=at, version=version)
    now = Agency.objects.get(pk=row.pk)
    called = [agencies_then([now], moment + timedelta(days=day))[now.pk] for day in (-1, 0, 1)]
    assert called == [old, "First", "Second"]


def test_accounts_to_be_reviewed_stand_on_the_page_of_people(
    client_of: ClientOf, administrator: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client, url = client_of(administrator), reverse("agencies:people")
    assert "Accounts to be reviewed" not in text(client.get(url))
    day = london_day(timezone.now())
    for most in (1, 6):
        keys = list(User.objects.order_by("id").values_list("pk", flat=True)[:most])
        User.objects.filter(pk__in=keys).update(review_on=day)
        with django_assert_num_queries(QUERIES):
            page = text(client.get(url))
        assert page.count(", due ") == most
    User.objects.update(review_on=day + timedelta(days=1))
    User.objects.filter(pk=keys[0]).update(sponsor=keys[1])
    assert "Accounts to be reviewed" not in text(client.get(url))
    User.objects.filter(pk=keys[1]).update(is_active=False)
    assert "who is suspended: choose another one" in text(client.get(url))
    User.objects.update(sponsor=None)
    assert "Accounts to be reviewed" not in text(client.get(url))


QUERIES = 17
"""The page of people, however many accounts are to be reviewed."""


@pytest.mark.parametrize(("colour", "red"), [("green", 0), ("red", 1)])
def test_a_red_handover_counts_as_red_before_its_team_closes(
    colour: str, red: int, administrator: Person, front_door: Person, screener: Person
) -> None:
    handover = handed_over(front_door, screener, timezone.now())
    handover.colour = colour
    handover.save(update_fields=["colour"])
    with acting_as(administrator.viewer):
        found = waits_at(teams=[handover.team_id])
    assert [(one.kind, one.count, one.red) for one in found] == [("release", 1, red)]
