"""The sweep by hand, from a system timer, or as the second clock that stands in for a silent worker."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clock.queries import TIMER, is_silent, last_seen
from notices.actions import Outcome, SecondClock, run_round


class Command(BaseCommand):
    """Takes the steps of the ladder that are due and sends waiting mail, as beat has the worker do."""

    help = "Take the deadlines that are due, tell whom they concern, and send the mail that waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let it stay, or only be asked for."""
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--keep-watch", action="store_true", help="stay, and do so whenever no worker does")
        how.add_argument("--is-seen", action="store_true", help="only say whether one that stays is at work")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep once, or stay.

        Raises:
            CommandError: a part failed, or nobody keeps watch who was asked for.
        """
        if options["is_seen"]:
            if is_silent(last_seen(TIMER), at=timezone.now()):
                raise CommandError("No second clock has been seen for three minutes.")
        elif options["keep_watch"]:
            self._keep_watch()
        else:
            self._once()

    def _keep_watch(self) -> None:
        second = SecondClock(now=timezone.now, since=timezone.now())
        for sent in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sent, lambda *_: second.stopping.set())
        self.stdout.write("The second clock keeps watch.")
        self.stdout.flush()
        second.run()

    def _once(self) -> None:
        done = run_round(timezone.now)
        self.stdout.write(f"{done.steps} steps taken, {done.mails.get(Outcome.SENT, 0)} mails sent")
        if done.mails.get(Outcome.SERVER_AWAY):
            self.stderr.write("The mail server could not be reached: the mails wait.")
        if done.failed:
            raise CommandError(f"Failed, and tried again by the next sweep: {', '.join(done.failed)}. See the log.")
