"""Reading the clock: how things stand is computed here, at the moment of reading."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from agencies.access import firewall
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Colour, Loop, Measure, State
from clock.models import BreachReason, Deadline, FailedRow, Heartbeat
from clock.rules.words import standing
from common.moments import short_moment

SILENT_AFTER = timedelta(minutes=3)
"""How long a part may be silent before people are told."""

MOST_UNTOLD = 50

SET_ASIDE_WITHIN = timedelta(hours=1)
"""A row that is set aside is tried every few minutes: one that has not failed for so long is none any more."""


@dataclass(frozen=True)
class Countdown:
    """One deadline as a page shows it at a moment.

    Attributes:
        words: such as "1 hour 12 minutes left, due 15:40"; London time.
        explanation: sentences that answer "why this deadline?".
    """

    deadline_id: uuid.UUID
    subject_kind: str
    subject_id: uuid.UUID
    subject_reference: str
    enquiry_id: uuid.UUID | None
    enquiry_reference: str
    measure: str
    label: str
    colour: str
    agency_id: uuid.UUID | None
    team_id: uuid.UUID | None
    membership_id: uuid.UUID | None
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    cancelled_at: datetime | None
    own_due_at: datetime | None
    state: str
    words: str
    explanation: tuple[str, ...]

    @property
    def is_missed(self) -> bool:
        """Whether it ran out before it was met, or has run out."""
        return self.is_overdue or (self.met_at is not None and self.met_at > self.due_at)

    @property
    def in_a_line(self) -> str:
        """Which clock it is, for a list to choose from."""
        return f"{self.label}, for {self.subject_reference}, due {short_moment(self.due_at)}"

    @property
    def is_overdue(self) -> bool:
        """Say whether it is open and late."""
        return self.state == State.OVERDUE

    @property
    def is_open(self) -> bool:
        """Say whether it still runs."""
        return self.state in {State.OVERDUE, State.RUNNING}

    @property
    def is_late(self) -> bool:
        """Say whether it is or was late: a reason may be given."""
        return self.state in {State.OVERDUE, State.MET_LATE}

    @property
    def colour_name(self) -> str:
        """The colour as a word; empty when unrated."""
        return str(Colour(self.colour).label) if self.colour else ""


def countdown(deadline: Deadline, *, at: datetime) -> Countdown:
    """Return how a deadline stands at a moment."""
    now = standing(due_at=deadline.due_at, met_at=deadline.met_at, cancelled_at=deadline.cancelled_at, at=at)
    return Countdown(
        deadline_id=deadline.pk,
        subject_kind=deadline.subject_kind,
        subject_id=deadline.subject_id,
        subject_reference=deadline.subject_reference,
        enquiry_id=deadline.enquiry_id,
        enquiry_reference=deadline.enquiry_reference,
        measure=deadline.measure,
        label=str(Measure(deadline.measure).label),
        colour=deadline.colour,
        agency_id=deadline.agency_id,
        team_id=deadline.team_id,
        membership_id=deadline.membership_id,
        started_at=deadline.started_at,
        due_at=deadline.due_at,
        met_at=deadline.met_at,
        cancelled_at=deadline.cancelled_at,
        own_due_at=deadline.own_due_at,
        state=now.state,
        words=now.words,
        explanation=tuple(deadline.sentences),
    )


def deadlines_for(subject_ids: Iterable[uuid.UUID], *, at: datetime) -> dict[uuid.UUID, list[Countdown]]:
    """Return the clocks of many records in one query: subject to its clocks, the earliest first.

    Args:
        subject_ids: of records that were fetched through their own rule. Who may see a record may see its clocks.
    """
    found: dict[uuid.UUID, list[Countdown]] = defaultdict(list)
    for deadline in Deadline.objects.standing().about(subject_ids).order_by("due_at", "id"):
        found[deadline.subject_id].append(countdown(deadline, at=at))
    return dict(found)


def is_overdue(subject_id: uuid.UUID, *, at: datetime) -> bool:
    """Say whether the time of an open clock is up; for a record that was fetched through its own rule.

    At the very instant it is, as in the database; what is shown as overdue is late by more than nothing.
    """
    return Deadline.objects.open().about([subject_id]).filter(due_at__lte=at).exists()


def first_due_of(subject_ids: Iterable[uuid.UUID], *measures: Measure, at: datetime) -> dict[uuid.UUID, Countdown]:
    """Return the clock to show of each of many records where there is room for one: the earliest open one; one query.

    Args:
        subject_ids: as for `deadlines_for`.
        measures: only these.
    """
    rows = Deadline.objects.open().about(subject_ids).filter(measure__in=measures)
    found: dict[uuid.UUID, Countdown] = {}
    for deadline in rows.order_by("due_at", "id"):
        found.setdefault(deadline.subject_id, countdown(deadline, at=at))
    return found


def first_due_by_measure(subject_ids: Iterable[uuid.UUID], *measures: Measure) -> dict[str, datetime]:
    """Return when the earliest open clock of each measure runs out, of all these records together; one query.

    Args:
        subject_ids: as for `deadlines_for`.
    """
    rows = Deadline.objects.open().about(subject_ids).filter(measure__in=measures)
    return dict(rows.order_by().values("measure").annotate(first=Min("due_at")).values_list("measure", "first"))


def first_due(countdowns: Iterable[Countdown], *measures: Measure) -> Countdown | None:
    """Return the clock to show where there is room for one: the earliest open one, of the measures named or of all."""
    wanted = [clock for clock in countdowns if clock.is_open and (not measures or clock.measure in measures)]
    return min(wanted, key=lambda clock: clock.due_at, default=None)


def first_due_at(subject: str = "pk", *measures: Measure) -> Subquery:
    """Return when the earliest open clock of each row runs out, to be fetched with the row: lists need no second query.

    Args:
        subject: the column of the row that names the clock's record.
        measures: only these; all where none is named.
    """
    rows = Deadline.objects.open().filter(subject_id=OuterRef(subject))
    if measures:
        rows = rows.filter(measure__in=measures)
    return Subquery(rows.order_by("due_at", "id").values("due_at")[:1])


def awaiting(subject_kind: str, *measures: Measure) -> QuerySet[Deadline, dict[str, Any]]:
    """Return the keys of the records of one kind on which a clock of these measures runs, to drive a list by.

    They open nothing: the list filters by its own rule.
    """
    return Deadline.objects.open().filter(subject_kind=subject_kind, measure__in=measures).values("subject_id")


def open_deadlines(
    viewer: Viewer,
    *,
    at: datetime,
    measures: Iterable[Measure] = (),
    colour: str = "",
    mine: bool = False,
    limit: int = 200,
) -> list[Countdown]:
    """Return what a viewer has to keep in time, the longest overdue first, then the least time left.

    Args:
        mine: only what is assigned to this very membership.
    """
    narrowed = Q()
    if wanted := list(measures):
        narrowed &= Q(measure__in=wanted)
    if colour:
        narrowed &= Q(colour=colour)
    if mine:
        narrowed &= Q(membership_id=viewer.membership_id)
    rows = Deadline.objects.visible_to(viewer).open().filter(narrowed).order_by("due_at", "id")[:limit]
    return [countdown(row, at=at) for row in rows]


def enquiry_deadlines(viewer: Viewer, enquiry_id: uuid.UUID, *, at: datetime) -> list[Countdown]:
    """Return every clock of an enquiry and of what hangs on it that the viewer may see, restated ones left out."""
    rows = Deadline.objects.visible_to(viewer).standing().filter(enquiry_id=enquiry_id).order_by("due_at", "id")
    return [countdown(row, at=at) for row in rows]


def get_deadline(viewer: Viewer, deadline_id: uuid.UUID) -> Deadline:
    """Return one deadline.

    Raises:
        NotVisible: there is none for this viewer.
    """
    found: Deadline = firewall.fetch(Deadline.objects.all(), viewer, pk=deadline_id)
    return found


def earlier_statements(viewer: Viewer, subject_ids: Iterable[uuid.UUID], *, at: datetime) -> list[Countdown]:
    """Return the withdrawn and replaced clocks of some records, the oldest first: the first rating's result too."""
    rows = Deadline.objects.visible_to(viewer).filter(subject_id__in=list(subject_ids), cancelled_at__isnull=False)
    return [countdown(row, at=at) for row in rows.order_by("created_at", "id")]


def reasons_for(viewer: Viewer, deadline_ids: Iterable[uuid.UUID]) -> list[BreachReason]:
    """Return the reasons about some deadlines that the viewer may read, the oldest first."""
    rows = BreachReason.objects.visible_to(viewer).filter(deadline_id__in=list(deadline_ids))
    return list(rows.select_related("given_by__user").order_by("given_at", "id"))


def untold_deadlines(viewer: Viewer, *, at: datetime) -> list[Countdown]:
    """Return open clocks that the viewer may see and of which the hub could tell nobody: those who answer ring then."""
    if not viewer.has(Role.MANAGER, Role.SOCIAL_WORKER):
        return []
    failed = FailedRow.objects.filter(loop=Loop.LADDER).set_aside(since=at - SET_ASIDE_WITHIN)
    rows = Deadline.objects.visible_to(viewer).open().filter(pk__in=failed.values("row"))
    return [countdown(row, at=at) for row in rows.order_by("due_at", "id")[:MOST_UNTOLD]]


def set_aside_counts(viewer: Viewer, *, at: datetime) -> list[tuple[str, int]]:
    """Return how many rows of which loop are set aside, for administrators: numbers, and nothing of a case."""
    if not viewer.has(Role.ADMINISTRATOR):
        return []
    failed = FailedRow.objects.set_aside(since=at - SET_ASIDE_WITHIN).order_by().values_list("loop")
    return sorted((str(Loop(loop).label), count) for loop, count in failed.annotate(count=Count("id")))


@dataclass(frozen=True)
class Signs:
    """When parts of the machinery were last seen at work; None: never.

    Attributes:
        swept_at: a sweep, whoever made it: the worker, or the second clock.
        worked_at: a sweep that came through the broker.
    """

    swept_at: datetime | None
    worked_at: datetime | None

    def is_late(self, *, at: datetime) -> bool:
        """Say whether nobody has swept for three minutes: notices come late, deadlines do not."""
        return is_silent(self.swept_at, at=at)

    def is_stood_in_for(self, *, at: datetime) -> bool:
        """Say whether the second clock does the work of a worker that is silent."""
        return is_silent(self.worked_at, at=at) and not self.is_late(at=at)


SWEEP, WORKER, MAIL, TIMER = "sweep", "worker", "mail", "timer"
"""Parts that leave signs of life: a sweep by whomever, one that came through the broker, mail, the second clock."""

SIGNS = (
    "(SELECT max(at) FROM clock_heartbeat WHERE name = 'sweep'),"
    " (SELECT max(at) FROM clock_heartbeat WHERE name = 'worker')"
)
"""The two moments of `Signs`, for a statement that asks something else too: pages ask for them every time."""


def signs_of_life() -> Signs:
    """Return when parts of the machinery were last seen at work."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SIGNS}")  # constants of ours
        return Signs(*cursor.fetchone())


def shows_any_deadline() -> bool:
    """Say whether the database shows a deadline to whoever asks now, past the first wall: to nobody it shows none."""
    return bool(Deadline.objects.all().exists())


def last_seen(name: str) -> datetime | None:
    """Return when a part was last seen at work."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def is_silent(last: datetime | None, *, at: datetime) -> bool:
    """Say whether a part has left no sign of life for three minutes."""
    return last is None or at - last > SILENT_AFTER
