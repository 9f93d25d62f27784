"""A protected address protects every place, says from whom, is masked everywhere and opened in a logged click."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from agencies.access.identity import acting_as
from common.errors import RuleBroken
from contacts import actions, queries
from contacts.models import Contact, Subject
from contacts.rules.intake import ReportedPerson, ReportedReferrer
from contacts.rules.protected import Home, masked_text, places_in, protected_secrets, shield_of, shield_of_home
from tests.contacts.conftest import AT, CHILD, MOTHER, LogContact
from tests.contacts.evidence import readings
from tests.contacts.hands import post
from tests.drawn import text
from tests.people import ClientOf, Person

HOME = "Larkspur House, 12 Mill Lane, Aldermere, AB1 2CD"
PLACES = ("Larkspur", "Mill Lane", "AB1 2CD", "Quayside Primary", "Harbour Surgery", "9 Far Street")
OPEN_HOME = Home(HOME, None, "", "")
PROTECTED_HOME = Home(HOME, True, "Craig Doe", "")
pytestmark = pytest.mark.django_db


def refuge(log_contact: LogContact, **changes: Any) -> Contact:
    """Log a contact by a refuge, whose address is protected from the father."""
    child = replace(CHILD, school="Quayside Primary", practice="Harbour Surgery")
    away = replace(MOTHER, lives_in_household=False, address="9 Far Street")
    given: dict[str, Any] = {
        "people": (child, away),
        "address": HOME,
        "address_is_protected": True,
        "protected_from": "Craig Doe",
        "referrer_kind": "professional",
        "referrer": ReportedReferrer(name="Ines Marlowe", organisation="Larkspur House"),
        "report": "They have fled. They are at 12 Mill Lane now and she goes to Quayside Primary.",
        "known": "open",
        "open_to": "Family support, Larkspur House",
    }
    return log_contact(**{**given, **changes})


def shown(client: Any, name: str, contact: Contact, *more: object) -> str:
    return text(client.get(reverse(f"contacts:{name}", args=[contact.reference, *more])))


def found_in(page: str) -> list[str]:
    return [place for place in PLACES if place in page]


@pytest.mark.parametrize("name", ["contact", "copy_sheet", "family", "earlier_list", "places"])
def test_no_page_of_the_contact_holds_a_protected_place(
    name: str, client_of: ClientOf, mash_manager: Person, log_contact: LogContact
) -> None:
    contact = refuge(log_contact)
    assert found_in(shown(client_of(mash_manager), name, contact)) == []


def test_the_page_says_from_whom_and_offers_one_button(
    client_of: ClientOf, mash_manager: Person, log_contact: LogContact
) -> None:
    contact = refuge(log_contact)
    page = shown(client_of(mash_manager), "contact", contact)
    for words in (
        "Address protected from Craig Doe",
        "School or nursery protected from Craig Doe",
        "Yes, from Craig Doe",
    ):
        assert words in page
    assert reverse("contacts:open_places", args=[contact.reference]) in page
    assert "They are at [protected place] now and she goes to [protected place]." in page


def test_a_manager_opens_it_in_one_click_that_is_logged(
    client_of: ClientOf, mash_manager: Person, log_contact: LogContact
) -> None:
    contact, client = refuge(log_contact), client_of(mash_manager)
    led = post(client, "open_places", contact.reference)
    assert led.status_code == 302
    assert found_in(led["Location"]) == []
    with readings() as written:
        page = text(client.get(led["Location"]))
    assert found_in(page) == list(PLACES)
    assert written == [("protected_places", contact.reference, "assigned")]
    again = shown(client, "places", contact)
    assert found_in(again) == []


def test_others_name_a_purpose_first(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    contact, client = refuge(log_contact), client_of(front_door)
    page = shown(client, "contact", contact)
    assert reverse("contacts:open_places", args=[contact.reference]) not in page
    assert reverse("contacts:places", args=[contact.reference]) in page
    assert found_in(text(post(client, "open_places", contact.reference))) == []
    led = post(client, "open_places", contact.reference, purpose="safety")
    assert found_in(text(client.get(led["Location"]))) == list(PLACES)


def test_what_one_opened_opens_nothing_to_another(
    client_of: ClientOf, front_door: Person, mash_manager: Person, log_contact: LogContact
) -> None:
    contact, other = refuge(log_contact), refuge(log_contact)
    led = post(client_of(mash_manager), "open_places", contact.reference)["Location"]
    assert found_in(text(client_of(front_door).get(led))) == []
    word = led.partition("?")[2]
    elsewhere = reverse("contacts:places", args=[other.reference])
    assert found_in(text(client_of(mash_manager).get(f"{elsewhere}?{word}"))) == []
    assert found_in(text(client_of(mash_manager).get(f"{led}x"))) == []


def test_whoever_does_not_see_the_contact_opens_nothing(
    client_of: ClientOf, police_officer: Person, log_contact: LogContact
) -> None:
    contact = refuge(log_contact)
    assert client_of(police_officer).get(reverse("contacts:places", args=[contact.reference])).status_code == 404
    assert post(client_of(police_officer), "open_places", contact.reference).status_code == 404


def test_forms_do_not_show_it_and_keep_it(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    contact, client = refuge(log_contact), client_of(front_door)
    for page in (shown(client, "amend", contact), shown(client, "edit_person", contact, 1)):
        assert found_in(page) == []
    said = {"version": "1", "kind": "child", "given_name": "Ada", "sex": "female"}
    assert post(client, "edit_person", contact.reference, 1, **said).status_code == 302
    with acting_as(front_door.viewer):
        child = Subject.objects.get(contact=contact, position=1)
    assert (child.school, child.practice) == ("Quayside Primary", "Harbour Surgery")


def test_it_is_asked_from_whom(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    page = text(post(client_of(front_door), "amend", contact.reference, version="1", address_is_protected="yes"))
    assert "Enter from whom the address is protected" in page


def test_a_home_is_not_found_once_somebody_who_lives_there_is_protected(
    front_door: Person, log_contact: LogContact
) -> None:
    contact = log_contact(address=HOME)
    other = log_contact(address=HOME, people=(ReportedPerson(given_name="Zed", family_name="Other"),))
    with acting_as(front_door.viewer) as viewer:
        assert queries.earlier_contacts(viewer, other).at_address == [AT]
        child = Subject.objects.get(contact=contact, position=1)
        kept = replace(CHILD, address_is_protected=True, protected_from="Craig Doe", lives_in_household=True)
        actions.edit_person(child, kept, viewer=viewer, at=AT)
        assert queries.earlier_contacts(viewer, other) == queries.Earlier()


@pytest.mark.parametrize(
    ("person", "home", "words"),
    [
        (ReportedPerson(given_name="Ada"), PROTECTED_HOME, "Address protected from Craig Doe"),
        (ReportedPerson(given_name="Craig", family_name="Doe"), PROTECTED_HOME, None),
        (ReportedPerson(given_name="Doe", family_name="Craig"), PROTECTED_HOME, None),
        (ReportedPerson(given_name="Ada"), OPEN_HOME, None),
        (ReportedPerson(address_is_protected=True), OPEN_HOME, "Address protected (nobody has said from whom)"),
        (ReportedPerson(address_is_protected=False), PROTECTED_HOME, None),
    ],
)
def test_whose_places_are_protected_from_whom(person: ReportedPerson, home: Home, words: str | None) -> None:
    shield = shield_of(person, home)
    assert (shield.words() if shield else None) == words


def test_a_home_is_protected_by_whoever_lives_there() -> None:
    lives_there = ReportedPerson(address_is_protected=True, protected_from="Ann", lives_in_household=True)
    assert shield_of_home(OPEN_HOME, [lives_there]) is not None
    assert shield_of_home(OPEN_HOME, [replace(lives_there, lives_in_household=False)]) is None
    assert shield_of_home(OPEN_HOME, [replace(lives_there, address="9 Far Street")]) is None


@pytest.mark.parametrize(
    "words", ["12 Mill Lane", "12 mill ln", "Larkspur House", "AB12CD", "flat above 12, Mill Lane", "Quayside Primary"]
)
def test_a_place_is_taken_out_of_a_text_in_every_form(words: str) -> None:
    people = [ReportedPerson(given_name="Ada", school="Quayside Primary")]
    secrets = protected_secrets(places_in(PROTECTED_HOME, people))
    hidden = masked_text(f"She told me of {words} today.", secrets)
    assert "[protected place]" in hidden
    assert not [place for place in PLACES if place in hidden]


def test_what_stands_in_the_concern_is_reworded_before_it_is_protected(
    front_door: Person, log_contact: LogContact
) -> None:
    contact = log_contact(people=(replace(CHILD, school="Quayside Primary"),), concern="Quayside Primary saw a mark.")
    with acting_as(front_door.viewer) as viewer:
        child = Subject.objects.get(contact=contact, position=1)
        kept = replace(CHILD, school="Quayside Primary", address_is_protected=True, protected_from="Craig Doe")
        with pytest.raises(RuleBroken, match="reword it first"):
            actions.edit_person(child, kept, viewer=viewer, at=AT)


def test_the_line_of_an_earlier_contact_holds_no_protected_place(
    client_of: ClientOf, mash_manager: Person, log_contact: LogContact
) -> None:
    earlier, contact = refuge(log_contact), log_contact()
    page = shown(client_of(mash_manager), "earlier_list", contact)
    assert (earlier.reference in page, "Worker: Protected" in page, found_in(page)) == (True, True, [])
    opened = shown(client_of(mash_manager), "earlier", contact, earlier.reference)
    assert ("[protected place]" in opened, found_in(opened)) == (True, [])
