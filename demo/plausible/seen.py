"""A hub as plain values: what somebody sees of it who looks whether it was lived in or made up."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from clock.rules.calendar import Calendar
from common.moments import london_day


@dataclass(frozen=True)
class PersonSeen:
    """A child or an adult of one contact."""

    key: uuid.UUID
    is_child: bool
    given: str = ""
    family: str = ""
    is_unborn: bool = False
    born: date | None = None
    expected: date | None = None
    sex: str = ""
    ethnicity: str = ""
    school: str = ""
    practice: str = ""
    nhs_number: str = ""
    at_home: bool | None = True
    address: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """The full name; empty where nobody knows it."""
        return f"{self.given} {self.family}".strip()

    @property
    def identity(self) -> tuple[str, str, date | None]:
        """By what the same person is known in several contacts."""
        return self.given, self.family, self.born

    def months(self, day: date) -> int | None:
        """Return how many whole months old they are on a day."""
        if self.born is None:
            return None
        return (day.year - self.born.year) * 12 + day.month - self.born.month - (day.day < self.born.day)

    def years(self, day: date) -> int | None:
        """Return how many whole years old they are on a day."""
        months = self.months(day)
        return None if months is None else months // 12


@dataclass(frozen=True)
class ReferrerSeen:
    """Who was worried."""

    name: str = ""
    organisation: str = ""
    post: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class LetterSeen:
    """A letter to one person of a contact."""

    to: uuid.UUID
    state: str


@dataclass(frozen=True)
class TextSeen:
    """Something written about a contact: where it stands, and the words."""

    where: str
    text: str


@dataclass(frozen=True)
class ContactSeen:
    """One contact with all that hangs on it.

    Attributes:
        relations: who is what of whom.
        moments: what happened to it and when, in the order in which one thing can only follow the other.
        waits: what of it is still open, in words.
        at_night: whether an item of its enquiry is marked as needed at night.
        answered: whether an agency has given items.
        bases: on which lawful bases agencies were asked.
        told: what teams were told about what the family knows.
    """

    reference: str
    arrived: datetime
    state: str = ""
    channel: str = ""
    kind: str = ""
    address: str = ""
    agreement: str = ""
    agreement_reason: str = ""
    may_tell: str = ""
    may_tell_reason: str = ""
    exit: str = ""
    colour: str = ""
    enquiry: str = ""
    enquiry_state: str = ""
    referrer: ReferrerSeen = ReferrerSeen()
    people: tuple[PersonSeen, ...] = ()
    relations: tuple[tuple[uuid.UUID, str, uuid.UUID], ...] = ()
    letters: tuple[LetterSeen, ...] = ()
    feedback: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    texts: tuple[TextSeen, ...] = ()
    moments: tuple[tuple[str, datetime], ...] = ()
    waits: tuple[str, ...] = ()
    at_night: bool = False
    answered: bool = False
    bases: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        """The day in London on which it arrived."""
        return london_day(self.arrived)

    @property
    def children(self) -> tuple[PersonSeen, ...]:
        """The children, unborn ones too."""
        return tuple(one for one in self.people if one.is_child)

    @property
    def adults(self) -> tuple[PersonSeen, ...]:
        """The adults."""
        return tuple(one for one in self.people if not one.is_child)

    def person(self, key: uuid.UUID) -> PersonSeen:
        """Return one of its people."""
        return next(one for one in self.people if one.key == key)

    def related(self, kind: str) -> Iterator[tuple[PersonSeen, PersonSeen]]:
        """Yield the pairs of which the one is the <kind> of the other."""
        for one, what, other in self.relations:
            if what == kind:
                yield self.person(one), self.person(other)


@dataclass(frozen=True)
class ActSeen:
    """Something that somebody did.

    Attributes:
        member: from when to when they were a member; None for the public and the hub's own workers.
    """

    at: datetime
    verb: str
    reference: str
    roles: frozenset[str]
    agency_kind: str = ""
    member: tuple[date, date | None] | None = None


@dataclass(frozen=True)
class HubSeen:
    """Everything that is looked at.

    Attributes:
        at: the moment of looking.
        titles: of the six cases, by the words in which each was reported.
    """

    at: datetime
    calendar: Calendar = field(default_factory=Calendar)
    contacts: tuple[ContactSeen, ...] = ()
    acts: tuple[ActSeen, ...] = ()
    telephones: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
