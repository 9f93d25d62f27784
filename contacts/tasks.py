"""Tasks of the worker. Each finds its work by query: a task that is lost, late or doubled changes nothing."""

from django.utils import timezone

from agencies.access.tasks import hub_task
from agencies.access.viewer import Viewer
from contacts import actions


@hub_task
def tell_staff_matches(*, viewer: Viewer) -> None:
    """Tell the managers of matches with the staff list."""
    actions.tell_staff_matches(viewer=viewer, at=timezone.now())
