"""Hazards of a visit: asked, named, and first for whoever knocks on the door."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agencies.access.identity import acting_as
from contacts.rules.hazards import hazards_in_words, hazards_of_several
from contacts.rules.intake import hazard_problems
from decisions import queries
from tests.people import ClientOf
from tests.scenes.case import Case
from tests.scenes.families import QUILL, worry_about
from tests.scenes.stages import logged

DOGS = "Two dogs loose in the yard."


@pytest.mark.parametrize(
    ("said", "words"), [((True, DOGS), DOGS), ((False, ""), "None is recorded"), ((None, ""), "Not asked")]
)
def test_asked_none_and_named_are_three_words(said: tuple[bool | None, str], words: str) -> None:
    assert hazards_in_words(*said) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([(None, ""), (True, DOGS), (True, DOGS)], DOGS),
        ([(False, ""), (False, "")], "None is recorded"),
        ([(False, ""), (None, "")], "Not asked"),
        ([], "Not asked"),
    ],
)
def test_none_is_recorded_only_where_every_contact_was_asked(said: list[tuple[bool | None, str]], words: str) -> None:
    assert hazards_of_several(said) == words


@pytest.mark.parametrize(
    ("said", "field"),
    [((True, " "), "hazards"), ((None, DOGS), "visit_hazard"), ((False, DOGS), "visit_hazard")],
)
def test_a_hazard_is_named(said: tuple[bool | None, str], field: str) -> None:
    assert [one.field for one in hazard_problems(*said)] == [field]


def test_a_contact_says_it_first(case: Case, client_of: ClientOf) -> None:
    fiona = case.who("fiona_front")
    contact = logged(worry_about(QUILL, case.at, visit_hazard=True, hazards=DOGS), fiona, case.at)
    page = client_of(fiona).get(reverse("contacts:contact", args=[contact.reference])).content.decode()
    assert page.index(DOGS) < page.index("As reported")


def test_the_enquiry_and_the_team_read_it(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    with acting_as(case.who("fiona_front").viewer):
        case.contact.refresh_from_db()
        case.contact.visit_hazard, case.contact.hazards = True, DOGS
        case.contact.save(update_fields=["visit_hazard", "hazards"])
    asked = case.asked()
    pages = {
        key: client_of(case.who(key)).get(reverse("screening:enquiry", args=[case.enquiry.reference])).content.decode()
        for key in ("saira_worker", "police_researcher")
    }
    assert asked.enquiry_id == case.enquiry.pk
    shown = {
        key: page.split("Hazards of a visit</h2>")[1].split("</p>")[0].rpartition(">")[2] for key, page in pages.items()
    }
    assert shown == {"saira_worker": DOGS, "police_researcher": "Not shown to you"}
    case.recommended()
    case.decided()
    summary = case.released(case.with_manager(case.prepared()[0]))
    with acting_as(case.who("asha_assessment").viewer) as viewer:
        seen = queries.summary_seen(viewer, queries.get_summary(viewer, summary.reference), at=case.at)
    assert seen.summary.hazards == DOGS
