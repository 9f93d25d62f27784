"""Who looks into an enquiry that is not theirs: reviewers are named, emergency access is taken, and both are judged."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

import audit.actions as audit
from agencies.access import roles, transitions
from agencies.access.closed import excluded_memberships
from agencies.access.viewer import Viewer
from agencies.choices import Finding, ReviewPurpose, Role
from agencies.models import BrokenGlass, EmergencyUse, FindingReason, Membership, Review
from agencies.queries import hub_settings
from clock.choices import Unit
from clock.models import hub_calendar
from clock.rules.due import Allowance, due
from common.errors import Conflict, NotPermitted, NotVisible, RuleBroken
from common.moments import london_day
from common.normal.references import plain_reference_of, reference_of
from common.references import new_key
from contacts.visibility import worked_on
from notices.actions import notify, notify_holders
from notices.choices import Channel
from screening import mail
from screening.models import Enquiry
from screening.rules import LEAST_NEED, LEAST_REASON

GLASS_ROLES = (Role.FRONT_DOOR, Role.SCREENER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS)
"""The hub's own people who may use emergency access. The manager sees every enquiry without."""

WATCHERS = (Role.MANAGER, Role.AUDITOR)
REVIEW_WITHIN = Allowance(Unit.WORKING_DAYS, 2, waits_for_opening=True, runs_past_closing=False)


def review_due_at(at: datetime) -> datetime:
    """Return by when the auditor judges what was opened at a moment: the end of the second working day."""
    return due(REVIEW_WITHIN, at, hub_calendar()).at


@transaction.atomic
def name_reviewer(
    enquiry: Enquiry,
    membership_id: uuid.UUID,
    *,
    purpose: str,
    starts_on: date,
    ends_on: date,
    viewer: Viewer,
    at: datetime,
) -> Review:
    """Let a reviewer read one enquiry from a day to a day in London, nothing sealed.

    Raises:
        NotPermitted: the viewer is not the manager.
        NotVisible: the enquiry is closed to the viewer, or the membership is no reviewer's now.
        RuleBroken: unknown purpose, wrong days, oneself, the enquiry's own social worker, or somebody closed out of it.
    """
    roles.require(viewer, Role.MANAGER)
    locked = transitions.lock(enquiry, viewer=viewer)
    member = _reviewer(membership_id, at=at)
    if member.pk in excluded_memberships(locked.reference):
        raise RuleBroken(
            "A conflict of interest excludes them from this enquiry: name another reviewer.", field="membership"
        )
    if purpose not in ReviewPurpose.values:
        raise RuleBroken("Choose what the review is for.", field="purpose")
    if ends_on < starts_on:
        raise RuleBroken("The last day comes before the first: change one of them.", field="ends_on")
    if ends_on < london_day(at):
        raise RuleBroken("The last day is over: choose today or a later day.", field="ends_on")
    if member.user_id in (viewer.user_id, locked.social_worker.user_id if locked.social_worker else None):
        raise RuleBroken("Nobody reviews their own work, or what they open to themself: name another reviewer.")
    review = Review(
        membership=member,
        enquiry_id=locked.pk,
        enquiry_reference=locked.reference,
        purpose=purpose,
        starts_on=starts_on,
        ends_on=ends_on,
        named_at=at,
        named_by_id=viewer.member,
    )
    review.save(force_insert=True)
    _record("review.named", review, viewer=viewer, at=at, purpose=purpose)
    notify(mail.review_named(review), memberships=[member.pk], at=at)
    return review


def _reviewer(membership_id: uuid.UUID, *, at: datetime) -> Membership:
    rows = Membership.objects.in_force(london_day(at)).holding(Role.REVIEWER)
    found: Membership | None = rows.filter(pk=membership_id).first()
    if found is None:
        raise NotVisible
    return found


@transaction.atomic
def end_review(enquiry: Enquiry, review_id: uuid.UUID, *, viewer: Viewer, at: datetime) -> Review:
    """End a review at once: the reviewer's next request finds nothing. A second time changes nothing.

    Raises:
        NotPermitted: the viewer is not the manager.
        NotVisible: this enquiry has no such review.
    """
    roles.require(viewer, Role.MANAGER)
    review = Review.objects.select_for_update().filter(pk=review_id, enquiry_id=enquiry.pk).first()
    if review is None:
        raise NotVisible
    if review.ended_at is None:
        review.ended_at = at
        review.save(update_fields=["ended_at"])
        _record("review.ended", review, viewer=viewer, at=at)
    return review


@dataclass(frozen=True)
class EmergencyAccess:
    """What came of an attempt at emergency access to an enquiry.

    Attributes:
        was_open: by an earlier time; nothing was opened anew.
        is_own: it is open to its social worker, whose glass need not be broken; nothing was opened at all.
    """

    reference: str
    was_open: bool = False
    is_own: bool = False


def break_glass(reference: str, reason: str, *, viewer: Viewer, at: datetime) -> EmergencyAccess | None:
    """Give the viewer emergency access to one enquiry: for twelve hours, to read alone.

    Managers and auditors are told at once.

    Returns:
        None where nothing opens: it is absent, or closed to the viewer by a conflict of interest. Both are one answer,
        and the try is kept as evidence.

    Raises:
        NotPermitted: not for this role.
        RuleBroken: the reason is too short.
    """
    roles.require(viewer, *GLASS_ROLES)
    told = reference_of(reference)
    if len(reason.strip()) < LEAST_NEED:
        raise RuleBroken(f"Say why you must open it now, in at least {LEAST_NEED} characters.", field="reason")
    mine = BrokenGlass.objects.filter(membership_id=viewer.member, enquiry_reference=told)
    if mine.filter(broken_at__lte=at, ends_at__gt=at).exists():
        return EmergencyAccess(told, was_open=True)
    own = worked_on(viewer, worker="social_worker_id", enquiry="pk")
    if Enquiry.objects.visible_to(viewer).filter(own, reference=told).exists():
        return EmergencyAccess(told, is_own=True)
    key = new_key()
    with transaction.atomic(), connection.cursor() as cursor:
        values: list[Any] = [told, reason.strip(), at, review_due_at(at), key]
        cursor.execute("SELECT enquiry, times FROM fw.break_glass(%s, %s, %s, %s, %s)", values)
        enquiry_id, times = cursor.fetchone()
    if enquiry_id is None:
        _record_try(reference, viewer=viewer, at=at)
        return None
    audit.record(
        "glass.broken",
        actor=viewer,
        at=at,
        record_type="agencies.brokenglass",
        record_id=key,
        reference=told,
        enquiry_id=enquiry_id,
    )
    notify_holders(mail.glass_broken(told, key), *WATCHERS, at=at, channels=[Channel.IN_APP])
    if times > hub_settings().broken_glass_a_day:
        notify_holders(mail.glass_broken_often(told, key), *WATCHERS, at=at)
    return EmergencyAccess(told)


def _record_try(typed: str, *, viewer: Viewer, at: datetime) -> None:
    """Keep a try that opened nothing; of what was typed only what can be a reference."""
    audit.record(
        "glass.not_broken",
        actor=viewer,
        at=at,
        record_type="screening.enquiry",
        record_id=None,
        reference=plain_reference_of(typed),
    )


@transaction.atomic
def review_use(key: uuid.UUID, finding: str, words: str, *, viewer: Viewer, at: datetime) -> None:
    """Say whether an emergency access, or a use of the emergency route, was justified, and why.

    It is said once, and never of one's own.

    Raises:
        NotPermitted: the viewer is no auditor, or did it themself in whatever membership.
        NotVisible: there is none.
        Conflict: it was judged before.
        RuleBroken: no finding, or no words of one's own.
    """
    roles.require(viewer, Role.AUDITOR)
    if finding not in Finding.values:
        raise RuleBroken("Choose whether it was justified.", field="finding")
    if len(words.strip()) < LEAST_REASON:
        raise RuleBroken(f"Say in your own words why, in at least {LEAST_REASON} characters.", field="words")
    use = _use(key)
    if use is None:
        raise NotVisible
    glass = isinstance(use, BrokenGlass)
    whose = use.membership if isinstance(use, BrokenGlass) else use.opened_by
    if whose.user_id == viewer.user_id:
        raise NotPermitted("You cannot review your own: ask another auditor.")
    if use.reviewed_at is not None:
        raise Conflict("Somebody has reviewed this before you. Nothing was changed.")
    use.reviewed_at, use.reviewed_by_id, use.finding = at, viewer.member, finding
    use.save(update_fields=["reviewed_at", "reviewed_by", "finding"])
    FindingReason(id=use.pk, enquiry_id=use.enquiry_id, text=words.strip()).save(force_insert=True)
    _record("glass.reviewed" if glass else "emergency.reviewed", use, viewer=viewer, at=at, finding=finding)
    if finding == Finding.NOT_JUSTIFIED:
        notify_holders(mail.not_justified(use.enquiry_reference, key), Role.MANAGER, at=at, channels=[Channel.IN_APP])


def _use(key: uuid.UUID) -> BrokenGlass | EmergencyUse | None:
    glass = BrokenGlass.objects.select_related("membership").filter(pk=key).first()
    if glass is not None:
        return glass
    return EmergencyUse.objects.select_related("opened_by").filter(pk=key).first()


def _record(
    verb: str, row: Review | BrokenGlass | EmergencyUse, *, viewer: Viewer, at: datetime, **details: str
) -> None:
    audit.record(
        verb,
        actor=viewer,
        at=at,
        record_type=row._meta.label_lower,
        record_id=row.pk,
        reference=row.enquiry_reference,
        enquiry_id=row.enquiry_id,
        details=details,
    )
