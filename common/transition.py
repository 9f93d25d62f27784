"""One row of a state table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Transition:
    """A move that a record can make.

    Attributes:
        sources: the states from which the move leads; `ANY` in a table is written out in full.
        target: the state after the move; None leaves the state as it is.
        roles: the roles of a viewer who may make the move.
        label: the words on the button.
        instead: a sentence for whoever tries the move in another state: what they can do instead.
    """

    sources: frozenset[str]
    target: str | None
    roles: frozenset[str]
    label: str = ""
    instead: str = ""


StateTable = Mapping[str, Transition]
"""Event in the past tense ("contact.closed") to the move that it records."""


def move(
    sources: str | tuple[str, ...],
    target: str | None,
    roles: str | tuple[str, ...],
    label: str = "",
    instead: str = "",
) -> Transition:
    """Write one row of a state table without the noise of frozensets."""
    return Transition(
        sources=frozenset((sources,) if isinstance(sources, str) else sources),
        target=target,
        roles=frozenset((roles,) if isinstance(roles, str) else roles),
        label=label,
        instead=instead,
    )
