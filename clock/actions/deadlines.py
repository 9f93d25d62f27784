"""Deadlines begin, are met, are withdrawn. Bookkeeping of the calling action: its event is theirs too."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from clock.actions.bookkeeping import kept_by_the_clock
from clock.choices import Colour, Measure, Start
from clock.models import Deadline, LadderStep, RatingPolicy, hub_calendar
from clock.rules.calendar import Calendar
from clock.rules.due import Due, act_by, due
from clock.rules.ladder import first_check, steps_for
from clock.rules.subject import HUB, Owing, Subject
from common.errors import RuleBroken

OUTLIVE = (
    Measure.CONFIRMATION,
    Measure.LETTER,
    Measure.COMPLAINT,
    Measure.FEEDBACK,
    Measure.FEEDBACK_SCHOOL,
    Measure.UNDELIVERED,
    Measure.CAME_BACK,
    Measure.CHECKING,
    Measure.CORRECTION,
)
"""What is owed about an enquiry that has closed."""


def start_deadline(
    subject: Subject,
    measure: Measure,
    *,
    moments: Mapping[Start, datetime],
    at: datetime,
    colour: str = "",
    owing: Owing = HUB,
    own_due_at: datetime | None = None,
    safe_until: datetime | None = None,
) -> Deadline:
    """Start a clock by the policy that was in force at its start.

    One that is open for the same subject and measure is returned as it is: a second call starts nothing.

    Args:
        moments: the moments that the policy may count from, aware.
        own_due_at: an earlier deadline that the manager set; a later one changes nothing.
        safe_until: the earliest moment until which a child is safe; one hour before it the hub must have acted.

    Raises:
        RuleBroken: no rating policy measures it.
        ValueError: the moment that the policy counts from is missing.
    """
    made = start_if_measured(
        subject,
        measure,
        moments=moments,
        at=at,
        colour=colour,
        owing=owing,
        own_due_at=own_due_at,
        safe_until=safe_until,
    )
    if made is None:
        name = f"“{measure.label}”" + (f" of {Colour(colour).label} work" if colour else "")
        raise RuleBroken(f"No rating policy says how long {name} may take. Ask an administrator to add one.")
    return made


@kept_by_the_clock
def start_if_measured(
    subject: Subject,
    measure: Measure,
    *,
    moments: Mapping[Start, datetime],
    at: datetime,
    colour: str = "",
    owing: Owing = HUB,
    own_due_at: datetime | None = None,
    safe_until: datetime | None = None,
) -> Deadline | None:
    """Start a clock as `start_deadline` does; None where no policy measures it.

    Raises:
        ValueError: the moment that the policy counts from is missing.
    """
    running = _running(subject, measure)
    if running:
        return running
    policy = policy_in_force(measure, colour, moments)
    if policy is None:
        return None
    start = moments[Start(policy.start)]
    deadline = _unsaved(subject, measure, colour, owing)
    deadline.started_at, deadline.own_due_at, deadline.safe_until = start, own_due_at, safe_until
    calendar = hub_calendar()
    reckoned = due(policy.allowance, start, calendar)
    return save_reckoned(deadline, policy, Due(reckoned.at, (policy.words, *reckoned.explanation)), calendar, at=at)


def _running(subject: Subject, measure: Measure) -> Deadline | None:
    rows = Deadline.objects.open().filter(subject_kind=subject.kind, subject_id=subject.id, measure=measure)
    found: Deadline | None = rows.first()
    return found


def _unsaved(subject: Subject, measure: Measure, colour: str, owing: Owing) -> Deadline:
    return Deadline(
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_reference=subject.reference,
        case_id=subject.case_id,
        enquiry_id=subject.enquiry_id,
        enquiry_reference=subject.enquiry_reference,
        measure=measure,
        colour=colour,
        agency_id=owing.agency_id,
        team_id=owing.team_id,
        membership_id=owing.membership_id,
    )


def policy_in_force(measure: str, colour: str, moments: Mapping[Start, datetime]) -> RatingPolicy | None:
    """Return the policy that was in force at the moment it counts from, that of the colour before that of any.

    Raises:
        ValueError: a policy counts from a moment that was not given.
    """
    policies: list[RatingPolicy] = list(RatingPolicy.objects.measuring(measure, colour))
    for policy in policies:
        start = moments.get(Start(policy.start))
        if start is None:
            raise ValueError(f"{policy} counts from {policy.start}: give that moment.")
        if policy.effective_from <= start:
            return policy
    return None


def save_reckoned(
    deadline: Deadline, policy: RatingPolicy, reckoned: Due, calendar: Calendar, *, at: datetime
) -> Deadline:
    """Write a new row with the policy's instant, the instant to act by, its explanation and its first check."""
    earliest = act_by(reckoned, own=deadline.own_due_at, safe_until=deadline.safe_until)
    steps = steps_for(LadderStep.objects.table(), deadline.measure, deadline.colour)
    deadline.policy = policy
    deadline.policy_due_at, deadline.due_at = reckoned.at, earliest.at
    sentences = list(reckoned.explanation)
    deadline.explanation = {"policy": sentences, "act_by": list(earliest.explanation[len(sentences) :])}
    deadline.created_at = at
    deadline.next_check_at = first_check(steps, deadline.due_at, calendar, at=at)
    deadline.save(force_insert=True)
    return deadline


def lock_open(condition: Q) -> list[Deadline]:
    """Return the open deadlines that meet a condition, locked, always in the same order."""
    return list(Deadline.objects.open().filter(condition).select_for_update(of=("self",)).order_by("pk"))


def _of(kind: str, subject_id: uuid.UUID, measures: tuple[Measure, ...], reference: str) -> Q:
    subject = Q(subject_kind=kind, subject_id=subject_id)
    if reference:
        subject &= Q(subject_reference=reference)
    return subject & Q(measure__in=measures) if measures else subject


@kept_by_the_clock
def meet_deadline(
    kind: str, subject_id: uuid.UUID, *measures: Measure, at: datetime, reference: str = ""
) -> list[Deadline]:
    """Stop the open clocks of a subject: those named, or all. Harmless when there is none.

    Args:
        reference: only those of the record that is called so, where several hang on one subject.

    Returns:
        The deadlines that were met, in time or late.
    """
    met = lock_open(_of(kind, subject_id, measures, reference))
    for deadline in met:
        _close(deadline, met_at=at)
    return met


@kept_by_the_clock
def cancel_deadlines(
    kind: str, subject_id: uuid.UUID, *measures: Measure, at: datetime, reference: str = ""
) -> list[Deadline]:
    """Withdraw the open clocks of a subject: those named, or all. Harmless when there is none.

    Args:
        reference: only those of the record that is called so, where several hang on one subject.
    """
    withdrawn = lock_open(_of(kind, subject_id, measures, reference))
    for deadline in withdrawn:
        _close(deadline, cancelled_at=at)
    return withdrawn


@kept_by_the_clock
def cancel_enquiry_deadlines(enquiry_id: uuid.UUID, *measures: Measure, at: datetime) -> list[Deadline]:
    """Withdraw the open clocks of an enquiry and of all that hangs on it: those named, or all but what outlives it."""
    wanted = Q(measure__in=measures) if measures else ~Q(measure__in=OUTLIVE)
    withdrawn = lock_open(Q(enquiry_id=enquiry_id) & wanted)
    for deadline in withdrawn:
        _close(deadline, cancelled_at=at)
    return withdrawn


def _close(deadline: Deadline, **moment: datetime) -> None:
    for name, value in moment.items():
        setattr(deadline, name, value)
    deadline.next_check_at = None
    deadline.version += 1
    deadline.save(update_fields=[*moment, "next_check_at", "version"])


@kept_by_the_clock
def assign_deadlines(enquiry_id: uuid.UUID, membership_id: uuid.UUID | None) -> list[Deadline]:
    """Name the worker whom the ladder tells about every open clock of an enquiry; None takes the name away."""
    assigned = lock_open(Q(enquiry_id=enquiry_id))
    for deadline in assigned:
        deadline.membership_id = membership_id
        deadline.version += 1
        deadline.save(update_fields=["membership", "version"])
    return assigned
