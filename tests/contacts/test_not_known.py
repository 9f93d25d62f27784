"""What nobody was asked is neither yes nor no: from the form to the database, to every page and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from agencies.access.identity import acting_as
from common.errors import RuleBroken
from common.forms.answers import YesNoField
from contacts.actions import amend_contact
from contacts.forms.contact import ContactForm
from contacts.forms.people import AdultForm, ChildForm, PersonForm
from contacts.forms.public import PublicAdultForm
from contacts.models import Contact
from contacts.rules.family import Member, household
from decisions.mail.summary import Somebody, household_text
from tests.contacts.conftest import LogContact
from tests.people import ClientOf, Person

ASKED = ("crime_possible", "immediate_danger", "address_is_protected")


@pytest.mark.parametrize(
    ("said", "answer"), [("yes", True), ("no", False), ("not_known", None), ("", None), (None, None)]
)
def test_a_question_has_three_answers(said: str | None, answer: bool | None) -> None:
    assert YesNoField().clean(said) is answer


@pytest.mark.parametrize("answer", [True, False, None])
def test_what_is_stored_is_shown_as_what_was_answered(answer: bool | None) -> None:
    field = YesNoField()
    assert field.clean(field.prepare_value(answer)) is answer
    assert field.has_changed(answer, field.prepare_value(answer)) is False


@pytest.mark.parametrize("form", [AdultForm, ChildForm, PublicAdultForm, PersonForm])
@pytest.mark.parametrize(
    ("said", "lives"), [({}, None), ({"lives_in_household": "no"}, False), ({"lives_in_household": "yes"}, True)]
)
def test_nobody_lives_anywhere_because_nobody_asked(form: Any, said: dict[str, str], lives: bool | None) -> None:
    data = QueryDict(mutable=True)
    data.update({"given_name": "Ada", "kind": "adult", "version": "1"})
    data.update(said)
    filled = form(data)
    assert filled.is_valid()
    assert filled.person.lives_in_household is lives


def test_an_address_of_ones_own_is_elsewhere() -> None:
    data = QueryDict(mutable=True)
    data.update({"given_name": "Ada", "kind": "adult", "version": "1", "address": "9 Far Lane"})
    filled = PersonForm(data)
    assert filled.is_valid()
    assert filled.person.lives_in_household is False


def test_no_question_is_answered_before_it_is_asked() -> None:
    page = str(ContactForm())
    assert [page.count(f'name="{name}"') for name in ASKED] == [3, 3, 3]
    assert " checked" not in page


@pytest.mark.parametrize(
    ("stored", "words"), [(True, "Yes"), (False, "No"), (None, "Not known yet")], ids=["yes", "no", "not known"]
)
def test_every_page_of_a_contact_says_the_same_three_words(
    stored: bool | None, words: str, log_contact: LogContact, front_door: Person, client_of: ClientOf
) -> None:
    contact = log_contact(**dict.fromkeys(ASKED, stored))
    client = client_of(front_door)
    for name in ("contact", "copy_sheet"):
        page = client.get(reverse(f"contacts:{name}", args=[contact.reference])).content.decode()
        for label in ("A crime may have been committed", "A child may be in danger now", "Protected address"):
            shown = page.split(f">{label}</dt>")[1].split("</dd>")[0]
            assert shown.rpartition(">")[2].strip() == words


def test_the_household_keeps_those_apart_whose_home_nobody_knows() -> None:
    people = [Member(name, name, "adult", "", lives, 1) for name, lives in (("A", True), ("B", False), ("C", None))]
    picture = household(people, [])
    assert [[one.member.name for one in group] for group in (picture.adults, picture.elsewhere, picture.not_known)] == [
        ["A"],
        ["B"],
        ["C"],
    ]
    said = household_text([Somebody("C", "", "", None)], addresses=[], is_protected=False)
    assert said == "C, where they live is not known yet"


def test_a_danger_is_not_taken_back_by_not_knowing(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact(immediate_danger=True)
    with acting_as(front_door.viewer) as viewer:
        found = Contact.objects.get(pk=contact.pk)
        with pytest.raises(RuleBroken) as refused:
            amend_contact(found, {"immediate_danger": None}, viewer=viewer, at=found.logged_at)
        assert refused.value.field == "immediate_danger"
        ended = amend_contact(found, {"immediate_danger": False}, viewer=viewer, at=found.logged_at)
        assert ended.immediate_danger is False
