"""Reads for the auditor: who did what, by reference; never the content."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from agencies.access import roles
from agencies.access.transitions import in_words
from agencies.access.viewer import SYSTEM_VIEWERS, Viewer
from agencies.choices import Role
from agencies.models import Agency, User
from audit.models import Event
from mash.common.moments import LONDON

PAGE_LENGTH = 50
LAST_PAGE = 1000


@dataclass(frozen=True)
class ActivityFilter:
    """What the auditor looks for.

    Attributes:
        actor: part of a person's name; empty means anybody.
        agency_id: the agency in whose membership it was done.
        deed: the record that it was done to, as the first word of the event ("contact"); empty means any.
        from_day: the first day in London; None means from the beginning.
        to_day: the last day in London, included; None means until now.
        page: from 1.
    """

    reference: str = ""
    actor: str = ""
    agency_id: uuid.UUID | None = None
    deed: str = ""
    from_day: date | None = None
    to_day: date | None = None
    page: int = 1


@dataclass(frozen=True)
class Deed:
    """One line of the activity."""

    at: datetime
    what: str
    who: str
    roles: str
    agency: str
    reference: str
    request: str


@dataclass(frozen=True)
class Deeds:
    """A page of activity, the latest first; nobody counts the rest."""

    rows: list[Deed]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Say whether there is a later page."""
        return self.number > 1


def activity(viewer: Viewer, wanted: ActivityFilter) -> Deeds:
    """Return who did what in the hub, the latest first; three queries.

    Raises:
        NotPermitted: the viewer is no auditor.
    """
    roles.require(viewer, Role.AUDITOR)
    number = min(max(wanted.page, 1), LAST_PAGE)
    first = (number - 1) * PAGE_LENGTH
    found = list(_wanted(viewer, wanted).order_by("-at", "id")[first : first + PAGE_LENGTH + 1])
    shown = found[:PAGE_LENGTH]
    names = dict(User.objects.filter(pk__in={one.user_id for one in shown}).values_list("pk", "name"))
    agencies = dict(Agency.objects.filter(pk__in={one.agency_id for one in shown}).values_list("pk", "short_name"))
    rows = [_deed(one, names, agencies) for one in shown]
    return Deeds(rows, number, has_next=len(found) > PAGE_LENGTH)


def _not_closed(viewer: Viewer) -> Q:
    """Return what is not of a case that a conflict of interest closes to the viewer."""
    parts = viewer.parts
    condition = Q()
    if parts.closed_contacts or parts.closed_references:
        condition &= ~Q(reference__in=parts.closed_references)
        condition &= Q(enquiry_id__isnull=True) | ~Q(enquiry_id__in=parts.closed_enquiries)
        condition &= Q(record_id__isnull=True) | ~Q(record_id__in=parts.closed_contacts)
    return condition


def _wanted(viewer: Viewer, wanted: ActivityFilter) -> QuerySet[Event]:
    condition = _not_closed(viewer)
    if wanted.reference:
        condition &= Q(reference=wanted.reference.strip().upper())
    if wanted.actor:
        people = User.objects.filter(name__icontains=wanted.actor.strip()).values("pk")
        condition &= Q(user_id__in=people)
    if wanted.agency_id:
        condition &= Q(agency_id=wanted.agency_id)
    if wanted.deed:
        condition &= Q(verb__startswith=f"{wanted.deed}.")
    if wanted.from_day:
        condition &= Q(at__gte=_start_of(wanted.from_day))
    if wanted.to_day:
        condition &= Q(at__lt=_start_of(wanted.to_day + timedelta(days=1)))
    return Event.objects.filter(condition)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def _deed(event: Event, names: dict[uuid.UUID, str], agencies: dict[uuid.UUID, str]) -> Deed:
    what = in_words(event.verb)
    return Deed(
        at=event.at,
        what=f"{what[:1].upper()}{what[1:]}",
        who=_who(event, names),
        roles=", ".join(str(Role(role).label) for role in event.roles if role in Role.values),
        agency=agencies.get(event.agency_id, "") if event.agency_id else "",
        reference=event.reference,
        request=event.request_id[:8],
    )


def _who(event: Event, names: dict[uuid.UUID, str]) -> str:
    if event.user_id is not None:
        return names.get(event.user_id, "An account that is gone")
    system = SYSTEM_VIEWERS.get(event.membership_id)
    return system.name if system else "The system"


def agencies_to_choose() -> list[Agency]:
    """Return every agency, also those that have left, for the filter."""
    return list(Agency.objects.order_by("name"))
