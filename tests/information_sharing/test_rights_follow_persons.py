"""Rights about a person follow the person through every contact of an enquiry."""

from __future__ import annotations

import pytest

import contacts.actions
import screening.actions
from agencies.access.identity import acting_as
from contacts.models import PersonLink, Subject
from decisions.reads.enquiry import children_of
from information_sharing import actions, queries
from information_sharing.models import InformationRequest, Item
from screening.models import Enquiry
from tests.people import Person, person
from tests.scenes.case import Case
from tests.scenes.enquiries import MORNING, answer, ask_for, new


@pytest.fixture
def case(db: None) -> Case:
    """Return a case, as everybody there is at work."""
    return Case(MORNING)


@pytest.fixture
def joined(case: Case) -> tuple[Case, Subject, Subject]:
    """Return an enquiry of two contacts in which one child stands in both: each row of it, not linked yet."""
    case.in_mash()
    other = Case(case.at).received()
    with acting_as(case.manager.viewer) as viewer:
        screening.actions.join_enquiry(case.enquiry, other.contact, viewer=viewer, at=case.at)
    mine, theirs = case.subjects()[0], other.subjects()[0]
    return case, mine, theirs


def link(case: Case, mine: Subject, theirs: Subject) -> PersonLink:
    with acting_as(person("fiona_front").viewer) as viewer:
        return contacts.actions.link_person(theirs, mine, matched_on=["name"], viewer=viewer, at=case.at)


def asked_about(case: Case, child: Subject) -> InformationRequest:
    with acting_as(case.worker.viewer) as viewer:
        (made,) = actions.request_information(case.enquiry, [ask_for("police", child)], viewer=viewer, at=case.at)
    return made


def sees(who: Person) -> set[object]:
    with acting_as(who.viewer) as viewer:
        return set(Subject.objects.visible_to(viewer).values_list("pk", flat=True))


@pytest.mark.parametrize("first", ["asked", "linked"])
def test_whoever_is_asked_about_one_row_sees_the_other_while_the_link_stands(
    joined: tuple[Case, Subject, Subject], first: str
) -> None:
    case, mine, theirs = joined
    police = person("police_researcher")
    if first == "asked":
        asked_about(case, mine)
        assert sees(police) == {mine.pk}
        made = link(case, mine, theirs)
    else:
        made = link(case, mine, theirs)
        asked_about(case, mine)
    assert sees(police) == {mine.pk, theirs.pk}
    with acting_as(person("fiona_front").viewer) as viewer:
        contacts.actions.undo_link(made, viewer=viewer, at=case.at)
    assert sees(police) == {mine.pk}


def test_a_request_names_each_person_once(joined: tuple[Case, Subject, Subject]) -> None:
    case, mine, theirs = joined
    link(case, mine, theirs)
    request = asked_about(case, theirs)
    with acting_as(person("police_researcher").viewer) as viewer:
        assert [one.pk for one in queries.people_of(viewer, request)] == [theirs.pk]
    with acting_as(case.worker.viewer) as viewer:
        offered = [one.pk for one in queries.people_of_enquiry(viewer, case.enquiry)]
        assert len({mine.pk, theirs.pk} & set(offered)) == 1


def test_what_is_held_on_one_row_reaches_whoever_was_asked_about_the_other(
    joined: tuple[Case, Subject, Subject],
) -> None:
    case, mine, theirs = joined
    link(case, mine, theirs)
    with acting_as(case.worker.viewer) as viewer:
        police, health = actions.request_information(
            case.enquiry, [ask_for("police", mine), ask_for("health", theirs)], viewer=viewer, at=case.at
        )
    officer, visitor = person("police_researcher"), person("health_researcher")
    (item,) = answer(police, officer, new("Seen in May.", subject_id=mine.pk, named=[health.agency_id]))
    answer(health, visitor)
    with acting_as(visitor.viewer) as viewer:
        assert set(Item.objects.visible_to(viewer).values_list("pk", flat=True)) == {item.pk}


def test_the_rights_end_where_the_contact_is_of_another_enquiry(case: Case) -> None:
    case.in_mash()
    other = Case(case.at).in_mash()
    link(case, case.subjects()[0], other.subjects()[0])
    asked_about(case, case.subjects()[0])
    assert sees(person("police_researcher")) == {case.subjects()[0].pk}
    assert Enquiry.objects.count() == 2
    with acting_as(case.manager.viewer) as viewer:
        assert len(children_of(viewer, case.enquiry)) == 2
