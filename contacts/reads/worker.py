"""Who works on the enquiry of a record today. The one place where pages, letters and mails ask whom to ring."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import connection

from agencies.models import Membership
from agencies.queries import hub_settings
from contacts.rules import worker as rules


def standings(enquiries: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return how the social worker of each of some enquiries stands who is not at work today; one query."""
    if not enquiries:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT enquiry, standing FROM fw.standings_of(%s::uuid[])", [list(enquiries)])
        return dict(cursor.fetchall())


def worker_of(enquiry_id: uuid.UUID | None, worker: Membership | None) -> str:
    """Return who deals with an enquiry, and how they stand today; empty where nobody is assigned."""
    if worker is None or enquiry_id is None:
        return ""
    return rules.worker_in_words(worker.user.name, standings([enquiry_id]).get(enquiry_id, ""))


def whom_to_ring(enquiry_id: uuid.UUID | None, worker: Membership | None, *, standing: str | None = None) -> str:
    """Return whom somebody rings about an enquiry today; where nobody works on it, the hub.

    Args:
        worker: its social worker, with their account; None also where there is no enquiry.
        standing: how they stand, where `standings` told it already.
    """
    hub = hub_settings()
    who = worker.user if worker is not None and enquiry_id is not None else None
    if standing is None:
        standing = standings([enquiry_id]).get(enquiry_id, "") if who is not None and enquiry_id is not None else ""
    return rules.whom_to_ring(
        who.name if who else "", who.telephone if who else "", standing, hub=hub.name, hub_telephone=hub.telephone
    )


def at_work_on(enquiry_id: uuid.UUID | None, worker: Membership | None) -> str:
    """Return the words that may name who works on an enquiry today, to hold a text against; empty where nobody does."""
    if worker is None or enquiry_id is None:
        return ""
    standing = standings([enquiry_id]).get(enquiry_id, "")
    return "" if standing in rules.UNATTENDED else f"{worker.user.name} {standing.partition(' ')[2]}".strip()
