"""Who looks into enquiries that are not theirs, on "My work": reviews to read, and judgements that are overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from agencies.access.viewer import Viewer
from agencies.choices import ReviewPurpose, Role
from agencies.models import BrokenGlass, EmergencyUse, Review
from common.moments import london_day
from common.work import About, Lines, Place, Row, Section, Source, lines
from screening.queries.looking import EMERGENCY_ACCESS, EMERGENCY_ROUTE

TO_REVIEW = Section(
    key="screening.to_review",
    title="Review",
    roles=frozenset({Role.REVIEWER}),
    table=None,
    states=frozenset(),
    moves=(),
    begins="review.read",
    route="screening:enquiry",
    about=About.ENQUIRY,
)
TO_JUDGE = Section(
    key="screening.to_judge",
    title="Ring the auditor: the review is overdue",
    roles=frozenset({Role.MANAGER}),
    table=None,
    states=frozenset(),
    moves=(),
    route="screening:exceptions",
    takes_reference=False,
    about=About.ENQUIRY,
    chases="the auditor",
)
LOOKING_SECTIONS = (TO_REVIEW, TO_JUDGE)


def _reviews(viewer: Viewer, at: datetime) -> Lines | None:
    """Return the enquiries that the viewer was named for, those that end soonest first."""
    if not viewer.case_access.reviewed:
        return None
    day = london_day(at)
    rows = Review.objects.filter(Q(membership_id=viewer.membership_id), ended_at__isnull=True)
    rows = rows.filter(enquiry_id__in=viewer.case_access.reviewed, starts_on__lte=day, ends_on__gte=day)
    return lines(
        "screening.reviews",
        rows,
        "ends_on",
        "id",
        reference=F("enquiry_reference"),
        state=Value(""),
        arrived_at=F("named_at"),
        enquiry_id=F("enquiry_id"),
        detail=Concat(F("purpose"), Value(" "), Cast("ends_on", TextField()), output_field=TextField()),
    )


def _place_review(viewer: Viewer, row: Row) -> Iterator[Place]:
    purpose, _, day = (row.detail or "").partition(" ")
    ends_on = date.fromisoformat(day)
    yield TO_REVIEW.key, f"{ReviewPurpose(purpose).label}; open to you until {ends_on.day} {ends_on:%B %Y}"


def _overdue(viewer: Viewer, at: datetime, *, source: str, began: str) -> Lines | None:
    """Return what the auditor should have judged by now, to the manager."""
    if not viewer.has(Role.MANAGER):
        return None
    every = BrokenGlass.objects if source == GLASS else EmergencyUse.objects
    rows = every.exclude(enquiry_id__in=viewer.case_access.closed_enquiries)
    return lines(
        source,
        rows.filter(reviewed_at__isnull=True, review_due_at__lt=at),
        "review_due_at",
        "id",
        reference=F("enquiry_reference"),
        state=Value(""),
        due_at=F("review_due_at"),
        arrived_at=F(began),
        enquiry_id=F("enquiry_id"),
        who=Value("Auditor"),
    )


GLASS, ROUTE = "screening.glass", "screening.route"
LOOKING_SOURCES = (
    Source("screening.reviews", _reviews, _place_review),
    Source(
        GLASS,
        partial(_overdue, source=GLASS, began="broken_at"),
        lambda _viewer, _row: [(TO_JUDGE.key, EMERGENCY_ACCESS)],
    ),
    Source(
        ROUTE,
        partial(_overdue, source=ROUTE, began="opened_at"),
        lambda _viewer, _row: [(TO_JUDGE.key, EMERGENCY_ROUTE)],
    ),
)
