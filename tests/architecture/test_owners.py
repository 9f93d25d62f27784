"""Nobody falls through, on paper: every state at every hour has an owner, a list, a clock and a way to an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from agencies.access.diagrams import records
from agencies.access.owners import matters, page, sections
from agencies.choices import Role
from clock import seeds
from clock.choices import Measure, Unit
from clock.rules.calendar import Calendar
from clock.rules.due import Allowance, due
from common.turns import RATED, Matter, Turn
from common.work import Section
from mash.worklist.sections import SECTIONS
from tests.access.printing import is_written_and_checked
from tests.architecture.holding import held_as

ROOT = Path(__file__).resolve().parents[2]
MATTERS = {matter.name: matter for matter in matters()}
ROWS = [(matter, state, turn) for matter in MATTERS.values() for state, turn in matter.turns.items()]
OPEN = [row for row in ROWS if not row[2].ends]
MONDAY = datetime(2026, 12, 21, tzinfo=UTC)
WEEKS = (
    Calendar(),
    Calendar(closed_days=frozenset({date(2026, 12, 25), date(2026, 12, 28)})),
)
"""A week like any other, and the week of Christmas."""
HOURS = [MONDAY + timedelta(hours=hour) for hour in range(7 * 24)]

MISSING: Mapping[tuple[str, str, str], str] = {}
"""What the rows show as missing and is not built yet, and why."""


def of_model(model: str) -> Matter:
    return next(matter for matter in MATTERS.values() if matter.model == model)


def named(matter: Matter, state: str) -> str:
    return f"{matter.name}: {state}"


CASES = [pytest.param(*row, id=named(row[0], row[1])) for row in ROWS]
OPEN_CASES = [pytest.param(*row, id=named(row[0], row[1])) for row in OPEN]


def test_every_record_with_states_has_a_row_for_each() -> None:
    written = {matter.model: (matter.table, matter.first, list(matter.turns)) for matter in matters() if matter.model}
    assert written == {one.model._meta.label: (one.table, one.first, list(one.states)) for one in records()}


def test_names_are_said_once_and_lead_somewhere() -> None:
    assert len(MATTERS) == len(matters())
    led_to = {name for _matter, _state, turn in ROWS for name in (*turn.through, *turn.leaves)}
    assert led_to <= set(MATTERS)
    unled = {matter.name for matter in matters() if not matter.model and not matter.about}
    assert unled == set(), "say when it is open"


@pytest.mark.parametrize(("matter", "state", "turn"), CASES)
def test_an_end_is_an_end_and_nothing_else_is(matter: Matter, state: str, turn: Turn) -> None:
    if turn.ends:
        assert (turn.whose, turn.lists, turn.clocks, turn.through) == (frozenset(), (), (), ())
    else:
        assert bool(turn.whose) != bool(turn.through)
        assert set(matter.turns) >= {row.target for row in matter.table.values() if row.target}


@pytest.mark.parametrize(("matter", "state", "turn"), OPEN_CASES)
def test_each_owner_can_make_a_move(matter: Matter, state: str, turn: Turn) -> None:
    for role in turn.whose:
        assert [event for event, row in matter.table.items() if state in row.sources and role in row.roles], role


@pytest.mark.parametrize(("matter", "state", "turn"), OPEN_CASES)
def test_it_stands_on_the_list_of_each_owner(matter: Matter, state: str, turn: Turn) -> None:
    if turn.through:
        return
    if turn.page:
        reverse(turn.page)
        return
    assert turn.lists
    assert held_as(turn.whose) <= {role for key in turn.lists for role in SECTIONS[key].roles}
    assert set(turn.lists) <= {
        key for key in SECTIONS if SECTIONS[key].roles & held_as(turn.whose) or key in ALSO_THEIRS
    }


@pytest.mark.parametrize(("matter", "state", "turn"), OPEN_CASES)
def test_its_sections_ask_for_this_very_state(matter: Matter, state: str, turn: Turn) -> None:
    for key in (*turn.lists, *turn.late, *turn.at_night):
        section = SECTIONS[key]
        if section.table is matter.table:
            assert state in section.states, key


def test_every_section_is_named_for_every_state_that_it_asks_for() -> None:
    asked = {
        (matter.name, state, key)
        for matter in MATTERS.values()
        for key, section in SECTIONS.items()
        if section.table is matter.table
        for state in section.states
        if not matter.turns[state].ends
    }
    listed = {(matter.name, state, key) for matter, state, turn in OPEN for key in _keys(turn)}
    beside = {
        (matter.name, state, key)
        for matter, state, turn in OPEN
        for key in _keys(turn)
        if SECTIONS[key].table is not matter.table
    }
    assert asked - listed == OF_ANOTHER_MATTER
    assert {key for _name, _state, key in listed | OF_ANOTHER_MATTER} == set(SECTIONS)
    assert beside <= listed


OF_ANOTHER_MATTER = {
    ("contact", "in_enquiry", "contacts.to_acknowledge"),
    ("contact", "in_enquiry", "contacts.to_step"),
    *(("contact", state, "contacts.in_danger") for state in ("received", "with_panel", "in_enquiry")),
    *(("MASH summary", state, "decisions.to_look_again") for state in ("sent", "queried")),
    ("MASH summary", "superseded", "decisions.to_telephone"),
}
"""Sections that ask for a record in a state because of something else that is owed about it."""


def _keys(turn: Turn) -> Iterator[str]:
    yield from (*turn.lists, *turn.late, *turn.at_night)


@pytest.mark.parametrize(("matter", "state", "turn"), OPEN_CASES)
def test_whoever_is_outside_is_chased(matter: Matter, state: str, turn: Turn) -> None:
    outside = held_as(turn.whose) & {Role.RESEARCHER, Role.LEAD, Role.RECEIVING_WORKER}
    if turn.outside is None:
        moves_alone = bool(outside) and not held_as(turn.whose) - outside
        assert not moves_alone, "an agency or a team moves, and nobody chases it"
        return
    if (matter.name, state, "chasing") in MISSING:
        return
    assert turn.outside.chased_on
    for key in turn.outside.chased_on:
        assert SECTIONS[key].chases
        assert turn.outside.chaser <= SECTIONS[key].roles


ALSO_THEIRS = {"screening.to_accept", "decisions.to_accept", "decisions.to_prepare"}
"""Not the owner's: a team that has asked may still accept; a worker prepares the summary that the manager releases."""


# What is missing is counted, not passed over.


POLICIES = [row for name, rows in vars(seeds).items() if name.endswith("POLICY") for row in rows]
LADDERS = [row for name, rows in vars(seeds).items() if name.endswith("LADDER") for row in rows]
"""All that a hub begins with, however many seeds planted it."""


def allowance_of(measure: str, rating: str) -> Allowance | None:
    """Return the shipped policy of a measure for a rating, that of the rating before that of any."""
    rows = {(row[0], row[1]): row[2:] for row in POLICIES}
    found = rows.get((measure, rating)) or rows.get((measure, ""))
    if found is None:
        return None
    unit, quantity, start = found
    real = unit in {Unit.ELAPSED, Unit.ELAPSED_OPEN_DAYS}
    return Allowance(unit, quantity, waits_for_opening=not real or start == "arrival", runs_past_closing=real)


def has_ladder(measure: str, rating: str) -> bool:
    return any(row[0] == measure and row[1] in {rating, ""} for row in LADDERS)


def runs_at(turn: Turn, rating: str, moment: datetime, calendar: Calendar) -> bool:
    """Say whether each clock of a state, begun at a moment, ends at an instant and tells somebody then."""
    for measure in turn.clocks:
        allowance = allowance_of(measure, rating)
        if allowance is None or not has_ladder(measure, rating):
            return False
        if not moment <= due(allowance, moment, calendar).at <= moment + timedelta(days=30):
            return False
    return bool(turn.clocks)


def works_past_closing(turn: Turn, rating: str) -> bool:
    """Say whether whoever is outside must act while the hub is closed: their clock does not wait."""
    found = [allowance_of(measure, rating) for measure in turn.clocks]
    return bool(turn.outside) and all(one is not None and not one.waits_for_opening for one in found)


def holes(matter: Matter, state: str, turn: Turn) -> Iterator[tuple[str, str, str]]:
    """Yield what is missing of one row, at any hour of the week and with any rating."""
    if turn.outside and not turn.outside.chased_on:
        yield matter.name, state, "chasing"
    for rating in turn.ratings:
        for calendar in WEEKS:
            for moment in HOURS:
                if not turn.through and not turn.review and not runs_at(turn, rating, moment, calendar):
                    yield matter.name, state, "clock"
                cannot_wait = turn.urgent or rating == "red"
                if calendar.is_open(moment) or not cannot_wait or turn.at_night:
                    continue
                if not works_past_closing(turn, rating):
                    yield matter.name, state, "red at night"


def test_every_state_with_every_rating_at_every_hour_has_its_clock_and_somebody_on_duty() -> None:
    assert {one for row in OPEN for one in holes(*row)} == set(MISSING)


@pytest.mark.parametrize(("matter", "state", "turn"), OPEN_CASES)
def test_who_is_on_duty_while_the_hub_is_closed_is_out_of_hours(matter: Matter, state: str, turn: Turn) -> None:
    for key in turn.at_night:
        assert Role.OUT_OF_HOURS in SECTIONS[key].roles


def test_the_next_opening_comes_at_every_hour() -> None:
    for calendar in WEEKS:
        waits = [calendar.counts_from(moment) - moment for moment in HOURS]
        assert max(waits) < timedelta(days=6)


@pytest.mark.parametrize(("matter", "state", "turn"), OPEN_CASES)
def test_its_lists_show_its_clocks(matter: Matter, state: str, turn: Turn) -> None:
    shown = {measure for key in turn.lists for measure in SECTIONS[key].measures}
    if turn.lists and turn.clocks:
        assert set(turn.clocks) <= shown | {Measure.FEEDBACK_SCHOOL}


def reaches_an_end(matter: Matter, state: str) -> bool:
    """Say whether somebody can lead a state to an end, by the moves of its table alone."""
    seen: set[str] = set()
    ahead = [state]
    while ahead:
        here = ahead.pop()
        if matter.turns[here].ends:
            return True
        seen.add(here)
        further = {row.target for row in matter.table.values() if here in row.sources and row.target}
        ahead += sorted(further - seen)
    return False


@pytest.mark.parametrize(("matter", "state", "turn"), OPEN_CASES)
def test_an_end_can_be_reached(matter: Matter, state: str, turn: Turn) -> None:
    assert reaches_an_end(matter, state)


@pytest.mark.parametrize(("matter", "state", "turn"), OPEN_CASES)
def test_what_moves_through_another_matter_ends_there(matter: Matter, state: str, turn: Turn) -> None:
    for name in turn.through:
        assert all(reaches_an_end(MATTERS[name], one) for one, its in MATTERS[name].turns.items() if not its.ends)


CLOSING = (
    "settled_at",
    "told_at",
    "confirmed_at",
    "reviewed_at",
    "seen_to_at",
    "worker_acknowledged_at",
    "acknowledged_at",
)
CLOSES: Mapping[str, str] = {
    "contacts.Contact.acknowledged_at": "the acknowledgement to the referrer",
    "contacts.Contact.worker_acknowledged_at": "the worker's acknowledgement",
    "contacts.StaffMatch.settled_at": "match with the staff list",
    "contacts.StaffMatch.told_at": "",
    "agencies.BrokenGlass.reviewed_at": "use of emergency access or of the emergency route",
    "agencies.EmergencyUse.reviewed_at": "use of emergency access or of the emergency route",
    "information_sharing.Answer.confirmed_at": "the telephone answer to confirm",
    "information_sharing.SafetyInstruction.settled_at": "safety instruction",
    "decisions.CorrectionNotice.told_at": "correction as it is passed on",
    "decisions.OutgoingText.settled_at": "text that is checked before it goes out",
    "decisions.SummaryChange.settled_at": "what has changed in a released summary",
    "decisions.SummaryChange.told_at": "",
    "decisions.CameBack.settled_at": "a letter or an email that came back",
    "decisions.Undelivered.settled_at": "a message that did not arrive",
    "notices.DeadLetter.seen_to_at": "mail that did not leave",
}
"""Columns by which something that is open without a state is closed; empty where nobody has to do anything."""


def test_whatever_is_open_until_a_moment_has_its_matter() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in CLOSING and field.null
    }
    assert found == set(CLOSES)
    assert set(CLOSES.values()) - {""} <= set(MATTERS)


def test_a_row_that_is_wrong_is_found() -> None:
    """Take a list, a clock, a night and a way out away, one at a time: each is seen."""
    request, sent = of_model("information_sharing.InformationRequest"), "sent"
    assert set(holes(request, sent, Turn(whose=request.turns[sent].whose, ratings=RATED))) == {
        (request.name, sent, "clock"),
        (request.name, sent, "red at night"),
    }
    shut = {event: row for event, row in request.table.items() if row.target in {None, "heard", "cannot_search"}}
    assert not reaches_an_end(Matter("shut", shut, sent, request.turns), sent)


def test_printed_page_is_the_committed_one() -> None:
    committed = (ROOT / "docs" / "reference" / "owners.md").read_text(encoding="utf-8")
    assert committed == page(), "Run ./run manage print_owners and commit the page."


def test_page_is_written_and_checked(tmp_path: Path, settings: Any) -> None:
    settings.ROOT = tmp_path
    is_written_and_checked("print_owners", tmp_path / "docs" / "reference" / "owners.md", page(), "rows say")


def test_sections_are_those_of_my_work() -> None:
    assert _by_key(sections().values()) == _by_key(SECTIONS.values())


def _by_key(found: Iterable[Section]) -> dict[str, Section]:
    return {section.key: section for section in found}
