"""Rules of screening and rating as functions of values: no database, no clock."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from agencies.choices import AgencyKind
from clock.choices import Colour
from screening.choices import HANDED_OVER, Criterion, Exit

LEAST_REASONS = 20
"""Characters below which reasons of a screening say nothing to whoever reads them in a year."""

LEAST_REASON = 10
"""Characters below which a single reason (rating, deadline, view, query) is no reason."""

LEAST_NEED = 20
"""Characters below which nobody can judge later whether emergency access was needed."""

LONGEST_TEXT = 20_000

GOES_ON = frozenset({Exit.MASH, Exit.ALLOCATED})
"""Exits by which the worry stays with the hub or goes to the worker who has the child's case: nothing is closed."""

CLOSES = frozenset(Exit) - GOES_ON
"""Exits that end the contact: only a registered social worker may choose them, whoever takes over afterwards.

Source: Working Together to Safeguard Children, on who decides the next step within one working day.
"""


def is_handed_over(exit_: str) -> bool:
    """Say whether an exit hands a text to a team."""
    return exit_ in HANDED_OVER


def needs_registered_social_worker(exit_: str) -> bool:
    """Say whether only a registered social worker may choose an exit."""
    return exit_ in CLOSES


def is_too_short(text: str, least: int) -> bool:
    """Say whether a text says too little.

    Args:
        least: characters that it needs, white space at both ends not counted.
    """
    return len(text.strip()) < least


def criteria_contradict(criteria: Collection[str]) -> bool:
    """Say whether "none is met" was chosen beside one that is."""
    return Criterion.NONE_MET in criteria and len(set(criteria)) > 1


def handover_colour(exit_: str, proposed: str, *, in_danger: bool = False) -> str:
    """Return how urgent a handover is: as proposed, but a strategy discussion or a child in danger is always Red."""
    if exit_ == Exit.STRATEGY or in_danger:
        return Colour.RED
    return proposed or (Colour.AMBER if exit_ in {Exit.ASSESSMENT, Exit.ALLOCATED} else Colour.GREEN)


@dataclass(frozen=True)
class Span:
    """A time from a moment to a moment, aware; the end is not part of it."""

    starts_at: datetime
    ends_at: datetime


def gaps(covered: Iterable[Span], wanted: Iterable[Span]) -> list[Span]:
    """Return the parts of the wanted times that nothing covers, in order."""
    spans = sorted(covered, key=lambda one: one.starts_at)
    found = []
    for want in wanted:
        reached = want.starts_at
        for one in spans:
            if reached < one.starts_at < want.ends_at:
                found.append(Span(reached, one.starts_at))
            if one.starts_at < want.ends_at:
                reached = max(reached, one.ends_at)
        if reached < want.ends_at:
            found.append(Span(reached, want.ends_at))
    return found


@dataclass(frozen=True)
class GivenView:
    """What one agency of the panel thinks."""

    agency_kind: str
    exit: str


@dataclass(frozen=True)
class PanelStanding:
    """How far a panel has come.

    Attributes:
        has_quorum: social care and at least one other agency have given their view.
        agreed_exit: the exit that every view names; empty where they differ or there is none.
    """

    has_quorum: bool
    agreed_exit: str

    @property
    def may_decide(self) -> bool:
        """Say whether the panel decides by itself."""
        return self.has_quorum and bool(self.agreed_exit)


def panel_standing(views: Collection[GivenView]) -> PanelStanding:
    """Return how far a panel has come: quorum is social care plus one, and the decision is joint.

    Args:
        views: one of each agency.
    """
    social_care = sum(1 for view in views if view.agency_kind == AgencyKind.SOCIAL_CARE)
    exits = {view.exit for view in views}
    return PanelStanding(
        has_quorum=social_care > 0 and len(views) > social_care,
        agreed_exit=exits.pop() if len(exits) == 1 else "",
    )


def is_past(moment: datetime, *, at: datetime) -> bool:
    """Say whether a deadline would lie in the past; both aware."""
    return moment <= at


def missing_levels(children: Collection[int], levels: Mapping[int, str]) -> list[int]:
    """Return the positions of children for whom no level of need was chosen."""
    return [position for position in sorted(children) if not levels.get(position)]


@dataclass(frozen=True)
class Case:
    """What a conflict of interest can close: a contact, a MASH enquiry, or a person with all their contacts.

    Attributes:
        reference: of the record on whose page somebody is, or of the person.
    """

    reference: str
    contact_id: uuid.UUID | None = None
    enquiry_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None

    @property
    def columns(self) -> dict[str, uuid.UUID | None]:
        """The columns of a conflict that say what it closes."""
        return {"contact_id": self.contact_id, "enquiry_id": self.enquiry_id, "person_id": self.person_id}


@dataclass(frozen=True)
class Whom:
    """To whom a case is closed.

    Attributes:
        kind: user, membership, agency or team.
    """

    kind: str
    key: uuid.UUID


def case_with(*, contact_id: uuid.UUID, reference: str, enquiry_id: uuid.UUID | None, enquiry_reference: str) -> Case:
    """Return what a conflict on the page of a contact closes: its enquiry as soon as there is one."""
    if enquiry_id is not None:
        return Case(enquiry_reference, enquiry_id=enquiry_id)
    return Case(reference, contact_id=contact_id)
