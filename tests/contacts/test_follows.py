"""What follows from what is said: a mark on a baby, a child who has died, a date that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from agencies.access.identity import acting_as
from clock.models import Deadline
from common.errors import RuleBroken
from contacts import actions
from contacts.models import Contact, Subject
from contacts.rules.dates import clocks_from
from contacts.rules.follows import follows_from
from contacts.rules.intake import Intake, ReportedPerson, intake_problems, person_problems
from decisions.actions.letters import _first_wording
from tests.contacts.conftest import AT, CHILD, MOTHER, LogContact, intake_of
from tests.contacts.hands import post
from tests.drawn import text
from tests.people import ClientOf, Person

TODAY = date(2026, 6, 3)
NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)
BABY = ReportedPerson(given_name="Ada", date_of_birth=date(2026, 3, 1))
TODDLER = ReportedPerson(given_name="Leo", date_of_birth=date(2024, 3, 1))
pytestmark = pytest.mark.django_db


def titles(*texts: str, people: tuple[ReportedPerson, ...] = (BABY,), mark: bool | None = None) -> list[str]:
    return [one.title for one in follows_from(infant_mark=mark, texts=texts, people=people, today=TODAY)]


MARK = ["A mark on a child who cannot move by themself"]
DEATH = ["A child has died"]


@pytest.mark.parametrize(
    "words",
    [
        "There is a bruise on her cheek.",
        "Small bruising behind the ear",
        "A burn on his foot",
        "She has a fractured rib.",
        "bleeding from the mouth",
        "Two scratches and a swollen arm",
        "petechiae on the chest",
    ],
)
def test_a_mark_on_a_baby_is_seen_in_the_report(words: str) -> None:
    assert titles(words) == MARK
    assert titles(words, people=(TODDLER,)) == []
    assert titles(words, mark=False) == []


@pytest.mark.parametrize(
    ("child", "words"),
    [
        (ReportedPerson(age_reported="8 weeks"), "A bruise."),
        (ReportedPerson(age_reported="newborn"), "A bruise."),
        (ReportedPerson(age_reported="3 months old"), "A bruise."),
        (ReportedPerson(), "The baby has a bruise."),
        (ReportedPerson(), "A bruise on the 10-week-old."),
        (TODDLER, "A bruise; he is non-mobile."),
        (TODDLER, "A bruise; he cannot crawl."),
    ],
)
def test_a_child_who_cannot_move_is_known_by_age_and_by_words(child: ReportedPerson, words: str) -> None:
    assert titles(words, people=(child,)) == MARK


@pytest.mark.parametrize(
    ("child", "words"),
    [
        (ReportedPerson(age_reported="8 months"), "A bruise."),
        (ReportedPerson(age_reported="about 5"), "A bruise."),
        (BABY, "She cries a lot."),
        (ReportedPerson(is_unborn=True), "A bruise on the mother."),
        (replace(BABY, has_died=True), "She is well."),
    ],
)
def test_nothing_follows_where_nothing_is_said(child: ReportedPerson, words: str) -> None:
    assert MARK[0] not in titles(words, people=(child,))


def test_a_yes_needs_no_words() -> None:
    assert titles(people=(TODDLER,), mark=True) == MARK


def test_of_a_child_who_has_died_the_others_come_first() -> None:
    dead = replace(TODDLER, has_died=True)
    assert titles(people=(dead, BABY)) == DEATH
    (one,) = follows_from(infant_mark=None, texts=[], people=(dead, BABY), today=TODAY)
    assert (one.steps[0].startswith("See to the other children first"), one.protects) == (True, True)
    (alone,) = follows_from(infant_mark=None, texts=[], people=(dead,), today=TODAY)
    assert (alone.steps[0].startswith("See whether there are other"), alone.protects) == (True, False)


def test_it_stands_first_on_the_contact_and_where_it_is_screened(
    client_of: ClientOf, screener: Person, log_contact: LogContact
) -> None:
    baby = replace(CHILD, date_of_birth=AT.date() - timedelta(days=60))
    contact = log_contact(people=(baby,), report="The midwife saw a bruise on her cheek.")
    for name in ("contacts:contact", "screening:screen"):
        page = text(client_of(screener).get(reverse(name, args=[contact.reference])))
        assert page.index(MARK[0]) < page.index("The contact")
        assert ("examined by a paediatrician today" in page, "strategy discussion" in page) == (True, True)


def fields_of(intake: Intake) -> list[str]:
    return [one.field for one in intake_problems(intake, at=NOON, today=TODAY)]


def reported(**changes: object) -> Intake:
    start = replace(intake_of(), arrived_at=NOON, happened_on=None, people=(BABY,))
    return replace(start, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arrived_at": datetime(2000, 6, 3, 12, tzinfo=UTC)}, "arrived_at"),
        ({"arrived_at": NOON + timedelta(minutes=1)}, "arrived_at"),
        ({"arrived_at": NOON - timedelta(days=3 * 365)}, "arrived_at"),
        ({"happened_on": date(2026, 6, 4)}, "happened_on"),
        ({"happened_on": date(1900, 1, 1)}, "happened_on"),
        ({"arrived_at": NOON - timedelta(days=21)}, "dates_checked"),
        ({"people": (ReportedPerson(date_of_birth=date(1990, 1, 1)),)}, "dates_checked"),
        ({"people": (BABY, ReportedPerson(kind="adult", date_of_birth=date(2024, 1, 1)))}, "dates_checked"),
    ],
)
def test_what_cannot_be_is_refused_and_what_is_unlikely_asked_about(changes: dict[str, object], field: str) -> None:
    assert fields_of(reported(**changes)) == [field]
    kept = fields_of(reported(**changes, dates_checked=True))
    assert kept == ([] if field == "dates_checked" else [field])


@pytest.mark.parametrize(
    "person",
    [
        replace(TODDLER, died_on=date(2026, 6, 1)),
        replace(TODDLER, has_died=True, died_on=date(2026, 6, 4)),
        replace(TODDLER, has_died=True, died_on=date(2024, 2, 1)),
    ],
)
def test_a_day_of_death_that_cannot_be(person: ReportedPerson) -> None:
    assert [one.field for one in person_problems(person, today=TODAY)] == ["died_on"]


def test_a_contact_of_long_ago_is_not_overdue_at_once(log_contact: LogContact) -> None:
    arrived = AT - timedelta(days=21)
    contact = log_contact(arrived_at=arrived, dates_checked=True)
    assert contact.arrived_at == arrived
    due = Deadline.objects.filter(subject_id=contact.pk).values_list("due_at", flat=True)
    assert (len(due), [one for one in due if one <= AT]) == (2, [])
    assert clocks_from(AT - timedelta(days=2), AT) == AT - timedelta(days=2)


def test_the_form_asks_again_once(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    contact, client = log_contact(), client_of(front_door)
    born = {"date_of_birth_day": "1", "date_of_birth_month": "1", "date_of_birth_year": "1985"}
    said = {"kind": "child", "given_name": "Zed", "sex": "male", "version": "1", **born}
    assert "I looked again" not in text(client.get(reverse("contacts:add_person", args=[contact.reference])))
    page = text(post(client, "add_person", contact.reference, **said))
    assert ("years old" in page, "I looked again" in page) == (True, True)
    assert post(client, "add_person", contact.reference, **said, dates_checked="on").status_code == 302


def test_nobody_is_asked_where_a_child_is_who_has_died(
    client_of: ClientOf, front_door: Person, log_contact: LogContact
) -> None:
    contact = log_contact(people=(replace(CHILD, has_died=True), replace(CHILD, given_name="Leo"), MOTHER))
    with acting_as(front_door.viewer) as viewer:
        raised = actions.protect_now(contact, "A brother is at home.", viewer=viewer, at=AT).protection
        child = Subject.objects.get(contact=contact, position=1)
        with pytest.raises(RuleBroken, match="has died"):
            actions.record_whereabouts(
                raised, child, place="At home", with_whom="", safe_until=None, viewer=viewer, at=AT
            )
        far = AT + timedelta(days=400)
        leo = Subject.objects.get(contact=contact, position=2)
        with pytest.raises(RuleBroken, match="more than a year ahead"):
            actions.record_whereabouts(raised, leo, place="At home", with_whom="", safe_until=far, viewer=viewer, at=AT)
    page = text(client_of(front_door).get(reverse("contacts:protection", args=[raised.reference])))
    assert ("child-1-place" in page, "child-2-place" in page, "Has died." in page) == (False, True, True)
    assert page.index("Leo") < page.index("Has died.")


def test_a_letter_names_no_child_who_has_died(front_door: Person, log_contact: LogContact) -> None:
    dead = replace(CHILD, given_name="Ruby", has_died=True)
    contact = log_contact(people=(dead, replace(CHILD, given_name="Leo"), MOTHER))
    with acting_as(front_door.viewer) as viewer:
        people = {one.given_name: one for one in Subject.objects.filter(contact=contact)}
        mother = people[MOTHER.given_name]
        for child in (people["Ruby"], people["Leo"]):
            actions.relate(contact, mother, child, "parent", viewer=viewer, at=AT)
            child.ending = "advice"
            child.save(update_fields=["ending"])
        words = _first_wording(mother, Contact.objects.get(pk=contact.pk), viewer)
    assert ("Leo" in words, "Ruby" in words) == (True, False)
