"""The means of a lived-in borough: reading a page of ours, filling its forms, and one clock for all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from agencies.access.identity import acting_as
from common.references import new_key, new_reference
from contacts.forms.protection import DiscussionForm
from contacts.transitions import CONTACT
from demo.borough.box import VirtualClock, drawn_from
from demo.borough.hands import Hand, notes_in, plain
from demo.borough.markup import Page
from demo.borough.moving import BEGUN, BESIDE, pages_on_the_way, route_of, wanted_routes
from demo.borough.workers import DUE, FINDING
from mash.celery import BEAT_SCHEDULE
from mash.worklist import SECTIONS
from screening.transitions import ENQUIRY
from tests.people import Person

NOON = datetime(2027, 3, 28, 12, tzinfo=UTC)

PAGE = """<header><a href="/skip/">Not here</a></header><main>
<a href="/contacts/C-2345-6789/#top">This</a> <a href="/contacts/C-2345-6789/amend/">Add</a>
<form method="post" action="/contacts/C-2345-6789/claim/"><input type="hidden" name="version" value="3">
<input type="radio" name="colour" value="red"><input type="radio" name="colour" value="green" checked>
<select name="team"><option value="" selected>Choose</option>
<option value="k&amp;1">North (early help)</option></select>
<textarea name="reason">
Said &lt;so&gt;</textarea><button name="confirm" value="1">Go</button><button formaction="/other/">Else</button></form>
</main>"""


def test_a_page_gives_its_links_and_forms() -> None:
    page = Page("/contacts/C-2345-6789/", 200, PAGE)
    assert page.links == ["/contacts/C-2345-6789/", "/contacts/C-2345-6789/amend/"]
    first, second = page.forms
    assert (first.action, second.action) == ("/contacts/C-2345-6789/claim/", "/other/")
    assert first.buttons == [("confirm", "1")]
    assert first.drawn == {"version": ["3"], "colour": ["green"], "reason": ["Said <so>"]}
    team = first.fields["team"]
    assert (team.options, team.words, team.drawn) == (["", "k&1"], ["Choose", "North (early help)"], [])


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("reasons_0c7e8f1a2b3c4d5e8f90123456789abc", "reasons"),
        ("to-0c7e8f1a-2b3c-4d5e-8f90-123456789abc-subjects", "subjects"),
        ("children-0-given_name", "given_name"),
        ("level_12", "level"),
        ("section_47", "section"),
    ],
)
def test_a_question_is_known_by_its_name(name: str, question: str) -> None:
    assert plain(name) == question


def test_a_hand_answers_what_is_open_and_leaves_what_stands() -> None:
    form = Page("/x/", 200, f'<main><form method="post">{DiscussionForm()}</form></main>').forms[0]
    form.fields["present"].drawn = ["The police and the school."]
    said = Hand(Random(1), VirtualClock(NOON), slips=0, number=7).fill(form)  # noqa: S311
    assert said["present"] == ["The police and the school."]
    assert said["section_47"][0] in {"yes", "no"}
    assert [name for name in said if name.startswith("held_at")] == []
    assert dict(notes_in(said)) == {"invited": "7-1", "agreed": "7-2", "actions": "7-3"}


def test_what_somebody_has_in_mind_goes_before_habit_and_before_what_stands() -> None:
    form = Page("/x/", 200, f'<main><form method="post">{DiscussionForm()}</form></main>').forms[0]
    form.fields["agreed"].drawn = ["Nothing yet."]
    hand = Hand(Random(1), VirtualClock(NOON), slips=0, wishes={"agreed": ["A visit."]})  # noqa: S311
    assert hand.fill(form)["agreed"] == ["A visit."]


def test_pages_and_database_believe_the_clock_of_the_box(mash_manager: Person) -> None:
    clock = VirtualClock(NOON)
    with clock.believed():
        clock.forward(timedelta(hours=3))
        with acting_as(mash_manager.viewer), connection.cursor() as cursor:
            cursor.execute("SELECT fw.now()")
            assert (timezone.now(), cursor.fetchone()) == (NOON + timedelta(hours=3), (NOON + timedelta(hours=3),))
    assert timezone.now() != clock.now


def test_one_seed_draws_the_same_keys_and_references() -> None:
    drawn = []
    for _ in range(2):
        with drawn_from("seven"):
            drawn.append((new_key(), new_reference("C")))
    assert drawn[0] == drawn[1]
    assert drawn[0] != (new_key(), new_reference("C"))


def test_the_forms_of_a_section_are_those_of_the_registry() -> None:
    rate, claim = SECTIONS["screening.to_rate"], SECTIONS["contacts.to_take"]
    assert (rate.table, claim.table) == (ENQUIRY, CONTACT)
    assert wanted_routes(rate) == {"screening:rate"}
    assert wanted_routes(claim) == {"contacts:claim"}
    assert "screening:screen" in pages_on_the_way(SECTIONS["screening.to_screen"])
    assert route_of("/enquiries/M-2345-6789/rate/?x=1") == "screening:rate"


def test_each_section_leads_to_some_form_or_is_for_reading() -> None:
    mine = {key: section for key, section in SECTIONS.items() if not section.chases}
    assert [key for key, section in mine.items() if not wanted_routes(section)] == ["screening.to_review"]
    assert {section.begins for section in SECTIONS.values()} - set(BEGUN) == {"", "review.read"}
    assert set(BESIDE) <= set(SECTIONS)


OF_THE_MACHINE = {"agencies.tasks.seal_logs", "agencies.tasks.clear_kept_texts"}


def test_the_workers_of_the_box_do_what_those_of_the_hub_do() -> None:
    """A task that the box forgets would be missed by nobody: what it finds would simply be on no list there."""
    assert {*FINDING, *DUE} == {str(one["task"]) for one in BEAT_SCHEDULE.values()} - OF_THE_MACHINE
