"""Every state of every table by every event by every role, against a table written out beside this file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import models

from agencies.access.diagrams import RELATIONS, Record, _model_of, page, records, who
from agencies.access.roles import ASKED, ASSIGNED, DESCRIPTIONS, RECEIVER
from agencies.access.transitions import moves, roles_on
from agencies.access.viewer import Viewer
from agencies.choices import Role, SystemRole
from common.transition import Transition
from tests.access.printing import is_written_and_checked

ROOT = Path(__file__).resolve().parents[2]
EVERYBODY = [*Role.values, *SystemRole.values, *RELATIONS]


@dataclass
class Written:
    """One record's table as the file says it."""

    begins: str = ""
    states: list[str] = field(default_factory=list)
    moves: dict[str, tuple[set[str], str, set[str]]] = field(default_factory=dict)


def read() -> dict[str, Written]:
    """Return the written tables by the name of their model."""
    tables: dict[str, Written] = {}
    current = Written()
    for line in (Path(__file__).parent / "state_tables.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if line.startswith("["):
            tables[line.strip("[]")] = current = Written()
        elif line.startswith("begins "):
            current.begins = words[1]
        elif line.startswith("states "):
            current.states = words[1:]
        elif line and not line.startswith("#"):
            event, sources, target, roles = (part.strip() for part in line.split("|"))
            current.moves[event] = set(sources.split()), target, set(roles.split())
    return tables


WRITTEN = read()
RECORDS = {record.model._meta.label: record for record in records()}


def viewer_with(role: str) -> Viewer:
    """Return somebody with one role; who has a part in the record has some role that opens nothing by itself."""
    roles = frozenset() if role in RELATIONS else frozenset({role})
    return Viewer(user_id=uuid4(), membership_id=uuid4(), agency_id=uuid4(), team_id=uuid4(), roles=roles)


def record_in(record: Record, state: str, role: str) -> models.Model:
    """Return a record in a state, in which the viewer has a part if the role says so."""
    made = record.model(state=state)
    made.roles_of = lambda _viewer: frozenset({role} & set(RELATIONS))  # type: ignore[attr-defined]
    return made


def test_every_table_is_written_out() -> None:
    assert sorted(WRITTEN) == sorted(RECORDS)


@pytest.mark.parametrize("label", sorted(RECORDS))
def test_states_and_beginning_are_as_written(label: str) -> None:
    record = RECORDS[label]
    assert (WRITTEN[label].states, WRITTEN[label].begins) == (list(record.states), record.first)


@pytest.mark.parametrize("label", sorted(RECORDS))
def test_targets_are_as_written(label: str) -> None:
    table = RECORDS[label].table
    assert {event: row.target or "=" for event, row in table.items()} == {
        event: target for event, (_, target, _) in WRITTEN[label].moves.items()
    }


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("label", sorted(RECORDS))
def test_every_state_by_every_event(label: str, role: str) -> None:
    record, written = RECORDS[label], WRITTEN[label]
    for state in record.states:
        offered = {move.event for move in moves(record_in(record, state, role), record.table, viewer_with(role))}
        expected = {event for event, (sources, _, roles) in written.moves.items() if state in sources and role in roles}
        assert (state, offered) == (state, expected)


def test_roles_of_a_membership_add_up() -> None:
    record = RECORDS["contacts.Contact"]
    both = Viewer(
        user_id=uuid4(), membership_id=uuid4(), agency_id=uuid4(), roles=frozenset({"screener", "out_of_hours"})
    )
    offered = [move.event for move in moves(record.model(state="received"), record.table, both)]
    single = [
        {move.event for move in moves(record.model(state="received"), record.table, viewer_with(role))}
        for role in ("screener", "out_of_hours")
    ]
    assert (set(offered), offered) == (single[0] | single[1], [event for event in record.table if event in offered])


@pytest.mark.parametrize("label", sorted(RECORDS))
def test_every_state_is_reached_and_nothing_is_misspelt(label: str) -> None:
    record = RECORDS[label]
    rows = list(record.table.values())
    assert {state for row in rows for state in {*row.sources, row.target or record.first}} <= set(record.states)
    assert {record.first, *(row.target for row in rows if row.target)} == set(record.states)
    assert {role for row in rows for role in row.roles} <= set(EVERYBODY)
    assert [event for event, row in record.table.items() if not row.sources or not row.roles] == []


@pytest.mark.parametrize("label", sorted(RECORDS))
def test_who_follows_from_a_record_can_follow_from_it(label: str) -> None:
    """A table that names the record's social worker is void if the record never says who that is."""
    record = RECORDS[label]
    named = {role for row in record.table.values() for role in row.roles} & set(RELATIONS)
    viewer = Viewer(uuid4(), uuid4(), uuid4(), frozenset({Role.RESEARCHER, Role.SOCIAL_WORKER}), team_id=uuid4())
    columns = {"social_worker_id": viewer.membership_id, "agency_id": viewer.agency_id, "team_id": viewer.team_id}
    names = {one.attname for one in record.model._meta.concrete_fields}
    mine = record.model(**{name: value for name, value in columns.items() if name in names})
    others = record.model(**{name: uuid4() for name in columns if name in names})
    empty = record.model()
    assert named <= roles_on(mine, viewer) & set(RELATIONS)
    assert [roles_on(one, viewer) & set(RELATIONS) for one in (others, empty)] == [frozenset(), frozenset()]


def test_every_role_is_described() -> None:
    assert set(DESCRIPTIONS) == set(Role.values)
    assert [who(role) for role in (ASSIGNED, ASKED, RECEIVER, Role.MANAGER, SystemRole.CLOCK)] == [
        "Its social worker",
        "The agency that is asked",
        "The team that receives it",
        "MASH manager",
        "The sweep",
    ]


def test_printed_page_is_the_committed_one() -> None:
    committed = (ROOT / "docs" / "reference" / "states.md").read_text(encoding="utf-8")
    assert committed == page(), "Run ./run manage print_states and commit the page."


def test_page_is_written_and_checked(tmp_path: Path, settings: Any) -> None:
    settings.ROOT = tmp_path
    is_written_and_checked("print_states", tmp_path / "docs" / "reference" / "states.md", page(), "tables say")


def test_every_record_with_states_counts_its_versions() -> None:
    assert [label for label, record in RECORDS.items() if getattr(record.model(), "version", None) != 1] == []


def test_table_of_no_record_is_a_mistake() -> None:
    stray = {"nonsense.made": Transition(frozenset({"a"}), None, frozenset({"manager"}))}
    with pytest.raises(LookupError):
        _model_of("contacts", stray)
    with pytest.raises(LookupError):
        _model_of("contacts", {"report.made": stray["nonsense.made"]})
