"""The sweep by hand, or from a system timer that does not depend on Celery."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agencies.access.tasks import run_here
from agencies.access.viewer import CLOCK
from notices import actions
from notices.actions import Outcome

EARLIER = (
    "screening.tasks.tell_left_behind",
    "information_sharing.tasks.tell_of_silence",
    "contacts.tasks.tell_staff_matches",
)
"""Tasks of later stages that find what to tell by query; named, because they stand above."""


class Command(BaseCommand):
    """Takes the steps of the ladder that are due and sends waiting mail, as beat has the worker do."""

    help = "Take the deadlines that are due, tell whom they concern, and send the mail that waits."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep once."""
        viewer = CLOCK.with_request(str(uuid.uuid4()))
        for name in EARLIER:
            run_here(name)
        taken = actions.sweep(viewer=viewer, at=timezone.now())
        counts = actions.send_waiting(viewer=viewer, at=timezone.now())
        self.stdout.write(f"{taken} steps taken, {counts.get(Outcome.SENT, 0)} mails sent")
        if counts.get(Outcome.SERVER_AWAY):
            self.stderr.write("The mail server could not be reached: the mails wait.")
