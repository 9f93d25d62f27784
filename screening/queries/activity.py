"""What was done on one enquiry, in words: who and when, never the content."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from agencies.access.roles import ASSIGNED
from agencies.access.transitions import in_words
from agencies.access.viewer import SYSTEM_VIEWERS, Viewer
from agencies.choices import Role
from common.errors import NotPermitted
from screening.models import Enquiry
from screening.queries.head import enquiry_roles

PAGE_LENGTH = 50


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
        """Say whether a page stands before this one, with what was done later."""
        return self.number > 1


def enquiry_activity(viewer: Viewer, enquiry: Enquiry, *, page: int) -> Activity:
    """Return what was done on an enquiry, for its manager and its social worker; one query.

    Args:
        page: from 1.

    Raises:
        NotPermitted: the viewer is neither.
    """
    if not enquiry_roles(viewer, enquiry) & {Role.MANAGER, ASSIGNED}:
        raise NotPermitted("The activity of an enquiry is for the MASH manager and its social worker.")
    number = max(page, 1)
    found = _events(enquiry.pk, skipped=(number - 1) * PAGE_LENGTH)
    return Activity(found[:PAGE_LENGTH], number, has_next=len(found) > PAGE_LENGTH)


def _events(enquiry_id: uuid.UUID, *, skipped: int) -> list[Doing]:
    """Return one more than a page of events, as far as the database lets this viewer see them (`fw.activity_of`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, verb, reference, user_id, membership_id, who FROM fw.activity_of(%s, %s, %s)",
            [enquiry_id, PAGE_LENGTH + 1, skipped],
        )
        rows = cursor.fetchall()
    return [
        Doing(at, sentence(verb), actor_name(user_id, membership_id, who), reference)
        for at, verb, reference, user_id, membership_id, who in rows
    ]


def actor_name(user_id: uuid.UUID | None, membership_id: uuid.UUID | None, name: str) -> str:
    """Return who did something: a person, one of the system's own viewers, or an account that is gone.

    Args:
        name: of the account; empty where it is gone or there is none.
    """
    if user_id is not None:
        return name or "An account that no longer exists"
    system = SYSTEM_VIEWERS.get(membership_id)
    return system.name if system else "The system"


def sentence(verb: str) -> str:
    """Return an event's verb with a capital: `enquiry.contact_joined` reads "Enquiry contact joined"."""
    words = in_words(verb)
    return f"{words[:1].upper()}{words[1:]}"
