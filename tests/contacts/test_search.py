"""The search: by whatever somebody types, among what they may open, with why each is a hit and what differs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from agencies.actions import record_birth_and_home
from common.errors import NotPermitted
from contacts import queries
from contacts.actions import amend_contact, edit_person
from contacts.models import Contact, Subject
from contacts.queries import Hit
from contacts.rules.intake import ReportedReferrer
from tests.contacts.conftest import AT, CHILD, LogContact
from tests.people import ClientOf, Person

BORN = replace(CHILD, given_name="Ada", family_name="Thornbury", date_of_birth=date(2015, 3, 4), school="St Mary’s")
HOME = "14 Elm Road, Fenby, AB1 2CD"
TELLER = ReportedReferrer(name="Nora Next", telephone="07700 900313", own_reference="SCH/2026-441", is_private=True)


@pytest.fixture
def contact(log_contact: LogContact) -> Contact:
    return log_contact(people=(BORN,), address=HOME, referrer=TELLER, referrer_kind="neighbour")


def found(viewer: Viewer, typed: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    groups = queries.search(viewer, typed)
    lines = [("people", one) for one in groups.people] + [("contacts", one) for one in groups.contacts]
    return [(group, one.title, one.why_in_full, one.differs) for group, one in lines]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Ada Thornbury", [("people", "Ada Thornbury", ("same name",), ())]),
        ("thornbury, ada", [("people", "Ada Thornbury", ("same name",), ())]),
        ("Aida Thornberry", [("people", "Ada Thornbury", ("sounds alike: Ada Thornbury / Aida Thornberry",), ())]),
        ("Ada Thornbuy", [("people", "Ada Thornbury", ("nearly the same: Ada Thornbury / Ada Thornbuy",), ())]),
        ("Ada Hornbury", [("people", "Ada Thornbury", ("nearly the same: Ada Thornbury / Ada Hornbury",), ())]),
        ("Ada Thornbury 4.3.2015", [("people", "Ada Thornbury", ("same name", "born 4 March 2015"), ())]),
        (
            "Ada Thornbury 3.4.2015",
            [("people", "Ada Thornbury", ("same name",), ("born 4 March 2015, not 3 April 2015",))],
        ),
        ("Thornbury 14/2", [("people", "Ada Thornbury", ("name",), ())]),
        ("14 elm rd", [("contacts", "", ("address: 14 Elm Road",), ())]),
        ("Elm Road", [("contacts", "", ("address: 14 Elm Road",), ())]),
        ("ab12cd", [("contacts", "", ("address: 14 Elm Road",), ())]),
        ("16 Elm Road ab1 2cd", [("contacts", "", ("address: 14 Elm Road",), ("house number 14, not 16",))]),
        ("+44 7700 900313", [("contacts", "", ("same telephone, of the referrer",), ())]),
        ("sch 2026 441", [("contacts", "", ("the referrer’s own reference",), ())]),
        ("Saint Marys Primary School", [("people", "Ada Thornbury", ("school: St Mary’s",), ())]),
        ("Bob Orlebar", []),
        ("15 Oak Road", []),
        ("07700 900314", []),
    ],
)
def test_hit_says_why_and_what_differs(
    typed: str, lines: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]], contact: Contact, front_door: Person
) -> None:
    with acting_as(front_door.viewer) as viewer:
        assert found(viewer, typed) == lines


def test_name_and_address_together_find_the_one_who_lives_there(
    contact: Contact, log_contact: LogContact, front_door: Person
) -> None:
    for street in ("Oak Road", "Ash Road"):
        log_contact(people=(replace(BORN, date_of_birth=None),), address=f"3 {street}, Fenby")
    with acting_as(front_door.viewer) as viewer:
        first = queries.search(viewer, "Ada Thornbury, 14 Elm Road").people[0]
        assert (first.reference, first.why) == (contact.reference, ("same name", "address: 14 Elm Road"))


@pytest.mark.parametrize("typed", ["Ada Thornbury", HOME, "4.3.2015", "07700 900313", "SCH/2026-441", "St Mary's"])
def test_whoever_may_not_open_it_finds_nothing_and_it_counts_nowhere(
    typed: str, contact: Contact, social_worker: Person, panel_police: Person, client_of: ClientOf
) -> None:
    for person in (social_worker, panel_police):
        with acting_as(person.viewer) as viewer:
            assert found(viewer, typed) == []
        asked = [client_of(person).post(reverse("search"), {"q": one}, follow=True) for one in (typed, "Zyx Nobody")]
        pages = [one.content.decode().replace(typed, "").replace("Zyx Nobody", "") for one in asked]
        assert [contact.reference in page for page in pages] == [False, False]
        assert ["Nothing that you can open" in page for page in pages] == [True, True]


@pytest.mark.parametrize("who", ["police_officer", "assessment_worker", "auditor", "administrator"])
def test_search_is_for_those_who_have_contacts(who: str, request: pytest.FixtureRequest, client_of: ClientOf) -> None:
    person: Person = request.getfixturevalue(who)
    with acting_as(person.viewer) as viewer, pytest.raises(NotPermitted):
        queries.search(viewer, "Ada")
    assert 'role="search"' not in client_of(person).get(reverse("notices:list")).content.decode()


@pytest.mark.parametrize("typed", [HOME, "14 Elm Road", "Elm Road", "AB1 2CD", "Ada Thornbury, 14 Elm Road"])
def test_no_part_finds_a_protected_address(typed: str, contact: Contact, front_door: Person) -> None:
    with acting_as(front_door.viewer) as viewer:
        amend_contact(contact, {"address_is_protected": True}, viewer=viewer, at=AT)
        lines = found(viewer, typed)
    assert [why for _group, _title, why, _differs in lines] == ([("same name",)] if "Ada" in typed else [])


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Ada Thornbury", []),
        ("4.3.2015", []),
        (HOME, []),
        ("07700 900313", []),
        ("Ada Thornbury 4.3.2015", [("people", "", ("name and date of birth",), ())]),
    ],
)
def test_family_of_staff_is_confirmed_by_no_part(
    typed: str, lines: list[object], contact: Contact, front_door: Person, mash_manager: Person, administrator: Person
) -> None:
    with acting_as(administrator.viewer) as viewer:
        record_birth_and_home(mash_manager.user, born=None, home=HOME, viewer=viewer, at=AT)
    with acting_as(front_door.viewer) as viewer:
        assert found(viewer, typed) == lines
        assert [one.is_alone for one in queries.search(viewer, contact.reference).contacts] == [True]


def test_private_referrer_is_found_by_those_who_may_know_them(
    contact: Contact, front_door: Person, screener: Person
) -> None:
    counts: list[list[Hit]] = []
    for person in (front_door, screener):
        with acting_as(person.viewer) as viewer:
            assert len(queries.search(viewer, "Ada Thornbury").people) == 1
            counts.append(queries.search(viewer, "07700 900313").contacts)
    assert [len(one) for one in counts] == [1, 0]


def test_what_is_typed_stands_in_no_address_and_opens_for_its_author_alone(
    contact: Contact, client_of: ClientOf, front_door: Person, other_front_door: Person
) -> None:
    browser = client_of(front_door)
    where = browser.post(reverse("search"), {"q": "Ada Thornbury"}).headers["Location"]
    assert where.startswith(f"{reverse('search')}?search=")
    assert "Ada" not in where
    page = browser.get(where).content.decode()
    assert (contact.reference in page, "Thornbury" in page.partition("</title>")[0]) == (True, False)
    other = client_of(other_front_door).get(where)
    assert (other.status_code, other.headers["Location"]) == (302, reverse("search"))


def test_number_of_queries_does_not_grow_with_the_hits(log_contact: LogContact, front_door: Person) -> None:
    counts = []
    for more in (1, 7):
        for number in range(more):
            log_contact(people=(replace(BORN, date_of_birth=date(2015, 1, number + 1)),), address=HOME)
        with acting_as(front_door.viewer) as viewer, CaptureQueriesContext(connection) as asked:
            queries.search(viewer, "Ada Thornbury, 14 Elm Road")
        counts.append(len(asked))
    assert counts == [6, 6]


@pytest.mark.parametrize("protecting", ["the home", "the child"])
@pytest.mark.parametrize("typed", ["14 Elm Road", "AB1 2CD", "St Mary’s", "Saint Marys Primary School"])
def test_no_place_finds_whose_places_are_protected(
    typed: str, protecting: str, contact: Contact, front_door: Person
) -> None:
    with acting_as(front_door.viewer) as viewer:
        assert len(found(viewer, typed)) == 1
        if protecting == "the home":
            amend_contact(contact, {"address_is_protected": True, "protected_from": "Her uncle"}, viewer=viewer, at=AT)
        else:
            [child] = Subject.objects.filter(contact=contact)
            edit_person(child, replace(BORN, address_is_protected=True), viewer=viewer, at=AT)
        assert found(viewer, typed) == []
        assert len(found(viewer, "Ada Thornbury")) == 1


@pytest.mark.parametrize("typed", ["Aida Thornberry", "Ada Thornbuy", "Ada Thornbury"])
def test_initials_only_leaves_no_name_on_the_page_of_a_search(
    typed: str, contact: Contact, client_of: ClientOf, front_door: Person
) -> None:
    client = client_of(front_door)
    asked = {"q": typed}
    named = client.post(reverse("search"), asked, follow=True).content.decode()
    client.post(reverse("initials"), {"show": "initials"})
    short = client.post(reverse("search"), asked, follow=True).content.decode()
    assert [("Thornbury" in page, typed in page, contact.reference in page) for page in (named, short)] == [
        (True, True, True), (False, False, True)
    ]  # fmt: skip
    assert "A. T." in short


def test_initials_only_holds_on_the_earlier_contacts(
    contact: Contact, log_contact: LogContact, client_of: ClientOf, front_door: Person
) -> None:
    later = log_contact(people=(BORN,), address=HOME)
    client = client_of(front_door)
    client.post(reverse("initials"), {"show": "initials"})
    page = client.get(reverse("contacts:earlier_list", args=[later.reference])).content.decode()
    assert (contact.reference in page, "Thornbury" in page, "A. T." in page) == (True, False, True)


@pytest.mark.parametrize("who", ["front_door", "screener", "mash_manager"])
def test_hit_leads_to_where_the_purpose_of_opening_an_earlier_contact_is_said(
    who: str, contact: Contact, log_contact: LogContact, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    log_contact(people=(BORN,), address=HOME)
    client = client_of(request.getfixturevalue(who))
    found_page = client.post(reverse("search"), {"q": "Ada Thornbury"}, follow=True).content.decode()
    ways = re.findall(r'href="(/contacts/[^"]+/earlier/)"', found_page)
    assert len(ways) == 2
    listed = client.get(ways[0]).content.decode()
    full = re.findall(r'href="(/contacts/[^"]+/earlier/C-[^"]+/)"', listed)
    assert len(full) == 1
    assert (client.get(full[0]).status_code, client.get(ways[1]).status_code) == (200, 200)


def test_search_that_finds_nothing_says_where_earlier_contacts_are(
    contact: Contact, client_of: ClientOf, screener: Person, social_worker: Person, front_door: Person
) -> None:
    said = {}
    for who in (screener, social_worker, front_door):
        page = client_of(who).post(reverse("search"), {"q": "Zyx"}, follow=True).content.decode()
        said[str(who)] = "under “Earlier contacts”" in page
    assert said == {str(screener): True, str(social_worker): True, str(front_door): False}


@pytest.mark.parametrize(
    ("given", "family", "typed"),
    [
        ("Mary Jane", "van der Berg", ["van der Berg", "VANDERBERG", "van-der-berg"]),
        ("Seán", "O’Brien", ["O Brien", "O' Brien", "obrien"]),
        ("Ana", "D’Arcy-Smith", ["D Arcy", "Darcy", "D'Arcy Smith"]),
        ("Anne-Marie", "St. John", ["St John", "Saint John"]),
        ("Tom", "Saint John", ["St John", "st. john"]),
        ("小明", "王", ["王小明", "小明王", "王 小明"]),
    ],
)
def test_surname_of_several_words_finds_its_bearer(
    given: str, family: str, typed: list[str], log_contact: LogContact, front_door: Person
) -> None:
    log_contact(people=(replace(BORN, given_name=given, family_name=family),))
    with acting_as(front_door.viewer) as viewer:
        assert [len(queries.search(viewer, one).people) for one in typed] == [1] * len(typed)


def test_each_of_two_numbers_of_whoever_was_worried_finds_them(log_contact: LogContact, front_door: Person) -> None:
    log_contact(referrer=replace(TELLER, telephone="07700 900313 / 01632 960123"))
    with acting_as(front_door.viewer) as viewer:
        found_by = [queries.search(viewer, one).contacts for one in ("07700900313", "01632 960 123")]
    assert [len(one) for one in found_by] == [1, 1]
