"""Two people at one instant, in real transactions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Contact, FurtherReason, Protection, Report
from tests.at_once import at_once
from tests.contacts.conftest import LogContact
from tests.contacts.test_public import ALL, REPORT, key_in
from tests.people import ClientOf, Person

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_alarms_at_once_are_one_protection_and_lose_no_word(
    client_of: ClientOf, front_door: Person, other_front_door: Person, mash_manager: Person, log_contact: LogContact
) -> None:
    url = reverse("contacts:protect", args=[log_contact().reference])

    def alarm(who: Person) -> Callable[[], int]:
        client = client_of(who)
        return lambda: client.post(url, {"reason": f"Seen by {who.user.pk}"}).status_code

    assert at_once(alarm(front_door), alarm(other_front_door), alarm(mash_manager)) == [302, 302, 302]
    said = {Protection.objects.get().reason, *FurtherReason.objects.values_list("text", flat=True)}
    assert said == {f"Seen by {who.user.pk}" for who in (front_door, other_front_door, mash_manager)}


def test_two_who_take_one_contact(
    client_of: ClientOf, front_door: Person, other_front_door: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    url = reverse("contacts:claim", args=[contact.reference])
    mine, theirs = client_of(front_door), client_of(other_front_door)
    statuses = at_once(
        lambda: mine.post(url, {"version": "1"}).status_code, lambda: theirs.post(url, {"version": "1"}).status_code
    )
    assert statuses == [302, 409]
    assert Contact.objects.get().version == 2


def test_a_form_sent_twice_at_one_instant_gives_one_contact(client: Client) -> None:
    key = key_in(client.get(reverse(REPORT)).content.decode())
    answers = {**ALL, "step": "check", "send": "1", "submission_key": key}

    def send() -> int:
        again = Client()
        again.cookies = client.cookies
        return again.post(reverse(REPORT), answers).status_code

    assert at_once(send, send) == [302, 302]
    assert (Contact.objects.count(), Report.objects.count()) == (1, 1)
