"""The queue in tests: call a task as beat does, or point the hub's broker elsewhere for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from celery import Celery, current_app


def call(task: str, broker_url: str) -> None:
    """Put a call of a task on a queue.

    The app that does it is never the process's current one: the tests that come
    after it in this process would find that one's settings instead of the hub's.

    Args:
        task: Its full name, for example ``notices.tasks.sweep``.
        broker_url: The URL of the queue's Valkey or Redis.

    """
    Celery(broker=broker_url, set_as_current=False).send_task(task)


@contextmanager
def broker(url: str) -> Iterator[None]:
    """Let the hub send its tasks to this URL, with connections of its own, and put back the old one afterwards."""
    before = current_app.conf.broker_url
    _point_to(url)
    try:
        yield
    finally:
        _point_to(before)


def _point_to(url: str) -> None:
    current_app.conf.broker_url = url
    current_app._pool = None
    current_app.amqp._producer_pool = None
