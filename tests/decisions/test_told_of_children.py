"""What a receiving team sees of each child: what the manager's preview shows, frozen, and no other child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.test import Client

import contacts.actions
import information_sharing.actions as sharing
import screening.queries
from agencies.access.identity import acting_as
from contacts.choices import Sex
from contacts.models import Subject
from contacts.rules.intake import ReportedPerson
from decisions import queries
from decisions.choices import Outcome
from decisions.queries.summary import SummaryChildSeen
from information_sharing.choices import Handling
from information_sharing.models import Item
from tests.people import Person
from tests.scenes.case import Case
from tests.scenes.families import QUILL

ANA = ReportedPerson(
    given_name="Ana",
    family_name="Quill",
    date_of_birth=date(2017, 4, 2),
    sex=Sex.FEMALE,
    nhs_number="9434765919",
    school="Hill School",
    practice="Elm Surgery",
    lives_in_household=True,
)
UNBORN = ReportedPerson(is_unborn=True, expected_on=date(2027, 2, 1))
SEEN_OF_ANA = SummaryChildSeen(
    name="Ana Quill",
    born="born 2 April 2017",
    outcome="Assessment by children's social care",
    level_of_need="Level 4: statutory or specialist",
    facts=[
        ("Where the child is", "At home, as reported; nothing else is recorded"),
        ("Sex", "Female"),
        ("NHS number", "9434765919"),
        ("School", "Hill School"),
        ("General practice", "Elm Surgery"),
    ],
)


@pytest.fixture
def family(case: Case) -> Case:
    """A case about Ana and an unborn child, recommended and decided."""
    case.children = (ANA, UNBORN)
    case.in_mash()
    case.recommended()
    return case


def preview(case: Case, summary: object) -> list[SummaryChildSeen]:
    viewer = case.manager.viewer
    with acting_as(viewer):
        found = queries.get_summary(viewer, str(summary))
        return queries.summary_seen(viewer, found, at=case.at).children


def team_reads(case: Case, key: str, summary: object) -> list[SummaryChildSeen]:
    viewer = case.who(key).viewer
    with acting_as(viewer):
        found = queries.get_summary(viewer, str(summary))
        return queries.summary_seen(viewer, found, at=case.at).children


@pytest.mark.parametrize(
    ("outcome", "team", "reader"),
    [
        (Outcome.ASSESSMENT, "assessment", "asha_assessment"),
        (Outcome.EARLY_HELP, "early_help_team", "ella_early_help"),
    ],
)
def test_the_team_reads_each_child_as_the_preview_showed_it(family: Case, outcome: str, team: str, reader: str) -> None:
    family.decided(outcome, outcome)
    summary = family.with_manager(family.prepared({0: team, 1: team})[0])
    before = preview(family, summary)
    family.released(summary)
    assert [(child.name, child.born) for child in before] == [
        ("Ana Quill", "born 2 April 2017"),
        ("Unborn child (person 2)", "expected 1 February 2027"),
    ]
    assert before[0].facts == SEEN_OF_ANA.facts
    assert team_reads(family, reader, summary) == before == preview(family, summary)


def test_a_team_sees_its_own_children_alone(family: Case) -> None:
    family.decided(Outcome.ASSESSMENT, Outcome.EARLY_HELP)
    first, second = (
        family.released(family.with_manager(one)) for one in family.prepared({0: "assessment", 1: "early_help_team"})
    )
    assert [child.name for child in team_reads(family, "asha_assessment", first)] == ["Ana Quill"]
    assert [child.name for child in team_reads(family, "ella_early_help", second)] == ["Unborn child (person 2)"]


def test_where_a_child_is_goes_out_as_it_was_said_last(family: Case) -> None:
    worker = family.worker.viewer
    ana = family.subjects()[0]
    with acting_as(worker):
        raised = contacts.actions.protect_now(family.contact, "He waits outside.", viewer=worker, at=family.at)
        for minute, place in enumerate(("Home", "Her aunt's, 3 Ash Lane")):
            contacts.actions.record_whereabouts(
                raised.protection,
                ana,
                place=place,
                with_whom="Jo Quill",
                safe_until=family.at + timedelta(hours=8),
                viewer=worker,
                at=family.at + timedelta(minutes=minute),
            )
    family.decided()
    summary = family.with_manager(family.prepared()[0])
    before = preview(family, summary)
    family.released(summary)
    said = "Her aunt's, 3 Ash Lane, with Jo Quill (recorded 18 Nov 2026, 10:01; safe until 18 Nov 2026, 18:00)"
    assert before[0].facts[0] == ("Where the child is", said)
    assert team_reads(family, "asha_assessment", summary) == before


def test_a_protected_address_is_not_written_out_with_the_child(case: Case) -> None:
    case.children = (ReportedPerson(given_name="Bo", lives_in_household=False, address="1 Refuge Row"),)
    case.in_mash()
    with acting_as(case.manager.viewer):
        case.contact.refresh_from_db()
        case.contact.address_is_protected = True
        case.contact.save(update_fields=["address_is_protected"])
    case.recommended()
    case.decided()
    summary = case.released(case.with_manager(case.prepared()[0]))
    where = team_reads(case, "asha_assessment", summary)[0].facts[0][1]
    assert where == "Lives elsewhere, as reported; ring the hub for the address"


def test_what_the_team_reads_does_not_change_when_the_record_does(family: Case) -> None:
    family.decided()
    summary = family.released(family.with_manager(family.prepared()[0]))
    before = team_reads(family, "asha_assessment", summary)
    with acting_as(family.manager.viewer):
        ana = Subject.objects.get(contact=family.contact, position=family.subjects()[0].position)
        ana.given_name, ana.school = "Anna", "Another School"
        ana.save(update_fields=["given_name", "school"])
    assert team_reads(family, "asha_assessment", summary) == before


def test_the_page_of_the_decision_tells_the_team_what_was_decided_for_its_children(family: Case) -> None:
    family.decided(Outcome.ASSESSMENT, Outcome.EARLY_HELP)
    for one in family.prepared({0: "assessment", 1: "early_help_team"}):
        family.released(family.with_manager(one))
    viewer = family.who("asha_assessment").viewer
    with acting_as(viewer):
        enquiry = screening.queries.get_enquiry(viewer, family.enquiry.reference)
        read = queries.outcome_page(viewer, enquiry).decisions[0]
    assert [(child.name, child.born, child.outcome, child.level_of_need) for child in read.children] == [
        ("Ana Quill", "born 2 April 2017", "Assessment by children's social care", "Level 4: statutory or specialist")
    ]
    assert read.reasons_sent == ["Ana Quill: Level 4: statutory or specialist. Because of what Ana Quill said."]


def test_the_pages_of_the_team_name_its_children(family: Case, client_of: Callable[[Person], Client]) -> None:
    family.decided()
    summary = family.released(family.with_manager(family.prepared()[0]))
    team = client_of(family.who("asha_assessment"))
    inbox = team.get("/inbox/").content.decode()
    assert 'class="hub-work__child">Ana Quill, born 2 April 2017</span> <span class="hub-work__others">+1<' in inbox
    page = team.get(f"/summaries/{summary.reference}/").content.decode()
    outcome = team.get(f"/enquiries/{family.enquiry.reference}/decision/").content.decode()
    link = f'href="/enquiries/{family.enquiry.reference}/decision/"'
    told = (
        "Ana Quill, born 2 April 2017",
        "Unborn child (person 2), expected 1 February 2027",
        "Assessment by children",
    )
    assert [words for words in (*told, "9434765919", "Elm Surgery", link) if words not in page] == []
    assert [words for words in told if words not in outcome] == []


def test_items_stand_by_their_days_and_not_by_the_words_of_them(case: Case) -> None:
    case.in_mash()
    request = case.asked()
    officer = case.who("police_researcher").viewer
    days = (date(2026, 11, 18), date(2026, 11, 7), None, date(2025, 12, 1))
    items = [sharing.NewItem(text=f"On {day}.", handling=Handling.ONWARD, occurred_on=day) for day in days]
    with acting_as(officer):
        sharing.answer_with_items(request, items, sharing.Search("Log", "name"), viewer=officer, at=case.at)
        given = {item.pk: item.version for item in Item.objects.filter(request=request)}
    case.recommended()
    case.decided()
    summary = case.with_manager(case.prepared()[0], given)
    manager, team = case.manager.viewer, case.who("asha_assessment").viewer
    with acting_as(manager):
        before = queries.summary_seen(manager, queries.get_summary(manager, str(summary)), at=case.at).items
    case.released(summary)
    with acting_as(team):
        seen = queries.summary_seen(team, queries.get_summary(team, str(summary)), at=case.at).items
    assert [item.text for item in seen] == ["On 2025-12-01.", "On 2026-11-07.", "On 2026-11-18.", "On None."]
    assert seen == before


def test_home_that_another_child_protects_is_not_written_out_with_one_who_left(case: Case) -> None:
    left = ReportedPerson(given_name="Bo", lives_in_household=False, address=QUILL.address)
    case.children = (left, ReportedPerson(given_name="Cy", address_is_protected=True, protected_from="Jo Quill"))
    case.in_mash()
    case.recommended()
    case.decided()
    summary = case.released(case.with_manager(case.prepared()[0]))
    where = team_reads(case, "asha_assessment", summary)[0].facts[0][1]
    assert where == "Lives elsewhere, as reported; ring the hub for the address"


def test_where_a_child_is_stays_told_when_the_protective_work_has_ended(family: Case) -> None:
    """The danger is over; that she is with her grandmother is not."""
    manager, ana = family.manager.viewer, family.subjects()[0]
    with acting_as(manager):
        work = contacts.actions.protect_now(family.contact, "He waits.", viewer=manager, at=family.at).protection
        record = partial(contacts.actions.record_whereabouts, work, ana, viewer=manager, at=family.at)
        record(place="Her grandmother's", with_whom="her grandmother", safe_until=None)
        contacts.actions.stand_down(work, "She is safe there.", viewer=manager, at=family.at)
    family.decided()
    told = preview(family, family.prepared({0: "assessment"})[0])[0].facts[0]
    assert told == ("Where the child is", "Her grandmother's, with her grandmother (recorded 18 Nov 2026, 10:00)")
