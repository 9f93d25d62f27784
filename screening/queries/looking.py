"""Who looks into enquiries that are not theirs: reviews, emergency access and route, and what auditors found."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from agencies.access import roles
from agencies.access.closed import excluded_memberships
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import BrokenGlass, EmergencyUse, FindingReason, Membership, NeedReason, Review
from agencies.queries import members_holding
from common.moments import london_day
from common.work import People
from contacts.queries import About, lines_about
from screening.models import Enquiry

KEPT_IN_SIGHT = timedelta(days=30)
EMERGENCY_ACCESS, EMERGENCY_ROUTE = "Emergency access", "Emergency route"

Words = Mapping[uuid.UUID, str]
"""What somebody wrote, by the key of the use that it is about."""


def reviews_of(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[tuple[Review, bool]]:
    """Return who was named to review an enquiry, the latest first, and whether it holds today.

    Raises:
        NotPermitted: the viewer is not the manager.
    """
    roles.require(viewer, Role.MANAGER)
    rows = Review.objects.filter(enquiry_id=enquiry.pk).select_related("membership__user", "named_by__user")
    day = london_day(at)
    return [(row, _holds(row, day)) for row in rows.order_by("-named_at", "id")]


def _holds(review: Review, day: date) -> bool:
    return review.ended_at is None and review.starts_on <= day <= review.ends_on


def possible_reviewers(enquiry: Enquiry, *, at: datetime) -> list[Membership]:
    """Return the memberships that can be named to review an enquiry: nobody to whom it is closed is offered."""
    closed = excluded_memberships(enquiry.reference)
    return [member for member in members_holding(Role.REVIEWER, at=at) if member.pk not in closed]


@dataclass(frozen=True)
class Use:
    """An emergency access, or a use of the emergency route, as managers and auditors see it.

    Attributes:
        what: which of the two, in words.
        agency: the agency that was let in; empty for emergency access.
        reason: for managers alone; empty for the auditor, who judges without content.
        words: why the auditor found so; empty until then, and for what was judged before words were asked for.
        may_review: whether the viewer may say now whether it was justified.
        about: whom the enquiry is about, for managers alone: the auditor sees nobody.
    """

    key: uuid.UUID
    what: str
    who: str
    roles: str
    agency: str
    reference: str
    began_at: datetime
    ends_at: datetime
    review_due_at: datetime | None
    reviewed_at: datetime | None
    reviewed_by: str
    finding: str
    reason: str
    words: str
    is_overdue: bool
    may_review: bool
    about: People


def uses(viewer: Viewer, *, at: datetime, since: datetime | None = None) -> list[Use]:
    """Return emergency accesses and uses of the emergency route: those not judged in time, then the latest judged ones.

    Args:
        since: only those begun since then; without it all that wait, and a month of those that were judged.

    Raises:
        NotPermitted: the viewer is neither manager nor auditor.
    """
    roles.require(viewer, Role.MANAGER, Role.AUDITOR)
    shut = viewer.case_access.closed_enquiries
    glass = BrokenGlass.objects.exclude(enquiry_id__in=shut).select_related("membership__user", "reviewed_by__user")
    opened = EmergencyUse.objects.exclude(enquiry_id__in=shut).select_related(
        "opened_by__user", "agency", "reviewed_by__user"
    )
    found: list[BrokenGlass | EmergencyUse] = [
        *_wanted(glass, "broken_at", at=at, since=since),
        *_wanted(opened, "opened_at", at=at, since=since),
    ]
    keys = [row.pk for row in found]
    reasons = dict(NeedReason.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", "text"))
    words = dict(FindingReason.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", "text"))
    whom = lines_about(viewer, enquiries={row.enquiry_id for row in found}, at=at)
    return sorted((_use(row, reasons, words, whom, viewer, at=at) for row in found), key=_order)


def _wanted(
    rows: QuerySet[BrokenGlass] | QuerySet[EmergencyUse], began: str, *, at: datetime, since: datetime | None
) -> Iterable[BrokenGlass | EmergencyUse]:
    if since is not None:
        return rows.filter(**{f"{began}__gte": since, f"{began}__lte": at})
    waiting = rows.filter(reviewed_at__isnull=True)
    return [*waiting, *rows.filter(reviewed_at__gt=at - KEPT_IN_SIGHT)]


def _order(use: Use) -> tuple[bool, float]:
    if use.reviewed_at is not None:
        return True, -use.reviewed_at.timestamp()
    return False, (use.review_due_at or use.began_at).timestamp()


def _use(
    row: BrokenGlass | EmergencyUse, reasons: Words, words: Words, whom: About, viewer: Viewer, *, at: datetime
) -> Use:
    glass = isinstance(row, BrokenGlass)
    whose = row.membership if isinstance(row, BrokenGlass) else row.opened_by
    waits = row.reviewed_at is None
    return Use(
        key=row.pk,
        what=EMERGENCY_ACCESS if glass else EMERGENCY_ROUTE,
        who=whose.user.name,
        roles=whose.role_names,
        agency="" if isinstance(row, BrokenGlass) else row.agency.name,
        reference=row.enquiry_reference,
        began_at=row.broken_at if isinstance(row, BrokenGlass) else row.opened_at,
        ends_at=row.ends_at,
        review_due_at=row.review_due_at,
        reviewed_at=row.reviewed_at,
        reviewed_by=row.reviewed_by.user.name if row.reviewed_by else "",
        finding=row.get_finding_display(),
        reason=reasons.get(row.pk, ""),
        words=words.get(row.pk, ""),
        is_overdue=waits and row.review_due_at is not None and row.review_due_at < at,
        may_review=waits and viewer.has(Role.AUDITOR) and whose.user_id != viewer.user_id,
        about=whom.enquiry(row.enquiry_id),
    )
