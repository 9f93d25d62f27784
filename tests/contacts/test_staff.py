"""The staff list held against the people of a case: every seeded case is found, and managers alone learn of it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, PUBLIC
from agencies.actions import record_birth_and_home
from agencies.models import Membership, StaffRecord
from common.errors import NotPermitted, RuleBroken
from common.normal.addresses import address_keys, same_address
from contacts import actions
from contacts.models import Contact, StaffMatch
from contacts.rules.intake import ReportedPerson
from notices.models import Notice
from tests.contacts.conftest import AT, CHILD, LogContact, intake_of
from tests.drawn import text
from tests.people import ClientOf, Person
from tests.work import items_of

MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db

BORN = date(1984, 2, 11)
HOME = "27 Larch Avenue, AB1 4XY"
ELSEWHERE = "3 Mill Lane, AB1 9ZZ"


def hold(who: Person, administrator: Person, *, born: date | None = BORN, home: str = HOME, name: str = "") -> None:
    if name:
        who.user.name = name
        who.user.save(update_fields=["name"])
    with acting_as(administrator.viewer) as viewer:
        record_birth_and_home(who.user, born=born, home=home, viewer=viewer, at=AT)


def adult(given: str, family: str, born: date | None = BORN, **said: Any) -> ReportedPerson:
    return ReportedPerson(kind="adult", given_name=given, family_name=family, date_of_birth=born, **said)


SEEDED = [
    ("Catherine Thorne", adult("Catherine", "Thorne")),
    ("Catherine Thorne", adult("Kathryn", "Thorn")),
    ("Stephen O'Neill", adult("Steven", "ONeil")),
    ("Catherine Thorne", adult("Thorne", "Catherine")),
    ("Catherine Thorne-Pike", adult("Catherine", "Pike")),
    ("Catherine Thorne", adult("Catherine", "Thorne-Pike")),
    ("Catherine Mary Thorne", adult("Catherine", "Thorne")),
    ("Catherine Thorne", adult("", "Thorne")),
    ("Catherine Thorne", adult("Catherine", "")),
    ("Catherine Thorne", adult("Catherine Anne", "Thorne")),
    ("Catherine Thorne", adult("C.", "Thorne")),
    ("Catherine Thorne", adult("Catherine", "Pike", other_names="Kate Thorne")),
    ("Kate Thorne", adult("Catherine", "Pike", other_names="Kate Thorne")),
    ("Anne Marie Thorne", adult("Annemarie", "Thorne")),
    ("Annemarie Thorne", adult("Anne-Marie", "Thorne")),
    ("Christine Stewart", adult("Kristine", "Stuart")),
    ("Leigh White", adult("Lee", "Whyte")),
    ("Graham Fisher", adult("Graeme", "Fischer")),
]
NOT_THEM = [
    ("Catherine Thorne", adult("Catherine", "Thorne", date(1984, 2, 12))),
    ("Catherine Thorne", adult("Catherine", "Thorne", None)),
    ("Catherine Thorne", adult("Martin", "Thorne")),
    ("Catherine Thorne", adult("Catherine", "Blythe")),
    ("Catherine Thorne", adult("", "")),
    ("Catherine Thorne", adult("C.", "T.")),
    ("Catherine Thorne", adult("Martin", "Pike", other_names="Thorne")),
]


def found(contact: Contact) -> list[tuple[str, str]]:
    rows = StaffMatch.objects.filter(contact=contact).order_by("matched_on")
    return [(one.user.email, one.matched_on) for one in rows]


@pytest.mark.parametrize(("name", "person"), SEEDED)
def test_every_seeded_person_is_found_at_intake(
    log_contact: LogContact, screener: Person, administrator: Person, name: str, person: ReportedPerson
) -> None:
    hold(screener, administrator, name=name)
    assert found(log_contact(people=(CHILD, person))) == [(screener.user.email, "person")]


@pytest.mark.parametrize(("name", "person"), NOT_THEM)
def test_a_typing_slip_counts_only_with_the_same_birthday(
    log_contact: LogContact, screener: Person, administrator: Person, name: str, person: ReportedPerson
) -> None:
    hold(screener, administrator, name=name)
    assert found(log_contact(people=(CHILD, person))) == []


@pytest.mark.parametrize(
    ("home", "own", "lives", "is_found"),
    [
        ("27 Larch Ave AB14XY", "", True, True),
        (ELSEWHERE, "27 Larch Avenue, AB1 4XY", False, True),
        (ELSEWHERE, "", True, False),
        ("27 Larch Avenue, AB1 4XY", ELSEWHERE, False, False),
        ("28 Larch Avenue, AB1 4XY", "", True, False),
    ],
)
@pytest.mark.parametrize("protected", [False, True])
def test_a_home_is_found_protected_or_not(
    log_contact: LogContact,
    screener: Person,
    administrator: Person,
    home: str,
    own: str,
    lives: bool,
    is_found: bool,
    protected: bool,
) -> None:
    hold(screener, administrator)
    one = ReportedPerson(given_name="Ada", family_name="Thornbury", address=own, lives_in_household=lives)
    contact = log_contact(people=(one,), address=home, address_is_protected=protected)
    assert found(contact) == ([(screener.user.email, "home")] if is_found else [])


def test_the_public_form_is_held_against_the_list_too(screener: Person, administrator: Person) -> None:
    hold(screener, administrator, name="Catherine Thorne")
    with acting_as(PUBLIC) as viewer:
        people = (CHILD, adult("Catherine", "Thorne"))
        received = actions.receive_public_contact(intake_of(people=people), viewer=viewer, at=AT)
    assert found(received.contact) == [(screener.user.email, "person")]


def test_each_later_edit_is_held_against_the_list(
    log_contact: LogContact, front_door: Person, screener: Person, social_worker: Person, administrator: Person
) -> None:
    hold(screener, administrator, name="Catherine Thorne")
    hold(social_worker, administrator, born=date(1990, 1, 5), home=ELSEWHERE)
    contact = log_contact()
    assert found(contact) == []
    with acting_as(front_door.viewer) as viewer:
        added = actions.add_person(contact, adult("Catherine", "Thorn", None), viewer=viewer, at=AT)
        assert found(contact) == []
        actions.edit_person(added, adult("Catherine", "Thorn"), viewer=viewer, at=AT)
        assert not StaffMatch.objects.visible_to(viewer).exists()
        actions.amend_contact(contact, {"address": ELSEWHERE}, viewer=viewer, at=AT)
    assert found(contact) == [(social_worker.user.email, "home"), (screener.user.email, "person")]


def test_a_link_tells_what_was_known_elsewhere(
    log_contact: LogContact, front_door: Person, screener: Person, administrator: Person
) -> None:
    first = log_contact(people=(CHILD, adult("Cat", "Unknown", None)))
    second = log_contact(people=(CHILD, adult("Catherine", "Thorne")))
    hold(screener, administrator, name="Catherine Thorne")
    assert (found(first), len(found(second))) == ([], 1)
    with acting_as(front_door.viewer) as viewer:
        mine, theirs = first.subjects.get(position=2), second.subjects.get(position=2)
        actions.link_person(mine, theirs, matched_on=["name"], viewer=viewer, at=AT)
    assert found(first) == [(screener.user.email, "person")]


def test_a_late_account_is_held_against_whoever_is_linked(
    log_contact: LogContact, front_door: Person, screener: Person, administrator: Person
) -> None:
    first = log_contact(people=(CHILD, adult("Cat", "Unknown", None)))
    second = log_contact(people=(CHILD, adult("Catherine", "Thorne")), address=HOME)
    third = log_contact(people=(CHILD, adult("Cat", "Unknown", None)))
    with acting_as(front_door.viewer) as viewer:
        mine, theirs = first.subjects.get(position=2), second.subjects.get(position=2)
        actions.link_person(mine, theirs, matched_on=["name"], viewer=viewer, at=AT)
    hold(screener, administrator, name="Catherine Thorne")
    assert found(first) == [(screener.user.email, "person")]
    assert found(second) == [(screener.user.email, "home"), (screener.user.email, "person")]
    assert found(third) == []


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Flat 2, 14 Elm Road, AB1 2CD", "14 Elm Rd Flat 2 AB12CD", True),
        ("The Old Mill, Weir Lane, AB1 2CD", "Old Mill, Weir Ln, AB1 2CD", True),
        ("2 The Green", "2 the green", True),
        ("Flat 2, 14 Elm Road, AB1 2CD", "Flat 3, 14 Elm Road, AB1 2CD", False),
        ("The Old Mill, Weir Lane, AB1 2CD", "The New Mill, Weir Lane, AB1 2CD", False),
    ],
)
def test_a_home_is_one_however_it_is_written(one: str, other: str, is_one: bool) -> None:
    assert address_keys(one) != frozenset()
    assert same_address(one, other) is is_one


def test_an_account_is_held_against_running_cases_and_names_are_kept_nowhere(
    log_contact: LogContact, mash_manager: Person, screener: Person, administrator: Person
) -> None:
    contact = log_contact(people=(CHILD, adult("Kathryn", "Thorn")), address=HOME)
    hold(screener, administrator, name="Catherine Thorne")
    assert found(contact) == [(screener.user.email, "home"), (screener.user.email, "person")]
    row = StaffRecord.objects.get()
    assert {key[0] for key in row.keys} == {"h", "p"}
    assert [key for key in row.keys if not re.fullmatch(r"[hp][0-9a-f]{64}", key)] == []


def test_managers_are_told_without_a_name_and_never_whom_it_is_about(
    log_contact: LogContact, mash_manager: Person, other_manager: Person, administrator: Person, client_of: ClientOf
) -> None:
    hold(mash_manager, administrator, name="Catherine Thorne")
    contact = log_contact(people=(CHILD, adult("Catherine", "Thorne")))
    assert actions.tell_staff_matches(viewer=CLOCK, at=AT) == 1
    assert actions.tell_staff_matches(viewer=CLOCK, at=AT) == 0
    told = Notice.objects.filter(kind="staff_match.found", channel="in_app")
    assert [one.membership_id for one in told] == [other_manager.membership.pk]
    assert "Thorne" not in told[0].subject + told[0].body
    page = reverse("screening:contact_closed_out", args=[contact.reference])
    shown = text(client_of(other_manager).get(page))
    assert "Matches with the staff list" in shown
    assert "Settle a match with the staff list" in text(client_of(other_manager).get(reverse("work")))
    own = text(client_of(mash_manager).get(page))
    assert "Matches with the staff list" not in own
    assert "Settle a match" not in text(client_of(mash_manager).get(reverse("work")))
    settle = reverse("screening:settle_match", args=[contact.reference])
    key = str(StaffMatch.objects.get().pk)
    answers = {"match": key, "outcome": "not_them", "reason": "It is not me, be sure.", "submission_key": key}
    assert client_of(mash_manager).post(settle, answers).status_code == 404


def test_a_match_that_nobody_settles_within_a_hub_hour_is_told_once_more(
    log_contact: LogContact, mash_manager: Person, other_manager: Person, administrator: Person
) -> None:
    hold(mash_manager, administrator, name="Catherine Thorne")
    log_contact(people=(CHILD, adult("Catherine", "Thorne")))
    actions.tell_staff_matches(viewer=CLOCK, at=AT)
    with acting_as(other_manager.viewer):
        due = StaffMatch.objects.get().settle_by
    assert due is not None
    assert [actions.tell_staff_matches(viewer=CLOCK, at=due + MINUTE * step) for step in (0, 1, 2)] == [0, 1, 0]
    told = Notice.objects.filter(kind="staff_match.late", channel="in_app")
    assert [one.membership_id for one in told] == [other_manager.membership.pk]
    assert [item.due_at for item in items_of(other_manager.viewer, "screening", at=AT)] == [due]


def test_with_no_other_manager_the_administrators_are_told_without_a_reference(
    log_contact: LogContact, mash_manager: Person, other_manager: Person, administrator: Person
) -> None:
    hold(mash_manager, administrator, name="Catherine Thorne")
    Membership.objects.filter(pk=other_manager.membership.pk).update(ends_on=AT.date() - timedelta(days=1))
    contact = log_contact(people=(CHILD, adult("Catherine", "Thorne")))
    actions.tell_staff_matches(viewer=CLOCK, at=AT)
    told = Notice.objects.filter(kind="hub.match_without_manager", channel="in_app")
    assert [one.membership_id for one in told] == [administrator.membership.pk]
    assert contact.reference not in told[0].subject + told[0].body + told[0].reference


@pytest.mark.parametrize(("outcome", "sees"), [("closed", 404), ("not_them", 200)])
def test_settling_closes_the_case_or_not(
    log_contact: LogContact,
    client_of: ClientOf,
    mash_manager: Person,
    screener: Person,
    administrator: Person,
    outcome: str,
    sees: int,
) -> None:
    hold(screener, administrator, name="Catherine Thorne")
    contact = log_contact(people=(CHILD, adult("Catherine", "Thorne")), address=HOME)
    page = reverse("contacts:contact", args=[contact.reference])
    assert client_of(screener).get(page).status_code == 200
    match = StaffMatch.objects.filter(matched_on="person").get()
    answers = {
        "match": str(match.pk),
        "outcome": outcome,
        "reason": "I rang and asked.",
        "submission_key": str(match.pk),
    }
    client = client_of(mash_manager)
    settle = reverse("screening:settle_match", args=[contact.reference])
    assert client.get(settle, {"match": str(match.pk)}).status_code == 200
    assert client.post(settle, answers).status_code == 302
    assert client_of(screener).get(page).status_code == sees
    open_now = StaffMatch.objects.filter(settled_at__isnull=True).count()
    assert open_now == (0 if outcome == "closed" else 1)


def test_the_administrators_page_says_that_it_is_held_and_not_what(
    client_of: ClientOf, administrator: Person, screener: Person
) -> None:
    client = client_of(administrator)
    address = reverse("agencies:birth_and_home", args=[screener.user.pk])
    said = {
        "born_day": "11",
        "born_month": "2",
        "born_year": "1984",
        "home": HOME,
        "submission_key": str(screener.user.pk),
    }
    assert client.post(address, said).status_code == 302
    page = text(client.get(reverse("agencies:account", args=[screener.user.pk])))
    assert "Held against the cases: date of birth and home address" in page
    assert "Larch" not in page + text(client.get(address))


@pytest.mark.parametrize(
    ("born", "home", "matched"),
    [(BORN, ELSEWHERE, ["person"]), (date(1990, 1, 5), HOME, ["home"]), (BORN, HOME, ["home", "person"])],
)
def test_what_an_empty_field_kept_is_compared_as_before(
    log_contact: LogContact, screener: Person, administrator: Person, born: date, home: str, matched: list[str]
) -> None:
    hold(screener, administrator, born=born, home="", name="Catherine Thorne")
    hold(screener, administrator, born=None, home=home)
    contact = log_contact(people=(CHILD, adult("Catherine", "Thorne")), address=HOME)
    assert [matched_on for _email, matched_on in found(contact)] == matched


def test_only_the_administrator_holds_it_and_an_address_must_be_one(
    administrator: Person, mash_manager: Person
) -> None:
    with acting_as(mash_manager.viewer) as viewer, pytest.raises(NotPermitted):
        record_birth_and_home(mash_manager.user, born=BORN, home="", viewer=viewer, at=AT)
    with acting_as(administrator.viewer) as viewer, pytest.raises(RuleBroken, match="house number"):
        record_birth_and_home(mash_manager.user, born=None, home="Larch", viewer=viewer, at=AT)


def test_wall_two_shows_matches_and_records_to_nobody_else(
    log_contact: LogContact, screener: Person, front_door: Person, mash_manager: Person, administrator: Person
) -> None:
    hold(screener, administrator, name="Catherine Thorne")
    log_contact(people=(CHILD, adult("Catherine", "Thorne")))
    for who, matches, records in (
        (front_door, 0, 0),
        (screener, 0, 0),
        (mash_manager, 1, 0),
        (administrator, 0, 1),
    ):
        with acting_as(who.viewer):
            assert (StaffMatch.objects.count(), StaffRecord.objects.count()) == (matches, records), who
