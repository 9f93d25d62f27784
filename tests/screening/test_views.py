"""Pages of screening: who gets them, what they post, what the lists cost."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from agencies.access.identity import acting_as
from contacts.models import Contact
from screening import actions
from screening.models import Enquiry, Handover, Screening
from tests.drawn import plain, text
from tests.people import ClientOf, Person, team
from tests.scenes import screening as cases
from tests.scenes.screening import url

pytestmark = pytest.mark.django_db


def answers(exit_: str, **changes: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "version": 1,
        "submission_key": uuid.uuid4(),
        "exit": exit_,
        "criteria": ["unexplained_injury"],
        "level_1": "level_3",
        "reasons": cases.REASONS,
    }
    return said | changes


def test_the_queue_shows_what_waits(client_of: ClientOf, screener: Person, contact: Contact) -> None:
    page = client_of(screener).get(url("queue"))
    assert page.status_code == 200
    assert contact.reference in text(page)
    assert "Tamsin Orlebar, 9" in text(page)


def test_the_queue_of_the_panel_is_empty_without_a_panel(
    client_of: ClientOf, panel_police: Person, contact: Contact
) -> None:
    page = client_of(panel_police).get(url("queue"))
    assert contact.reference not in text(page)
    assert "No contact waits for you to screen it." in text(page)


def test_the_page_preselects_nothing(client_of: ClientOf, screener: Person, contact: Contact) -> None:
    page = text(client_of(screener).get(url("screen", contact.reference)))
    assert " checked" not in page
    assert cases.CONCERN in page
    assert "Level of need: Tamsin Orlebar" in page
    assert "The class teacher saw marks" not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("screener", 200),
        ("mash_manager", 200),
        ("panel_police", 404),
        ("front_door", 200),
        ("social_worker", 404),
        ("police_officer", 404),
        ("early_help_worker", 404),
        ("auditor", 404),
        ("administrator", 404),
        ("stranger", 404),
    ],
)
def test_who_gets_the_screening_page(
    request: pytest.FixtureRequest, client_of: ClientOf, contact: Contact, who: str, status: int
) -> None:
    page = client_of(request.getfixturevalue(who)).get(url("screen", contact.reference))
    assert page.status_code == status
    assert (cases.CONCERN in text(page)) is (status == 200)


def test_deciding_by_the_form(client_of: ClientOf, screener: Person, contact: Contact) -> None:
    page = client_of(screener).post(url("decide_screening", contact.reference), answers("mash", proposed_colour="red"))
    assert page.status_code == 302
    assert Screening.objects.get().proposed_colour == "red"
    assert Enquiry.objects.count() == 1


def test_a_double_submit_gives_one_decision(client_of: ClientOf, screener: Person, contact: Contact) -> None:
    client, said = client_of(screener), answers("mash")
    first = client.post(url("decide_screening", contact.reference), said)
    second = client.post(url("decide_screening", contact.reference), said)
    assert (first.status_code, second.status_code, second["Location"]) == (302, 302, first["Location"])
    assert Enquiry.objects.count() == 1


def test_a_second_decision_is_told_who_was_first(
    client_of: ClientOf, screener: Person, mash_manager: Person, contact: Contact
) -> None:
    client_of(screener).post(url("decide_screening", contact.reference), answers("mash"))
    page = client_of(mash_manager).post(
        url("decide_screening", contact.reference), answers("advice", reasons="Kept although it came too late.")
    )
    assert page.status_code == 409
    assert "Kept although it came too late." in text(page)
    assert screener.user.name in text(page)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"exit": ""}, "Where does this contact go?"),
        ({"criteria": []}, "Select the criteria that are met, or that none is"),
        ({"criteria": ["none_met", "neglect"]}, "not both"),
        ({"level_1": ""}, "Select a level of need for Tamsin Orlebar"),
        ({"reasons": "short"}, "at least 20 characters"),
        ({"exit": "early_help"}, "Choose the team that takes over"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    client_of: ClientOf, screener: Person, contact: Contact, changes: dict[str, Any], sentence: str
) -> None:
    typed = {"handover_text": "Kept text for the team."} | changes
    page = client_of(screener).post(url("decide_screening", contact.reference), answers("mash", **typed))
    assert page.status_code == 200
    assert sentence in text(page).replace("&#x27;", "'")
    assert "Kept text for the team." in text(page)
    assert not Screening.objects.exists()


def test_a_team_of_another_kind_is_refused_on_the_page(client_of: ClientOf, screener: Person, contact: Contact) -> None:
    said = answers("early_help", team=str(team("lado").pk), handover_text="Please see this family this week.")
    page = client_of(screener).post(url("decide_screening", contact.reference), said)
    assert "Choose a team that takes over what goes to this exit." in text(page)
    assert not Handover.objects.exists()


def test_hostile_and_long_text_is_text(client_of: ClientOf, screener: Person, contact: Contact) -> None:
    hostile = "<script>alert(1)</script> \u202eright to left 🧒 " + "x" * 19_000
    client = client_of(screener)
    assert client.post(url("decide_screening", contact.reference), answers("mash", reasons=hostile)).status_code == 302
    page = text(client.get(url("screen", contact.reference)))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_text_that_is_too_long_is_said(client_of: ClientOf, screener: Person, contact: Contact) -> None:
    page = client_of(screener).post(url("decide_screening", contact.reference), answers("mash", reasons="y" * 20_001))
    assert "must be 20,000 characters or fewer" in text(page)


def test_fourteen_children(client_of: ClientOf, screener: Person, front_door: Person, at: datetime) -> None:
    many = cases.received(front_door, at, people=tuple([cases.CHILD] * 13 + [cases.UNBORN]))
    levels = {f"level_{place}": "level_2" for place in range(1, 15)}
    page = client_of(screener).post(url("decide_screening", many.reference), answers("mash", **levels))
    assert page.status_code == 302
    assert Screening.objects.get().children.count() == 14


def test_the_panel_by_the_pages(
    client_of: ClientOf, screener: Person, panel_police: Person, administrator: Person, contact: Contact
) -> None:
    cases.with_panel_of_several(administrator)
    social_care, police = client_of(screener), client_of(panel_police)
    assert social_care.post(url("to_panel", contact.reference), {"version": 1}).status_code == 302
    view = {"exit": "mash", "reason": "More than one of us knows this family."}
    assert police.post(url("view", contact.reference), view).status_code == 302
    page = text(social_care.get(url("screen", contact.reference)))
    assert re.findall(r"Views missing: ([^.<]*)", page) == ["Social care, Health"]
    assert "More than one of us knows this family." in page
    assert social_care.post(url("view", contact.reference), view).status_code == 302
    version = Screening.objects.get().version
    done = social_care.post(url("decide_screening", contact.reference), answers("mash", version=version))
    assert done.status_code == 302
    assert Enquiry.objects.count() == 1


def test_a_foreign_reference_and_an_absent_one_look_alike(
    client_of: ClientOf, panel_police: Person, contact: Contact
) -> None:
    client = client_of(panel_police)
    foreign = client.get(url("screen", contact.reference))
    absent = client.get(url("screen", "C-2222-2222"))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert plain(foreign) == plain(absent)


@pytest.mark.parametrize("name", ["decide_screening", "view", "to_panel", "put_to_manager"])
def test_a_link_to_a_screening_move_leads_to_its_page(
    client_of: ClientOf, screener: Person, contact: Contact, name: str
) -> None:
    back = client_of(screener).get(url(name, contact.reference))
    assert (back.status_code, back["Location"]) == (302, url("screen", contact.reference))


def test_a_view_that_says_too_little_is_shown_again(
    client_of: ClientOf, screener: Person, administrator: Person, contact: Contact
) -> None:
    cases.with_panel_of_several(administrator)
    client = client_of(screener)
    client.post(url("to_panel", contact.reference), {"version": 1})
    page = client.post(url("view", contact.reference), {"exit": "mash", "reason": "Kept"})
    assert page.status_code == 200
    assert "at least 10 characters" in text(page)
    assert "Kept" in text(page)


def test_a_hub_without_a_panel_says_so(client_of: ClientOf, screener: Person, contact: Contact) -> None:
    page = client_of(screener).post(url("to_panel", contact.reference), {"version": 1}, follow=True)
    assert "This hub screens without a panel" in text(page)
    assert Contact.objects.get(pk=contact.pk).state == "received"


def test_the_panel_puts_it_to_the_manager_by_the_page(
    client_of: ClientOf, screener: Person, mash_manager: Person, administrator: Person, contact: Contact
) -> None:
    cases.with_panel_of_several(administrator)
    client = client_of(screener)
    client.post(url("to_panel", contact.reference), {"version": 1})
    version = Screening.objects.get().version
    assert client.post(url("put_to_manager", contact.reference), {"version": version}).status_code == 302
    assert "With the manager" in text(client_of(mash_manager).get(url("screen", contact.reference)))


# My work


def test_work_of_each(
    client_of: ClientOf,
    screener: Person,
    mash_manager: Person,
    early_help_worker: Person,
    contact: Contact,
    enquiry: Enquiry,
    handover: Handover,
) -> None:
    assert contact.reference in text(client_of(screener).get(reverse("work")))
    manager = text(client_of(mash_manager).get(reverse("work")))
    assert enquiry.reference in manager
    assert contact.reference not in manager
    team_page = text(client_of(early_help_worker).get(reverse("work")))
    assert handover.reference in team_page
    assert enquiry.reference not in team_page


# What a page costs


@pytest.mark.parametrize("count", [2, 7])
def test_lists_cost_the_same_however_long(
    client_of: ClientOf,
    django_assert_max_num_queries: Any,
    mash_manager: Person,
    screener: Person,
    front_door: Person,
    at: datetime,
    count: int,
) -> None:
    for _ in range(count):
        cases.opened(front_door, screener, at)
        cases.received(front_door, at)
    client = client_of(mash_manager)
    with django_assert_max_num_queries(15) as captured:
        client.get(url("enquiries"))
    assert len(captured) == LIST_QUERIES
    client = client_of(screener)
    with django_assert_max_num_queries(17) as captured:
        client.get(url("queue"))
    assert len(captured) == QUEUE_QUERIES


@pytest.mark.parametrize("count", [1, 5])
def test_an_enquiry_costs_the_same_however_many_contacts(
    client_of: ClientOf,
    django_assert_max_num_queries: Any,
    mash_manager: Person,
    front_door: Person,
    enquiry: Enquiry,
    at: datetime,
    count: int,
) -> None:
    for _ in range(count):
        further = cases.received(front_door, at)
        with acting_as(front_door.viewer):
            actions.join_enquiry(enquiry, further, viewer=front_door.viewer, at=at)
    client = client_of(mash_manager)
    found = {}
    for page in ("enquiry", "clocks", "activity", "rate"):
        with django_assert_max_num_queries(25) as captured:
            client.get(url(page, enquiry.reference))
        found[page] = len(captured)
    assert found == PAGE_QUERIES


LIST_QUERIES = 15
QUEUE_QUERIES = 15
PAGE_QUERIES = {"activity": 18, "clocks": 22, "enquiry": 25, "rate": 22}
