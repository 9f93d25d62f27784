"""Two people at one instant, in real transactions: one deed, and the other is told."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import Contact
from screening.models import Enquiry, Screening
from tests.people import Person
from tests.screening import cases

pytestmark = pytest.mark.django_db(transaction=True)

ClientOf = Callable[[Person], Client]


def at_once(*posts: Callable[[], int]) -> list[int]:
    """Send several posts together and return their statuses."""
    start, statuses = threading.Barrier(len(posts)), []

    def run(post: Callable[[], int]) -> None:
        start.wait()
        statuses.append(post())
        connections.close_all()

    threads = [threading.Thread(target=run, args=(post,)) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


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
