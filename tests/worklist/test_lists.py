"""What stands on whose list, in which group, about whom, and at what price."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

import contacts.actions
import screening.actions
from agencies.access.identity import acting_as
from common import work
from contacts.models import Contact, Protection, Subject
from contacts.rules.intake import ReportedPerson
from decisions import actions
from decisions.choices import DeclineReason, Outcome
from mash.worklist import Worklist, work_of
from tests.contacts.conftest import intake_of
from tests.people import Person
from tests.scenes.case import Case
from tests.work import items_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=6)
KEEPERS = ("front_door", "mash_manager", "screener")
CHILDREN = (
    ReportedPerson(given_name="Ada", family_name="Thornbury", date_of_birth=date(2019, 6, 4)),
    ReportedPerson(age_reported="5"),
)


def logged(who: Person, **changes: object) -> Contact:
    with acting_as(who.viewer) as viewer:
        return contacts.actions.receive_contact(intake_of(**changes), viewer=viewer, at=AT)


def raised(who: Person, contact: Contact) -> Protection:
    with acting_as(who.viewer) as viewer:
        return contacts.actions.protect_now(contact, "He is outside.", viewer=viewer, at=AT).protection


def list_of(who: Person, *, at: datetime = LATER) -> Worklist:
    with acting_as(who.viewer) as viewer:
        return work_of(viewer, at=at)


def groups(who: Person, *, at: datetime = LATER) -> dict[str, list[str]]:
    return {group.title: [item.reference for item in group.items] for group in list_of(who, at=at).groups}


@pytest.fixture
def case(db: None) -> Case:
    """Return a case that nobody has logged yet."""
    return Case(datetime(2026, 11, 18, 10, 0, tzinfo=UTC))


@pytest.fixture
def late(front_door: Person) -> list[Contact]:
    """Twenty contacts that are overdue."""
    return [logged(front_door) for _ in range(20)]


@pytest.mark.parametrize("who", KEEPERS)
def test_a_contact_in_danger_stands_above_every_clock(
    who: str, late: list[Contact], front_door: Person, request: pytest.FixtureRequest
) -> None:
    contact = logged(front_door, immediate_danger=True)
    first = list_of(request.getfixturevalue(who)).groups[0]
    assert (first.title, [item.reference for item in first.items]) == ("In danger now", [contact.reference])


def test_danger_beyond_the_longest_list_is_not_cut_away(
    late: list[Contact], front_door: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = logged(front_door, immediate_danger=True)
    monkeypatch.setattr(work, "MOST", 5)
    found = list_of(front_door)
    assert found.is_cut
    assert [item.reference for item in found.groups[0].items] == [contact.reference]


def test_an_alarm_is_in_danger_until_somebody_convenes_and_then_by_what_is_said(
    front_door: Person, mash_manager: Person, social_worker: Person
) -> None:
    contact = logged(front_door, immediate_danger=True)
    protection = raised(front_door, contact)
    assert groups(social_worker) == {"In danger now": [protection.reference]}
    with acting_as(social_worker.viewer) as viewer:
        contacts.actions.convene(protection, viewer=viewer, at=AT)
    assert groups(social_worker) == {"No longer known to be safe": [protection.reference]}
    child = Subject.objects.get(contact=contact, kind="child")
    with acting_as(social_worker.viewer) as viewer:
        contacts.actions.record_whereabouts(
            protection, child, place="", with_whom="Aunt", safe_until=LATER, viewer=viewer, at=AT
        )
    (item,) = items_of(social_worker.viewer, at=AT)
    assert (item.todo, item.act_at) == ("Protect now: hold the strategy discussion", AT + timedelta(hours=4))
    assert groups(social_worker, at=AT) == {item.todo: [protection.reference]}
    assert groups(social_worker, at=LATER) == {"No longer known to be safe": [protection.reference]}
    assert [one.people.danger_words for one in items_of(mash_manager.viewer, "contacts", at=LATER)][:1] == [
        "The time until which a child was safe has passed"
    ]


def test_danger_that_was_ended_with_a_reason_is_over(front_door: Person, mash_manager: Person) -> None:
    contact = logged(front_door, immediate_danger=True)
    protection = raised(front_door, contact)
    with acting_as(mash_manager.viewer) as viewer:
        contacts.actions.stand_down(protection, "Police found nobody there.", viewer=viewer, at=AT)
    assert groups(front_door, at=AT) == {"Claim and complete": [contact.reference]}
    assert groups(mash_manager, at=AT) == {}


def test_a_declined_red_is_the_managers_first_task_and_has_a_clock(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case, "in_mash", partial(case.in_mash, "red"))
    both = (Outcome.EARLY_HELP, Outcome.EARLY_HELP)
    summary = case.out(*both, teams={0: "early_help_team", 1: "early_help_team"})[0]
    with acting_as(case.who("ella_early_help").viewer) as viewer:
        actions.decline_summary(
            summary, DeclineReason.OTHER, "It is not ours.", viewer=viewer, at=case.at, version=summary.version
        )
    (first, *_others) = items_of(case.manager.viewer, at=case.at)
    assert first.reference == case.enquiry.reference
    assert first.todo == "A summary came back: release again or decide otherwise"
    assert first.due_at == case.at + timedelta(minutes=30)


def test_whom_it_is_about_is_the_first_child_and_how_many_more(front_door: Person) -> None:
    contact = logged(front_door, people=CHILDREN)
    hidden = logged(front_door, people=CHILDREN, address_is_protected=True)
    seen = {item.reference: (item.people.first, item.people.others) for item in items_of(front_door.viewer, at=AT)}
    assert seen == {contact.reference: ("Ada Thornbury, 6", 1), hidden.reference: ("", 0)}


def test_an_agency_sees_the_child_it_was_asked_about_and_no_sibling(case: Case) -> None:
    case.in_mash()
    request = case.asked()
    (item,) = items_of(case.who("police_researcher").viewer, "sharing", at=case.at)
    asked = [one.subject for one in request.asked_about.all() if one.subject.kind == "child"]
    assert (item.reference, item.people.others + 1) == (request.reference, len(asked))
    assert item.people.first.startswith(asked[0].given_name)


def test_counts_equal_the_list(late: list[Contact], front_door: Person, client_of: Callable[[Person], Client]) -> None:
    logged(front_door, immediate_danger=True)
    page = client_of(front_door).get(reverse("work")).content.decode()
    found = list_of(front_door, at=datetime.now(UTC))
    assert page.count("data-row") == found.count == sum(len(group.items) for group in found.groups)


COSTS = {"front_door": 6, "mash_manager": 7, "screener": 6, "social_worker": 7}


@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize("who", COSTS)
def test_a_list_costs_the_same_however_long(
    who: str,
    count: int,
    front_door: Person,
    screener: Person,
    mash_manager: Person,
    social_worker: Person,
    request: pytest.FixtureRequest,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        logged(front_door, immediate_danger=True)
        raised(front_door, logged(front_door))
        with acting_as(mash_manager.viewer) as viewer:
            enquiry = screening.actions.open_enquiry(logged(front_door), viewer=viewer, at=AT)
            screening.actions.rate_enquiry(enquiry, "green", viewer=viewer, at=AT)
            screening.actions.assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=AT)
    with acting_as(request.getfixturevalue(who).viewer) as viewer, django_assert_num_queries(COSTS[who]):
        assert work_of(viewer, at=LATER).count >= count
