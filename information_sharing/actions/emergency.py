"""The emergency route: the manager lets an agency without a signature in force into one enquiry, for a limited time."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

import audit.actions as audit
from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Agency, EmergencyUse, NeedReason
from agencies.queries import is_signed
from common.errors import MoveNotAllowed, NotVisible, RuleBroken
from information_sharing import mail
from information_sharing.actions.asking import ASKING
from information_sharing.models import InformationRequest
from information_sharing.rules import EMERGENCY_HOURS, LEAST_REASON
from notices.actions import notify_holders
from notices.choices import Channel
from screening.actions import WATCHERS, review_due_at
from screening.models import Enquiry


@transaction.atomic
def open_emergency(
    enquiry: Enquiry, agency_id: uuid.UUID, reason: str, *, hours: int, viewer: Viewer, at: datetime
) -> EmergencyUse:
    """Let one agency be asked on one enquiry though it has not signed; its people read and answer that request only.

    The auditor is told at once and reviews it within two working days.

    Raises:
        NotPermitted: the viewer is not the manager.
        NotVisible: there is no such agency, or the enquiry is closed to the viewer.
        MoveNotAllowed: nobody is asked on this enquiry now.
        RuleBroken: its signature is in force, it is let in already, or reason or hours are missing.
    """
    roles.require(viewer, Role.MANAGER)
    locked = transitions.lock(enquiry, viewer=viewer)
    if locked.state not in ASKING:
        raise MoveNotAllowed(
            f"Nobody can be asked now: {locked} has the status “{locked.get_state_display()}”. Nothing was opened.",
            change=transitions.last_change(locked),
        )
    agency: Agency | None = Agency.objects.filter(pk=agency_id, is_active=True).first()
    if agency is None:
        raise NotVisible
    _check(locked, agency, reason, hours, at=at)
    use = EmergencyUse(
        agency=agency,
        enquiry_id=locked.pk,
        enquiry_reference=locked.reference,
        opened_at=at,
        opened_by_id=viewer.member,
        ends_at=at + timedelta(hours=hours),
        review_due_at=review_due_at(at),
    )
    use.save(force_insert=True)
    NeedReason(id=use.pk, enquiry_id=locked.pk, text=reason.strip()).save(force_insert=True)
    audit.record(
        "emergency.opened",
        actor=viewer,
        at=at,
        record_type="agencies.emergencyuse",
        record_id=use.pk,
        reference=locked.reference,
        enquiry_id=locked.pk,
        details={"hours": hours},
    )
    notify_holders(mail.emergency_opened(locked.reference, use.pk), *WATCHERS, at=at, channels=[Channel.IN_APP])
    _tell_who_was_asked(use, viewer=viewer, at=at)
    return use


def _tell_who_was_asked(use: EmergencyUse, *, viewer: Viewer, at: datetime) -> None:
    """Tell an agency whose signature ended after it was asked that it can answer again."""
    rows = InformationRequest.objects.visible_to(viewer).unanswered()
    for asked in rows.filter(enquiry_id=use.enquiry_id, agency_id=use.agency_id):
        told = mail.request_reopened(asked.reference, use.pk)
        notify_holders(told, Role.RESEARCHER, Role.LEAD, agency_id=use.agency_id, at=at)


def _check(enquiry: Enquiry, agency: Agency, reason: str, hours: int, *, at: datetime) -> None:
    if is_signed(agency.pk, at=at):
        raise RuleBroken(f"{agency.name} has signed: ask it as usual.", field="agency")
    if EmergencyUse.objects.in_force(at).filter(agency=agency, enquiry_id=enquiry.pk).exists():
        raise RuleBroken(f"The emergency route is open to {agency.name} already: ask it.", field="agency")
    if hours not in dict(EMERGENCY_HOURS):
        raise RuleBroken("Choose for how long.", field="hours")
    if len(reason.strip()) < LEAST_REASON:
        raise RuleBroken(f"Say why it cannot wait, in at least {LEAST_REASON} characters.", field="reason")
