"""A real worker on a Valkey of its own: what it does, and that it comes back after Valkey was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from clock.actions import start_deadline
from clock.choices import Measure, Start
from clock.models import Escalation
from clock.rules.subject import Subject
from deploy.local import scratch
from deploy.local.valkey import Server
from notices.models import Notice
from tests.broker import call
from tests.notices.conftest import Postbox, postbox

__all__ = ["postbox"]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def valkey() -> Iterator[Server]:
    """Run a Valkey that may be killed."""
    with scratch.folder() as folder:
        server = Server(folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture
def worker(valkey: Server, postbox: Postbox, sweep_url: str, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Run a worker with the sweep's role; gives its log."""
    env = {
        **os.environ,
        "DATABASE_URL": sweep_url,
        "MASH_REDIS_URL": valkey.url(),
        "MASH_EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
    }
    command = [sys.executable, "-m", "celery", "-A", "mash.celery:app", "worker", "-c", "2", "-l", "INFO"]
    with (tmp_path / "worker.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*command, "--without-gossip", "--without-mingle", "--without-heartbeat"],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        eventually(lambda: " ready." in (tmp_path / "worker.log").read_text(), tmp_path / "worker.log")
        yield tmp_path / "worker.log"
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    finally:
        process.kill()
        process.wait()


def eventually(happened: Callable[[], bool], log: Path) -> None:
    """Wait until something has happened; otherwise fail with the worker's last words."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > until:
            pytest.fail("It did not happen. The worker's log ends with:\n" + log.read_text()[-3000:])
        time.sleep(0.1)


def miss_a_decision() -> None:
    """Start a Red decision clock that has run out."""
    key, now = uuid.uuid4(), timezone.now()
    moments = {Start.ARRIVAL: now - timedelta(days=30)}
    subject = Subject("enquiry", key, "M-7KQ4-M2XD", key, "M-7KQ4-M2XD", case_id=key)
    start_deadline(subject, Measure.DECISION, moments=moments, colour="red", at=moments[Start.ARRIVAL])


def unsent() -> int:
    """Return how many mails are not put down as sent."""
    return Notice.objects.filter(channel="mail", sent_at=None).count()


def call_for_a_sweep(valkey: Server) -> None:
    """Put the task on the queue, as beat does."""
    call("notices.tasks.sweep", valkey.url())


def test_a_missed_deadline_becomes_mail_and_does_so_after_valkey_was_killed(
    worker: Path, valkey: Server, postbox: Postbox
) -> None:
    miss_a_decision()
    call_for_a_sweep(valkey)
    eventually(lambda: (len(postbox.mails), unsent()) == (5, 0), worker)  # A mail arrives before it is put down.
    assert Escalation.objects.count() == 2
    assert valkey.process
    os.kill(valkey.process.pid, signal.SIGKILL)
    valkey.process.wait()
    miss_a_decision()
    valkey.start()
    call_for_a_sweep(valkey)
    eventually(lambda: len(postbox.mails) == 10, worker)
    assert len({mail["Message-ID"] for mail in postbox.mails}) == 10
