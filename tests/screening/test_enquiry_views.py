"""Pages of MASH enquiries: who gets them, what they post."""

from __future__ import annotations

from datetime import datetime

import pytest

from agencies.access.identity import acting_as
from contacts.models import Contact
from screening import actions
from screening.models import Enquiry, Handover
from tests.drawn import text
from tests.people import ClientOf, Person
from tests.scenes import screening as cases
from tests.scenes.screening import url

pytestmark = pytest.mark.django_db


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
