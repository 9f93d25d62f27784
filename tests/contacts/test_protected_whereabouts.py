"""Where a child is with foster carers is protected like any other place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from contacts.models import Protection, Whereabouts
from contacts.rules.protected import tells_where
from tests.contacts.conftest import CHILD, LogContact
from tests.contacts.hands import post
from tests.drawn import text
from tests.people import ClientOf, Person

pytestmark = pytest.mark.django_db


def test_the_place_of_a_foster_carer_is_masked_and_opened_from_the_protective_work(
    client_of: ClientOf, mash_manager: Person, log_contact: LogContact
) -> None:
    contact, client = log_contact(people=(CHILD, replace(CHILD, given_name="Leo"))), client_of(mash_manager)
    post(client, "protect", contact.reference, reason="He is outside.")
    reference = Protection.objects.get().reference
    said = {"child-1-place": "9 Far Street", "child-1-protected_from": "Craig Doe"}
    assert post(client, "whereabouts", reference, 1, **said).status_code == 302
    assert post(client, "whereabouts", reference, 2, **{"child-2-place": "School"}).status_code == 302
    assert list(Whereabouts.objects.order_by("recorded_at").values_list("is_protected", flat=True)) == [True, None]
    page = text(client.get(reverse("contacts:protection", args=[reference])))
    assert ("9 Far Street" in page, "Place protected from Craig Doe" in page, "School" in page) == (False, True, True)
    led = post(client, "open_places", contact.reference)["Location"]
    assert "9 Far Street" in text(client.get(led))


FOSTER = "21 Poplar Gardens, Aldermere"


def test_the_place_is_masked_in_what_is_written_with_the_work_and_opened_with_the_places(
    client_of: ClientOf, mash_manager: Person, log_contact: LogContact
) -> None:
    contact, client = log_contact(people=(CHILD,)), client_of(mash_manager)
    post(client, "protect", contact.reference, reason="He is outside.")
    reference = Protection.objects.get().reference
    said = {"child-1-place": FOSTER, "child-1-with_whom": "Mrs Day, 21 Poplar Gardens"}
    post(client, "whereabouts", reference, 1, **said, **{"child-1-protected_from": "Craig Doe"})
    post(client, "protect", contact.reference, reason="He found out about Poplar Gardens.")
    page = text(client.get(reverse("contacts:protection", args=[reference])))
    assert ("Poplar" in page, "Mrs Day, [protected place]" in page) == (False, True)
    assert "He found out about [protected place]." in page
    opened = text(client.get(post(client, "open_places", contact.reference)["Location"]))
    assert ("Mrs Day, 21 Poplar Gardens" in opened, "He found out about Poplar Gardens." in opened) == (True, True)


def test_the_place_is_masked_on_the_page_of_the_contact(
    client_of: ClientOf, mash_manager: Person, log_contact: LogContact
) -> None:
    contact, client = log_contact(people=(CHILD,), report="Gran said: try 21 Poplar Gardens."), client_of(mash_manager)
    post(client, "protect", contact.reference, reason="He is outside.")
    reference = Protection.objects.get().reference
    post(client, "whereabouts", reference, 1, **{"child-1-place": FOSTER, "child-1-protected_from": "Craig Doe"})
    page = text(client.get(reverse("contacts:contact", args=[contact.reference])))
    assert ("Poplar" in page, "Gran said: try [protected place]." in page) == (False, True)


@pytest.mark.parametrize(
    ("place", "tells"),
    [
        (FOSTER, True),
        ("AB1 2CD", True),
        ("Larkspur House", True),
        ("Heron Lane School", True),
        ("with foster carers", False),
        ("at gran's", False),
        ("not known", False),
    ],
)
def test_words_that_lead_nowhere_are_no_place_to_take_out(place: str, tells: bool) -> None:
    assert tells_where(place) is tells
