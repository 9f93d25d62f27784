"""Staff in the cases: who resembles a member of the staff is found by whatever road, and ordinary people are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import pytest

from agencies import actions as directory
from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_of
from agencies.access.viewer import BUILDER, PUBLIC, Viewer
from agencies.choices import Role
from agencies.models import Membership
from common.moments import london_day
from contacts import actions
from contacts.models import Contact, StaffMatch, Subject
from contacts.rules.intake import Intake, ReportedPerson
from tests.people import Person, agency
from tests.proofs.figures import is_quick, report
from tests.proofs.look_alikes import Case, Member, Road, Way, ordinary, seeded, staff
from tests.proofs.notes import keep

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
CHILD = ReportedPerson(given_name="Ida", family_name="Orlebar")
STRANGER = ReportedPerson(kind="adult", given_name="Somebody", family_name="Else")
ELSEWHERE = "3 Quarry Hill, AB1 9ZZ"
ROLES = (Role.FRONT_DOOR, Role.SCREENER, Role.SOCIAL_WORKER, Role.RESEARCHER, Role.MANAGER)
FEW = 7
EVERY = FEW if is_quick() else 1
"""One case in seven in the short form: 7 has no factor in common with 8 ways and 25 members, so all of them come."""

LATER = (Road.EDIT, Road.LINK)
BY_ACCOUNT = (Road.ACCOUNT, Road.LINKED_ACCOUNT)
BY_LINK = (Road.LINK, Road.LINKED_ACCOUNT)
IN_ONE_CONTACT = 10
"""Ordinary people, each like another member of the staff: a contact has one flag for each member."""


def worry(people: Iterable[ReportedPerson], address: str) -> Intake:
    return Intake(
        arrived_at=AT,
        channel="telephone",
        referrer_kind="neighbour",
        report="They shout every night.",
        people=(CHILD, *people),
        address=address or ELSEWHERE,
    )


def take_in(people: Iterable[ReportedPerson], by: Viewer, address: str = "") -> Contact:
    with acting_as(by) as viewer:
        return actions.receive_contact(worry(people, address), viewer=viewer, at=AT)


def send(case: Case) -> Contact:
    with acting_as(PUBLIC) as viewer:
        intake = worry([case.person], case.address)
        return actions.receive_public_contact(intake, viewer=viewer, at=AT).contact


def complete(case: Case, contact: Contact, by: Viewer) -> None:
    with acting_as(by) as viewer:
        if case.address:
            actions.amend_contact(contact, {"address": case.address}, viewer=viewer, at=AT)
        else:
            actions.edit_person(contact.subjects.get(position=2), case.person, viewer=viewer, at=AT)


def on_record(cases: Iterable[Case], by: Viewer) -> dict[Case, Subject]:
    """Take in those to whom somebody will be linked, all of them in one other contact."""
    linked = [case for case in cases if case.road in BY_LINK]
    contact = take_in([case.person for case in linked], by)
    return dict(zip(linked, contact.subjects.filter(position__gt=1), strict=True))


def link(contact: Contact, known: Subject, by: Viewer) -> None:
    with acting_as(by) as viewer:
        actions.link_person(contact.subjects.get(position=2), known, matched_on=["name"], viewer=viewer, at=AT)


def make_accounts(people: Iterable[Member]) -> list[Membership]:
    made = []
    with acting_as(BUILDER):
        home = agency("csc")
        for one in people:
            email = f"member{one.place}@staff.invalid"
            user = directory.create_account(email, one.account, password=None, viewer=BUILDER, at=AT)
            role = ROLES[one.place // 5 % 5]
            made.append(directory.add_membership(user, home, [role], starts_on=london_day(AT), viewer=BUILDER, at=AT))
    return made


def hold(people: Sequence[Member], accounts: Sequence[Membership], administrator: Person) -> None:
    with acting_as(administrator.viewer) as viewer:
        for one, member in zip(people, accounts, strict=True):
            directory.record_birth_and_home(member.user, born=one.born, home=one.home, viewer=viewer, at=AT)


def begin(case: Case, known: dict[Case, Subject], by: Viewer) -> Contact:
    """Take in a case of which nothing can be found yet."""
    if case.road == Road.ACCOUNT:
        return take_in([case.person], by, case.address)
    contact = take_in([STRANGER], by)
    if case.road == Road.LINKED_ACCOUNT:
        link(contact, known[case], by)
    return contact


def go_on(case: Case, contact: Contact | None, known: dict[Case, Subject], by: Viewer) -> Contact:
    """Do what must make it found, and return the contact."""
    if contact is None:
        return send(case) if case.road == Road.FORM else take_in([case.person], by, case.address)
    if case.road == Road.EDIT:
        complete(case, contact, by)
    if case.road == Road.LINK:
        link(contact, known[case], by)
    return contact


def flags_of(contacts: Iterable[Contact]) -> set[tuple[object, object, str]]:
    rows = StaffMatch.objects.filter(contact__in=[one.pk for one in contacts])
    return {(row.contact_id, row.user_id, row.matched_on) for row in rows}


def in_tens(people: Sequence[ReportedPerson]) -> list[Sequence[ReportedPerson]]:
    return [people[place : place + IN_ONE_CONTACT] for place in range(0, len(people), IN_ONE_CONTACT)]


def shown(member: Membership) -> int:
    """Count the rows about a member of the staff that they can see, by either wall and by the second alone."""
    viewer = viewer_of(member)
    with acting_as(viewer) as known:
        seen = [StaffMatch.objects.visible_to(known), StaffMatch.objects.all()]
        if viewer.has(Role.MANAGER):
            seen = [rows.filter(user=member.user_id) for rows in seen]
        return sum(rows.count() for rows in seen)


@pytest.fixture
def people() -> list[Member]:
    return staff()


def test_the_table_has_every_way_by_every_road_and_200_cases() -> None:
    cases = seeded()
    assert (len(cases), len(set(map(str, cases)))) == (200, 200)
    assert {case.way for case in cases[::FEW]} == set(Way)
    assert {case.road for case in cases[::FEW]} == set(Road)
    assert len(ordinary()) == 200


def test_every_look_alike_is_found_and_shown_to_nobody_whom_it_is_about(
    people: list[Member], front_door: Person, mash_manager: Person, administrator: Person
) -> None:
    cases, by = seeded()[::EVERY], front_door.viewer
    accounts = make_accounts(people)
    known = on_record(cases, by)
    begun = {case: begin(case, known, by) for case in cases if case.road in BY_ACCOUNT}
    assert flags_of(begun.values()) == set()
    hold(people, accounts, administrator)
    begun |= {case: begin(case, known, by) for case in cases if case.road in LATER}
    assert flags_of(begun[case] for case in begun if case.road in LATER) == set()
    ended = {case: go_on(case, begun.get(case), known, by) for case in cases}
    flags = flags_of(ended.values())
    missed = [case for case in cases if (ended[case].pk, accounts[case.member].user_id, case.sign) not in flags]
    keep("staff matches", map(str, missed))
    found, all_of_them = len(cases) - len(missed), len(cases)
    report("staff look-alikes: found", f"{found} of {all_of_them}", f"{all_of_them} of {all_of_them}", ok=not missed)
    rows = sum(map(shown, [*accounts, front_door.membership]))
    report("staff look-alikes: rows shown to whom they are about", rows, "0", ok=rows == 0)
    with acting_as(mash_manager.viewer) as viewer:
        assert StaffMatch.objects.visible_to(viewer).filter(contact__in=ended.values()).count() == len(flags)


def test_ordinary_people_are_let_alone(people: list[Member], front_door: Person, administrator: Person) -> None:
    chosen = ordinary()[::EVERY]
    tens = in_tens(chosen)
    contacts = [take_in(ten, front_door.viewer) for ten in tens[::2]]
    hold(people, make_accounts(people), administrator)
    contacts += [take_in(ten, front_door.viewer) for ten in tens[1::2]]
    flagged = StaffMatch.objects.filter(contact__in=contacts).select_related("subject", "user")
    keep("ordinary people", [f"{one.subject} for {one.user}: {one.matched_on}" for one in flagged])
    most = len(chosen) // 50
    report(
        "staff look-alikes: ordinary people flagged",
        f"{len(flagged)} of {len(chosen)}",
        f"<= {most} of {len(chosen)}",
        ok=len(flagged) <= most,
    )
