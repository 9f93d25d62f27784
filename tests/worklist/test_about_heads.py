"""Heads and lists beside those of the contact say whom they are about, to whoever may see the children and nobody else.

Morning, exceptions, handover, request, summary, safety instruction, protective work.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import contacts.actions
import screening.actions
from agencies.access.identity import acting_as
from common.initials import initials_of
from contacts.actions import amend_contact
from contacts.models import Contact, Protection
from tests.people import ClientOf, Person
from tests.scenes import screening as cases
from tests.scenes.case import Case
from tests.scenes.screening import REASON
from tests.sending import Browser

pytestmark = pytest.mark.django_db
NAME = "Tamsin Orlebar, 9"
SHORT = "T. O., 9"
LOGGED = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def whom(client: Browser, page: str, *where: str) -> list[str]:
    """Return the children who stand on a page as those it is about; none of it may stand in the title."""
    answer = client.get(reverse(page, args=where))
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "Orlebar" not in re.findall(r"<title>(.*?)</title>", shown, re.DOTALL)[0]
    return re.findall(r'hub-work__child">(.*?)<', shown)


def initials_only(client: Browser) -> Browser:
    client.post(reverse("initials"), {"show": "initials"})
    return client


def at_night(out_of_hours: Person, count: int) -> list[Contact]:
    """Log contacts as the night team, the latest of them now."""
    now = timezone.now()
    logged = []
    with acting_as(out_of_hours.viewer) as viewer:
        for _ in range(count):
            one = contacts.actions.receive_contact(cases.intake(now), viewer=viewer, at=now)
            contacts.actions.protect_now(one, REASON, viewer=viewer, at=now)
            logged.append(one)
    return logged


@pytest.mark.parametrize("who", ["front_door", "mash_manager"])
def test_morning_names_the_children_of_what_the_night_did(
    who: str, request: pytest.FixtureRequest, client_of: ClientOf, out_of_hours: Person
) -> None:
    at_night(out_of_hours, 1)
    client = client_of(request.getfixturevalue(who))
    assert whom(client, "morning") == [NAME, NAME]
    assert whom(initials_only(client), "morning") == [SHORT, SHORT]


def test_morning_asks_the_same_however_much_the_night_did(
    client_of: ClientOf, out_of_hours: Person, mash_manager: Person
) -> None:
    counts = []
    for _ in range(2):
        at_night(out_of_hours, 1)
        client = client_of(mash_manager)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = whom(client, "morning")
        counts.append((len(found), len(asked)))
    assert [lines for lines, _ in counts] == [2, 4]
    assert counts[0][1] == counts[1][1]


def test_protected_home_stands_by_reference_alone_in_the_morning_and_on_protective_work(
    client_of: ClientOf, out_of_hours: Person, front_door: Person
) -> None:
    contact = at_night(out_of_hours, 1)[0]
    protection = Protection.objects.get(contact=contact)
    client = client_of(front_door)
    assert whom(client, "contacts:protection", protection.reference) == [NAME]
    with acting_as(front_door.viewer) as viewer:
        amend_contact(contact, {"address_is_protected": True}, viewer=viewer, at=timezone.now())
    assert whom(client, "morning") == []
    assert whom(client, "contacts:protection", protection.reference) == []


def test_exceptions_name_the_children_to_managers_and_nobody_to_auditors(
    client_of: ClientOf, front_door: Person, screener: Person, social_worker: Person, mash_manager: Person,
    auditor: Person,
) -> None:  # fmt: skip
    enquiry = cases.opened(front_door, screener, timezone.now())
    with acting_as(social_worker.viewer) as viewer:
        screening.actions.break_glass(enquiry.reference, REASON, viewer=viewer, at=timezone.now())
    found = {
        (page, who): whom(client_of(who), page) for page in ("morning", "screening:exceptions")
        for who in (mash_manager, auditor)
    }  # fmt: skip
    assert {key for key, children in found.items() if children == [NAME]} == {
        ("morning", mash_manager), ("screening:exceptions", mash_manager)
    }  # fmt: skip
    assert {tuple(children) for children in found.values()} == {(NAME,), ()}


def test_handover_names_the_children_to_the_hub_and_nobody_to_its_team(
    client_of: ClientOf, front_door: Person, screener: Person, mash_manager: Person, early_help_worker: Person
) -> None:
    handover = cases.handed_over(front_door, screener, timezone.now())
    found = {
        str(who): whom(client_of(who), "screening:handover", handover.reference)
        for who in (front_door, mash_manager, early_help_worker)
    }
    assert found == {str(front_door): [NAME], str(mash_manager): [NAME], str(early_help_worker): []}
    assert whom(client_of(early_help_worker), "decisions:inbox") == []


def test_overdue_handover_names_the_children_to_the_manager_who_chases(
    client_of: ClientOf, front_door: Person, screener: Person, mash_manager: Person
) -> None:
    handover = cases.handed_over(front_door, screener, timezone.now() - timedelta(days=10))
    shown = client_of(mash_manager).get(reverse("work")).content.decode()
    line = shown.partition(f">{handover.reference}<")[2].partition("</tr>")[0]
    assert re.findall(r'hub-work__child">(.*?)<', line) == [NAME]


@pytest.fixture
def case(db: None) -> Case:
    return Case(LOGGED)


def test_request_names_the_children_it_asks_about_to_both_sides(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    asked = case.asked("police")
    pages = ("request", "answer", "seal", "cannot_search", "withheld")
    asked_agency = client_of(case.who("police_researcher"))
    found = {page: whom(asked_agency, f"information_sharing:{page}", asked.reference) for page in pages}
    assert {page: len(children) for page, children in found.items()} == dict.fromkeys(pages, 1)
    hub = {
        page: whom(client_of(case.worker), f"information_sharing:{page}", asked.reference)
        for page in ("request", "spoken")
    }
    assert {page: len(children) for page, children in hub.items()} == {"request": 1, "spoken": 1}


def test_summary_names_the_children_to_the_team_that_got_it(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.told()
    case.recommended()
    summary = case.out()[0]
    team = client_of(case.who("asha_assessment"))
    named = whom(team, "decisions:summary", summary.reference)
    assert (len(named), named != [initials_of(named[0])]) == (1, True)
    assert whom(initials_only(team), "decisions:summary", summary.reference) == [initials_of(named[0])]


def test_safety_instruction_names_the_children_to_the_manager(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.told()
    case.recommended()
    _summary, instruction = case.instructed()
    assert len(whom(client_of(case.manager), "information_sharing:instruction", instruction.reference)) == 1
