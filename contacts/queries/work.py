"""What waits at this stage."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.queries import first_due_at
from common.work import EVERY_SECTION, Section, Waiting, WorkItem
from contacts.choices import ContactState, ProtectState, ReferrerKind
from contacts.models import Contact, Protection

MOST = 200
_PROTECT = (Role.MANAGER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS)


def work_for(viewer: Viewer, *, at: datetime, waiting: Waiting = EVERY_SECTION) -> list[WorkItem]:
    """Return what waits for the viewer at this stage: protective work first, then contacts; at most two queries."""
    protecting = _protecting(viewer) if Section.PROTECTIONS in waiting else []
    return [*protecting, *_contacts(viewer)]


def _protecting(viewer: Viewer) -> list[WorkItem]:
    if not viewer.has(*_PROTECT):
        return []
    rows = Protection.objects.visible_to(viewer).filter(state__in=[ProtectState.RAISED, ProtectState.CONVENED])
    return [
        WorkItem(
            reference=row.reference,
            url=reverse("contacts:protection", args=[row.reference]),
            todo="Protect now: convene" if row.state == ProtectState.RAISED else "Protect now: hold the discussion",
            stage=row.get_state_display(),
            colour=row.contact.colour,
            due_at=row.raised_at,
            arrived_at=row.raised_at,
            who=row.convened_by.user.name if row.convened_by else "",
            note=f"Contact {row.contact.reference}",
            protects=True,
        )
        for row in rows.select_related("contact", "convened_by__user").order_by("raised_at", "id")[:MOST]
    ]


def _contacts(viewer: Viewer) -> list[WorkItem]:
    wanted = _wanted(viewer)
    if wanted is None:
        return []
    rows = Contact.objects.visible_to(viewer).filter(wanted).select_related("claimed_by__user")
    return [
        WorkItem(
            reference=row.reference,
            url=reverse("contacts:contact", args=[row.reference]),
            todo=_todo(row),
            stage=row.get_state_display(),
            colour=row.colour,
            due_at=row.first_due_at,
            arrived_at=row.arrived_at,
            who=row.claimed_by.user.name if row.claimed_by else "",
            note="Somebody said that a child is in danger now" if row.immediate_danger else "",
        )
        for row in rows.annotate(first_due_at=first_due_at()).order_by("arrived_at", "id")[:MOST]
    ]


def _wanted(viewer: Viewer) -> Q | None:
    """Return which contacts wait for the viewer: what is not screened, not acknowledged, or not yet with the worker."""
    mine_or_nobodys = Q(claimed_by__isnull=True) | Q(claimed_by_id=viewer.membership_id)
    wanted = Q()
    if viewer.has(Role.FRONT_DOOR):
        wanted |= Q(state=ContactState.RECEIVED) & mine_or_nobodys
        wanted |= Q(state=ContactState.PASSED_ON, worker_acknowledged_at__isnull=True)
    if viewer.is_registered_social_worker and viewer.has(Role.MANAGER, Role.SOCIAL_WORKER):
        unacknowledged = Q(state=ContactState.IN_ENQUIRY, acknowledged_at__isnull=True)
        unacknowledged &= ~Q(referrer_kind=ReferrerKind.ANONYMOUS)
        wanted |= (
            unacknowledged if viewer.has(Role.MANAGER) else unacknowledged & Q(social_worker_id=viewer.membership_id)
        )
    return wanted or None


def _todo(contact: Contact) -> str:
    if contact.state == ContactState.PASSED_ON:
        return "Ask the worker to acknowledge"
    if contact.state == ContactState.IN_ENQUIRY:
        return "Acknowledge to the referrer"
    if not contact.claimed_by_id:
        return "Take and complete"
    return "Complete for screening" if contact.concern else "Write the concern for sharing"
