"""What was done on one enquiry, in words: who and when, never the content."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from agencies.access.roles import ASSIGNED
from agencies.access.transitions import in_words
from agencies.access.viewer import SYSTEM_VIEWERS, Viewer
from agencies.choices import Role
from agencies.models import User
from audit.models import Event
from mash.common.errors import NotPermitted
from screening.models import Enquiry
from screening.queries.head import enquiry_roles

PAGE_LENGTH = 50

CLOSED_OUT = Q(verb__startswith="conflict.") | Q(verb__startswith="staff_match.")
"""Events that say that somebody is closed out, or may have to be: for managers who are not closed out themselves."""

SEALED = (
    Q(verb__icontains="seal")
    | Q(verb__startswith="instruction.")
    | Q(verb__startswith="item.")
    | Q(verb="request.item_added")
    | Q(record_type__in=("information_sharing.sealedtext", "information_sharing.safetyinstruction"))
    | Q(details__contains={"handling": "manager_only"})
)
"""Events that could say that, when or by whom confidential information was deposited: for the manager alone."""


@dataclass(frozen=True)
class Doing:
    """One line of an enquiry's activity."""

    at: datetime
    what: str
    who: str
    reference: str


@dataclass(frozen=True)
class Activity:
    """A page of what was done, the latest first."""

    rows: list[Doing]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Say whether there is a later page."""
        return self.number > 1


def enquiry_activity(viewer: Viewer, enquiry: Enquiry, *, page: int) -> Activity:
    """Return what was done on an enquiry, for its manager and its social worker; two queries.

    Args:
        page: from 1.

    Raises:
        NotPermitted: the viewer is neither.
    """
    if not enquiry_roles(viewer, enquiry) & {Role.MANAGER, ASSIGNED}:
        raise NotPermitted("The activity of an enquiry is for the MASH manager and its social worker.")
    number = max(page, 1)
    rows = _events(viewer, enquiry)[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH + 1]
    found = list(rows)
    names = names_of_users({one.user_id for one in found if one.user_id})
    doings = [
        Doing(one.at, sentence(one.verb), actor_name(one.user_id, one.membership_id, names), one.reference)
        for one in found[:PAGE_LENGTH]
    ]
    return Activity(doings, number, has_next=len(found) > PAGE_LENGTH)


def _events(viewer: Viewer, enquiry: Enquiry) -> QuerySet[Event]:
    rows = Event.objects.filter(enquiry_id=enquiry.pk).order_by("-at", "id")
    return rows if viewer.has(Role.MANAGER) else rows.exclude(SEALED | CLOSED_OUT)


def names_of_users(user_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names of accounts, in one query."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))


def actor_name(user_id: uuid.UUID | None, membership_id: uuid.UUID | None, names: dict[uuid.UUID, str]) -> str:
    """Return who did something: a person, one of the system's own viewers, or an account that is gone."""
    if user_id is not None:
        return names.get(user_id, "An account that is gone")
    system = SYSTEM_VIEWERS.get(membership_id)
    return system.name if system else "The system"


def sentence(verb: str) -> str:
    """Return an event's verb with a capital: `enquiry.contact_joined` reads "Enquiry contact joined"."""
    words = in_words(verb)
    return f"{words[:1].upper()}{words[1:]}"
