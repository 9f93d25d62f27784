"""Tasks of the worker about what stands below the kernel."""

from agencies.access.kept import clear
from agencies.access.tasks import hub_task
from agencies.access.viewer import Viewer
from audit import actions


@hub_task
def seal_logs(*, viewer: Viewer) -> None:
    """Seal what was written to the log since the last time."""
    actions.seal_logs()


@hub_task
def clear_kept_texts(*, viewer: Viewer) -> None:
    """Let go of what was typed a month ago and never sent."""
    clear()
