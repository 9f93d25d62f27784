"""Tasks of the worker. Each finds its work by query: a task that is lost, late or doubled changes nothing."""

from django.utils import timezone

from agencies.access.tasks import hub_task
from agencies.access.viewer import Viewer
from decisions import actions


@hub_task
def tell_changes(*, viewer: Viewer) -> None:
    """Tell whom it concerns that something in a released summary has changed."""
    actions.tell_changes(viewer=viewer, at=timezone.now())


@hub_task
def tell_undelivered(*, viewer: Viewer) -> None:
    """Tell those who answer for a child what somebody was not told about it, or was told wrongly."""
    at = timezone.now()
    actions.tell_undelivered(viewer=viewer, at=at)
    actions.clock_corrections(viewer=viewer, at=at)
