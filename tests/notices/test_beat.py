"""The schedule, and the scheduler that outlives the loss of Redis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from agencies.actions import TELL_LEFT_BEHIND
from agencies.tasks import clear_kept_texts, seal_logs
from contacts import tasks as contact_tasks
from decisions import tasks as decision_tasks
from deploy.local import places
from deploy.local.serving import QUEUES
from information_sharing import tasks as sharing_tasks
from mash.beat import RETRY_SECONDS, SteadyScheduler
from mash.celery import BEAT_SCHEDULE, BY_NAME, DEADLINE, DOCUMENTS, MAIL, QUEUE_OF
from notices import tasks
from notices.actions.writing import SEND_WAITING
from screening import tasks as screening_tasks
from tests.notices.conftest import free_port


@pytest.fixture
def valkey(valkey_url: str) -> Iterator[Redis]:
    """Give this worker's Valkey, empty."""
    client = Redis.from_url(valkey_url)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()
    current_app.redbeat_redis = None


@pytest.fixture
def scheduler(valkey: Redis) -> SteadyScheduler:
    """Give a scheduler that has not ticked yet."""
    current_app.redbeat_redis = None
    return SteadyScheduler(current_app, max_interval=10, lock_timeout=60)


def gone() -> Redis:
    """Return a client of a server that is not there."""
    return Redis(port=free_port(), decode_responses=True, retry=Retry(NoBackoff(), 0))


def make_due(scheduler: SteadyScheduler) -> None:
    """Let all entries have run 40 seconds ago."""
    for name in BEAT_SCHEDULE:
        entry = scheduler.Entry.from_key(f"redbeat:{name}", app=current_app)
        entry.reschedule(last_run_at=datetime.now(tz=UTC) - timedelta(seconds=40))


def queued(client: Redis) -> int:
    return sum(int(client.llen(queue)) for queue in (*set(QUEUE_OF.values()), BY_NAME))


def planned(client: Redis) -> int:
    return int(client.zcard("redbeat::schedule"))


def test_the_schedule_is_intervals_that_expire_before_the_next() -> None:
    shown = {
        name: (entry["task"], entry["schedule"], entry["options"]["expires"]) for name, entry in BEAT_SCHEDULE.items()
    }
    assert shown == {
        "sweep": ("notices.tasks.sweep", 30.0, 25),
        "tell-staff-matches": ("contacts.tasks.tell_staff_matches", 30.0, 25),
        "tell-left-behind": ("screening.tasks.tell_left_behind", 30.0, 25),
        "tell-of-silence": ("information_sharing.tasks.tell_of_silence", 30.0, 25),
        "tell-changes": ("decisions.tasks.tell_changes", 30.0, 25),
        "tell-undelivered": ("decisions.tasks.tell_undelivered", 30.0, 25),
        "send-waiting": ("notices.tasks.send_waiting", 30.0, 25),
        "seal-logs": ("agencies.tasks.seal_logs", 30.0, 25),
        "clear-kept-texts": ("agencies.tasks.clear_kept_texts", 3600.0, 25),
    }
    assert (current_app.conf.timezone, current_app.conf.enable_utc) == ("UTC", True)


def test_every_task_of_the_schedule_exists() -> None:
    made = {
        tasks.sweep.name,
        tasks.send_waiting.name,
        seal_logs.name,
        clear_kept_texts.name,
        contact_tasks.tell_staff_matches.name,
    }
    made |= {
        screening_tasks.tell_left_behind.name,
        sharing_tasks.tell_of_silence.name,
        decision_tasks.tell_changes.name,
        decision_tasks.tell_undelivered.name,
    }
    assert TELL_LEFT_BEHIND in made
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} == made
    assert SEND_WAITING in made


def test_every_task_of_the_schedule_has_a_queue_and_no_mail_is_among_the_deadlines() -> None:
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} == set(QUEUE_OF)
    assert {queue: sum(one == queue for one in QUEUE_OF.values()) for queue in set(QUEUE_OF.values())} == {
        DEADLINE: 6,
        MAIL: 1,
        DOCUMENTS: 2,
    }


def test_a_tick_puts_each_task_on_its_queue_and_on_no_other(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    assert {queue: int(valkey.llen(queue)) for queue in (DEADLINE, MAIL, DOCUMENTS, BY_NAME)} == {
        DEADLINE: 6,
        MAIL: 1,
        DOCUMENTS: 2,
        BY_NAME: 0,
    }


def test_every_queue_has_a_worker_here_and_in_compose() -> None:
    here = [queue for queues in QUEUES for queue in queues.split(",")]
    compose = (places.ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    there = [queue for queues in re.findall(r'"--queues=([a-z,]+)"', compose) for queue in queues.split(",")]
    assert here == there == [DEADLINE, BY_NAME, MAIL, DOCUMENTS]


def test_the_first_tick_takes_the_lock_plans_and_sends(scheduler: SteadyScheduler, valkey: Redis) -> None:
    assert scheduler.tick() == 10
    assert (planned(valkey), queued(valkey), valkey.exists("redbeat::lock")) == (9, 9, 1)


def test_a_tick_sends_what_is_due_once(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    make_due(scheduler)
    assert (scheduler.tick(), queued(valkey)) == (10, 17)
    scheduler.tick()
    assert queued(valkey) == 17


def test_a_second_scheduler_waits(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    make_due(scheduler)
    second = SteadyScheduler(current_app, max_interval=10, lock_timeout=60)
    assert (second.tick(), queued(valkey)) == (RETRY_SECONDS, 9)
    assert (scheduler.tick(), queued(valkey)) == (10, 17)


def test_the_second_takes_over_when_the_first_is_gone(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    second = SteadyScheduler(current_app, max_interval=10, lock_timeout=60)
    valkey.delete("redbeat::lock")  # what its time-out does after a kill -9
    assert second.tick() == 10
    assert (scheduler.tick(), scheduler.lock) == (RETRY_SECONDS, None)


def test_after_flushall_the_schedule_is_written_again(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    valkey.flushdb()
    assert scheduler.tick() == 10
    assert (planned(valkey), queued(valkey)) == (9, 9)


def test_a_second_one_that_gets_the_lock_after_flushall_writes_the_schedule(
    scheduler: SteadyScheduler, valkey: Redis
) -> None:
    scheduler.tick()
    second = SteadyScheduler(current_app, max_interval=10, lock_timeout=60)
    second.tick()
    valkey.flushdb()
    assert second.tick() == 10
    assert (planned(valkey), queued(valkey)) == (9, 9)


def test_without_redis_it_keeps_its_lock_and_tries_again(
    scheduler: SteadyScheduler, valkey: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler.tick()
    lock = scheduler.lock
    assert lock
    with monkeypatch.context() as patch:
        patch.setattr(lock, "redis", gone())
        assert (scheduler.tick(), scheduler.lock) == (RETRY_SECONDS, lock)
    make_due(scheduler)
    assert (scheduler.tick(), queued(valkey)) == (10, 17)


def test_a_start_without_redis_is_tried_again(valkey: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(current_app, "redbeat_redis", gone(), raising=False)
        scheduler = SteadyScheduler(current_app, max_interval=10, lock_timeout=60)
        assert (scheduler.tick(), scheduler.lock) == (RETRY_SECONDS, None)
    current_app.redbeat_redis = None
    assert (scheduler.tick(), queued(valkey)) == (10, 9)


def test_redbeats_own_waiting_for_the_lock_is_off(scheduler: SteadyScheduler) -> None:
    assert (scheduler.lock_key, scheduler.key_of_lock) == (None, "redbeat::lock")


def test_it_closes_without_redis(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    scheduler.lock.redis = gone()  # type: ignore[union-attr]
    scheduler.close()
    assert scheduler.lock is None


def test_it_lets_go_of_the_lock(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    scheduler.close()
    assert valkey.exists("redbeat::lock") == 0
