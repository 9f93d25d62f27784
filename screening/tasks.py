"""Tasks of the worker. Each finds its work by query: a task that is lost, late or doubled changes nothing."""

from django.utils import timezone

from agencies.access.tasks import hub_task
from agencies.access.viewer import Viewer
from screening import actions


@hub_task
def tell_left_behind(*, viewer: Viewer) -> None:
    """Hand over what somebody has left behind, and say so where no manager is left to hand it to."""
    at = timezone.now()
    actions.tell_left_behind(viewer=viewer, at=at)
    actions.tell_without_manager(viewer=viewer, at=at)
