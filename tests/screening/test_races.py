"""Two people at one instant, in real transactions: one of them acts, and the other is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import Contact
from screening.models import Enquiry, Screening
from tests.at_once import at_once
from tests.people import ClientOf, Person
from tests.scenes import screening as cases

pytestmark = pytest.mark.django_db(transaction=True)


def _decide(client: Client, contact: Contact, exit_: str) -> Callable[[], int]:
    said = {
        "version": 1,
        "submission_key": uuid.uuid4(),
        "exit": exit_,
        "criteria": ["neglect"],
        "level_1": "level_2",
        "reasons": cases.REASONS,
    }
    return lambda: client.post(reverse("screening:decide_screening", args=[contact.reference]), said).status_code


def test_two_decisions_at_once(client_of: ClientOf, front_door: Person, screener: Person, mash_manager: Person) -> None:
    contact = cases.received(front_door, timezone.now())
    mine, theirs = client_of(screener), client_of(mash_manager)
    assert at_once(_decide(mine, contact, "mash"), _decide(theirs, contact, "advice")) == [302, 409]
    screening = Screening.objects.get()
    assert Enquiry.objects.count() == (1 if screening.exit == "mash" else 0)


def test_two_ratings_at_once(
    client_of: ClientOf, front_door: Person, screener: Person, mash_manager: Person, other_manager: Person
) -> None:
    enquiry = cases.opened(front_door, screener, timezone.now())
    path = reverse("screening:rate", args=[enquiry.reference])

    def rate(client: Client, colour: str) -> Callable[[], int]:
        return lambda: client.post(path, {"version": enquiry.version, "colour": colour}).status_code

    statuses = at_once(rate(client_of(mash_manager), "red"), rate(client_of(other_manager), "green"))
    assert statuses == [302, 409]
    assert enquiry.ratings.count() == 1
