"""Records for the kernel's tests, each the least that the database takes."""

from __future__ import annotations

from datetime import UTC, datetime

from agencies.access.identity import acting_as
from contacts.models import Contact
from screening.models import Enquiry
from tests.people import Person, person

AT = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
"""A Tuesday morning."""


def new_contact(**changes: object) -> Contact:
    """Write a contact that was just received."""
    columns = {"arrived_at": AT, "logged_at": AT, "channel": "telephone", "referrer_kind": "school", **changes}
    contact = Contact(**columns)
    contact.save(force_insert=True)
    return contact


def new_enquiry(*, worker: Person | None = None, **changes: object) -> Enquiry:
    """Write an enquiry that gathers information, with its social worker."""
    manager = person("maeve_manager")
    columns = {
        "state": "gathering",
        "colour": "amber",
        "arrived_at": AT,
        "opened_at": AT,
        "opened_by": manager.membership,
        "social_worker": worker.membership if worker else None,
        **changes,
    }
    enquiry = Enquiry(**columns)
    with acting_as(manager.viewer):
        enquiry.save(force_insert=True)
    return enquiry
