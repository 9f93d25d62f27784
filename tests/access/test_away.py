"""While the database is away: 503 with Retry-After, and what was posted is given back to be sent again, once stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.utils import timezone
from psycopg2.extensions import connection as Connection

from clock.actions import beat
from mash.away import is_away
from tests.logins import logged_in_as
from tests.people import ClientOf, Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def away() -> Iterator[Any]:
    """Give a switch: until it is called again, no database answers at the hub's address."""
    settings = connection.settings_dict
    host, port = settings["HOST"], settings["PORT"]

    def switch(*, off: bool) -> None:
        connection.close()
        settings["HOST"], settings["PORT"] = ("127.0.0.1", "1") if off else (host, port)

    yield switch
    switch(off=False)


def quiet(client: Client) -> Client:
    """Let the client answer as a browser sees it, faults too."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("path", ["/", "/work/", "/notices/", "/report/start/", "/account/login/", "/no/such/"])
def test_pages_say_so_and_when_to_try_again(path: str, client_of: ClientOf, front_door: Person, away: Any) -> None:
    client = quiet(client_of(front_door))
    away(off=True)
    answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert "The hub cannot be reached for a moment" in answer.content.decode()
    away(off=False)
    assert client.get("/work/").status_code == 200


def fields_of(page: str) -> dict[str, str]:
    """Return the hidden fields of the form that is given back."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {unescape(name): unescape(value) for name, value in found}


HOSTILE = '"><script>alert(1)</script> Łukasz & co\nsecond line'


def test_what_was_posted_is_given_back_whole(client_of: ClientOf, front_door: Person, away: Any) -> None:
    client = quiet(client_of(front_door))
    sent = {"concern": HOSTILE, "submission_key": "d9f8", "typed_by": "x", "empty": ""}
    away(off=True)
    answer = client.post("/contacts/new/?from=desk", sent)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert fields_of(page) | {"concern": HOSTILE} == sent
    assert 'action="/contacts/new/?from=desk"' in page
    assert ("Send it again" in page, "<script>alert" in page) == (True, False)


def test_a_password_is_not_given_back(client: Client, away: Any) -> None:
    away(off=True)
    answer = quiet(client).post("/account/login/", {"login": "a@b.invalid", "password": "secret-word"})
    assert answer.status_code == 503
    assert ("secret-word" in answer.content.decode(), "Send it again" in answer.content.decode()) == (False, False)


def test_a_connection_that_is_cut_in_the_middle_is_no_fault_of_the_page(
    client_of: ClientOf, front_door: Person, monkeypatch: pytest.MonkeyPatch, superuser_connection: Connection
) -> None:
    client = quiet(client_of(front_door))

    def cut(*args: object, **kwargs: object) -> None:
        with superuser_connection.cursor() as killer:
            killer.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.get_backend_pid()])
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    with monkeypatch.context() as patch:
        patch.setattr("mash.home.work_of", cut)
        answer = client.get("/work/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert client.get("/work/").status_code == 200


def test_a_fault_of_ours_stays_one(client_of: ClientOf, front_door: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client = quiet(client_of(front_door))

    def wrong(*args: object, **kwargs: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    monkeypatch.setattr("mash.home.work_of", wrong)
    answer = client.get("/work/")
    assert (answer.status_code, "Retry-After" in answer.headers) == (500, False)


def test_which_errors_mean_that_it_is_away() -> None:
    shown = [is_away(error) for error in (OperationalError(), InterfaceError(), ValueError(), None)]
    assert shown == [True, True, False, False]


def ready(client: Client, query: str = "") -> tuple[int, str]:
    answer = client.get(f"/readyz{query}")
    assert ("Retry-After" in answer.headers) is (answer.status_code == 503)
    return answer.status_code, answer.content.decode()


def signs(*names: str) -> None:
    with logged_in_as("mash_sweep"):
        for name in names:
            beat(name, at=timezone.now())


def test_ready_when_every_part_answers(client: Client, settings: Any, away: Any) -> None:
    assert ready(client) == (
        503,
        "database: ok\nguarded table: ok\nbroker: ok\nsweep: never seen\nworker: never seen\n",
    )
    assert ready(client, "?for=pages") == (200, "ok")
    signs("sweep")
    assert ready(client)[1].endswith("sweep: ok\nworker: never seen\n")
    signs("worker")
    assert ready(client) == (200, "ok")
    settings.MASH_REDIS_URL = "redis://127.0.0.1:1/0"
    assert ready(client)[0] == 503
    assert "broker: away (ConnectionError)\nsweep: ok\n" in ready(client)[1]
    assert ready(client, "?for=pages") == (200, "ok")
    away(off=True)
    assert ready(client)[1].startswith("database: away (OperationalError)\nguarded table: away (OperationalError)\n")
    assert ready(client, "?for=pages")[0] == 503
    assert client.get("/livez").content == b"ok"
