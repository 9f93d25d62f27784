"""Every state of a request and of a safety instruction by every event, by role."""

from __future__ import annotations

import pytest

from agencies.access.roles import ASKED, ASSIGNED
from agencies.choices import Role
from information_sharing.choices import InstructionState as I
from information_sharing.choices import RequestState as R
from information_sharing.transitions import INSTRUCTION, REQUEST

WAITING = {R.SENT, R.HEARD, R.CANNOT_SEARCH}
REQUEST_MOVES = {
    "request.heard": ({R.SENT}, R.HEARD, {ASKED}),
    "request.cannot_search": (WAITING, R.CANNOT_SEARCH, {ASKED}),
    "request.answered": (WAITING, R.ANSWERED, {ASKED}),
    "request.answered_by_telephone": (WAITING, R.ANSWERED, {ASSIGNED, Role.MANAGER}),
    "request.answer_confirmed": ({R.ANSWERED}, None, {ASKED}),
    "request.item_added": ({R.ANSWERED}, None, {ASKED}),
    "request.withdrawn": (WAITING, R.WITHDRAWN, {ASSIGNED, Role.MANAGER}),
}
INSTRUCTION_MOVES = {
    "instruction.agreed": ({I.PROPOSED, I.REFUSED}, I.AGREED, {ASKED}),
    "instruction.refused": ({I.PROPOSED}, I.REFUSED, {ASKED}),
    "instruction.refused_by_lead": ({I.REFUSED}, I.REFUSED_BY_LEAD, {Role.LEAD}),
    "instruction.decided_by_manager": ({I.PROPOSED, I.REFUSED, I.REFUSED_BY_LEAD}, I.DECIDED, {Role.MANAGER}),
}
CELLS = [
    (table, moves, event, state)
    for table, moves, states in ((REQUEST, REQUEST_MOVES, R.values), (INSTRUCTION, INSTRUCTION_MOVES, I.values))
    for event in moves
    for state in states
]


def test_there_is_no_other_event() -> None:
    assert REQUEST.keys() == REQUEST_MOVES.keys()
    assert INSTRUCTION.keys() == INSTRUCTION_MOVES.keys()


@pytest.mark.parametrize(
    ("table", "moves", "event", "state"), CELLS, ids=lambda part: part if isinstance(part, str) else ""
)
def test_each_state_by_each_event(table: dict, moves: dict, event: str, state: str) -> None:  # type: ignore[type-arg]
    sources, target, roles = moves[event]
    row = table[event]
    assert (state in row.sources, row.target, row.roles) == (state in sources, target, frozenset(roles))
