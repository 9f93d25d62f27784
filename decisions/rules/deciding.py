"""May this be decided now? One snapshot of what lies before the manager is judged: no database, no clock."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from clock.choices import Colour
from common.errors import NotVisible, RuleBroken
from contacts.choices import LevelOfNeed
from decisions.choices import Outcome, SealedConsidered
from decisions.rules.items import ItemVersions, moved
from screening.choices import EnquiryState

BEFORE = (EnquiryState.GATHERING, EnquiryState.DECIDING)
AFTER = (EnquiryState.DECIDED, EnquiryState.RELEASED)
ONLY_RED = (
    "Only a Red enquiry is decided before its social worker has recommended something. Ask for the recommendation, or "
    "rate the enquiry Red."
)


@dataclass(frozen=True)
class ChildOutcome:
    """What is decided for one child."""

    outcome: str = ""
    level_of_need: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class Deciding:
    """All that a decision says.

    Attributes:
        children: child (key of `Child.subject`) to what is decided for it.
        considered: the items that lay before the manager, each in its version.
        earlier_shown: references of the earlier contacts that the page showed.
        dissents: agency to why it would have decided otherwise.
        change_reason: why it is decided again; empty at the first decision.
    """

    children: Mapping[uuid.UUID, ChildOutcome]
    considered: ItemVersions
    missing: str
    sealed_considered: str
    sealed_reasons: str = ""
    earlier_shown: Sequence[str] = ()
    dissents: Mapping[uuid.UUID, str] = field(default_factory=dict)
    change_reason: str = ""

    @property
    def ends_somebody(self) -> bool:
        """Say whether nothing further is done for a child: earlier contacts must have been seen then."""
        return any(said.outcome == Outcome.NO_FURTHER_ACTION for said in self.children.values())


@dataclass(frozen=True)
class Snapshot:
    """What lies before whoever decides, as it stands at this moment.

    Attributes:
        children: child (key of `Child.subject`) to its name.
        items: the items that the decision team sees, each in its version.
        earlier: references of earlier contacts; asked only where the decision ends a child.
        unopened: how many confidential items whoever decides has never opened.
        agencies: those that take part in the enquiry.
        number: the number that the decision will have.
        joint_views: the kind of agency of each view, where partners decide together; None where the manager decides.
    """

    state: str
    colour: str
    children: Mapping[uuid.UUID, str]
    items: ItemVersions
    earlier: Collection[str]
    is_something_sealed: bool
    unopened: int
    agencies: Collection[uuid.UUID]
    number: int
    joint_views: Sequence[str] | None


def why_not_now(state: str, colour: str) -> str | None:
    """Say why an enquiry cannot be decided at its stage; empty where the stage says it; None where it can."""
    if state not in (*BEFORE, *AFTER):
        return ""
    return ONLY_RED if state == EnquiryState.GATHERING and colour != Colour.RED else None


def judge(deciding: Deciding, before: Snapshot, *, social_care: str) -> None:
    """Refuse a decision that is not whole, or not about what lies before the manager now.

    Args:
        social_care: the kind of agency that must be among those that decide together.

    Raises:
        NotVisible: a child or an agency is not of this enquiry.
        RuleBroken: a part is missing, or the page shows what has moved since.
    """
    _judge_children(deciding, before)
    _judge_page(deciding, before)
    _judge_basis(deciding, before)
    if not set(deciding.dissents) <= set(before.agencies):
        raise NotVisible
    gap = "" if before.joint_views is None else joint_gap(before.joint_views, social_care=social_care)
    if gap:
        raise RuleBroken(f"In this hub partners and children's social care decide together. {gap}")


def _judge_children(deciding: Deciding, before: Snapshot) -> None:
    if not before.children:
        raise RuleBroken("A decision is about a child. Add the child to the contact first, even without a name.")
    if not set(deciding.children) <= set(before.children):
        raise NotVisible
    for child, name in before.children.items():
        said = deciding.children.get(child, ChildOutcome())
        if said.outcome not in Outcome.values:
            raise RuleBroken(f"Select the outcome for {name}.", field=f"outcome_{child.hex}")
        if said.level_of_need not in LevelOfNeed.values:
            raise RuleBroken(f"Select the level of need of {name}.", field=f"level_{child.hex}")
        if not said.reasons.strip():
            raise RuleBroken(f"Write the reasons for {name}.", field=f"reasons_{child.hex}")


def _judge_page(deciding: Deciding, before: Snapshot) -> None:
    change = moved(deciding.considered, before.items)
    if change:
        raise RuleBroken(
            f"Nothing was decided. Since you opened this page {change.sentence}: read the list again, then decide.",
            field="considered",
        )
    if deciding.ends_somebody and not set(before.earlier) <= set(deciding.earlier_shown):
        raise RuleBroken(
            "Nothing was decided. There are earlier contacts that this page had not shown you: read them, then decide.",
            field="earlier_shown",
        )


SAID_OF_SEALED = (SealedConsidered.YES, SealedConsidered.NO, SealedConsidered.NOT_NEEDED)


def sealed_in_truth(said: str, *, is_something_sealed: bool) -> str:
    """Return what is kept of an answer: that none was held, and that it was left aside, are not the same."""
    if said != SealedConsidered.NOT_NEEDED:
        return said
    return SealedConsidered.LEFT_ASIDE if is_something_sealed else SealedConsidered.NONE_HELD


def _judge_basis(deciding: Deciding, before: Snapshot) -> None:
    if not deciding.missing.strip():
        raise RuleBroken("Write what was missing, or that nothing was.", field="missing")
    if deciding.sealed_considered not in SAID_OF_SEALED:
        raise RuleBroken("Say whether confidential information was considered.", field="sealed_considered")
    if deciding.sealed_considered == SealedConsidered.YES and not before.is_something_sealed:
        raise RuleBroken("No confidential information is held on this enquiry.", field="sealed_considered")
    if deciding.sealed_considered == SealedConsidered.YES and before.unopened:
        raise RuleBroken(
            "You have not opened all confidential information of this enquiry, so it was not considered yet. Open it "
            "first, or say no.",
            field="sealed_considered",
        )
    if before.state in AFTER and not deciding.change_reason.strip():
        raise RuleBroken("Write why it is decided again.", field="change_reason")


def joint_gap(kinds: Collection[str], *, social_care: str) -> str:
    """Say whose view is missing before a joint decision counts; empty when none is.

    Args:
        kinds: the kinds of agency that gave a view, one for each view.
        social_care: the kind that must be among them, beside at least one other.

    Source: Northamptonshire's leaflet: partners and a social care manager decide together.
    """
    if social_care not in kinds:
        return "Record the view of children's social care first."
    if all(kind == social_care for kind in kinds):
        return "Record the view of at least one partner agency first."
    return ""
