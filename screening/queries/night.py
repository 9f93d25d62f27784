"""The morning list: what the out-of-hours team did since the hub closed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.urls import reverse

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import BrokenGlass
from clock.models import hub_calendar
from clock.rules.calendar import Calendar, day_of
from common.work import NOBODY, People
from contacts.models import Contact, Protection
from contacts.queries import lines_about

BACK_DAYS = 31
MOST = 200


@dataclass(frozen=True)
class NightLine:
    """One thing that the out-of-hours team did.

    Attributes:
        contact_id, enquiry_id: the record by which it is known whom it is about; one of the two.
        about: whom it is about, as far as the viewer sees them.
    """

    at: datetime
    what: str
    reference: str
    url: str
    who: str
    contact_id: uuid.UUID | None = None
    enquiry_id: uuid.UUID | None = None
    about: People = field(default=NOBODY)


def last_closing(*, at: datetime) -> datetime:
    """Return when the hub closed last before a moment: the start of what the morning list tells."""
    calendar = hub_calendar()
    closings = (calendar.closing(day_of(at) - timedelta(days=back)) for back in _open_days_back(calendar, at))
    return next((moment for moment in closings if moment <= at), at - timedelta(days=BACK_DAYS))


def working_day_before(*, at: datetime) -> datetime:
    """Return the opening of the working day before today: on a Monday morning that is Friday's."""
    calendar = hub_calendar()
    earlier = (back for back in _open_days_back(calendar, at) if back > 0)
    return calendar.opening(day_of(at) - timedelta(days=next(earlier, BACK_DAYS)))


def _open_days_back(calendar: Calendar, at: datetime) -> list[int]:
    return [back for back in range(BACK_DAYS) if calendar.is_open_day(day_of(at) - timedelta(days=back))]


def night_work(viewer: Viewer, *, since: datetime, at: datetime) -> list[NightLine]:
    """Return what the out-of-hours team did since a moment, as far as the viewer sees its records, in order.

    Raises:
        NotPermitted: the viewer takes over nothing in the morning.
    """
    roles.require(viewer, Role.FRONT_DOOR, Role.MANAGER)
    lines = [*_contacts(viewer, since, at), *_protections(viewer, since, at), *_discussions(viewer, since, at)]
    if viewer.has(Role.MANAGER):
        lines += _glass(viewer, since, at)
    return _told_whom(viewer, sorted(lines, key=lambda line: (line.at, line.reference))[:MOST], at)


def _told_whom(viewer: Viewer, lines: list[NightLine], at: datetime) -> list[NightLine]:
    """Return the lines with whom each is about."""
    found = lines_about(
        viewer,
        contacts={line.contact_id for line in lines if line.contact_id},
        enquiries={line.enquiry_id for line in lines if line.enquiry_id},
        at=at,
    )
    return [
        replace(line, about=found.contact(line.contact_id) if line.contact_id else found.enquiry(line.enquiry_id))
        for line in lines
    ]


def _contacts(viewer: Viewer, since: datetime, at: datetime) -> list[NightLine]:
    rows = Contact.objects.visible_to(viewer).filter(logged_at__gte=since, logged_at__lte=at)
    rows = rows.filter(logged_by__roles__contains=[Role.OUT_OF_HOURS]).order_by("logged_at", "id")
    rows = rows.select_related("logged_by__user")
    return [
        NightLine(
            row.logged_at,
            f"Contact logged: {row.get_state_display().lower()}",
            row.reference,
            reverse("contacts:contact", args=[row.reference]),
            row.logged_by.user.name if row.logged_by else "",
            contact_id=row.pk,
        )
        for row in rows[:MOST]
    ]


def _protections(viewer: Viewer, since: datetime, at: datetime) -> list[NightLine]:
    rows = Protection.objects.visible_to(viewer).select_related("raised_by__user", "convened_by__user")
    raised = rows.filter(raised_at__gte=since, raised_at__lte=at, raised_by__roles__contains=[Role.OUT_OF_HOURS])
    convened = rows.filter(
        convened_at__gte=since, convened_at__lte=at, convened_by__roles__contains=[Role.OUT_OF_HOURS]
    )
    return [
        *(
            _protection(row, "Protect now raised", row.raised_at, row.raised_by.user.name)
            for row in raised.order_by("raised_at", "id")[:MOST]
        ),
        *(
            _protection(row, "Strategy discussion convened", row.convened_at, row.convened_by.user.name)
            for row in convened.order_by("convened_at", "id")[:MOST]
            if row.convened_at is not None and row.convened_by is not None
        ),
    ]


def _protection(row: Protection, what: str, at: datetime, who: str) -> NightLine:
    url = reverse("contacts:protection", args=[row.reference])
    return NightLine(at, what, row.reference, url, who, contact_id=row.contact_id)


def _discussions(viewer: Viewer, since: datetime, at: datetime) -> list[NightLine]:
    """Return the discussions written down at night, whenever they were held: from then on they could be read."""
    rows = Protection.objects.visible_to(viewer).filter(held_at__gte=since, held_at__lte=at)
    held = rows.filter(held_by__roles__contains=[Role.OUT_OF_HOURS]).select_related("held_by__user")
    return [
        _protection(row, "Strategy discussion recorded", row.held_at, row.held_by.user.name)
        for row in held.order_by("held_at", "id")[:MOST]
        if row.held_at is not None and row.held_by is not None
    ]


def _glass(viewer: Viewer, since: datetime, at: datetime) -> list[NightLine]:
    rows = BrokenGlass.objects.exclude(enquiry_id__in=viewer.case_access.closed_enquiries).select_related(
        "membership__user"
    )
    rows = rows.filter(broken_at__gte=since, broken_at__lte=at, membership__roles__contains=[Role.OUT_OF_HOURS])
    return [
        NightLine(
            row.broken_at,
            "Emergency access used",
            row.enquiry_reference,
            reverse("screening:enquiry", args=[row.enquiry_reference]),
            row.membership.user.name,
            enquiry_id=row.enquiry_id,
        )
        for row in rows.order_by("broken_at", "id")[:MOST]
    ]
