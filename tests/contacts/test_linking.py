"""Two descriptions are one person: somebody's decision, and its undoing."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.models import ConflictOfInterest
from common.errors import NotPermitted, RuleBroken
from contacts import actions, queries
from contacts.models import Contact, PersonLink, Subject
from tests.contacts.conftest import AT, CHILD, LogContact
from tests.people import ClientOf, Person
from tests.walls import past_the_walls
from tests.written import verbs

LATER = AT + timedelta(hours=1)


def test_linking_and_undoing_leave_both_decisions_on_record(log_contact: LogContact, front_door: Person) -> None:
    earlier, now = log_contact(), log_contact()
    old, new = (Subject.objects.get(contact=one, position=1) for one in (earlier, now))
    with acting_as(front_door.viewer) as viewer:
        link = actions.link_person(new, old, matched_on=["name", "nonsense"], viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken, match="undo that link first"):
            actions.link_person(new, old, matched_on=[], viewer=viewer, at=LATER)
        new.refresh_from_db()
        old.refresh_from_db()
        assert new.person_id == old.person_id == link.person_id
        undone = actions.undo_link(link, viewer=viewer, at=LATER + timedelta(minutes=1))
        again = actions.undo_link(link, viewer=viewer, at=LATER + timedelta(minutes=2))
    new.refresh_from_db()
    assert (new.person_id, undone.undone_at) == (None, again.undone_at)
    assert PersonLink.objects.count() == 2
    assert link.matched_on == ["name"]
    assert verbs(now)[1:] == ["person.linked", "person.unlinked"]


def test_a_link_is_undone_also_where_the_other_contact_is_closed_to_whoever_does(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    earlier, now = log_contact(), log_contact()
    old, new = (Subject.objects.get(contact=one, position=1) for one in (earlier, now))
    with acting_as(front_door.viewer) as viewer:
        link = actions.link_person(new, old, matched_on=["name"], viewer=viewer, at=LATER)
    ConflictOfInterest.objects.create(
        contact_id=earlier.pk,
        user=front_door.user,
        source="entered",
        reason="A cousin.",
        entered_at=LATER,
        entered_by=mash_manager.membership,
    )
    with acting_as(front_door.viewer) as viewer:
        assert not Contact.objects.visible_to(viewer).filter(pk=earlier.pk).exists()
        actions.undo_link(link, viewer=viewer, at=LATER + timedelta(minutes=1))
    new.refresh_from_db()
    assert (new.person_id, verbs(now)[1:]) == (None, ["person.linked", "person.unlinked"])


def test_nobody_is_linked_to_a_person_of_the_same_contact(log_contact: LogContact, front_door: Person) -> None:
    ada, lena = log_contact().subjects.order_by("position")
    with acting_as(front_door.viewer) as viewer, pytest.raises(RuleBroken):
        actions.link_person(ada, lena, matched_on=[], viewer=viewer, at=LATER)


def linked(new: Subject, old: Subject, by: Person) -> PersonLink:
    with acting_as(by.viewer) as viewer:
        return actions.link_person(new, old, matched_on=["name"], viewer=viewer, at=LATER)


def entries(contact: Contact, *entered: dict[str, object]) -> list[Subject]:
    """Return the two people of a contact, entered otherwise."""
    rows = list(contact.subjects.order_by("position")[:2])
    for row, said in zip(rows, entered, strict=True):
        for name, value in {"kind": "child", "family_name": "Penhallow", "nhs_number": "", **said}.items():
            setattr(row, name, value)
        row.save()
    return rows


def test_twins_are_not_linked_to_one_earlier_person(log_contact: LogContact, front_door: Person) -> None:
    earlier, now = log_contact(), log_contact()
    old = earlier.subjects.get(position=1)
    one, twin = entries(now, {"given_name": "Ada"}, {"given_name": "Ida"})
    linked(one, old, front_door)
    with pytest.raises(RuleBroken, match="entered twice"):
        linked(twin, old, front_door)
    person_id = Subject.objects.get(pk=one.pk).person_id
    forced = PersonLink(subject=twin, person_id=person_id, linked_at=LATER, linked_by=front_door.membership)  # type: ignore[misc]
    with past_the_walls(), pytest.raises(IntegrityError, match="two of one contact"), transaction.atomic():
        forced.save(force_insert=True)
    twin.refresh_from_db()
    assert twin.person_id is None


def test_who_was_entered_twice_becomes_one_and_two_again(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact()
    one, again = entries(contact, {"given_name": "Ada"}, {"given_name": " ada "})
    with acting_as(front_door.viewer) as viewer:
        with pytest.raises(RuleBroken, match="compared both"):
            actions.join_entries(one, again, checked=False, viewer=viewer, at=LATER)
        link = actions.join_entries(one, again, checked=True, viewer=viewer, at=LATER)
        people = list(Subject.objects.filter(contact=contact).order_by("position")[:2])
        assert people[0].person_id == people[1].person_id == link.person_id
        assert link.entered_twice
        actions.undo_link(link, viewer=viewer, at=LATER)
        assert Subject.objects.get(pk=link.subject_id).person_id is None


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        ({"given_name": "Ada"}, {"given_name": "Ida"}, "twins"),
        ({"given_name": "Ada"}, {"given_name": "Ada", "kind": "adult"}, "child for a child"),
        ({"given_name": "Ada", "nhs_number": "9434765919"}, {"given_name": "", "nhs_number": "9434765870"}, "NHS"),
    ],
)
def test_what_says_that_they_are_two_keeps_entries_apart(
    log_contact: LogContact,
    front_door: Person,
    one: dict[str, object],
    other: dict[str, object],
    because: str,
) -> None:
    first, second = entries(log_contact(), one, other)
    with acting_as(front_door.viewer) as viewer, pytest.raises(RuleBroken, match=because):
        actions.join_entries(first, second, checked=True, viewer=viewer, at=LATER)


def test_not_the_same_is_remembered_until_somebody_knows_better(log_contact: LogContact, front_door: Person) -> None:
    earlier, now = log_contact(), log_contact()
    old, new = (Subject.objects.get(contact=one, position=1) for one in (earlier, now))
    with acting_as(front_door.viewer) as viewer:
        first = actions.keep_apart(new, old, viewer=viewer, at=LATER)
        assert actions.keep_apart(old, new, viewer=viewer, at=LATER) == first
        for contact in (earlier, now):
            (line,) = queries.earlier_contacts(viewer, contact).lines
            assert [(one.is_apart, one.may_be_one) for one in line.matches if one.sought.position == 1] == [
                (True, False)
            ]
        with pytest.raises(RuleBroken, match="not the same person"):
            actions.link_person(new, old, matched_on=["name"], viewer=viewer, at=LATER)
        actions.no_longer_apart(old, new, viewer=viewer, at=LATER)
        link = actions.link_person(new, old, matched_on=["name"], viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken, match="linked as one person"):
            actions.keep_apart(new, old, viewer=viewer, at=LATER)
    assert link.undone_at is None


def test_two_are_compared_on_a_page_before_somebody_decides(
    log_contact: LogContact, front_door: Person, screener: Person, client_of: ClientOf
) -> None:
    contact = log_contact()
    entries(contact, {"given_name": "Ada", "school": "Hill School"}, {"given_name": "Ada", "school": "Mill School"})
    where = reverse("contacts:compare", args=[contact.reference, 1])
    client = client_of(front_door)
    page = client.get(f"{where}?entry=2").content.decode()
    assert "Entered twice in this contact" in page
    assert page.count("<strong>Differs</strong>") >= 1
    assert client_of(screener).get(f"{where}?entry=2").status_code == 403
    said = {"entry": "2", "submission_key": str(uuid.uuid4())}
    refused = client.post(reverse("contacts:same_entry", args=[contact.reference, 1]), said)
    assert "compared both entries" in refused.content.decode()
    said = {**said, "checked": "on", "submission_key": str(uuid.uuid4())}
    assert client.post(reverse("contacts:same_entry", args=[contact.reference, 1]), said).status_code == 302
    assert PersonLink.objects.filter(entered_twice=True).count() == 1
    apart = {"entry": "2", "submission_key": str(uuid.uuid4())}
    page = client.post(reverse("contacts:not_same", args=[contact.reference, 1]), apart, follow=True).content.decode()
    assert "undo that link first" in page


def test_linking_is_for_the_front_door(log_contact: LogContact, screener: Person) -> None:
    one, other = (log_contact().subjects.get(position=1) for _ in range(2))
    with acting_as(screener.viewer) as viewer, pytest.raises(NotPermitted):
        actions.link_person(one, other, matched_on=[], viewer=viewer, at=LATER)


@pytest.mark.parametrize("how", ["of two contacts", "of one contact"])
def test_two_who_were_said_to_be_apart_become_one_by_no_third(
    how: str, log_contact: LogContact, front_door: Person
) -> None:
    people = (CHILD, CHILD) if how == "of one contact" else (CHILD,)
    first = log_contact(people=people)
    one = Subject.objects.get(contact=first, position=1)
    other = Subject.objects.get(contact=first if len(people) > 1 else log_contact(), position=len(people))
    third = Subject.objects.get(contact=log_contact(), position=1)
    with acting_as(front_door.viewer) as viewer:
        actions.keep_apart(one, other, viewer=viewer, at=LATER)
        actions.link_person(third, one, matched_on=[], viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken, match="two others, who would become one person"):
            actions.link_person(other, third, matched_on=[], viewer=viewer, at=LATER)
        actions.no_longer_apart(one, other, viewer=viewer, at=LATER)
        if how == "of two contacts":
            actions.link_person(other, third, matched_on=[], viewer=viewer, at=LATER)
            assert PersonLink.objects.filter(undone_at=None).count() == 3
