"""The words in which the access table is written: audiences, ways in which a record opens, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum


class Audience(StrEnum):
    """A kind of viewer to whom the table opens something: a role, or those who see more or less than it does."""

    FRONT_DOOR = "front_door"
    SCREENER = "screener"
    PANEL = "panel"
    MANAGER = "manager"
    SOCIAL_WORKER = "social_worker"
    RESEARCHER = "researcher"
    LEAD = "lead"
    RECEIVING_WORKER = "receiving_worker"
    OUT_OF_HOURS = "out_of_hours"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    PUBLIC = "public"
    CLOCK = "clock"
    EMERGENCY_ACCESS = "emergency_access"
    LET_IN = "let_in"


AUDIENCE_NAMES = {
    Audience.FRONT_DOOR: "Front door",
    Audience.SCREENER: "Screener",
    Audience.PANEL: "Panel member of a partner",
    Audience.MANAGER: "MASH manager",
    Audience.SOCIAL_WORKER: "Social worker",
    Audience.RESEARCHER: "Researcher",
    Audience.LEAD: "Agency lead",
    Audience.RECEIVING_WORKER: "Receiving worker",
    Audience.OUT_OF_HOURS: "Out of hours",
    Audience.REVIEWER: "Reviewer",
    Audience.AUDITOR: "Auditor",
    Audience.ADMINISTRATOR: "Administrator",
    Audience.PUBLIC: "Without an account",
    Audience.CLOCK: "The clock, which is no person",
    Audience.EMERGENCY_ACCESS: "Whoever used emergency access to it",
    Audience.LET_IN: "A partner let in without a signature",
}

FRONT_DOOR, SCREENER, PANEL, MANAGER, SOCIAL_WORKER, RESEARCHER, LEAD = list(Audience)[:7]
RECEIVING_WORKER, OUT_OF_HOURS, REVIEWER, AUDITOR, ADMINISTRATOR, PUBLIC, CLOCK = list(Audience)[7:14]
EMERGENCY_ACCESS, LET_IN = list(Audience)[14:]

SCREENERS = (SCREENER, PANEL)
PARTNERS = (RESEARCHER, LEAD)
DECISION_TEAM = (MANAGER, SOCIAL_WORKER)
LOOKING = (REVIEWER, EMERGENCY_ACCESS)
"""Those who look into an enquiry that is not theirs: they read, and change nothing."""
EVERY_ROLE = tuple(Audience)[:12]
EVERYBODY = (PUBLIC, *EVERY_ROLE)


class Me(Enum):
    """What stands in a condition for the one who looks."""

    MEMBERSHIP = "the membership at work"
    AGENCY = "the agency for which one researches or leads"
    TEAM = "the team for which one receives"
    PERSON = "the person, in whatever membership"
    REVIEWED = "the enquiries that one was named to review, today"
    EMERGENCY_ACCESS = "the enquiries to which one has emergency access, while it lasts"
    LET_IN_TO = "the requests that one's agency may answer without a signature in force"
    STANDS_IN = "the open enquiries on which one stands in for their social worker, today"
    NOW = "the moment of looking"


@dataclass(frozen=True)
class Rows:
    """In a condition: one column of the rows of another record that fit."""

    record: str
    where: Mapping[str, object]
    column: str = "pk"


@dataclass(frozen=True)
class Because:
    """Why a record opens, told of others and told to the one who looks. Names nobody."""

    words: str
    you: str


ALWAYS = Because("always", "your role sees every such record")

Where = Mapping[str, object]


@dataclass(frozen=True)
class Every:
    """All rows of another record that hang on the same parent fulfil something: none is left over.

    Attributes:
        record: whose rows.
        parent: the column that leads to the parent, in both.
        only: which of the rows are meant.
        fulfil: what each of them must fulfil.
    """

    record: str
    parent: str
    only: Where
    fulfil: Where


@dataclass(frozen=True)
class Opening:
    """One way in which records open to people.

    Attributes:
        audiences: whom it opens them to.
        because: why.
        where: columns and what must stand there; of several, one must fit. None: whatever stands there.
        unless: columns that close it; of several, each does.
        like: another record and the path to it, which must be open to the same viewer.
        every: what must hold of all rows beside it.
        only_core: for core agencies alone (True), for virtual partners alone (False).
    """

    audiences: tuple[Audience, ...]
    because: Because
    where: Where | tuple[Where, ...] | None = None
    unless: Where | tuple[Where, ...] | None = None
    like: tuple[str, str] | None = None
    every: Every | None = None
    only_core: bool | None = None


@dataclass(frozen=True)
class Record:
    """One row of the table: a kind of record, to whom it opens, and who may see which of its texts.

    Attributes:
        label: the model, such as `contacts.Contact`.
        what: what it holds, in words.
        openings: the ways in which it opens; no other.
        texts: each column in which somebody writes, or that fewer may read than the record, and who may read it where
            the record, or a page made from it, is open to them. Nobody: the text is shown nowhere.
        closed_by: where a conflict of interest closes it over every opening: `contact`, `enquiry`, `person` or
            `reference`, and the path to its key. None where the openings go through a record that is closed already.
        in_passing: texts that a line on another record's page shows of it, and to whom, though it is not open itself.
        shown: its other columns that stand on a page for everybody to whom it opens.
        with_purpose: those of its columns that open to some only when they have said what for, and to whom.
        copies: columns that hold what stands in another one, and are shown from there.
        never: columns that stand on no page though they are of no kind that never does, each with the reason.
        latest_of: the column by which its rows are versions of one text, of which the latest stands on a page.
        narrower: other columns that fewer may read than the record, and who.
        only_where: columns that a page shows of some rows alone, and of which.
        beside: records beside which alone a page shows its rows, with the way to each; one of them must be open.
        kept_elsewhere: rows whose words stand, as they were sent, in a record of their own that is shown instead.
    """

    label: str
    what: str
    openings: tuple[Opening, ...]
    texts: Mapping[str, tuple[Audience, ...]] = field(default_factory=dict)
    in_passing: Mapping[str, tuple[Audience, ...]] = field(default_factory=dict)
    closed_by: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    with_purpose: Mapping[str, tuple[Audience, ...]] = field(default_factory=dict)
    copies: tuple[str, ...] = ()
    never: Mapping[str, str] = field(default_factory=dict)
    latest_of: str = ""
    narrower: Mapping[str, tuple[Audience, ...]] = field(default_factory=dict)
    only_where: Mapping[str, Where] = field(default_factory=dict)
    beside: tuple[tuple[str, str], ...] = ()
    kept_elsewhere: Where = field(default_factory=dict)


@dataclass(frozen=True)
class Address:
    """One row of the table: an address, on which record it is, and who reaches it.

    Attributes:
        route: the name of the route.
        reach: who gets its page or has their form judged, where the record is open to them.
        record: the model whose reference stands in the address; empty where none does.
        methods: `GET` shows, `POST` sends; both for a page with a form.
    """

    route: str
    reach: tuple[Audience, ...]
    record: str = ""
    methods: str = "GET"


def listed(names: str) -> tuple[str, ...]:
    """Return names that are written one after the other in a text."""
    return tuple(names.split())


SEND, BOTH = "POST", "GET POST"
NOBODY: tuple[Audience, ...] = ()

Openings = Mapping[str, tuple[Opening, ...]]
"""By the label of a record of an earlier stage: the openings that a later stage gives it."""
