"""Every list and header says whom it is about, to whoever may see the children; initials, where somebody asks."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.actions import record_birth_and_home
from common.initials import initials_of
from contacts.actions import amend_contact, edit_person
from contacts.models import Contact
from contacts.rules.intake import ReportedPerson
from screening.models import Enquiry
from tests.people import ClientOf, Person
from tests.scenes import screening as cases
from tests.sending import Browser

pytestmark = pytest.mark.django_db
NAME = "Tamsin Orlebar"
HOME = "27 Larch Avenue, AB1 4XY"


def page(client: Browser, name: str, *where: str) -> str:
    return str(client.get(reverse(name, args=where)).content.decode())


@pytest.fixture
def contact(front_door: Person) -> Contact:
    return cases.received(front_door, timezone.now())


@pytest.fixture
def enquiry(front_door: Person, screener: Person) -> Enquiry:
    return cases.opened(front_door, screener, timezone.now())


def test_lists_and_headers_name_the_first_child(
    contact: Contact, enquiry: Enquiry, client_of: ClientOf, mash_manager: Person
) -> None:
    client = client_of(mash_manager)
    shown = {name: page(client, name) for name in ("work", "contacts:list", "screening:queue", "screening:enquiries")}
    shown["contact"] = page(client, "contacts:contact", contact.reference)
    shown["enquiry"] = page(client, "screening:enquiry", enquiry.reference)
    assert [name for name, said in shown.items() if f"{NAME}, 9" not in said] == []
    titles = [re.findall(r"<title>(.*?)</title>", said, re.DOTALL)[0] for said in shown.values()]
    assert [one for one in titles if "Tamsin" in one] == []


def test_initials_stand_in_place_of_names_until_somebody_asks_for_names(
    contact: Contact, enquiry: Enquiry, client_of: ClientOf, mash_manager: Person
) -> None:
    client = client_of(mash_manager)
    client.post(reverse("initials"), {"show": "initials"})
    for name in ("work", "contacts:list", "screening:queue", "screening:enquiries"):
        said = page(client, name)
        assert (NAME in said, "T. O., 9" in said) == (False, True)
    client.post(reverse("initials"), {"show": "names"})
    assert NAME in page(client, "contacts:list")


def test_protected_home_and_family_of_staff_stand_by_reference_alone(
    contact: Contact, client_of: ClientOf, front_door: Person, screener: Person, administrator: Person
) -> None:
    other = cases.received(front_door, timezone.now(), address=HOME)
    with acting_as(front_door.viewer) as viewer:
        amend_contact(contact, {"address_is_protected": True}, viewer=viewer, at=contact.arrived_at)
    with acting_as(administrator.viewer) as viewer:
        record_birth_and_home(screener.user, born=None, home=HOME, viewer=viewer, at=contact.arrived_at)
    said = page(client_of(front_door), "contacts:list")
    assert (contact.reference in said, other.reference in said, NAME in said) == (True, True, False)


@pytest.mark.parametrize("kind", ["child", "adult"])
def test_a_family_in_which_one_person_is_protected_stands_by_reference_alone(
    kind: str, contact: Contact, client_of: ClientOf, front_door: Person
) -> None:
    assert NAME in page(client_of(front_door), "contacts:list")
    with acting_as(front_door.viewer) as viewer:
        for one in contact.subjects.filter(kind=kind):
            held = ReportedPerson(
                kind=kind, given_name=one.given_name, family_name=one.family_name, address_is_protected=True
            )
            edit_person(one, held, viewer=viewer, at=contact.arrived_at)
    said = page(client_of(front_door), "contacts:list")
    assert (contact.reference in said, NAME in said) == (True, False)


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("Ada Thornbury, 6", "A. T., 6"),
        ("Thị Đào Nguyễn, 4 months", "T. Đ. N., 4 months"),
        ("Unnamed child, about 6", "Unnamed child, about 6"),
        ("Unborn child Ada, due 3 May 2026", "Unborn child A., due 3 May 2026"),
        ("Ada Thornbury", "A. T."),
        ("The person being typed", "The person being typed"),
    ],
)
def test_initials(words: str, short: str) -> None:
    assert initials_of(words) == short
