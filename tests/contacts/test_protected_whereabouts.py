"""Where a child is with foster carers is protected like any other place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from contacts.models import Protection, Whereabouts
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
