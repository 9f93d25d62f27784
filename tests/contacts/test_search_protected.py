"""The search says nothing of a protected home, whoever protects it, and puts nobody's name to a family of staff."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.actions import record_birth_and_home
from contacts import queries
from contacts.actions import add_person, amend_contact, edit_person, link_person
from contacts.models import Contact, Subject
from contacts.rules.intake import ReportedPerson
from tests.contacts.conftest import AT, CHILD, MOTHER, LogContact
from tests.logins import logged_in_as
from tests.people import ClientOf, Person, person

BORN = replace(CHILD, given_name="Ada", family_name="Thornbury", date_of_birth=date(2015, 3, 4), school="St Mary’s")
PROTECTED = replace(BORN, address_is_protected=True)
HOME = "14 Elm Road, Fenby, AB1 2CD"
NO_NUMBER = ["Elm Road, Fenby, AB1 2CD", "near Elm Road, AB1 2CD", "AB1 2CD"]
TOM = replace(MOTHER, given_name="Tom", family_name="Orlebar", address="3 Oak Road, Fenby", lives_in_household=False)
LENA = replace(MOTHER, given_name="Lena", family_name="Orlebar", address=HOME)
LATER = AT + timedelta(hours=1)


def say(contact: Contact, child: ReportedPerson, who: Person) -> None:
    """Say of the child of a contact what is known now."""
    with acting_as(who.viewer) as viewer:
        [row] = Subject.objects.filter(contact=contact, kind="child")
        edit_person(row, child, viewer=viewer, at=AT)


def hits(typed: str, who: Person) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    with acting_as(who.viewer) as viewer:
        found = queries.search(viewer, typed)
    return [(one.title, one.why, one.differs) for one in (*found.people, *found.contacts)]


def keys_left() -> list[list[str]]:
    people = Subject.objects.order_by("id").values_list("find_keys", flat=True)
    homes = Contact.objects.order_by("id").values_list("place_keys", "address_keys")
    return [*people, *(keys for each in homes for keys in each)]


@pytest.mark.parametrize("key", ["fiona_front", "sunita_screener", "omar_nights"])
def test_number_of_a_home_that_a_child_protects_is_not_said(
    key: str, log_contact: LogContact, front_door: Person
) -> None:
    contact = log_contact(people=(BORN,), address=HOME)
    typed = "Ada Thornbury, 99 Any Street"
    assert hits(typed, person(key)) == [("Ada Thornbury", ("same name",), ("house number 14, not 99",))]
    say(contact, PROTECTED, front_door)
    assert hits(typed, person(key)) == [("Ada Thornbury", ("same name",), ())]


@pytest.mark.parametrize("typed", ["Elm Road", "AB1 2CD"])
@pytest.mark.parametrize("home", NO_NUMBER)
def test_home_without_a_number_is_found_while_nobody_in_it_is_protected(
    typed: str, home: str, log_contact: LogContact, front_door: Person
) -> None:
    contact = log_contact(people=(BORN,), address=home)
    before = hits(typed, front_door)
    say(contact, PROTECTED, front_door)
    assert hits(typed, front_door) == []
    say(contact, BORN, front_door)
    assert hits(typed, front_door) == before
    assert len(before) == (0 if typed == "Elm Road" and home == "AB1 2CD" else 1)


def test_home_is_found_again_when_it_was_protected_from_the_start(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact(people=(PROTECTED,), address="Elm Road, Fenby")
    say(contact, BORN, front_door)
    assert hits("Elm Road", front_door) == [("", ("address: Elm Road",), ())]


def test_somebody_found_by_an_address_of_their_own_is_told_by_it(log_contact: LogContact, front_door: Person) -> None:
    for child in (BORN, PROTECTED):
        log_contact(people=(child, TOM), address=HOME)
    told = ("Tom Orlebar", ("same name", "address: 3 Oak Road"), ())
    assert hits("Tom Orlebar, 3 Oak Road", front_door)[:2] == [told, told]
    near = ("Tom Orlebar", ("same name",), ("house number 3, not 9",))
    assert hits("Tom Orlebar, 9 Any Street", front_door) == [near, near]


def test_number_is_not_said_of_somebody_who_does_not_live_there(log_contact: LogContact, front_door: Person) -> None:
    log_contact(people=(BORN, replace(TOM, address="")), address=HOME)
    assert hits("Tom Orlebar, 9 Any Street", front_door) == [("Tom Orlebar", ("same name",), ())]


@pytest.mark.parametrize("home", [HOME, "Elm Road, Fenby, AB1 2CD"])
@pytest.mark.parametrize("way", ["logged", "said later", "somebody added", "the contact"])
def test_protected_home_written_out_again_is_not_confirmed(
    way: str, home: str, log_contact: LogContact, front_door: Person
) -> None:
    children = (PROTECTED,) if way == "logged" else (BORN,)
    no = replace(LENA, address=home, address_is_protected=False)
    contact = log_contact(people=(*children, no), address=home)
    if way == "said later":
        say(contact, PROTECTED, front_door)
    with acting_as(front_door.viewer) as viewer:
        if way == "somebody added":
            add_person(contact, PROTECTED, viewer=viewer, at=AT)
        elif way == "the contact":
            amend_contact(contact, {"address_is_protected": True, "protected_from": "Tom"}, viewer=viewer, at=AT)
    assert hits("Lena Orlebar, 14 Elm Road, AB1 2CD", front_door) == [("Lena Orlebar", ("same name",), ())]


@pytest.mark.parametrize("typed", [HOME, "Elm Road", "Ada Thornbury, 16 Elm Road"])
def test_home_is_protected_by_a_child_of_whom_it_was_written_out_again(
    typed: str, log_contact: LogContact, front_door: Person
) -> None:
    log_contact(people=(replace(PROTECTED, address="14 Elm Rd, AB1 2CD"),), address=HOME)
    named = [("Ada Thornbury", ("same name",), ())] if "Ada" in typed else []
    assert hits(typed, front_door) == named


def test_form_of_somebody_does_not_show_the_protected_home_written_out_again(
    log_contact: LogContact, front_door: Person, client_of: ClientOf
) -> None:
    contact = log_contact(people=(PROTECTED, LENA), address=HOME)
    page = client_of(front_door).get(reverse("contacts:edit_person", args=[contact.reference, 2])).content.decode()
    assert ("Lena" in page, "Elm Road" in page) == (True, False)


def test_keys_made_anew_find_no_protected_home_and_find_the_others(
    transactional_db: None, log_contact: LogContact, front_door: Person
) -> None:
    for child in (BORN, PROTECTED, replace(PROTECTED, address="14 Elm Rd, AB1 2CD")):
        log_contact(people=(child, LENA, TOM), address=HOME)
    before = keys_left()
    for one in Subject.objects.all():
        one.find_keys = []
        one.save(update_fields=["find_keys"])
    for each in Contact.objects.all():
        each.place_keys = each.address_keys = []
        each.save(update_fields=["place_keys", "address_keys"])
    with logged_in_as("mash_owner"):
        call_command("remake_keys", stdout=io.StringIO())
    assert keys_left() == before


def test_database_gives_no_protected_home_whose_keys_were_left(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact(people=(BORN,), address=HOME)
    keys = contact.place_keys
    say(contact, PROTECTED, front_door)
    left = Contact.objects.get(pk=contact.pk)
    left.place_keys = keys
    left.save(update_fields=["place_keys"])
    assert [hits(typed, front_door) for typed in (HOME, "Ada Thornbury, 14 Elm Road")] == [
        [], [("Ada Thornbury", ("same name",), ())]
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["Ada Thornbury 4.3.2015", "Ada Thornbury, 3 Oak Road 4.3.2015"])
@pytest.mark.parametrize("is_alone_first", [True, False])
def test_family_of_staff_stands_under_nobodys_name(
    typed: str,
    is_alone_first: bool,
    log_contact: LogContact,
    front_door: Person,
    mash_manager: Person,
    administrator: Person,
) -> None:
    with acting_as(administrator.viewer) as viewer:
        record_birth_and_home(mash_manager.user, born=None, home=HOME, viewer=viewer, at=AT)
    addresses = [HOME, "3 Oak Road, Fenby"]
    made = [log_contact(people=(BORN,), address=one) for one in addresses[:: 1 if is_alone_first else -1]]
    alone, other = made[:: 1 if is_alone_first else -1]
    with acting_as(front_door.viewer) as viewer:
        one, two = (Subject.objects.get(contact=each) for each in (other, alone))
        linked = link_person(one, two, matched_on=(), viewer=viewer, at=LATER)
        found = queries.search(viewer, typed)
        by_record = queries.search(viewer, linked.person.reference)
    lines = {(hit.reference, hit.title, hit.others, hit.is_alone) for hit in found.people}
    assert lines == {(alone.reference, "", (), True), (other.reference, "Ada Thornbury", (), False)}
    assert len(found.people) == 2
    assert {hit.why for hit in by_record.people if hit.is_alone} == {("person on record",)}
