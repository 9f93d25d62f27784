"""A form that is sent twice gives one record."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connections

from agencies.models import Submission
from contacts.models import Contact
from tests.people import ClientOf, Person, person
from tests.sending import Browser

pytestmark = [pytest.mark.urls("tests.access.pages"), pytest.mark.django_db]


def test_second_sending_is_led_to_where_the_first_ended(client_of: ClientOf, front_door: Person) -> None:
    client, form = client_of(front_door), {"submission_key": str(uuid4()), "text": "once"}
    answers = [client.post("/make/", form) for _ in range(3)]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(302, "/made/1/")] * 3
    assert (Contact.objects.count(), str(Submission.objects.get())) == (1, form["submission_key"])


def test_another_key_is_another_record(client_of: ClientOf, front_door: Person) -> None:
    client = client_of(front_door)
    for _ in range(2):
        client.post("/make/", {"submission_key": str(uuid4())})
    assert Contact.objects.count() == 2


@pytest.mark.parametrize("key", [None, "", "no key", "1234"])
def test_form_without_a_key_is_refused_and_given_back(key: str | None, client_of: ClientOf, front_door: Person) -> None:
    answer = client_of(front_door).post("/make/", {"submission_key": key, "text": "what I typed"})
    assert (answer.status_code, "what I typed" in answer.content.decode()) == (409, True)
    assert (Contact.objects.count(), Submission.objects.count()) == (0, 0)


def test_used_key_with_other_content_is_refused_and_given_back(client_of: ClientOf, front_door: Person) -> None:
    client, form = client_of(front_door), {"submission_key": str(uuid4()), "text": "at first"}
    client.post("/make/", form)
    answer = client.post("/make/", form | {"text": "thought better of"})
    page = answer.content.decode()
    assert (answer.status_code, "thought better of" in page, "with other content" in page) == (409, True, True)
    assert (Contact.objects.count(), client.post("/make/", form).headers["Location"]) == (1, "/made/1/")


def test_password_is_no_part_of_what_is_kept_of_a_form(client_of: ClientOf, front_door: Person) -> None:
    client, form = client_of(front_door), {"submission_key": str(uuid4()), "text": "once"}
    ends = [client.post("/make/", form | {"password": said}).status_code for said in ("lantern", "harbour")]
    assert (ends, Contact.objects.count()) == ([302, 302], 1)


def test_page_itself_uses_no_key(client_of: ClientOf, front_door: Person) -> None:
    response = client_of(front_door).get("/make/", {"submission_key": str(uuid4())})
    assert (response.status_code, Submission.objects.count()) == (302, 0)


def test_form_with_errors_leaves_the_key_unused(client_of: ClientOf, front_door: Person) -> None:
    client, form = client_of(front_door), {"submission_key": str(uuid4())}
    assert client.post("/make/", form | {"ending": "errors"}).content == b"try again"
    assert (Contact.objects.count(), Submission.objects.count()) == (0, 0)
    assert client.post("/make/", form).headers["Location"] == "/made/1/"


def test_refused_try_leaves_the_key_unused(client_of: ClientOf, front_door: Person) -> None:
    client, form = client_of(front_door), {"submission_key": str(uuid4())}
    assert client.post("/make/", form | {"ending": "conflict"}).status_code == 409
    assert (Contact.objects.count(), Submission.objects.count()) == (0, 0)
    assert client.post("/make/", form).headers["Location"] == "/made/1/"


def test_key_of_another_membership_is_a_conflict_that_keeps_the_text(
    client_of: ClientOf, front_door: Person, other_front_door: Person
) -> None:
    form = {"submission_key": str(uuid4()), "text": "what I typed"}
    client_of(front_door).post("/make/", form)
    answer = client_of(other_front_door).post("/make/", form | {"text": "what the other typed"})
    page = answer.content.decode()
    assert (answer.status_code, "what the other typed" in page, "/made/1/" in page) == (409, True, False)
    assert Contact.objects.count() == 1


def test_end_too_far_away_to_be_kept_leads_to_the_start(client_of: ClientOf, front_door: Person) -> None:
    client, form = client_of(front_door), {"submission_key": str(uuid4()), "ending": "far"}
    assert client.post("/make/", form).headers["Location"] == "/far/?" + "x" * 400
    assert client.post("/make/", form).headers["Location"] == "/"
    assert Contact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keys", [1, 6])
def test_sent_at_the_same_instant(keys: int) -> None:
    """Six sendings of one form give one record and one end; six forms give six."""
    who = person("fiona_front")
    chosen = [str(uuid4()) for _ in range(keys)] * (6 // keys)
    begin, ends = threading.Barrier(len(chosen)), []
    clients = [Browser() for _ in chosen]
    for client in clients:
        client.force_login(who.user)
        client.get("/livez")

    def send(client: Browser, key: str) -> None:
        begin.wait(timeout=20)
        ends.append(client.post("/make/", {"submission_key": key}).status_code)
        connections["default"].close()

    threads = [threading.Thread(target=send, args=pair) for pair in zip(clients, chosen, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert ends == [302] * 6
    assert (Contact.objects.count(), Submission.objects.count()) == (keys, keys)
