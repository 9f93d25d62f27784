"""What a demo contact is made of, from the first call to the word back: plain texts and choices.

The builder hands these to the actions, and the browser tests type the same texts into the pages. Days are kept as
distances from today, so that a child of four is four whenever the demo is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from clock.choices import Colour
from contacts.choices import (
    Channel,
    FamilyAgreement,
    Known,
    LevelOfNeed,
    MayTell,
    ReferrerKind,
    RelationKind,
    SafeWay,
    SectionFortySeven,
    Sex,
)
from decisions.choices import FamilyTold, FeedbackState, Outcome, SealedConsidered
from information_sharing.choices import DatePrecision, Handling, LawfulBasis, Theme, WithheldReason
from screening.choices import Criterion, Exit

MONTHS_A_YEAR = 12
LAST_SAFE_DAY = 28
"""Every month has it."""


@dataclass(frozen=True)
class Someone:
    """A child or an adult of a contact.

    Attributes:
        key: the name by which relations, levels and items point at them.
        age: years and months; empty where nobody knows.
        day_of_birth: the day of the month, up to the 28th; follows from the name where it is left out.
        weeks_to_birth: for an unborn child.
        address: only where it differs from the contact's.
    """

    key: str
    given_name: str = ""
    family_name: str = ""
    is_child: bool = True
    age: tuple[int, int] | None = None
    day_of_birth: int | None = None
    weeks_to_birth: int | None = None
    age_reported: str = ""
    sex: Sex = Sex.NOT_KNOWN
    ethnicity: str = ""
    language: str = ""
    disability: str = ""
    school: str = ""
    practice: str = ""
    nhs_number: str = ""
    lives_in_household: bool = True
    address: str = ""
    part: str = ""

    @property
    def is_unborn(self) -> bool:
        """Say whether the child is not born yet."""
        return self.weeks_to_birth is not None

    def born_on(self, today: date) -> date | None:
        """Return the date of birth that makes them as old as they are told to be."""
        if self.age is None or self.is_unborn:
            return None
        years, months = self.age
        count = today.year * MONTHS_A_YEAR + today.month - 1 - years * MONTHS_A_YEAR - months
        day = self.day_of_birth or 1 + sum(map(ord, self.given_name + self.key)) % LAST_SAFE_DAY
        if day > today.day or (day == today.day and years == months == 0):
            count -= 1
        year, month = divmod(count, MONTHS_A_YEAR)
        return date(year, month + 1, day)

    def expected_on(self, today: date) -> date | None:
        """Return when an unborn child is expected."""
        return None if self.weeks_to_birth is None else today + timedelta(weeks=self.weeks_to_birth)


def child(key: str, given_name: str, family_name: str, years: int, months: int = 0, **more: object) -> Someone:
    """Write a child in one line."""
    return Someone(key, given_name, family_name, age=(years, months), **more)  # type: ignore[arg-type]


def adult(key: str, given_name: str, family_name: str, part: str, years: int | None = None, **more: object) -> Someone:
    """Write an adult in one line."""
    age = None if years is None else (years, 4)
    return Someone(key, given_name, family_name, is_child=False, age=age, part=part, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Related:
    """`subject` is the `kind` of `to`."""

    subject: str
    kind: RelationKind
    to: str


@dataclass(frozen=True)
class ReferrerText:
    """Who is worried."""

    kind: ReferrerKind
    name: str = ""
    organisation: str = ""
    post: str = ""
    email: str = ""
    telephone: str = ""
    safe_by: tuple[SafeWay, ...] = ()
    safe_ways: str = ""
    own_reference: str = ""

    @property
    def is_private(self) -> bool:
        """Say whether the referrer speaks for nobody but themself."""
        return self.kind not in {ReferrerKind.PROFESSIONAL, ReferrerKind.SCHOOL}


@dataclass(frozen=True)
class ContactText:
    """One worry as it reached the hub."""

    channel: Channel
    referrer: ReferrerText
    reported: str
    concern: str
    people: tuple[Someone, ...]
    relations: tuple[Related, ...] = ()
    address: str = ""
    address_is_protected: bool = False
    protected_from: str = ""
    hazards: str = ""
    known: Known = Known.NOT_KNOWN
    systems_searched: str = "Social care record, early help record"
    open_to: str = ""
    agreement: FamilyAgreement = FamilyAgreement.NOT_SOUGHT
    agreement_reason: str = ""
    may_tell: MayTell = MayTell.NOT_KNOWN
    may_tell_reason: str = ""
    crime_possible: bool = False
    immediate_danger: bool = False
    happened_days_ago: int | None = None

    @property
    def children(self) -> tuple[Someone, ...]:
        """The children, in order."""
        return tuple(one for one in self.people if one.is_child)

    @property
    def adults(self) -> tuple[Someone, ...]:
        """The adults, in order."""
        return tuple(one for one in self.people if not one.is_child)


@dataclass(frozen=True)
class PanelText:
    """What one agency's member of the panel thinks."""

    who: str
    exit: Exit
    reason: str


@dataclass(frozen=True)
class ScreeningText:
    """How the contact is screened; `levels` by the child's key."""

    exit: Exit
    reasons: str
    criteria: tuple[Criterion, ...]
    levels: dict[str, LevelOfNeed]
    colour: Colour | None = None
    views: tuple[PanelText, ...] = ()
    handover: str = ""
    team: str = ""


@dataclass(frozen=True)
class ItemText:
    """One thing that an agency holds.

    Attributes:
        about: the key of a child or adult; empty where it speaks of the household.
        days_ago: when it happened; None where nobody knows.
        named: keys of core agencies that the owner names for it.
    """

    text: str
    handling: Handling
    theme: Theme
    about: str = ""
    days_ago: int | None = None
    precision: DatePrecision = DatePrecision.DAY
    source: str = ""
    named: tuple[str, ...] = ()
    needed_at_night: bool = False

    def occurred_on(self, today: date) -> date | None:
        """Return the day on which it happened, if anybody knows."""
        return None if self.days_ago is None else today - timedelta(days=self.days_ago)


@dataclass(frozen=True)
class SealedItem:
    """A confidential item, and what somebody at the door must know of it, in the words its owner agrees."""

    text: str
    theme: Theme
    about: str = ""
    days_ago: int | None = None
    proposed: str = ""
    agreed: str = ""


@dataclass(frozen=True)
class AskText:
    """One agency asked, and what it answers; without items it holds nothing that it shares."""

    agency: str
    who: str
    asks: str
    about: tuple[str, ...]
    purpose: str
    concern: str = ""
    basis: LawfulBasis = LawfulBasis.PUBLIC_TASK
    items: tuple[ItemText, ...] = ()
    sealed: SealedItem | None = None
    systems: str = ""
    identifiers: str = "Name, date of birth, address"
    withheld: WithheldReason | None = None
    spoken_by: str = ""


@dataclass(frozen=True)
class AnalysisText:
    """What the social worker makes of it; `meanings` by the child's key."""

    conversation: str
    risks: str
    protection: str
    child_views: str
    family_views: str
    gaps: str
    summary: str
    recommendation: str
    outcome: Outcome
    meanings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ChildDecisionText:
    """What is decided for one child."""

    child: str
    outcome: Outcome
    level: LevelOfNeed
    reasons: str


@dataclass(frozen=True)
class DecisionText:
    """The manager's decision."""

    children: tuple[ChildDecisionText, ...]
    missing: str
    sealed: SealedConsidered = SealedConsidered.NOT_NEEDED
    sealed_reasons: str = ""
    dissent_of: str = ""
    dissent: str = ""


@dataclass(frozen=True)
class ReleaseText:
    """What goes out with the MASH summary, and to which team."""

    team: str
    who: str
    covering: str
    told: FamilyTold
    somebody_must_know: bool = False


@dataclass(frozen=True)
class LetterText:
    """A letter to one parent; with `held_back` it does not go."""

    to: str
    text: str = ""
    held_back: str = ""


@dataclass(frozen=True)
class FeedbackText:
    """The word back to the referrer."""

    state: FeedbackState
    whom_to_ring: str = ""
    meanwhile: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PlaceText:
    """Where a child is, with whom, and for how many hours that is safe."""

    child: str
    place: str
    with_whom: str
    safe_hours: int | None = None


@dataclass(frozen=True)
class ProtectText:
    """Protect now, and the strategy discussion that follows; without `agreed` none was held yet."""

    reason: str
    places: tuple[PlaceText, ...] = ()
    invited: str = ""
    present: str = ""
    agreed: str = ""
    actions: str = ""
    section_47: SectionFortySeven = SectionFortySeven.NOT_DECIDED


@dataclass(frozen=True)
class CaseText:
    """One contact with all that may follow; a builder stops wherever it is told to."""

    key: str
    title: str
    contact: ContactText
    screening: ScreeningText
    colour: Colour = Colour.AMBER
    rating_reason: str = ""
    authority: str = ""
    asks: tuple[AskText, ...] = ()
    analysis: AnalysisText | None = None
    decision: DecisionText | None = None
    release: ReleaseText | None = None
    letters: tuple[LetterText, ...] = ()
    feedback: FeedbackText | None = None
    protect: ProtectText | None = None
