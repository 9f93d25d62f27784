"""Real processes to break: workers as the launcher starts them, their Valkey, and a mail server of any temper."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from celery import current_app
from django.utils import timezone

from clock.actions import start_deadline
from clock.choices import Measure, Start
from clock.models import Deadline, Escalation
from clock.rules.subject import Subject
from deploy.local import places
from deploy.local.serving import QUEUES, worker_of
from deploy.local.supervisor import Supervisor
from deploy.local.valkey import Server
from notices.models import Notice
from tests.broker import broker
from tests.notices.conftest import Postbox, free_port

SWEEP, SEND = "notices.tasks.sweep", "notices.tasks.send_waiting"
PATIENCE_SECONDS = 90


@dataclass
class Machinery:
    """Valkey, workers and mail server of one drill.

    Attributes:
        sweep_url: the database, as the worker's login.
        logs: the folder of the workers' logs.
    """

    valkey: Server
    sweep_url: str
    logs: Path
    supervisor: Supervisor = field(init=False)
    mail_port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.supervisor = Supervisor(self.logs)

    @property
    def env(self) -> dict[str, str]:
        """The environment of every process that is started here."""
        return {
            **os.environ,
            "DATABASE_URL": self.sweep_url,
            "MASH_REDIS_URL": self.valkey.url(),
            "MASH_EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
        }

    def start_workers(self) -> None:
        """Start the workers of all queues, as demo and hub do."""
        self.supervisor.start([worker_of(queues, self.env) for queues in QUEUES])

    def stop(self) -> None:
        """End every process that was started here."""
        self.supervisor.stop()

    def call(self, *tasks: str) -> None:
        """Put tasks on the queues that are theirs, as beat does."""
        with broker(self.valkey.url()):
            for task in tasks:
                current_app.send_task(task)

    def kill_children(self, name: str = "worker-deadline") -> int:
        """Kill -9 the processes in which a worker does its tasks. Returns how many it was."""
        parent = self.supervisor.running[name].pid
        found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        for child in found:
            os.kill(int(child), signal.SIGKILL)
        return len(found)

    def eventually(self, happened: Callable[[], bool], *, again: Callable[[], None] = lambda: None) -> float:
        """Wait until something has happened, reviving what has ended meanwhile.

        Args:
            again: done every two seconds, as beat does.

        Returns:
            Seconds that it took; infinite where patience ended first.
        """
        began = asked = time.monotonic()
        while not happened():
            if time.monotonic() - began > PATIENCE_SECONDS:
                return float("inf")
            if time.monotonic() - asked > 2:
                again()
                asked = time.monotonic()
            self.supervisor.look_after()
            time.sleep(0.05)
        return round(time.monotonic() - began, 1)

    def run_sweep(self) -> str:
        """Run the second trigger once, by hand."""
        command = places.python(places.ROOT / "manage.py", "run_sweep")
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=True).stdout

    @contextmanager
    def mail_server(self, *, seconds_a_mail: float = 0) -> Iterator[Postbox]:
        """Run a mail server that takes its time."""
        box = Slow(seconds_a_mail)
        controller = Controller(box, hostname="127.0.0.1", port=self.mail_port)
        controller.start()
        try:
            yield box
        finally:
            controller.stop(no_assert=True)


class Slow(Postbox):
    """A mail server that answers late, and takes every mail."""

    def __init__(self, seconds_a_mail: float) -> None:
        super().__init__()
        self.seconds_a_mail = seconds_a_mail

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, late."""
        await asyncio.sleep(self.seconds_a_mail)
        return await super().handle_DATA(server, session, envelope)


def miss(count: int) -> list[uuid.UUID]:
    """Start Red decision clocks that have run out."""
    return [_missed() for _ in range(count)]


def _missed() -> uuid.UUID:
    key, arrived = uuid.uuid4(), timezone.now() - timedelta(days=30)
    subject = Subject("enquiry", key, "M-7KQ4-M2XD", key, "M-7KQ4-M2XD", case_id=key)
    made = start_deadline(subject, Measure.DECISION, moments={Start.ARRIVAL: arrived}, colour="red", at=arrived)
    found: uuid.UUID = made.pk
    return found


STEPS = 2
"""Steps of the ladder of a Red decision after it is due."""


def untold(keys: list[uuid.UUID]) -> int:
    """Return how many steps of some missed decisions were not taken, or their notices not written."""
    taken = list(Escalation.objects.filter(deadline__in=keys).values_list("pk", flat=True))
    notices = {dedupe.split(":")[1] for dedupe in Notice.objects.values_list("dedupe", flat=True)}
    return STEPS * len(keys) - sum(str(pk) in notices for pk in taken)


def told_twice() -> int:
    """Return how many steps were taken twice, or told to somebody twice in one way."""
    steps = list(Escalation.objects.values_list("deadline_id", "level"))
    told = [(row.dedupe.split(":")[1], row.membership_id, row.channel) for row in Notice.objects.defer("body")]
    return len(steps) - len(set(steps)) + len(told) - len(set(told))


def poison() -> Deadline:
    """Start a clock whose ladder lies past the end of all calendars."""
    far = datetime.fromisoformat("9999-12-31T23:30:00+00:00")
    rows = Deadline._base_manager.filter(pk=_missed())
    rows.update(due_at=far, policy_due_at=far, next_check_at=timezone.now())
    made: Deadline = rows.get()
    return made
