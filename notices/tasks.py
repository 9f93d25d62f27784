"""Tasks of the worker. Each finds its work by query: a task that is lost, late or doubled changes nothing."""

from django.utils import timezone

from agencies.access.tasks import hub_task
from agencies.access.viewer import Viewer
from clock.queries import WORKER
from notices import actions


@hub_task
def sweep(*, viewer: Viewer) -> None:
    """Take the steps of the ladder that are due."""
    actions.sweep(viewer=viewer, at=timezone.now(), seen_as=WORKER)


@hub_task
def send_waiting(*, viewer: Viewer) -> None:
    """Send the mails whose time has come."""
    actions.send_waiting(viewer=viewer, at=timezone.now())
