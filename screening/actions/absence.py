"""A manager marks a colleague absent, with a cover, and names who is on duty.

Nothing is reassigned: who works on an enquiry is computed from these rows (`screening/sql/standing_in.sql`), so the
work comes back to whoever was away by itself.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import connection, models, transaction

from agencies.access import roles
from agencies.access.closed import excluded_memberships
from agencies.access.tasks import enqueue
from agencies.access.viewer import Viewer
from agencies.actions import TELL_LEFT_BEHIND
from agencies.choices import Role
from agencies.models import Absence, Duty, Membership
from audit.actions import record
from common.errors import NotVisible, RuleBroken
from common.moments import london_day
from notices.actions import notify
from screening import mail
from screening.models import Enquiry
from screening.transitions import OPEN

R = TypeVar("R", Absence, Duty)
LONGEST_DAYS = 366
NO_MANAGER = (
    "Nobody else is a MASH manager at work in that time. Ask the administrator for an acting manager first: until then "
    "nobody could rate, assign or decide."
)


@transaction.atomic
def mark_absent(
    membership_id: uuid.UUID,
    *,
    starts_on: date,
    ends_on: date,
    cover_id: uuid.UUID | None = None,
    viewer: Viewer,
    at: datetime,
) -> Absence:
    """Say that a colleague is away from a day to a day in London, and who covers; it counts at once.

    Args:
        cover_id: None where nobody covers: then the managers assign it, and a Red is with whoever is on duty.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: there is no such membership in force.
        RuleBroken: wrong days, away already in that time, a cover who cannot be, or no manager would be at work.
    """
    roles.require(viewer, Role.MANAGER)
    member = _in_force(membership_id, at=at)
    _check_days(starts_on, ends_on, at=at)
    overlapping = Absence.objects.filter(membership=member, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if overlapping.filter(ended_at__isnull=True).exists():
        raise RuleBroken("They are marked absent in that time already. End that absence first.", field="starts_on")
    if Role.MANAGER in member.roles and not _manager_remains(member, starts_on, ends_on):
        raise RuleBroken(NO_MANAGER)
    cover = _cover(member, cover_id, starts_on, ends_on, viewer=viewer, at=at) if cover_id else None
    absence = Absence(
        membership=member,
        cover=cover,
        starts_on=starts_on,
        ends_on=ends_on,
        marked_at=at,
        marked_by_id=viewer.member,
    )
    absence.save(force_insert=True)
    _record("absence.marked", absence, viewer=viewer, at=at, covered=cover is not None)
    if cover is not None:
        notify(mail.you_cover(starts_on, ends_on), memberships=[cover.pk], at=at)
    enqueue(TELL_LEFT_BEHIND)
    return absence


@transaction.atomic
def end_absence(absence_id: uuid.UUID, *, viewer: Viewer, at: datetime) -> Absence:
    """Say that a colleague is back, or was never away: their work is theirs again at once. Twice changes nothing.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: there is no such absence.
    """
    roles.require(viewer, Role.MANAGER)
    absence = _locked(Absence, absence_id)
    if absence.ended_at is None:
        _wait_for_writes(absence.cover_id)
        absence.ended_at, absence.ended_by_id = at, viewer.member
        absence.save(update_fields=["ended_at", "ended_by"])
        _record("absence.ended", absence, viewer=viewer, at=at)
        enqueue(TELL_LEFT_BEHIND)
    return absence


@transaction.atomic
def name_on_duty(
    membership_id: uuid.UUID, *, starts_at: datetime, ends_at: datetime, viewer: Viewer, at: datetime
) -> Duty:
    """Put a social worker on duty from a moment to a moment: a Red that nobody works on is theirs at once.

    Args:
        ends_at: the first moment at which they are not on duty any more.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: there is no such membership in force.
        RuleBroken: no social worker, away in that time, wrong times, or on duty then already.
    """
    roles.require(viewer, Role.MANAGER)
    member = _in_force(membership_id, at=at)
    _check_times(starts_at, ends_at, at=at)
    if Role.SOCIAL_WORKER not in member.roles:
        raise RuleBroken("Only a social worker can be on duty. Choose one.", field="membership")
    if _is_away(member, london_day(starts_at), london_day(ends_at - timedelta(microseconds=1))):
        raise RuleBroken("They are marked absent in that time. Choose somebody else.", field="membership")
    same = Duty.objects.filter(membership=member, starts_at__lt=ends_at, ends_at__gt=starts_at, ended_at__isnull=True)
    if same.exists():
        raise RuleBroken("They are on duty in that time already. Choose other times.", field="starts_on")
    duty = Duty(membership=member, starts_at=starts_at, ends_at=ends_at, named_at=at, named_by_id=viewer.member)
    duty.save(force_insert=True)
    _record("duty.named", duty, viewer=viewer, at=at)
    notify(mail.you_are_on_duty(starts_at, ends_at), memberships=[member.pk], at=at)
    return duty


@transaction.atomic
def end_duty(duty_id: uuid.UUID, *, viewer: Viewer, at: datetime) -> Duty:
    """Take somebody off duty at once. Twice changes nothing.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: there is no such duty.
    """
    roles.require(viewer, Role.MANAGER)
    duty = _locked(Duty, duty_id)
    if duty.ended_at is None:
        _wait_for_writes(duty.membership_id)
        duty.ended_at, duty.ended_by_id = at, viewer.member
        duty.save(update_fields=["ended_at", "ended_by"])
        _record("duty.ended", duty, viewer=viewer, at=at)
    return duty


def _in_force(membership_id: uuid.UUID, *, at: datetime) -> Membership:
    rows = Membership.objects.in_force(london_day(at)).select_related("user", "agency")
    found: Membership | None = rows.filter(pk=membership_id).first()
    if found is None:
        raise NotVisible
    return found


def _locked(model: type[R], key: uuid.UUID) -> R:
    found: R | None = model.objects.select_for_update().filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def _check_days(starts_on: date, ends_on: date, *, at: datetime) -> None:
    if ends_on < starts_on:
        raise RuleBroken("The last day comes before the first: change one of them.", field="ends_on")
    if ends_on < london_day(at):
        raise RuleBroken("The last day is over: choose today or a later day.", field="ends_on")
    if (ends_on - starts_on).days > LONGEST_DAYS:
        raise RuleBroken("Enter at most a year; it can be entered again.", field="ends_on")


def _check_times(starts_at: datetime, ends_at: datetime, *, at: datetime) -> None:
    if ends_at <= starts_at:
        raise RuleBroken("The duty ends before it begins: change one of them.", field="ends_on")
    if ends_at <= at:
        raise RuleBroken("That time is over: choose one that is still to come.", field="ends_on")
    if (ends_at - starts_at).days > LONGEST_DAYS:
        raise RuleBroken("Enter at most a year; it can be entered again.", field="ends_on")


def _is_away(member: Membership, starts_on: date, ends_on: date) -> bool:
    rows = Absence.objects.filter(membership=member, starts_on__lte=ends_on, ends_on__gte=starts_on)
    return rows.filter(ended_at__isnull=True).exists()


def _manager_remains(member: Membership, starts_on: date, ends_on: date) -> bool:
    """Say whether another manager is in force and present on the first and the last day of an absence."""
    others = Membership.objects.holding(Role.MANAGER).exclude(user_id=member.user_id)
    return all(others.at_work(day).exists() for day in (starts_on, ends_on))


def _cover(
    member: Membership, cover_id: uuid.UUID, starts_on: date, ends_on: date, *, viewer: Viewer, at: datetime
) -> Membership:
    """Return the cover: another person of the same agency, present, in the same role, excluded from nothing of it."""
    rows = Membership.objects.in_force(london_day(at)).filter(agency_id=member.agency_id)
    cover: Membership | None = rows.exclude(user_id=member.user_id).filter(pk=cover_id).first()
    if cover is None:
        raise RuleBroken("Choose a colleague of the same agency who is at work.", field="cover")
    if Role.SOCIAL_WORKER in member.roles and Role.SOCIAL_WORKER not in cover.roles:
        raise RuleBroken("A social worker is covered by a social worker. Choose one.", field="cover")
    if _is_away(cover, starts_on, ends_on):
        raise RuleBroken("They are away themselves in that time. Choose somebody else.", field="cover")
    for enquiry in Enquiry.objects.visible_to(viewer).filter(social_worker=member, state__in=OPEN):
        if cover.pk in excluded_memberships(enquiry.reference):
            raise RuleBroken(
                f"A conflict of interest excludes them from {enquiry.reference}. Choose somebody else, or assign that "
                "enquiry to another social worker first.",
                field="cover",
            )
    return cover


def _wait_for_writes(membership_id: uuid.UUID | None) -> None:
    """Wait until the writes under way of a stand-in have ended: what is taken away counts for the next one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.revoking(%s::uuid[])", [[membership_id] if membership_id else []])


def _record(verb: str, row: models.Model, *, viewer: Viewer, at: datetime, **details: bool) -> None:
    record(verb, actor=viewer, at=at, record_type=row._meta.label_lower, record_id=row.pk, details=details)
