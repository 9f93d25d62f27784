"""What is not there is said truly: none recorded, nobody answered, not asked, not shown are four words.

Four enquiries, in each of which another of the four is the truth for whoever would see all. Whoever would not reads
"not shown" in each of them, word for word the same: a page tells them of no row that it hides. What is true is
counted in rows; who would see all is written here apart from the pages.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.urls import reverse

import information_sharing.actions as sharing
from agencies.access.identity import acting_as
from contacts.models import Contact
from tests.people import ClientOf, person
from tests.proofs.figures import add
from tests.proofs.notes import keep
from tests.scenes.case import Case

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 18, 10, tzinfo=UTC)

WORDS = ("None is recorded", "Nobody has answered yet", "Not asked", "Not shown to you")
NONE, UNANSWERED, NOT_ASKED, NOT_SHOWN = WORDS
WORLDS = ("nobody asked", "nobody answered", "nothing held", "told")

TEAM = ("maeve_manager", "saira_worker")
ITEMS = {
    "nobody asked": NOT_ASKED,
    "nobody answered": UNANSWERED,
    "nothing held": NONE,
    "told": "",
}
"""What a page of what agencies gave says to whoever would see it, in each world; empty where something stands there."""

FACTS = {"nobody asked": (0, 0, 0), "nobody answered": (2, 0, 0), "nothing held": (2, 2, 0), "told": (2, 1, 1)}
"""How many were asked, how many of them answered, how many items stand."""

PAGES = {
    "information_sharing:information": (TEAM, ("omar_nights",)),
    "decisions:analysis": (("saira_worker",), ()),
    "information_sharing:chronology": (TEAM, ("omar_nights", "police_lead", "health_researcher")),
}
"""Pages of what agencies gave: who would see all of it, and who would not."""

HAZARDS = {None: NOT_ASKED, False: NONE, True: "Two dogs loose in the yard."}
HEADER_ONLY = ("health_researcher", "police_lead", "sunita_screener")
"""Who opens the header of an enquiry and none of its contacts: at once, or once the screening lies behind."""


@pytest.fixture(params=WORLDS)
def hub(request: pytest.FixtureRequest, db: None) -> tuple[str, Case]:
    """Build one enquiry, Red so that the night sees it, in one of the four worlds."""
    case = Case(AT).in_mash("red")
    if request.param == "told":
        case.told("police")
        case.asked("health")
    elif request.param != "nobody asked":
        for key in ("police", "health"):
            asked = case.asked(key)
            if request.param == "nothing held":
                with acting_as(case.who(f"{key}_researcher").viewer) as viewer:
                    search = sharing.Search("Log", "name")
                    sharing.answer_nothing_held(asked, search, viewer=viewer, at=AT)
    return request.param, case


def said(page: str) -> list[str]:
    """Return which of the four words a page says, in the places where nothing stands."""
    empties = re.findall(r'class="hub-empty">\s*<p class="govuk-body"><strong>(.*?)</strong>', page, re.DOTALL)
    return [one.strip() for one in empties]


def facts(case: Case) -> tuple[int, int, int]:
    """Return how many were asked, how many of them answered, and how many items stand: rows, counted by no page."""
    with acting_as(case.manager.viewer), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE state = 'answered'),"
            " (SELECT count(*) FROM information_sharing_item i WHERE i.enquiry_id = %s AND i.given_at IS NOT NULL)"
            " FROM information_sharing_informationrequest WHERE enquiry_id = %s",
            [case.enquiry.pk, case.enquiry.pk],
        )
        asked, answered, items = cursor.fetchone()
    return asked, answered, items


def test_what_agencies_gave(hub: tuple[str, Case], client_of: ClientOf) -> None:
    world, case = hub
    assert facts(case) == FACTS[world]
    wrong, compared = [], 0
    for route, (all_of_it, part_of_it) in PAGES.items():
        url = reverse(route, args=[case.enquiry.reference])
        for key in (*all_of_it, *part_of_it):
            page = client_of(person(key)).get(url)
            if page.status_code != 200:
                continue
            compared += 1
            truth = ITEMS[world] if key in all_of_it else _of_part(key, route, world)
            found = said(page.content.decode())
            if found != ([truth] if truth else []):
                wrong.append(f"{world}: {key} at {route}: {found}, true is {truth or 'something stands there'}")
    keep(f"absences {world}", wrong)
    add("seen: statements of absence compared", compared, ">= 30")
    add("seen: statements of absence that are not true", len(wrong), "0")
    assert wrong == []


def _of_part(key: str, route: str, world: str) -> str:
    """Return what somebody reads who sees their own alone: nothing is said where their own stands there."""
    return "" if world == "told" and key == "police_lead" else NOT_SHOWN


@pytest.mark.parametrize("hazard", [None, False, True], ids=["not asked", "none", "dogs"])
def test_hazards_and_people(hazard: bool | None, client_of: ClientOf, db: None) -> None:
    case = Case(AT).in_mash("red")
    case.asked("health")
    with acting_as(case.who("fiona_front").viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        contact.visit_hazard, contact.hazards = hazard, HAZARDS[True] if hazard else ""
        contact.save(update_fields=["visit_hazard", "hazards"])
    url, wrong = reverse("screening:enquiry", args=[case.enquiry.reference]), []
    for key in (*TEAM, "fiona_front", "omar_nights", "health_researcher", "police_lead"):
        page = client_of(person(key)).get(url)
        if page.status_code != 200:
            continue
        shown = page.content.decode().split("Hazards of a visit</h2>")[1].split("</p>")[0].rpartition(">")[2].strip()
        truth = NOT_SHOWN if key in HEADER_ONLY else HAZARDS[hazard]
        if shown != truth:
            wrong.append(f"{key}: {shown}, true is {truth}")
        add("seen: statements of absence compared", 1, ">= 30")
    add("seen: statements of absence that are not true", len(wrong), "0")
    assert wrong == []
