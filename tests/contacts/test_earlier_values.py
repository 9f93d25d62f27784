"""Nothing that was typed into a contact is overwritten for good: what it said before stands on its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from agencies.access.identity import acting_as
from common.errors import StaleRecord
from contacts import actions, queries
from contacts.choices import SafeWay
from contacts.models import Contact, EarlierValue, Subject
from contacts.rules.earlier_values import OF_CONTACT, OF_PERSON, worded
from tests.contacts.conftest import AT, CHILD, LogContact
from tests.drawn import text
from tests.people import ClientOf, Person

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
TITLE = "What it said before it was changed"
SAID, NOW = "The mother said that she agrees.", "She rang: she does not agree any more."


def shown(who: Person, contact: Contact) -> list[tuple[str, str, str]]:
    """Return what the page of somebody lists: what, the words, and who changed it."""
    with acting_as(who.viewer) as viewer:
        page = queries.contact_page(viewer, queries.get_contact(viewer, contact.reference), at=LATER)
    return [(one.what, one.text, one.by) for one in page.earlier_values]


def amended(contact: Contact, who: Person, **changes: object) -> None:
    with acting_as(who.viewer) as viewer:
        actions.amend_contact(contact, changes, viewer=viewer, at=LATER)


def test_each_later_answer_leaves_the_earlier_one(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    contact = log_contact()
    amended(contact, front_door, agreement="given", agreement_reason=SAID, happened_on=date(2026, 3, 4))
    assert shown(front_door, contact) == []
    amended(contact, mash_manager, agreement="refused", agreement_reason=NOW, happened_on=None, crime_possible=True)
    kept = [
        ("When it happened", "4 March 2026", mash_manager.user.name),
        ("Agreement of the family", "Asked and given", mash_manager.user.name),
        ("What the family said about agreement", SAID, mash_manager.user.name),
    ]
    assert sorted(shown(front_door, contact)) == sorted(kept)


def test_a_person_says_whose_it_was(log_contact: LogContact, front_door: Person) -> None:
    born = date(2018, 2, 9)
    child = replace(CHILD, date_of_birth=born, language="Polish", safe_by=[SafeWay.POST])
    contact = log_contact(people=(child,))
    [subject] = Subject.objects.filter(contact=contact)
    with acting_as(front_door.viewer) as viewer:
        later = replace(child, date_of_birth=date(2019, 5, 6), language="Polish and English", safe_by=[SafeWay.NEVER])
        actions.edit_person(subject, later, viewer=viewer, at=LATER)
    found = {what: words for what, words, _by in shown(front_door, contact)}
    assert found == {
        f"{subject.name}: Date of birth": "9 February 2018",
        f"{subject.name}: Language": "Polish",
        f"{subject.name}: Safe ways to be reached": "Letter",
    }


def test_what_was_never_said_leaves_nothing(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact(agreement="not_recorded", agreement_reason="", hazards="", visit_hazard=None)
    amended(contact, front_door, agreement="given", agreement_reason=SAID)
    assert EarlierValue.objects.count() == 0


def test_a_stale_form_leaves_nothing(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer, pytest.raises(StaleRecord):
        actions.amend_contact(contact, {"concern": "Other words."}, viewer=viewer, at=LATER, version=99)
    assert EarlierValue.objects.count() == 0


def test_the_page_shows_it_to_those_who_see_corrections(
    log_contact: LogContact, front_door: Person, screener: Person, police_officer: Person, client_of: ClientOf
) -> None:
    contact = log_contact()
    before = contact.concern
    amended(contact, front_door, concern="A neighbour heard shouting on two evenings.")
    page = reverse("contacts:contact", args=[contact.reference])
    assert [text(client_of(who).get(page)).count(TITLE) for who in (front_door, screener)] == [1, 0]
    assert before in text(client_of(front_door).get(page))
    assert client_of(police_officer).get(page).status_code == 404
    for who, sees in ((front_door, 1), (screener, 0), (police_officer, 0)):
        with acting_as(who.viewer) as viewer:
            assert EarlierValue.objects.visible_to(viewer).count() == sees
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM contacts_earliervalue")
                assert cursor.fetchone() == (sees,)


def test_every_column_that_may_change_is_kept_or_tells_a_place() -> None:
    places = {"address", "address_is_protected"}
    assert set(OF_CONTACT) | places | {"open_to"} == set(actions.amending.AMENDABLE)
    assert set(OF_PERSON) | places | {"kind", "school", "practice"} == set(CHILD.__dataclass_fields__)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("concern", "Words.", "Words."),
        ("known", "not_asked", ""),
        ("known", "closed", "Known before, closed"),
        ("crime_possible", False, "No"),
        ("crime_possible", None, ""),
        ("date_of_birth", date(2020, 2, 9), "9 February 2020"),
        ("safe_by", [], ""),
        ("safe_by", ["post", "text"], "Letter, Text message"),
    ],
)
def test_words(column: str, value: object, words: str) -> None:
    assert worded(column, value) == words  # type: ignore[arg-type]
