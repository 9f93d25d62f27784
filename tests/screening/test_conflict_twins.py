"""Twin worlds in small: closed to somebody, a case leaves their pages as they were before it existed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from clock.actions import Raised
from clock.choices import Who
from clock.models import Deadline
from clock.rules.ladder import Step
from contacts.choices import Channel
from contacts.models import Contact
from notices.actions.sweeping import tell
from notices.models import Notice
from screening import actions
from screening.models import Enquiry
from screening.rules import Case, Whom
from tests.drawn import plain, text
from tests.people import ClientOf, Person
from tests.scenes import screening as cases

pytestmark = pytest.mark.django_db

PAGES: dict[str, list[str]] = {
    "front_door": ["work", "contacts:list", "screening:enquiries", "notices:list", "decisions:feedback_queue"],
    "screener": ["work", "screening:queue", "screening:enquiries", "notices:list", "contacts:list"],
    "other_manager": ["work", "contacts:list", "screening:queue", "screening:enquiries", "notices:list"],
    "social_worker": ["work", "contacts:list", "screening:enquiries", "notices:list"],
    "out_of_hours": ["work", "contacts:list", "notices:list"],
    "auditor": ["reporting:activity?kind=event", "notices:list"],
}


def drawn(client: Client, names: list[str]) -> dict[str, str]:
    parted = {name: name.partition("?") for name in names}
    found = {name: plain(client.get(reverse(route) + mark + query)) for name, (route, mark, query) in parted.items()}
    search = client.post(reverse("search"), {"q": "Orlebar"}, follow=True)
    return found | {"search": plain(search) if search.status_code == 200 else str(search.status_code)}


@pytest.mark.parametrize("who", sorted(PAGES))
def test_pages_are_those_of_a_hub_without_the_case(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    front_door: Person,
    other_front_door: Person,
    panel_police: Person,
    mash_manager: Person,
    other_social_worker: Person,
    who: str,
    at: datetime,
    standing_clock: datetime,
) -> None:
    one: Person = request.getfixturevalue(who)
    client = client_of(one)
    before = drawn(client, PAGES[who])
    contact = cases.received(other_front_door, at, channel=Channel.EMAIL)
    with acting_as(mash_manager.viewer) as viewer:
        enquiry = actions.open_enquiry(contact, viewer=viewer, at=at)
        actions.rate_enquiry(enquiry, "red", viewer=viewer, at=at)
        worker = one if who == "social_worker" else other_social_worker
        actions.assign_social_worker(enquiry, worker.membership.pk, viewer=viewer, at=at)
    assert drawn(client, PAGES[who]) != before, "The pages must show the case while it is open, or this proves nothing."
    with acting_as(mash_manager.viewer) as viewer:
        case = Case(enquiry.reference, enquiry_id=enquiry.pk)
        actions.close_to(case, Whom("user", one.user.pk), reason="They are cousins.", viewer=viewer, at=at)
    after = drawn(client, PAGES[who])
    for name, page in before.items():
        assert after[name] == page, f"{name} differs for {who}"
    for address in (
        reverse("contacts:contact", args=[contact.reference]),
        reverse("screening:enquiry", args=[enquiry.reference]),
    ):
        absent = address.replace(contact.reference, "C-2222-2222").replace(enquiry.reference, "M-2222-2222")
        there, nowhere = client.get(address), client.get(absent)
        assert (there.status_code, plain(there)) == (404, plain(nowhere))


def test_the_ladder_skips_whoever_is_closed_out(
    front_door: Person, screener: Person, mash_manager: Person, other_manager: Person, at: datetime
) -> None:
    enquiry: Enquiry = cases.opened(front_door, screener, at)
    with acting_as(mash_manager.viewer) as viewer:
        actions.rate_enquiry(enquiry, "red", viewer=viewer, at=at)
        case = Case(enquiry.reference, enquiry_id=enquiry.pk)
        actions.close_to(case, Whom("user", other_manager.user.pk), reason="They are cousins.", viewer=viewer, at=at)
    told = told_of(Deadline.objects.open().get(subject_id=enquiry.pk, measure="decision"), at)
    assert other_manager.membership.pk not in told
    assert mash_manager.membership.pk in told


def told_of(deadline: Deadline, at: datetime) -> set[Any]:
    """Take a step that means the managers, and return which memberships were told."""
    with acting_as(CLOCK):
        tell([Raised(uuid.uuid4(), deadline, Step(level=1, minutes=0, in_hub_hours=False, who=(Who.MANAGERS,)))], at=at)
    return set(Notice.objects.filter(kind__startswith="deadline.").values_list("membership_id", flat=True))


def test_an_earlier_contact_is_not_found_for_whoever_is_closed_out(
    client_of: ClientOf,
    front_door: Person,
    other_front_door: Person,
    mash_manager: Person,
    at: datetime,
) -> None:
    closed: Contact = cases.received(other_front_door, at)
    later: Contact = cases.received(other_front_door, at)
    address = reverse("contacts:earlier_list", args=[later.reference])
    client = client_of(front_door)
    assert closed.reference in text(client.get(address))
    with acting_as(mash_manager.viewer) as viewer:
        case = Case(closed.reference, contact_id=closed.pk)
        actions.close_to(case, Whom("user", front_door.user.pk), reason="They are cousins.", viewer=viewer, at=at)
    assert closed.reference not in text(client.get(address))
