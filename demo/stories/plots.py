"""What a plot is: texts with gaps for names, in several wordings."""

from __future__ import annotations

from dataclasses import dataclass, field

from clock.choices import Colour
from contacts.choices import Channel, FamilyAgreement, LevelOfNeed, MayTell, ReferrerKind
from decisions.choices import Outcome
from demo.stories.households import Shape
from information_sharing.choices import Handling, Theme
from screening.choices import Criterion, Exit

Wordings = tuple[str, ...]
"""The same thing said in different words; a telling takes one of them."""


@dataclass(frozen=True)
class Hold:
    """What one agency holds, or nothing when there is no text.

    Attributes:
        about: the key of a person; empty where it is about the household.
        days: how many days ago.
    """

    agency: str
    texts: Wordings = ()
    theme: Theme = Theme.OTHER
    handling: Handling = Handling.ONWARD
    about: str = "child1"
    days: int = 30
    more: tuple[tuple[str, Theme, Handling], ...] = ()


@dataclass(frozen=True)
class Inside:
    """What the MASH finds and makes of it."""

    colour: Colour
    rated: str
    holds: tuple[Hold, ...]
    conversation: str
    risks: str
    protection: str
    child_views: str
    family_views: str
    gaps: str
    summary: str
    meaning: str
    outcome: Outcome
    level: LevelOfNeed
    decided: Wordings


@dataclass(frozen=True)
class Plot:
    """A worry that hubs hear often.

    Attributes:
        organisation: who writes; left out where it is the school of a child, or nobody's.
        writes_from: the key of the child whose school or nursery writes.
        told_by: the key of the adult of the household who tells of it.
        agreement_reason: where it is left out, one of the ways in which families agree.
    """

    key: str
    title: str
    shape: Shape
    channel: Channel
    kind: ReferrerKind
    reported: Wordings
    concern: Wordings
    screened: Wordings
    organisation: str = ""
    post: str = ""
    writes_from: str = ""
    told_by: str = ""
    criteria: tuple[Criterion, ...] = (Criterion.SEVERAL_AGENCIES,)
    screened_level: LevelOfNeed = LevelOfNeed.TARGETED
    agreement: FamilyAgreement = FamilyAgreement.GIVEN
    agreement_reason: str = ""
    may_tell: MayTell = MayTell.ALREADY
    may_tell_reason: str = ""
    crime_possible: bool = False
    exit: Exit = Exit.MASH
    handover: str = ""
    inside: Inside | None = field(default=None)
