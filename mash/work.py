"""All that waits for one person, from every stage: the list of work."""

from __future__ import annotations

from datetime import datetime

import contacts.queries
import decisions.queries
import information_sharing.queries
import screening.queries
from agencies.access.viewer import Viewer
from common.work import WorkItem, in_order


def work_of(viewer: Viewer, *, at: datetime) -> list[WorkItem]:
    """Return everything that waits for the viewer: a child in danger now first, then by time.

    One statement says in which sections anything waits; the others are not asked.
    """
    waiting = decisions.queries.sections_waiting(viewer)
    found = [
        *contacts.queries.work_for(viewer, at=at, waiting=waiting),
        *screening.queries.work_for(viewer, at=at, waiting=waiting),
        *screening.queries.reviews_to_read(viewer, at=at),
        *screening.queries.overdue_reviews(viewer, at=at),
        *information_sharing.queries.work_for(viewer, at=at, waiting=waiting),
        *decisions.queries.work_for(viewer, at=at, waiting=waiting),
    ]
    return in_order(found, at=at)
