"""Every state by every event by every role, against tables written out here."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from itertools import product

import pytest
from django.db.models import TextChoices

from agencies.access import transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.transition import StateTable
from screening.choices import EnquiryState, HandoverState, ScreeningState
from screening.models import Enquiry, Handover, Screening
from screening.transitions import ENQUIRY, HANDOVER, SCREENING

SCREENING_ROWS = {
    "screening.sent_to_panel": ("open", "with_panel", "screener manager"),
    "screening.view_given": ("with_panel", None, "screener manager"),
    "screening.put_to_manager": ("with_panel", "with_manager", "screener manager"),
    "screening.decided": ("open with_panel", "decided", "screener manager"),
    "screening.decided_by_manager": ("with_manager", "decided", "manager"),
}
ENQUIRY_ROWS = {
    "enquiry.rated": ("to_rate", "gathering", "manager"),
    "enquiry.rerated": ("gathering deciding", None, "manager"),
    "enquiry.deadline_set": ("to_rate gathering deciding", None, "manager"),
    "enquiry.assigned": ("to_rate gathering deciding decided", None, "manager"),
    "enquiry.contact_joined": ("to_rate gathering deciding decided released", None, "screener manager front_door"),
    "enquiry.recommended": ("gathering", "deciding", "assigned"),
    "enquiry.sent_back": ("deciding", "gathering", "manager"),
    "enquiry.decided": ("gathering deciding", "decided", "manager"),
    "enquiry.decided_again": ("decided released", "decided", "manager"),
    "enquiry.released": ("decided", "released", "manager"),
    "enquiry.accepted": ("released", "closed", "receiving_worker"),
    "enquiry.returned": ("released", "decided", "front_door screener receiving_worker manager"),
    "enquiry.closed": ("decided", "closed", "manager"),
    "enquiry.reopened": ("closed", "decided", "manager"),
}
HANDOVER_ROWS: dict[str, tuple[str, str | None, str]] = {
    "handover.accepted": ("sent queried", "accepted", "receiver"),
    "handover.queried": ("sent", "queried", "receiver"),
    "handover.answered": ("queried", "sent", "manager screener out_of_hours"),
    "handover.decided_for_night": ("queried declined withdrawn", None, "out_of_hours"),
    "handover.declined": ("sent queried", "declined", "receiver"),
    "handover.withdrawn": ("sent queried", "withdrawn", "manager screener out_of_hours"),
    "handover.settled": ("declined withdrawn", "settled", "manager"),
}
Rows = dict[str, tuple[str, str | None, str]]
TABLES: dict[str, tuple[StateTable, Rows, type[Screening] | type[Enquiry] | type[Handover], type[TextChoices]]] = {
    "screening": (SCREENING, SCREENING_ROWS, Screening, ScreeningState),
    "enquiry": (ENQUIRY, ENQUIRY_ROWS, Enquiry, EnquiryState),
    "handover": (HANDOVER, HANDOVER_ROWS, Handover, HandoverState),
}
ME, TEAM = uuid.uuid4(), uuid.uuid4()


@dataclass(frozen=True)
class Part:
    """A role, or a part in this very record."""

    name: str

    @property
    def viewer(self) -> Viewer:
        """Somebody who plays this part."""
        role = {"assigned": Role.SOCIAL_WORKER, "receiver": Role.RECEIVING_WORKER}.get(self.name, self.name)
        team = TEAM if self.name == "receiver" else None
        return Viewer(user_id=ME, membership_id=ME, agency_id=ME, roles=frozenset({str(role)}), team_id=team)

    def record(self, model: type, state: str) -> Screening | Enquiry | Handover:
        """Return a record at a state, in which this part is played."""
        if model is Enquiry:
            return Enquiry(state=state, social_worker_id=ME if self.name == "assigned" else uuid.uuid4())
        if model is Handover:
            return Handover(state=state, team_id=TEAM)
        return Screening(state=state)

    @property
    def held(self) -> set[str]:
        """The roles that count for this part."""
        return {self.name} | {"assigned": {"social_worker"}, "receiver": {"receiving_worker"}}.get(self.name, set())


PARTS = [*(Part(str(role)) for role in Role.values), Part("assigned"), Part("receiver")]


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_as_written_here(name: str) -> None:
    table, rows, _model, states = TABLES[name]
    written = {
        event: (frozenset(sources.split()), target, frozenset(roles.split()))
        for event, (sources, target, roles) in rows.items()
    }
    assert {event: (row.sources, row.target, row.roles) for event, row in table.items()} == written
    assert {state for row in table.values() for state in row.sources} <= set(states.values)


@pytest.mark.parametrize("name", TABLES)
def test_every_state_by_every_event_by_every_role(name: str) -> None:
    table, rows, model, states = TABLES[name]
    seen = 0
    for state, part in product(states.values, PARTS):
        open_to = {move.event for move in transitions.moves(part.record(model, state), table, part.viewer)}
        expected = {
            event
            for event, (sources, _target, roles) in rows.items()
            if state in sources.split() and part.held & set(roles.split()) & _parts_of(name)
        }
        assert open_to == expected, (state, part.name)
        seen += len(rows)
    assert seen == len(states.values) * len(PARTS) * len(rows)


def _parts_of(name: str) -> set[str]:
    """Return the parts that exist on a kind of record: only an enquiry is assigned, only a handover has a receiver."""
    related = {"enquiry": {"assigned"}, "handover": {"receiver"}, "screening": set()}[name]
    return set(Role.values) | related


def test_no_state_but_the_last_is_a_dead_end() -> None:
    last: dict[str, set[str]] = {
        "screening": {"decided"},
        "enquiry": set(),  # A closed one is opened again, with a reason.
        "handover": {"accepted", "settled"},
    }
    for name, (table, _rows, _model, states) in TABLES.items():
        assert set(states.values) - _sources(table) == last[name]


def _sources(table: StateTable) -> set[str]:
    return {state for row in table.values() for state in row.sources}
