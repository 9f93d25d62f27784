"""My work as data: every section speaks of states, moves and pages that exist, and nobody's move is on no list."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from agencies.access.diagrams import Record, records
from agencies.choices import Role
from clock.choices import Measure
from common.transition import StateTable
from common.work import Section
from mash.worklist.sections import SECTIONS, SOURCES, STAGES
from tests.architecture.holding import held_as

WAITS_FOR_NOBODY = {
    "contact.amended": "what is missing is asked for by the section of its stage; more can be added at any time",
    "contact.kept_safe": "begins with somebody who rings, not with a list",
    "contact.corrected": "a correction begins with somebody who knows better, not with a list",
    "contact.acknowledged": "stands in `contacts.to_acknowledge` from the enquiry on; before, screening is what waits",
    "contact.claimed": "claiming is a help of the front door; screeners and the manager screen without it",
    "contact.sent_to_panel": "a choice within screening, which has its own record",
    "contact.returned_from_panel": "a change of mind about a panel that sits",
    "contact.entered_enquiry": "an exit of screening, which has its own record",
    "contact.passed_on": "an exit of screening, which has its own record",
    "contact.ended": "an exit of screening, or what the enquiry's end brings",
    "protection.held": "a further discussion can be recorded at any time",
    "enquiry.rerated": "a change of mind",
    "enquiry.deadline_set": "a change of mind",
    "enquiry.assigned": "waits only while nobody is assigned: `screening.to_assign`",
    "enquiry.contact_joined": "begins with the other contact, on the screener's list",
    "enquiry.decided_again": "a change of mind; after a decline it stands in `screening.declined`",
    "enquiry.sent_back": "the other answer to what stands in `screening.to_decide`",
    "enquiry.returned": "follows from what becomes of the summaries",
    "enquiry.accepted": "follows from what becomes of the summaries",
    "request.item_added": "an agency that finds more adds it",
    "request.withdrawn": "a change of mind of whoever asked",
    "request.answered_by_telephone": "the agency's answer waits for the agency; the social worker may write it down",
    "handover.withdrawn": "a change of mind of whoever sent it",
    "enquiry.reopened": "begins with somebody who knows better, not with a list",
    "contact.reopened": "follows from its enquiry",
    "summary.recalled": "a breach begins with somebody who finds it, not with a list",
    "summary.discarded": "a change of mind of whoever prepared it",
    "letter.written": "the contact stands in `decisions.to_write` until each parent's letter is settled",
    "letter.sent": "as above",
    "letter.held_back": "as above",
}
"""Moves that are open in a state and yet do not wait there, and why."""

ON_ANOTHER_RECORD = {
    (
        "SafetyInstruction",
        "refused_by_lead",
        Role.MANAGER,
    ): "the lead has settled it; the manager may still decide where life is at risk",
    ("MashSummary", "draft", Role.SOCIAL_WORKER): "its enquiry stands in `decisions.to_prepare`",
    ("MashSummary", "draft", Role.MANAGER): "its enquiry stands in `screening.to_release`",
    ("MashSummary", "with_manager", Role.SOCIAL_WORKER): "the manager's move; the worker may still reword it",
}
"""Record, state and role whose move stands on the list by another record, or is another role's first."""


def names() -> list[str]:
    return list(SECTIONS)


@pytest.mark.parametrize("key", names())
def test_states_moves_measures_and_page_of_a_section_exist(key: str) -> None:
    section = SECTIONS[key]
    name = uuid4() if section.takes_key else "C-2345-6789"
    reverse(section.route, args=[name] if section.takes_reference else [])
    assert set(section.measures) <= set(Measure.values)
    assert section.roles <= set(Role.values)
    assert section.moves or section.begins or section.chases, "nothing can be done about it"
    if section.table is None:
        assert (section.states, section.moves) == (frozenset(), ())
        return
    (record,) = [one for one in records() if one.table is section.table]
    assert section.states
    assert section.states <= set(record.states)
    for event in section.moves:
        row = section.table[event]
        assert row.sources & section.states, event
        assert section.roles & held_as(row.roles), event


@pytest.mark.parametrize("key", names())
def test_each_role_of_a_section_can_do_something_about_it(key: str) -> None:
    section = SECTIONS[key]
    if section.begins or section.chases or section.table is None:
        return
    movers = {role for event in section.moves for role in held_as(section.table[event].roles)}
    assert section.roles <= movers


def test_every_source_fills_a_section_and_keys_are_said_once() -> None:
    assert len(SECTIONS) == sum(len(stage.SECTIONS) for stage in STAGES)
    assert len(SOURCES) == sum(len(stage.SOURCES) for stage in STAGES)
    titles = [section.title for section in SECTIONS.values()]
    assert {title for title in titles if titles.count(title) > 1} == set()


def waiting(record: Record) -> set[tuple[str, str, str]]:
    """Return record, state and role of each move that waits there."""
    return {
        (record.model.__name__, state, role)
        for event, row in record.table.items()
        if event not in WAITS_FOR_NOBODY
        for state in row.sources
        for role in held_as(row.roles)
    }


def listed(table: StateTable, sections: list[Section]) -> set[tuple[str, str]]:
    return {(state, role) for one in sections if one.table is table for state in one.states for role in one.roles}


def test_whoever_has_a_move_has_it_on_their_list() -> None:
    unlisted = set()
    for record in records():
        on_list = listed(record.table, list(SECTIONS.values()))
        unlisted |= {one for one in waiting(record) if one[1:] not in on_list}
    assert unlisted == set(ON_ANOTHER_RECORD)


def test_the_reasons_are_about_moves_that_exist() -> None:
    events = {event for record in records() for event in record.table}
    assert set(WAITS_FOR_NOBODY) <= events
