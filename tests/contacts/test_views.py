"""Pages of contacts, by the people who work with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Contact, Protection
from tests.contacts.conftest import LogContact
from tests.people import Person

SignIn = Callable[[Person], Client]


def blank_new(**changes: str) -> dict[str, str]:
    return {
        "children-TOTAL_FORMS": "1",
        "children-INITIAL_FORMS": "0",
        "children-0-given_name": "Ada",
        "children-0-family_name": "Thornbury",
        "adults-TOTAL_FORMS": "0",
        "adults-INITIAL_FORMS": "0",
        "channel": "telephone",
        "report": "She cries every night.",
        "referrer_kind": "neighbour",
        **changes,
    }


def test_new_contact_is_logged(client_of: SignIn, front_door: Person) -> None:
    client = client_of(front_door)
    assert client.get(reverse("contacts:new")).status_code == 200
    page = client.post(reverse("contacts:new"), blank_new())
    contact = Contact.objects.get()
    assert page.status_code == 302
    assert page["Location"] == reverse("contacts:contact", args=[contact.reference])
    shown = client.get(page["Location"])
    assert shown.status_code == 200
    assert "She cries every night." in shown.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "contact",
        "amend",
        "correct",
        "earlier_list",
        "family",
        "copy_sheet",
        "add_person",
        "relate",
        "protect",
        "protections",
    ],
)
def test_pages_of_a_contact_open_for_the_front_door(
    client_of: SignIn, front_door: Person, log_contact: LogContact, name: str
) -> None:
    contact = log_contact()
    page = client_of(front_door).get(reverse(f"contacts:{name}", args=[contact.reference]))
    assert page.status_code == 200
    assert contact.reference in page.content.decode()


def test_list_page(client_of: SignIn, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    page = client_of(front_door).get(reverse("contacts:list"))
    assert contact.reference in page.content.decode()
    found = client_of(front_door).post(reverse("contacts:list"), {"q": "thornbury"})
    assert contact.reference in found.content.decode()


def test_protect_now_from_page(client_of: SignIn, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    client = client_of(front_door)
    page = client.post(reverse("contacts:protect", args=[contact.reference]), {"reason": "Father is outside."})
    protection = Protection.objects.get()
    assert page["Location"] == reverse("contacts:protection", args=[protection.reference])
    assert client.get(page["Location"]).status_code == 200


def test_public_form_gives_a_receipt(client: Client, db: None) -> None:
    page = client.get(reverse("contacts:report"))
    assert page.status_code == 200
