"""What waits for a viewer at this stage."""

from __future__ import annotations

from datetime import datetime

from agencies.access.viewer import Viewer
from mash.common.work import WorkItem


def work_for(viewer: Viewer, *, at: datetime) -> list[WorkItem]:
    """Return what waits for the viewer at this stage."""
    return []
