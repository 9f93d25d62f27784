"""How often a day glass may be broken: who sets it, what is refused, who sees that it was changed."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from agencies import actions
from agencies.access.identity import acting_as
from agencies.models import HubSettings, SettingChange
from audit.models import Event
from common.errors import RuleBroken
from notices.models import Notice
from screening.actions import break_glass
from tests.people import ClientOf, Person
from tests.scenes.enquiries import open_case

PAGE = "/directory/settings/"
WHOLE = "Enter a whole number from 0 to 20."
pytestmark = pytest.mark.django_db


def send(client: Client, times: str) -> Any:
    return client.post(PAGE, {"times": times, "submission_key": uuid.uuid4()})


def change(who: Person, times: int) -> None:
    with acting_as(who.viewer) as viewer:
        actions.limit_broken_glass(times, viewer=viewer, at=timezone.now())


def said(page: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", page.content.decode()))


@pytest.mark.parametrize("times", [0, 1, 20])
def test_administrator_changes_it_and_the_change_stands_on_the_page(
    times: int, client_of: ClientOf, administrator: Person
) -> None:
    client = client_of(administrator)
    assert "Nobody has changed it." in said(client.get(PAGE))
    assert send(client, str(times)).headers["Location"] == PAGE
    assert HubSettings.objects.get().broken_glass_a_day == times
    kept = SettingChange.objects.get()
    assert (kept.setting, kept.before, kept.after) == ("broken_glass_a_day", 3, times)
    assert kept.changed_by_id == administrator.membership.pk
    event = Event.objects.get(verb="hub.glass_limited")
    assert (event.details, event.membership_id) == ({"before": 3, "after": times}, administrator.membership.pk)
    page = said(client.get(PAGE))
    assert f"From 3 to {times}" in page
    assert f"by {administrator.user.name}, {administrator.membership.agency.name}" in page


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ("-1", WHOLE),
        ("21", WHOLE),
        ("2.5", WHOLE),
        ("three", WHOLE),
        ("", "Enter how many."),
        ("3", "It is 3 already: nothing was changed."),
    ],
)
def test_what_is_no_whole_number_from_0_to_20_or_no_change_stays_on_the_form(
    times: str, sentence: str, client_of: ClientOf, administrator: Person
) -> None:
    answer = send(client_of(administrator), times)
    assert (answer.status_code, said(answer).count(sentence)) == (200, 2)
    assert (HubSettings.objects.get().broken_glass_a_day, SettingChange.objects.count()) == (3, 0)


@pytest.mark.parametrize("times", [-1, 21])
def test_action_and_database_refuse_it_too(times: int, administrator: Person) -> None:
    with acting_as(administrator.viewer) as viewer, pytest.raises(RuleBroken, match=WHOLE):
        actions.limit_broken_glass(times, viewer=viewer, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        HubSettings.objects.update(broken_glass_a_day=times)


def test_form_that_was_sent_twice_changes_it_once(client_of: ClientOf, administrator: Person) -> None:
    client, sent = client_of(administrator), {"times": "7", "submission_key": uuid.uuid4()}
    assert [client.post(PAGE, sent).status_code for _ in range(2)] == [302, 302]
    assert SettingChange.objects.count() == 1


@pytest.mark.parametrize("name", ["mash_manager", "auditor", "social_worker", "front_door", "police_lead"])
def test_nobody_else_reaches_the_page_or_changes_anything(
    name: str, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(name))
    assert [client.get(PAGE).status_code, send(client, "9").status_code] == [403, 403]
    assert (HubSettings.objects.get().broken_glass_a_day, SettingChange.objects.count()) == (3, 0)


@pytest.mark.parametrize(
    ("name", "seen"), [("administrator", 1), ("mash_manager", 1), ("auditor", 1), ("social_worker", 0), ("screener", 0)]
)
def test_second_wall_shows_changes_to_those_whom_they_concern(
    name: str, seen: int, administrator: Person, request: pytest.FixtureRequest
) -> None:
    change(administrator, 4)
    who: Person = request.getfixturevalue(name)
    with acting_as(who.viewer), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_settingchange")
        assert cursor.fetchone() == (seen,)


@pytest.mark.parametrize("name", ["mash_manager", "auditor"])
def test_watchers_read_it_beneath_the_exceptions(
    name: str, client_of: ClientOf, administrator: Person, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(name))
    assert "one person may use emergency access for 3 enquiries in a day" in said(client.get("/exceptions/"))
    change(administrator, 0)
    page = said(client.get("/exceptions/"))
    assert "warned by email each time that somebody uses emergency access" in page
    assert "From 3 to 0" in page


def test_page_asks_as_much_for_many_changes_as_for_one(
    client_of: ClientOf, administrator: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client = client_of(administrator)
    client.get(PAGE)
    for number in (1, 60):
        for times in range(number):
            kept = SettingChange(setting="broken_glass_a_day", before=times, after=times + 1)
            kept.changed_at = timezone.now() - timedelta(minutes=times)
            kept.changed_by = administrator.membership
            kept.save(force_insert=True)
        with django_assert_num_queries(QUERIES):
            page = said(client.get(PAGE))
        assert page.count("moj-timeline__item") == min(number, 50)


QUERIES = 11
"""The page with its header, however many changes there are."""


def test_changed_limit_counts_from_the_next_broken_glass_on(administrator: Person, social_worker: Person) -> None:
    change(administrator, 0)
    case = open_case(colour="amber", worker="sean_worker")
    with acting_as(social_worker.viewer) as viewer:
        reason = "The grandmother is at the door and asks where the child is."
        break_glass(case.enquiry.reference, reason, viewer=viewer, at=timezone.now())
    told = Notice.objects.filter(kind="glass.broken_often", channel="in_app")
    assert {one.membership.user.name for one in told if one.membership} == {
        "Maeve Connolly",
        "Martin Ashby",
        "Audrey Flynn",
    }


def test_nobody_takes_a_change_back(administrator: Person) -> None:
    change(administrator, 4)
    for statement in ("UPDATE agencies_settingchange SET after = 3", "DELETE FROM agencies_settingchange"):
        with pytest.raises(ProgrammingError), acting_as(administrator.viewer), connection.cursor() as cursor:
            cursor.execute(statement)
