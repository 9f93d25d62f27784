"""The words of "My work": sections as data, and where each stage reads their lines.

Each stage says in its `queries/work.py` which sections it has and which sources fill them; `mash/worklist/` joins them.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

from common.transition import StateTable

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer

MOST = 200
"""Lines that one source gives at most, those that wait longest; whoever has more is told so."""


class About(StrEnum):
    """Through which record a line knows whom it is about."""

    CONTACT = "contact"
    ENQUIRY = "enquiry"
    REQUEST = "request"
    SUMMARY = "summary"
    NOBODY = ""


class Danger(IntEnum):
    """How a child stands, the worst first."""

    UNATTENDED = 0
    UNSAFE = 1
    ATTENDED = 2
    NONE = 3


class Row(NamedTuple):
    """One line as it comes from the database: the same columns from every source, so that one statement reads all.

    Attributes:
        source: key of the source.
        state: code of the record's state.
        due_at: when the deadline that counts for this list runs out, aware.
        who: the name of whoever has it, or nothing.
        contact_id: the contact, where the record is or hangs on one.
        detail: what else the source needs to place the line; no content of a guarded text.
    """

    source: str
    key: uuid.UUID
    reference: str
    state: str
    colour: str | None
    due_at: datetime | None
    arrived_at: datetime | None
    who: str | None
    contact_id: uuid.UUID | None
    enquiry_id: uuid.UUID | None
    detail: str | None


@dataclass(frozen=True, eq=False)
class Section:
    """What is to be done by whom: one group of the list of work.

    Attributes:
        key: stage and name, such as `contacts.to_take`.
        title: what is to be done, in the hub's words; the heading of the group.
        roles: whose list it is; with several roles each has the section.
        table: the state table of the record; None where the record has none.
        states: in which the record waits here.
        moves: events of the state table with which it leaves the section, or gets nearer to leaving it.
        route: name of the page on which it is done.
        protects: whether it is the very work that a danger calls for.
        takes_reference: whether that page is the record's own.
        takes_key: whether it is named by the record's key: a record that is no case's has no reference in an address.
        measures: the deadlines of which the earliest open one counts here; codes of `clock.choices.Measure`.
        about: how the line knows whom it is about.
        begins: the record that is begun here, where the move is not one of the state table.
        chases: whom the holder of the list chases, where the move is somebody else's.
    """

    key: str
    title: str
    roles: frozenset[str]
    table: StateTable | None
    states: frozenset[str]
    moves: tuple[str, ...]
    route: str
    measures: tuple[str, ...] = ()
    about: About = About.CONTACT
    begins: str = ""
    chases: str = ""
    takes_reference: bool = True
    takes_key: bool = False
    protects: bool = False


Place = tuple[str, str]
"""Key of a section, and a few more words for the line."""


class Waits(StrEnum):
    """What is nothing on most days; `fw.work_waits` says of each at once whether anything waits."""

    PUT_TO_MANAGER = "put_to_manager"
    RETURNED = "returned"
    RETURNED_OWN = "returned_own"
    STAFF_MATCHES = "staff_matches"
    SPOKEN_ANSWERS = "spoken_answers"
    INSTRUCTIONS = "instructions"
    CORRECTIONS_UNTOLD = "corrections_untold"
    CORRECTIONS_TO_SAY = "corrections_to_say"
    CORRECTIONS_TO_READ = "corrections_to_read"
    SUMMARIES = "summaries"
    SUMMARIES_QUERIED = "summaries_queried"
    SUMMARIES_CHANGED = "summaries_changed"
    SUMMARIES_TO_TELEPHONE = "summaries_to_telephone"
    LETTERS = "letters"
    UNDELIVERED = "undelivered"
    CAME_BACK = "came_back"
    UNREAD_BY_NOBODY = "unread_by_nobody"
    LEFT_BEHIND = "left_behind"
    EMPTY_TEAMS = "empty_teams"
    SILENT_REQUESTS = "silent_requests"
    INSTRUCTIONS_OF_NOBODY = "instructions_of_nobody"
    EMPTY_FRONT_DOOR = "empty_front_door"
    NO_DECISION_MAKER = "no_decision_maker"


@dataclass(frozen=True, eq=False)
class Source:
    """Where lines of one record come from, and in which sections they stand.

    Attributes:
        key: stage and record, such as `contacts.contacts`.
        rows: the rows for a viewer as `lines` gives them; None where nothing of it is theirs.
        place: the sections in which a row stands for a viewer.
        waits: asked for its rows only where one of these waits; asked always where none is named.
    """

    key: str
    rows: Callable[[Viewer, datetime], Lines | None]
    place: Callable[[Viewer, Row], Iterable[Place]]
    waits: tuple[Waits, ...] = ()


def into(section: Section) -> Callable[[Viewer, Row], Iterable[Place]]:
    """Return the place of a source of which every row stands in one section."""
    return lambda _viewer, _row: [(section.key, "")]


@dataclass(frozen=True)
class People:
    """Whom a line is about, as far as the viewer sees it.

    Attributes:
        first: name and age of the first child; empty where nobody is seen or the name stays off lists.
        others: how many more children there are.
        kind: the kind of concern in words, or empty.
        proposed: the colour that screening proposed for an enquiry, or empty.
        danger: how the children stand.
        danger_words: the same in words, or empty.
        next_at: the next action of protective work, aware: until when the children are safe.
        matter: key of the contact whose danger it is: one matter stands above every clock once.
        came_in_flood: whether all of it was sent by the public form among many from one connection.
    """

    first: str = ""
    others: int = 0
    kind: str = ""
    proposed: str = ""
    danger: Danger = Danger.NONE
    danger_words: str = ""
    next_at: datetime | None = None
    matter: uuid.UUID | None = None
    came_in_flood: bool = False

    @property
    def is_about(self) -> bool:
        """Whether a cell of a list is this and no text."""
        return True


NOBODY = People()


@dataclass(frozen=True)
class WorkItem:
    """One line of the list.

    Attributes:
        section: key of its section.
        reference: what the line is called; never a name.
        url: the page on which it is done.
        todo: what the viewer is to do: the title of its section.
        colour: red, amber, green, or empty before the rating.
        due_at: the deadline that counts for this viewer; None where there is none.
        arrived_at: when the worry reached the hub, or the record reached the viewer.
        who: whose it is, or empty while it is nobody's.
        note: a few more words, no content of a guarded text.
    """

    section: str
    reference: str
    url: str
    todo: str
    colour: str = ""
    due_at: datetime | None = None
    arrived_at: datetime | None = None
    who: str = ""
    note: str = ""
    people: People = field(default=NOBODY)

    @property
    def act_at(self) -> datetime | None:
        """The earlier of the deadline and the next action of protective work."""
        return min(filter(None, (self.due_at, self.people.next_at)), default=None)


EMPTY: Mapping[str, str] = {
    "colour": "''::text",
    "due_at": "NULL::timestamptz",
    "arrived_at": "NULL::timestamptz",
    "who": "''::text",
    "contact_id": "NULL::uuid",
    "enquiry_id": "NULL::uuid",
    "detail": "''::text",
}
"""What a column holds, in SQL, where a source gives nothing for it."""

GIVEN: Mapping[str, Combinable] = {"key": F("pk"), "reference": F("reference"), "state": F("state")}
"""Columns that every record has by these names, unless the source says otherwise."""


@dataclass(frozen=True)
class Lines:
    """The rows of one source.

    Attributes:
        names: the columns of `Row` that the rows carry, in their order; the others are empty.
    """

    source: str
    rows: QuerySet[Any, Any]
    names: tuple[str, ...]


def lines(source: str, rows: QuerySet[Any], *order: str, **given: Combinable) -> Lines:
    """Return rows with the columns of `Row`, the first of them by `order`; what is not given is empty.

    Args:
        rows: from `visible_to`. No guarded table is joined that whoever sees the row may not see: a column of such a
            one comes by a subquery of its own.
        order: those that wait longest come first: a list that is cut keeps them.
    """
    columns = {**GIVEN, **given}
    computed = {f"line_{name}": column for name, column in columns.items() if not isinstance(column, F)}
    fields = [column.name if isinstance(column, F) else f"line_{name}" for name, column in columns.items()]  # type: ignore[attr-defined]
    cut: QuerySet[Any, Any] = rows.annotate(**computed).order_by(*order)[:MOST].values_list(*fields)
    return Lines(source, cut, tuple(columns))
