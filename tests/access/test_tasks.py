"""The gateway to Celery: how tasks are made, and what a queue that is down costs."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
import redis
from django.db import transaction

from agencies.access.tasks import HARD_LIMIT_SECONDS, SOFT_LIMIT_SECONDS, enqueue, hub_task
from agencies.access.viewer import CLOCK, Viewer
from contacts.models import Contact
from tests.broker import broker
from tests.scenes.rows import new_contact

QUEUES = ("deadline", "mail")
seen: list[tuple[Viewer, dict[str, object]]] = []


@hub_task
def note(*, viewer: Viewer, **ids: object) -> None:
    """Keep what it was called with."""
    seen.append((viewer, ids))


@pytest.fixture
def queue(valkey_url: str) -> Iterator[redis.Redis]:
    """Return this worker's queue, empty, with nothing left of a connection that another test has broken."""
    client = redis.Redis.from_url(valkey_url)
    client.delete(*QUEUES)
    with broker(valkey_url):
        yield client
    client.delete(*QUEUES)
    client.close()


def test_task_acts_as_the_clock_under_a_name_of_its_own() -> None:
    seen.clear()
    first, second = uuid4(), uuid4()
    note(notice=str(first))
    note.apply(kwargs={"notice": str(second)})
    assert [ids for _, ids in seen] == [{"notice": str(first)}, {"notice": str(second)}]
    assert [(viewer.membership_id, viewer.roles) for viewer, _ in seen] == [(CLOCK.membership_id, CLOCK.roles)] * 2
    assert len({UUID(viewer.request_id) for viewer, _ in seen}) == 2


def test_task_survives_its_worker_and_keeps_nothing() -> None:
    assert (note.name, note.acks_late, note.reject_on_worker_lost, note.ignore_result) == (
        "tests.access.test_tasks.note",
        True,
        True,
        True,
    )
    assert (note.soft_time_limit, note.time_limit) == (SOFT_LIMIT_SECONDS, HARD_LIMIT_SECONDS)
    assert SOFT_LIMIT_SECONDS < HARD_LIMIT_SECONDS


@pytest.mark.django_db(transaction=True)
def test_message_goes_out_with_the_commit_and_holds_ids_alone(queue: redis.Redis) -> None:
    with transaction.atomic():
        contact = new_contact(concern="Ada Thornbury was seen")
        enqueue(note, contact=contact.pk, attempt=2)
        enqueue("notices.tasks.send_waiting")
        assert [queue.llen(name) for name in QUEUES] == [0, 0]
    assert [queue.llen(name) for name in QUEUES] == [1, 1]
    messages = [json.loads(one) for name in QUEUES for one in queue.lrange(name, 0, -1)]
    names = {one["headers"]["task"]: one["headers"]["kwargsrepr"] for one in messages}
    assert names == {note.name: f"{{'contact': '{contact.pk}', 'attempt': 2}}", "notices.tasks.send_waiting": "{}"}
    assert "Thornbury" not in json.dumps(messages)


@pytest.mark.django_db(transaction=True)
def test_rollback_sends_nothing(queue: redis.Redis) -> None:
    with transaction.atomic():
        enqueue(note, contact=uuid4())
        transaction.set_rollback(True)
    assert [queue.llen(name) for name in QUEUES] == [0, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("task", [note, "notices.tasks.send_waiting"], ids=["task", "name"])
def test_queue_that_is_down_costs_lateness_and_not_the_deed(task: Any, caplog: pytest.LogCaptureFixture) -> None:
    with broker("redis://127.0.0.1:1/0"), caplog.at_level(logging.ERROR), transaction.atomic():
        contact = new_contact()
        enqueue(task, contact=contact.pk)
    assert Contact.objects.filter(pk=contact.pk).count() == 1
    assert [record.name for record in caplog.records if "on_commit" in record.getMessage()] == [
        "django.db.backends.base"
    ]
