"""Whose move it is: for each state of each record one row, as data.

Each stage writes its rows in its `owners.py`, beside its state tables. `tests/architecture/test_owners.py` proves by
the tables alone that nobody falls through; `docs/reference/owners.md` is printed from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common.transition import StateTable

RATED = ("red", "amber", "green")
UNRATED = ("",)
ANY_RATING = (*UNRATED, *RATED)

LEFT_BY_DESK = "The manager's while nobody at this desk is at work, or the case is closed to each of them."
"""The desks are the front door and the decision maker; what they may do, the manager may do (docs/adr/0089)."""


@dataclass(frozen=True)
class Outside:
    """Somebody who is not of the hub's own people and must act.

    Attributes:
        who: in words, such as "the receiving team".
        chaser: the role that chases them.
        chased_on: sections of the chaser's "My work" on which their lateness stands.
    """

    who: str
    chaser: frozenset[str]
    chased_on: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """A date that is looked at by a named person, in place of a clock.

    Attributes:
        on: the column with the date, as model and field.
        holder: the column with the person.
        words: what is looked at then.
    """

    on: str
    holder: str
    words: str


@dataclass(frozen=True)
class Turn:
    """Whose move a record is in one state.

    Attributes:
        whose: roles that move it on, as in the state table: held by membership, or following from the record.
        lists: sections of "My work" on which it stands for them.
        clocks: the measures that run; codes of `clock.choices.Measure`.
        ratings: with which ratings it can be in this state; the empty one is "not rated".
        outside: who must act where the mover is not of the hub's own people, and who chases.
        late: sections on which it stands for the manager once it is late.
        at_night: sections of the duty team's "My work" on which it stands while the hub is closed.
        urgent: it cannot wait for the opening, whatever its rating.
        page: the page of theirs on which it stands, where their role has no "My work"; its name.
        review: a dated review with a named holder, where no clock runs.
        through: matters by which it moves on: somebody's move stands there.
        ends: it is an end: nobody has to do anything about it any more, but for what `leaves` names.
        leaves: matters that begin with this end.
        why: what the row does not say of itself.
    """

    whose: frozenset[str] = frozenset()
    lists: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ANY_RATING
    outside: Outside | None = None
    late: tuple[str, ...] = ()
    at_night: tuple[str, ...] = ()
    urgent: bool = False
    page: str = ""
    review: Review | None = None
    through: tuple[str, ...] = ()
    ends: bool = False
    leaves: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Matter:
    """A record with states, or what is owed about one while it is open.

    Attributes:
        name: in the hub's words, once in the whole house.
        table: its state table; for what has no column of states, its opening and closing written as one.
        first: the state in which it begins.
        turns: state to whose move it is, in the order of the states.
        model: the record, as app label and name, where its column `state` holds the states; else empty.
        about: when it is open, where no column says so.
    """

    name: str
    table: StateTable
    first: str
    turns: Mapping[str, Turn]
    model: str = ""
    about: str = ""


Owners = Sequence[Matter]


def ended(*leaves: str, why: str = "") -> Turn:
    """Return the row of an end."""
    return Turn(ends=True, leaves=leaves, why=why)
