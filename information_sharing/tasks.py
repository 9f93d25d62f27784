"""Tasks of the worker. Each finds its work by query: a task that is lost, late or doubled changes nothing."""

from django.utils import timezone

from agencies.access.tasks import hub_task
from agencies.access.viewer import Viewer
from information_sharing import actions


@hub_task
def tell_of_silence(*, viewer: Viewer) -> None:
    """Tell the managers of requests that nobody can answer."""
    actions.tell_of_silence(viewer=viewer, at=timezone.now())
