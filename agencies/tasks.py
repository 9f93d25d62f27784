"""Doors for the worker into what stands below the kernel."""

from agencies.access.tasks import hub_task
from agencies.access.viewer import Viewer
from audit import actions


@hub_task
def seal_logs(*, viewer: Viewer) -> None:
    """Seal what was written to the log since the last time."""
    actions.seal_logs()
