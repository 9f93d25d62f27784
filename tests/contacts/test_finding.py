"""A contact is found however its people, its home and its reference are typed, and its list is filtered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from contacts import actions, queries
from contacts.queries import ContactFilter
from tests.contacts.conftest import AT, CHILD, LogContact
from tests.people import Person


def found_by(viewer: Viewer, typed: str) -> list[str]:
    """Return the references of the contacts that a search leads to, each once."""
    found = queries.search(viewer, typed)
    return sorted({one.reference for one in (*found.people, *found.contacts)})


LATER = AT + timedelta(hours=1)
BORN = replace(CHILD, date_of_birth=date(2015, 3, 4))


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("14 Elm Road, Fenby, AB1 2CD", "14 elm rd, fenby"),
        ("14 Elm Road, Fenby", "14 Elm Rd, Fenby AB12CD"),
        ("Rose Cottage, Mill Lane, Fenby, AB1 2CD", "rose cottage ab12cd"),
        ("Rose Cottage, Mill Lane, Fenby", "Rose Cottage, Mill Ln, Fenby, AB1 2CD"),
        ("Flat 2, 14 Elm Road, AB1 2CD", "14 Elm Road (flat 2) ab1 2cd"),
    ],
)
def test_a_home_is_found_however_it_is_typed(
    kept: str, typed: str, log_contact: LogContact, front_door: Person
) -> None:
    earlier = log_contact(people=(BORN,), address=kept)
    with acting_as(front_door.viewer) as viewer:
        found = queries.look_for(viewer, [], address=typed, at=LATER)
        other = queries.look_for(viewer, [], address="15 Elm Road, Fenby, AB1 2CD", at=LATER)
    assert (found.at_address, other.at_address) == ([earlier.arrived_at], [])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("thornbury", True),
        ("Thornberry", True),
        ("ada thorn", True),
        ("4.3.2015", True),
        ("4/3/2015 Thornbury", True),
        ("5.3.2015", False),
        ("31.2.2015", False),
        ("orlebar", False),
        ("😀", False),
        ("'; DROP TABLE contacts_contact; --", False),
    ],
)
def test_searching(log_contact: LogContact, front_door: Person, typed: str, found: bool) -> None:
    contact = log_contact(people=(BORN,))
    with acting_as(front_door.viewer) as viewer:
        assert found_by(viewer, typed) == ([contact.reference] if found else [])
        assert found_by(viewer, f"  {contact.reference.lower()} ") == [contact.reference]
        assert found_by(viewer, contact.reference.replace("-", "")) == [contact.reference]
        assert found_by(viewer, f"Ref. {contact.reference.replace('-', ' – ')}") == [contact.reference]
        assert found_by(viewer, "  ") == []


@pytest.mark.parametrize("typed", ["Lukasz", "wisniewski lukasz", "Łukasz Wiśniewski", "WISNIEWSKI, Łukasz"])
def test_searching_without_the_marks(log_contact: LogContact, front_door: Person, typed: str) -> None:
    contact = log_contact(people=(replace(BORN, given_name="Łukasz", family_name="Wiśniewski"),))
    with acting_as(front_door.viewer) as viewer:
        assert found_by(viewer, typed) == [contact.reference]


@pytest.mark.parametrize("typed", ["Dao Nguyen Thi", "Nguyen Thi Dao", "Thidao Nguyen"])
def test_searching_in_any_order_of_a_name(log_contact: LogContact, front_door: Person, typed: str) -> None:
    contact = log_contact(people=(replace(BORN, given_name="Thị Đào", family_name="Nguyễn"),))
    with acting_as(front_door.viewer) as viewer:
        assert found_by(viewer, typed) == [contact.reference]


def test_searching_for_somebody_with_one_name_of_two_words(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact(people=(replace(BORN, given_name="Khin Thä", family_name=""),))
    with acting_as(front_door.viewer) as viewer:
        assert found_by(viewer, "Khin Tha") == [contact.reference]


def test_a_name_that_could_be_a_reference_is_found_as_a_name(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact(people=(replace(BORN, given_name="Mary", family_name="Egger"),))
    with acting_as(front_door.viewer) as viewer:
        assert found_by(viewer, "Mary Egger") == [contact.reference]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (ContactFilter(), 2),
        (ContactFilter(state="received"), 1),
        (ContactFilter(state="ended", channel="telephone"), 1),
        (ContactFilter(channel="letter"), 0),
        (ContactFilter(referrer_kind="neighbour", whose="nobody"), 1),
        (ContactFilter(whose="mine"), 1),
        (ContactFilter(state="<script>"), 2),
    ],
)
def test_filters(
    log_contact: LogContact, front_door: Person, screener: Person, wanted: ContactFilter, count: int
) -> None:
    contact, ended = log_contact(), log_contact()
    with acting_as(front_door.viewer) as viewer:
        actions.claim_contact(contact, viewer=viewer, at=AT)
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(ended, endings={}, viewer=viewer, at=AT)
    with acting_as(front_door.viewer) as viewer:
        assert len(queries.contact_list(viewer, wanted, "nonsense", at=LATER)) == count
