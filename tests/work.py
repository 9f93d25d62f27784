"""What stands on somebody's list of work."""

from __future__ import annotations

from datetime import datetime

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from common.work import WorkItem
from mash.worklist import work_of


def items_of(viewer: Viewer, *stages: str, at: datetime) -> list[WorkItem]:
    """Return the lines of somebody's list, in the order of the page.

    Args:
        stages: only sections of these, such as `contacts`; all where none is named.
    """
    with acting_as(viewer) as acting:
        items = work_of(acting, at=at).items
    return [one for one in items if not stages or one.section.partition(".")[0] in stages]


def todos(viewer: Viewer, *stages: str, at: datetime) -> list[tuple[str, str]]:
    """Return reference and what is to be done of each line."""
    return [(item.reference, item.todo) for item in items_of(viewer, *stages, at=at)]
