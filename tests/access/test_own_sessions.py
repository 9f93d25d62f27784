"""Where somebody is signed in: their own list, ended one by one or all at once, and over after a long shift."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from agencies import actions
from agencies.access import own_sessions
from agencies.access.identity import acting_as
from agencies.access.inactivity import browser_of
from agencies.access.viewer import NOBODY, PUBLIC
from audit.models import Event
from common.errors import NotPermitted, NotVisible
from tests.drawn import text
from tests.factors import give_password, is_in
from tests.people import ClientOf, Person
from tests.sending import Browser

pytestmark = pytest.mark.django_db
ACCOUNT = "/account/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _standing(standing_clock: datetime) -> None:
    """Let the clock stand."""


def listed(page: Any) -> list[tuple[str, str]]:
    """Return the sessions on the page: the browser, and the address that ends it, empty for this one."""
    cards = re.findall(r'id="session-\d+">(.*?)</h3>(.*?)</div>', text(page), re.DOTALL)
    ends = [re.search(r'action="(/account/sessions/[^"]+)"', card) for _browser, card in cards]
    return [(browser, end[1] if end else "") for (browser, _card), end in zip(cards, ends, strict=True)]


def signed_in(who: Person, **headers: str) -> Browser:
    browser = Browser(headers=headers)
    give_password(browser, who.user.email)
    assert is_in(browser)
    return browser


def test_a_person_sees_where_they_are_signed_in_and_ends_one(front_door: Person, screener: Person) -> None:
    here, there = signed_in(front_door), signed_in(front_door, user_agent=FIREFOX)
    signed_in(screener)
    [(name, end)] = [one for one in listed(here.get(ACCOUNT)) if one[1]]
    assert (name, len(listed(here.get(ACCOUNT)))) == ("Firefox on Windows", 2)
    assert here.post(end).headers["Location"] == ACCOUNT
    assert (is_in(here), is_in(there), len(listed(here.get(ACCOUNT)))) == (True, False, 1)
    event = Event.objects.get(verb="account.sessions_ended")
    assert (event.record_id, event.details) == (front_door.user.pk, {"count": 1})
    assert here.post(end).status_code == 404


def test_all_others_end_at_once(front_door: Person) -> None:
    here, *others = [signed_in(front_door) for _ in range(4)]
    assert here.post(f"{ACCOUNT}sessions/end/").headers["Location"] == ACCOUNT
    assert [is_in(one) for one in (here, *others)] == [True, False, False, False]
    assert Event.objects.get(verb="account.sessions_ended").details == {"count": 3}
    here.post(f"{ACCOUNT}sessions/end/")
    assert Event.objects.filter(verb="account.sessions_ended").count() == 1


def test_a_session_stays_listed_when_its_key_changes(front_door: Person, client_of: ClientOf) -> None:
    client = client_of(front_door)
    membership = {"membership": str(front_door.membership.pk)}
    before = client.session.session_key
    client.post("/membership/choose/", membership)
    assert client.session.session_key != before
    assert len(listed(client.get(ACCOUNT))) == 1


def test_signing_out_takes_it_from_the_list(front_door: Person) -> None:
    here, there = signed_in(front_door), signed_in(front_door)
    there.post("/account/logout/")
    assert len(listed(here.get(ACCOUNT))) == 1


def test_what_is_over_is_not_listed(front_door: Person, standing_clock: datetime) -> None:
    signed_in(front_door)
    assert len(listed(signed_in(front_door).get(ACCOUNT))) == 2
    with time_machine.travel(standing_clock + timedelta(minutes=settings.MASH_INACTIVITY_MINUTES + 1), tick=False):
        assert len(listed(signed_in(front_door).get(ACCOUNT))) == 1


def test_the_session_of_another_is_neither_listed_nor_ended(front_door: Person, screener: Person) -> None:
    client = signed_in(screener)
    theirs = own_sessions_of(screener, client)
    browser = signed_in(front_door)
    assert browser.post(f"{ACCOUNT}sessions/{theirs}/end/").status_code == 404
    assert is_in(client)
    with acting_as(front_door.viewer):
        for viewer, error in ((front_door.viewer, NotPermitted), (NOBODY, NotPermitted)):
            with pytest.raises(error):
                actions.end_own_session(screener.user, theirs, viewer=viewer, at=NOW)
            with pytest.raises(error):
                actions.end_other_sessions(screener.user, "k" * 32, viewer=viewer, at=NOW)
        with pytest.raises(NotVisible):
            actions.end_own_session(front_door.user, theirs, viewer=front_door.viewer, at=NOW)


NOW = datetime.fromisoformat("2026-12-01T12:00:00+00:00")


def own_sessions_of(who: Person, client: Browser) -> uuid.UUID:
    with acting_as(who.viewer):
        [one] = own_sessions.sessions_of(who.user.pk, str(client.session.session_key), at=NOW)
    return one.id


def refused(question: str, *values: uuid.UUID | str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(question, values)
    except DatabaseError as error:
        return "Privilege" in type(error.__cause__).__name__
    return False


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM fw.session_of",
        "DELETE FROM fw.session_of",
        "SELECT fw.sessions_of('{user}', '', NULL)",
        "SELECT fw.end_session_of('{user}', '{user}', 'x')",
        "SELECT fw.end_other_sessions('{user}', '', 'x')",
        "SELECT fw.permits_sessions('list', '{user}', '', 'x')",
    ],
)
def test_sql_alone_lists_and_ends_none(question: str, front_door: Person) -> None:
    with acting_as(front_door.viewer):
        assert refused(question.format(user=front_door.user.pk))


def test_even_the_application_lists_nobody_elses(front_door: Person, screener: Person) -> None:
    permit = own_sessions._permit("list", front_door.user.pk, "")
    question = "SELECT fw.sessions_of(%s, '', %s)"
    answers = []
    for viewer in (screener.viewer, PUBLIC, front_door.viewer):
        with acting_as(viewer):
            answers.append(refused(question, front_door.user.pk, permit))
    assert answers == [True, True, False]


def test_a_session_ends_after_a_long_shift_whatever_happens_in_it(front_door: Person, standing_clock: datetime) -> None:
    client = signed_in(front_door)
    for half_hours in range(1, 24):
        with time_machine.travel(standing_clock + timedelta(minutes=30 * half_hours), tick=False):
            assert is_in(client)
    with time_machine.travel(standing_clock + timedelta(hours=settings.MASH_SESSION_HOURS), tick=False):
        assert not is_in(client)


def test_the_page_knows_when_it_ends(front_door: Person, standing_clock: datetime) -> None:
    found = re.search(r'data-signed-out-at="([^"]+)"', text(signed_in(front_door).get("/work/")))
    assert found
    ends = standing_clock.replace(microsecond=0) + timedelta(hours=settings.MASH_SESSION_HOURS)
    assert datetime.fromisoformat(found[1]) == ends


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("<script>alert(1)</script>" * 100, "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_in_words_of_ours(said: str, name: str) -> None:
    assert browser_of(said) == name
