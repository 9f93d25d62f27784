"""The one gateway to Celery: how tasks are made and how they are put on the queue."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from importlib import import_module
from typing import Any

from celery import Task, current_app, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from agencies.access.viewer import CLOCK, Viewer

SOFT_LIMIT_SECONDS = 60
HARD_LIMIT_SECONDS = 90

OutOfTime = SoftTimeLimitExceeded
"""What a task is told at its soft limit: it passes through everything that handles faults of single rows."""


def hub_task(function: Callable[..., object]) -> Task:
    """Make a task of a function that takes `viewer` and ids as keywords.

    The task acts as the clock's viewer, is acknowledged only after it ran, comes back if its worker dies, keeps no
    result and has a time limit. It may run twice: what it calls claims its row under a lock.
    """

    @functools.wraps(function)
    def run(**ids: Any) -> None:
        viewer: Viewer = CLOCK.with_request(str(uuid.uuid4()))
        function(viewer=viewer, **ids)

    made: Task = shared_task(
        name=f"{function.__module__}.{function.__name__}",
        acks_late=True,
        reject_on_worker_lost=True,
        ignore_result=True,
        soft_time_limit=SOFT_LIMIT_SECONDS,
        time_limit=HARD_LIMIT_SECONDS,
    )(run)
    return made


def enqueue(task: Task | str, **ids: uuid.UUID | str | int) -> None:
    """Put a task on the queue once the transaction has committed.

    An action, which stands below the tasks, names one: `notices.tasks.send_waiting`.
    Ids only: arguments rest in Redis and in logs. A queue that is down makes things late and undoes nothing: the
    failure is logged, and the sweep finds by query what was not sent.
    """
    plain = {name: str(value) if isinstance(value, uuid.UUID) else value for name, value in ids.items()}
    transaction.on_commit(lambda: _publish(task, plain), robust=True)


def run_here(name: str) -> None:
    """Do a task's work in this process, now; the name leads to its module, as Celery's own does."""
    module, _, function = name.rpartition(".")
    getattr(import_module(module), function)()


def _publish(task: Task | str, ids: dict[str, str | int]) -> None:
    if isinstance(task, str):
        current_app.send_task(task, kwargs=ids, retry=False)
    else:
        task.apply_async(kwargs=ids, retry=False)
