"""Pages of screening, enquiries and handovers: who gets them, what they post, how many queries they cost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.access.identity import acting_as
from contacts.models import Contact
from screening import actions
from screening.models import Enquiry, Handover, Screening
from tests.people import Person, team
from tests.screening import cases

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]


def url(name: str, reference: str = "") -> str:
    return reverse(f"screening:{name}", args=[reference] if reference else [])


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


def text(response: Any) -> str:
    return str(response.content.decode())


# Screening


def test_the_queue_shows_what_waits(client_of: ClientOf, screener: Person, contact: Contact) -> None:
    page = client_of(screener).get(url("queue"))
    assert page.status_code == 200
    assert contact.reference in text(page)
    assert "Tamsin" not in text(page)


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
        ("front_door", 403),
        ("social_worker", 403),
        ("police_officer", 403),
        ("early_help_worker", 403),
        ("auditor", 403),
        ("administrator", 403),
        ("stranger", 403),
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
    assert "Views missing: Social care, Health." in page or "Views missing: " in page
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
    assert _plain(foreign, contact.reference) == _plain(absent, "C-2222-2222")


def _plain(response: Any, reference: str) -> str:
    said = text(response).replace(reference, "")
    return "\n".join(line for line in said.splitlines() if "csrfmiddlewaretoken" not in line and "data-now" not in line)


# Enquiries


def test_the_list_is_ordered_by_what_is_due(
    client_of: ClientOf, mash_manager: Person, front_door: Person, screener: Person, at: datetime
) -> None:
    enquiries = [cases.opened(front_door, screener, at) for _ in range(3)]
    viewer = mash_manager.viewer
    with acting_as(viewer):
        for enquiry, colour in zip(enquiries, ("green", "red", "amber"), strict=True):
            actions.rate_enquiry(enquiry, colour, viewer=viewer, at=at)
    page = text(client_of(mash_manager).get(url("enquiries")))
    due = list(Enquiry.objects.order_by("due_at"))
    assert sorted(due, key=lambda one: page.index(one.reference)) == due


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", True),
        ("?state=to_rate", True),
        ("?state=closed", False),
        ("?colour=none", True),
        ("?colour=red", False),
        ("?mine=on", False),
        ("?state=<script>&page=-4", True),
        ("?page=99999999999999999999", True),
    ],
)
def test_filters(client_of: ClientOf, mash_manager: Person, enquiry: Enquiry, query: str, shown: bool) -> None:
    page = client_of(mash_manager).get(url("enquiries") + query)
    assert page.status_code == 200
    assert (enquiry.reference in text(page)) is shown


@pytest.mark.parametrize(
    ("who", "status", "sees_child"),
    [
        ("mash_manager", 200, True),
        ("front_door", 200, True),
        ("screener", 200, True),
        ("out_of_hours", 200, False),
        ("panel_police", 200, False),
        ("social_worker", 404, False),
        ("police_officer", 404, False),
        ("early_help_worker", 404, False),
        ("auditor", 404, False),
        ("administrator", 404, False),
        ("stranger", 404, False),
    ],
)
def test_who_gets_the_overview(
    request: pytest.FixtureRequest, client_of: ClientOf, enquiry: Enquiry, who: str, status: int, sees_child: bool
) -> None:
    page = client_of(request.getfixturevalue(who)).get(url("enquiry", enquiry.reference))
    assert page.status_code == status
    assert ("Tamsin" in text(page)) is sees_child


@pytest.mark.parametrize("page", ["rate", "own_deadline", "assign", "join", "clocks", "activity"])
def test_pages_of_the_manager(client_of: ClientOf, mash_manager: Person, enquiry: Enquiry, page: str) -> None:
    found = client_of(mash_manager).get(url(page, enquiry.reference))
    assert found.status_code == 200
    assert enquiry.reference in text(found)


def test_a_page_out_of_order_leads_to_what_can_be_done(
    client_of: ClientOf, mash_manager: Person, enquiry: Enquiry, handover: Handover
) -> None:
    client = client_of(mash_manager)
    page = client.get(url("rerate", enquiry.reference), follow=True)
    assert page.redirect_chain == [(url("enquiry", enquiry.reference), 302)]
    assert "That cannot be done at this stage." in text(page)
    for name in ("query_handover", "decline_handover", "answer_handover", "accept_handover", "send_anew"):
        back = client.get(url(name, handover.reference))
        assert (back.status_code, back["Location"]) == (302, url("handover", handover.reference))


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


def test_a_withdrawn_handover_and_words_that_say_too_little(
    client_of: ClientOf, screener: Person, early_help_worker: Person, handover: Handover
) -> None:
    team_client, client = client_of(early_help_worker), client_of(screener)
    said = {"version": handover.version, "text": "Kept"}
    page = team_client.post(url("query_handover", handover.reference), said)
    assert page.status_code == 200
    assert "at least 10 characters" in text(page)
    assert "Kept" in text(page)
    assert client.post(url("withdraw_handover", handover.reference), {"version": handover.version}).status_code == 302
    late = team_client.post(url("accept_handover", handover.reference), {"version": handover.version})
    assert late.status_code == 409
    short = {"team": str(team("early_help_team").pk), "handover_text": "Kept too"}
    again = client.post(url("send_anew", handover.reference), short)
    assert again.status_code == 200
    assert "Kept too" in text(again)
    foreign = {"team": str(team("lado").pk), "handover_text": "A text that is long enough for anybody."}
    assert client.post(url("send_anew", handover.reference), foreign).status_code == 200
    assert Handover.objects.count() == 1


@pytest.mark.parametrize("page", ["rate", "rerate", "own_deadline", "assign", "activity"])
def test_pages_that_are_not_the_front_doors(
    client_of: ClientOf, front_door: Person, stranger: Person, enquiry: Enquiry, page: str
) -> None:
    assert client_of(front_door).get(url(page, enquiry.reference)).status_code == 403
    assert client_of(stranger).get(url(page, enquiry.reference)).status_code == 404


def test_rating_by_the_form(client_of: ClientOf, mash_manager: Person, enquiry: Enquiry) -> None:
    client = client_of(mash_manager)
    assert "proposed" in text(client.get(url("rate", enquiry.reference)))
    assert client.post(url("rate", enquiry.reference), {"version": enquiry.version, "colour": "red"}).status_code == 302
    again = client.post(
        url("rate", enquiry.reference), {"version": enquiry.version, "colour": "green", "reason": "Kept"}
    )
    assert again.status_code == 409
    assert "Kept" in text(again)
    enquiry.refresh_from_db()
    said = {"version": enquiry.version, "colour": "amber", "reason": "The police know more than we did."}
    assert client.post(url("rerate", enquiry.reference), said).status_code == 302
    overview = text(client.get(url("enquiry", enquiry.reference)))
    assert "The police know more than we did." in overview


def test_a_deadline_in_the_past_is_refused(client_of: ClientOf, mash_manager: Person, enquiry: Enquiry) -> None:
    said = {"version": enquiry.version, "reason": "Court sits this noon."}
    day = {"own_due_at_day": "3", "own_due_at_month": "6", "own_due_at_year": "2025", "own_due_at_time": "12:00"}
    page = client_of(mash_manager).post(url("own_deadline", enquiry.reference), said | day)
    assert page.status_code == 200
    assert "Enter a deadline that is later than now." in text(page)


def test_assigning_by_the_form(
    client_of: ClientOf, mash_manager: Person, social_worker: Person, police_officer: Person, enquiry: Enquiry
) -> None:
    client = client_of(mash_manager)
    foreign = {"version": enquiry.version, "social_worker": str(police_officer.membership.pk)}
    assert client.post(url("assign", enquiry.reference), foreign).status_code == 200
    mine = {"version": enquiry.version, "social_worker": str(social_worker.membership.pk)}
    assert client.post(url("assign", enquiry.reference), mine).status_code == 302
    assert client_of(social_worker).get(url("enquiry", enquiry.reference)).status_code == 200
    assert client_of(social_worker).get(url("activity", enquiry.reference)).status_code == 200


def test_a_second_contact_joins_by_its_reference(
    client_of: ClientOf, front_door: Person, contact: Contact, enquiry: Enquiry
) -> None:
    client = client_of(front_door)
    refused = client.post(url("join", enquiry.reference), {"contact": "C-2222-2222"})
    assert "No contact with this reference waits to be screened." in text(refused)
    typed = {"contact": f" {contact.reference.lower()} "}
    assert client.post(url("join", enquiry.reference), typed).status_code == 302
    contact.refresh_from_db()
    assert contact.enquiry_id == enquiry.pk


def test_the_clocks_page_explains(client_of: ClientOf, mash_manager: Person, enquiry: Enquiry, at: datetime) -> None:
    with acting_as(mash_manager.viewer):
        actions.rate_enquiry(enquiry, "red", viewer=mash_manager.viewer, at=at)
    page = text(client_of(mash_manager).get(url("clocks", enquiry.reference)))
    assert "Decision, Red: 4 hours" in page


# Handovers


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("early_help_worker", 200),
        ("mash_manager", 200),
        ("front_door", 200),
        ("screener", 200),
        ("assessment_worker", 404),
        ("panel_police", 404),
        ("social_worker", 404),
        ("police_officer", 404),
        ("auditor", 404),
        ("stranger", 404),
    ],
)
def test_who_gets_a_handover(
    request: pytest.FixtureRequest, client_of: ClientOf, handover: Handover, who: str, status: int
) -> None:
    page = client_of(request.getfixturevalue(who)).get(url("handover", handover.reference))
    assert page.status_code == status
    assert ("Marks on both arms" in text(page)) is (status == 200)


def test_a_team_asks_and_accepts_by_the_pages(
    client_of: ClientOf, early_help_worker: Person, mash_manager: Person, handover: Handover
) -> None:
    team_client, hub_client = client_of(early_help_worker), client_of(mash_manager)
    said = {"version": handover.version, "text": "Which school does the child attend?"}
    assert team_client.post(url("query_handover", handover.reference), said).status_code == 302
    handover.refresh_from_db()
    reply = {"version": handover.version, "text": "Heron Lane School."}
    assert hub_client.post(url("answer_handover", handover.reference), reply).status_code == 302
    handover.refresh_from_db()
    page = text(team_client.get(url("handover", handover.reference)))
    assert "Heron Lane School." in page
    assert handover.contact.reference not in page
    done = team_client.post(url("accept_handover", handover.reference), {"version": handover.version})
    assert done.status_code == 302
    handover.refresh_from_db()
    assert handover.state == "accepted"


def test_a_declined_one_is_sent_anew_by_the_page(
    client_of: ClientOf, early_help_worker: Person, mash_manager: Person, handover: Handover
) -> None:
    said = {"version": handover.version, "text": "The family has moved away."}
    assert client_of(early_help_worker).post(url("decline_handover", handover.reference), said).status_code == 302
    client = client_of(mash_manager)
    assert "Send it to a team anew" in text(client.get(url("handover", handover.reference)))
    anew = {"team": str(team("early_help_team").pk), "handover_text": "They moved back: please see this family."}
    assert client.post(url("send_anew", handover.reference), anew).status_code == 302
    assert Handover.objects.count() == 2


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
    with django_assert_max_num_queries(12) as captured:
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
        with django_assert_max_num_queries(18) as captured:
            client.get(url(page, enquiry.reference))
        found[page] = len(captured)
    assert found == PAGE_QUERIES


LIST_QUERIES = 10
QUEUE_QUERIES = 13
PAGE_QUERIES = {"activity": 14, "clocks": 16, "enquiry": 17, "rate": 15}
