"""Two descriptions are one person: somebody's decision, and its undoing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agencies.access.identity import acting_as
from agencies.models import ConflictOfInterest
from common.errors import NotPermitted, RuleBroken
from contacts import actions
from contacts.models import Contact, PersonLink, Subject
from tests.contacts.conftest import AT, LogContact
from tests.people import Person
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


def test_linking_is_for_the_front_door(log_contact: LogContact, screener: Person) -> None:
    one, other = (log_contact().subjects.get(position=1) for _ in range(2))
    with acting_as(screener.viewer) as viewer, pytest.raises(NotPermitted):
        actions.link_person(one, other, matched_on=[], viewer=viewer, at=LATER)
