"""Life in the box: quarter by quarter of an hour, worries arrive, people work, the sweep tells, and mishaps happen."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from smtplib import SMTPRecipientsRefused
from unittest import mock

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_for
from agencies.access.viewer import Viewer
from clock.models import hub_calendar
from clock.rules.calendar import Calendar
from common.work import Section, WorkItem
from demo.borough.arrivals import Arrival, Worries, report_online, type_in
from demo.borough.box import VirtualClock
from demo.borough.hub import on_duty
from demo.borough.moving import SELDOM, Leaning, Outcome, Taken, go
from demo.borough.registry import ask_agencies, at_desk
from demo.borough.visitors import BrokenPage, Visitor
from demo.borough.workers import DUE, FINDING
from notices.actions import sending

QUARTER = timedelta(minutes=15)
MOST_IDLE = 7
"""Who finds nothing to do looks less often, up to so many times more, until the hub tells them something."""

GATHERING = "sharing.to_gather"
AT_NIGHT = "_at_night"
"""How sections end in which a line stays until morning, whatever is done about it."""

BY_PAGE = 20
"""Of so many moves one goes through the rendered page; besides those that only the page can word."""

WITHOUT_LIST = frozenset({"auditor", "administrator", "reviewer"})
A_NIGHT = timedelta(hours=10)
LOOK_AGAIN, RING_AGAIN = timedelta(hours=1), timedelta(hours=6)
"""After so long somebody looks again at a line on which nothing could be done; at one where others have the move."""

ASK_AGAIN, AT_ONCE = timedelta(hours=3), timedelta(minutes=75)
"""So long a social worker waits for answers before they decide what to do without."""


@dataclass(frozen=True)
class Work:
    """Where lists of work come from, and how the workers log in: whoever runs the box says so.

    Attributes:
        list_of: the lines of a viewer at a moment, in the order of the page; the roof gives it, this room is below.
        as_workers: lets the connection be that of the sweep.
        outside: writes what the world outside does to a hub's tables, past the product.
        something_is_due: whether the workers would find anything to do.
        told_since: the memberships to which the hub has said something since a moment.
    """

    list_of: Callable[[Viewer, datetime], list[WorkItem]]
    sections: Mapping[str, Section]
    as_workers: Callable[[], AbstractContextManager[None]]
    outside: Callable[[str, list[object]], None]
    something_is_due: Callable[[datetime], bool]
    told_since: Callable[[datetime], set[uuid.UUID]]


class RefusingServer(BaseEmailBackend):
    """A mail server that knows none of the addresses."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Refuse.

        Raises:
            SMTPRecipientsRefused: always.
        """
        raise SMTPRecipientsRefused({one: (550, b"unknown") for mail in email_messages for one in mail.to})


def refusing_mail() -> AbstractContextManager[object]:
    """Let every mail be refused for good."""
    return mock.patch.object(sending, "get_connection", RefusingServer)


@dataclass(frozen=True)
class Step:
    """One thing that happened, as the diary keeps it."""

    number: int
    at: datetime
    who: str
    section: str
    reference: str
    taken: Taken

    @property
    def sentence(self) -> str:
        """The step in the hub's words."""
        did = self.taken.route.replace(":", " ").replace("_", " ")
        about = f" {self.reference}" if self.reference else ""
        return f"{self.at:%a %d %b %H:%M}  {self.who}{about}: {did}, {self.taken.outcome.value}"


@dataclass
class Borough:
    """A hub that is lived in.

    Attributes:
        people: everybody who works, those who have left included.
        untyped: worries that have reached the hub and that nobody has typed yet, the oldest first.
        watchers: told of each step.
        sweeps_again_at: until then the workers stand still.
        mail_again_at: until then the mail server refuses everything.
        acknowledged: what people wrote in each step that the hub took, by the question: a note of its number.
        later: what is to happen when its time has come.
    """

    clock: VirtualClock
    draw: Random
    worries: Worries
    people: list[Visitor]
    work: Work
    watchers: list[Callable[[Step], None]] = field(default_factory=list)
    untyped: list[Arrival] = field(default_factory=list)
    diary: list[Step] = field(default_factory=list)
    sweeps_again_at: datetime | None = None
    is_draining: bool = False
    asked_at: dict[str, datetime] = field(default_factory=dict)
    acknowledged: list[tuple[Step, dict[str, str]]] = field(default_factory=list)
    mail_again_at: datetime | None = None
    later: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    calendar: Calendar = field(default_factory=Calendar)
    _viewers: dict[uuid.UUID, tuple[datetime, Viewer]] = field(default_factory=dict)

    def open_now(self) -> bool:
        """Say whether the hub is open."""
        return self.calendar.is_open(self.clock.now)

    def at_work(self) -> list[Visitor]:
        """Return who is on duty now and neither away nor gone."""
        return [one for one in self.people if self.is_at_work(one)]

    def is_at_work(self, visitor: Visitor) -> bool:
        """Say whether somebody is on duty, and neither away nor gone."""
        away = visitor.idle_until is not None and visitor.idle_until > self.clock.now
        return not away and visitor.ended_at is None and on_duty(visitor, self.clock, is_open=self.open_now())

    def quarter(self, *, flood: float = 1) -> None:
        """Live through a quarter of an hour."""
        self.calendar = hub_calendar()
        for due in [one for one in self.later if one[0] <= self.clock.now]:
            self.later.remove(due)
            due[1]()
        if not self.is_draining:
            is_working_day = self.calendar.is_open_day(self.clock.london.date())
            self.untyped += self.worries.of_quarter(self.clock, is_working_day=is_working_day, flood=flood)
        self._take_in()
        told = self.work.told_since(self.clock.now - QUARTER)
        for visitor in self.people:
            if visitor.membership.pk in told and visitor.idle_looks:
                visitor.looks_at = self.clock.now
        order = self.at_work()
        self.draw.shuffle(order)
        for visitor in order:
            self._work(visitor)
        self.sweep()
        self.clock.forward(QUARTER)

    def outside(self, statement: str, values: list[object]) -> None:
        """Let the world outside change something."""
        self.work.outside(statement, values)

    def sweep(self) -> None:
        """Let the workers do what they do twice a minute, unless they stand still."""
        if self.sweeps_again_at is not None and self.clock.now < self.sweeps_again_at:
            return
        fails = self.mail_again_at is not None and self.clock.now < self.mail_again_at
        with self.work.as_workers(), refusing_mail() if fails else nullcontext():
            for find in FINDING.values():
                find(self.clock.now)
            if self.work.something_is_due(self.clock.now):
                for do in DUE.values():
                    do(self.clock.now)

    def _take_in(self) -> None:
        """Type what came by telephone and mail; what came online is there already."""
        typists = [one for one in self.at_work() if set(one.membership.roles) & {"front_door", "out_of_hours"}]
        for arrival in list(self.untyped):
            if arrival.case.contact.channel == "online":
                self.untyped.remove(arrival)
                reference = report_online(arrival, self.clock)
                self.keep("The public form", "", reference, Taken("contacts:report", Outcome.DONE, 302))
            elif typists:
                self.untyped.remove(arrival)
                self._type(self.draw.choice(typists), arrival)

    def _type(self, visitor: Visitor, arrival: Arrival) -> None:
        reference = type_in(arrival, visitor, None if self._goes_by_page() else self.viewer(visitor))
        taken = Taken("contacts:new", Outcome.DONE if reference else Outcome.REFUSED)
        if arrival.shape:
            self.counts[f"shape: {arrival.shape}"] += 1
        self.keep(visitor.name, "", reference or "", taken)

    def _work(self, visitor: Visitor) -> None:
        """Let somebody take up the first lines of their list on which something can be done now."""
        if visitor.looks_at > self.clock.now or not set(visitor.membership.roles) - WITHOUT_LIST:
            return
        left = visitor.pace
        for item in self.list_of(visitor):
            seen = visitor.seen_at.get(f"{item.section} {item.reference}")
            again = self._looks_again_after(item)
            if seen is not None and self.clock.now < seen + again:
                continue
            if self.act(visitor, item):
                left -= 1
            if left == 0:
                break
        visitor.idle_looks = min(visitor.idle_looks + 1, MOST_IDLE) if left == visitor.pace else 0
        visitor.looks_at = self.clock.now + visitor.looks_every * (1 + visitor.idle_looks)

    def _looks_again_after(self, item: WorkItem) -> timedelta:
        if item.section.endswith(AT_NIGHT):
            return A_NIGHT
        if item.section == GATHERING and item.reference in self.asked_at:
            return AT_ONCE if item.colour == "red" else ASK_AGAIN
        return RING_AGAIN if self.work.sections[item.section].chases else LOOK_AGAIN

    def list_of(self, visitor: Visitor) -> list[WorkItem]:
        """Return somebody's list as it stands now."""
        viewer = self.viewer(visitor)
        if viewer.membership_id is None:
            return []
        with acting_as(viewer) as acting:
            return self.work.list_of(acting, self.clock.now)

    def viewer(self, visitor: Visitor) -> Viewer:
        """Return who somebody is now; what changes that happens between two quarters of an hour."""
        known = self._viewers.get(visitor.membership.pk)
        if known is None or known[0] != self.clock.now:
            viewer = viewer_for(visitor.membership.user_id, visitor.membership.pk, at=self.clock.now)
            known = self._viewers[visitor.membership.pk] = (self.clock.now, viewer)
        return known[1]

    def act(self, visitor: Visitor, item: WorkItem) -> bool:
        """Let somebody open a line and make a move; return whether anything came of it."""
        section = self.work.sections[item.section]
        try:
            taken = self._moved(visitor, item, section)
        except BrokenPage as broken:
            taken = Taken(broken.what, Outcome.REFUSED, 500, (str(broken),))
        if taken.outcome != Outcome.DONE or item.section.endswith(AT_NIGHT):
            visitor.seen_at[f"{item.section} {item.reference}"] = self.clock.now
        self.keep(visitor.name, item.section, item.reference, taken)
        return taken.outcome == Outcome.DONE

    def _moved(self, visitor: Visitor, item: WorkItem, section: Section) -> Taken:
        leaning = self._leaning(item)
        if not self._goes_by_page():
            taken = self._at_desk(visitor, item, section, leaning)
            self.counts["at the desk" if taken else "not at the desk"] += 1
            if taken is not None:
                return taken
        self.counts["by the page"] += 1
        return self._by_page(visitor, item, section, leaning)

    def _at_desk(self, visitor: Visitor, item: WorkItem, section: Section, leaning: Leaning) -> Taken | None:
        viewer = self.viewer(visitor)
        if item.section != GATHERING or leaning("decisions:analysis") == 1:
            return at_desk(visitor, viewer, item, section, leaning)
        if item.reference not in self.asked_at:
            return ask_agencies(visitor, viewer, item.reference)
        return None

    def _goes_by_page(self) -> bool:
        return self.draw.randrange(BY_PAGE) == 0

    def _by_page(self, visitor: Visitor, item: WorkItem, section: Section, leaning: Leaning) -> Taken:
        page = visitor.get(item.url)
        if page.status != 200:
            return Taken(item.url, Outcome.GONE, page.status)
        taken = go(visitor, page, section, leaning)
        return taken or Taken(item.url, Outcome.NOTHING)

    def _leaning(self, item: WorkItem) -> Leaning:
        """Return how readily people take each route on a line now."""
        if item.section != GATHERING:
            return lambda route: SELDOM.get(route, 1.0)
        asked_at = self.asked_at.get(item.reference)
        if asked_at is None:
            weights = {"information_sharing:agencies": 1.0, "information_sharing:ask": 1.0, "decisions:analysis": 0.1}
        elif self.clock.now < asked_at + (AT_ONCE if item.colour == "red" else ASK_AGAIN):
            weights = {"information_sharing:agencies": 0.5, "information_sharing:spoken": 0.2}
        else:
            weights = {"decisions:analysis": 1.0}
        weights["decisions:analysis_send"] = 1.0
        return lambda route: weights.get(route, 0.0)

    def keep(self, who: str, section: str, reference: str, taken: Taken) -> None:
        """Write a step into the diary, and let those who look on judge it."""
        step = Step(len(self.diary) + 1, self.clock.now, who, section, reference, taken)
        self.diary.append(step)
        if taken.notes:
            self.acknowledged.append((step, dict(taken.notes)))
        if (taken.route, taken.outcome) == ("information_sharing:ask", Outcome.DONE):
            self.asked_at[reference] = self.clock.now
        for watcher in self.watchers:
            watcher(step)
