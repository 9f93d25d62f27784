"""The schedule, and the scheduler that outlives the loss of Redis."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from redbeat.schedulers import get_redis
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from mash.beat import RETRY_SECONDS, SteadyScheduler
from mash.celery import BEAT_SCHEDULE
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
    """Let both entries have run 40 seconds ago."""
    for name in BEAT_SCHEDULE:
        entry = scheduler.Entry.from_key(f"redbeat:{name}", app=current_app)
        entry.reschedule(last_run_at=datetime.now(tz=UTC) - timedelta(seconds=40))


def queued(client: Redis) -> int:
    return int(client.llen("celery"))


def planned(client: Redis) -> int:
    return int(client.zcard("redbeat::schedule"))


def test_the_schedule_is_intervals_that_expire_before_the_next() -> None:
    shown = {
        name: (entry["task"], entry["schedule"], entry["options"]["expires"]) for name, entry in BEAT_SCHEDULE.items()
    }
    assert shown == {
        "sweep": ("notices.tasks.sweep", 30.0, 25),
        "send-waiting": ("notices.tasks.send_waiting", 30.0, 25),
    }
    assert (current_app.conf.timezone, current_app.conf.enable_utc) == ("UTC", True)


def test_every_task_of_the_schedule_exists() -> None:
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} <= set(current_app.tasks)


def test_the_first_tick_takes_the_lock_and_plans(scheduler: SteadyScheduler, valkey: Redis) -> None:
    assert 0 < scheduler.tick() <= 10
    assert (planned(valkey), queued(valkey), valkey.exists("redbeat::lock")) == (2, 0, 1)


def test_a_tick_sends_what_is_due_once(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    make_due(scheduler)
    assert (scheduler.tick(), queued(valkey)) == (10, 2)
    scheduler.tick()
    assert queued(valkey) == 2


def test_a_second_scheduler_waits(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    make_due(scheduler)
    second = SteadyScheduler(current_app, max_interval=10, lock_timeout=60)
    assert (second.tick(), queued(valkey)) == (RETRY_SECONDS, 0)
    assert (scheduler.tick(), queued(valkey)) == (10, 2)


def test_the_second_takes_over_when_the_first_is_gone(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    second = SteadyScheduler(current_app, max_interval=10, lock_timeout=60)
    valkey.delete("redbeat::lock")  # what its time-out does after a kill -9
    assert second.tick() <= 10
    assert scheduler.tick() == RETRY_SECONDS


def test_after_flushall_the_schedule_is_written_again(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    valkey.flushdb()
    assert (scheduler.tick(), planned(valkey)) == (RETRY_SECONDS, 0)
    assert scheduler.tick() <= 10
    assert planned(valkey) == 2


def test_without_redis_it_tries_again(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    current_app.redbeat_redis = gone()
    scheduler.lock.redis = current_app.redbeat_redis  # type: ignore[union-attr]
    scheduler.lock.register_scripts()  # type: ignore[union-attr]
    assert (scheduler.tick(), scheduler.lock) == (RETRY_SECONDS, None)
    assert scheduler.tick() == RETRY_SECONDS
    current_app.redbeat_redis = None
    valkey.flushdb()
    assert get_redis(current_app) is not None
    assert scheduler.tick() <= 10


def test_it_closes_without_redis(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    scheduler.lock.redis = gone()  # type: ignore[union-attr]
    scheduler.close()
    assert scheduler.lock is None


def test_it_lets_go_of_the_lock(scheduler: SteadyScheduler, valkey: Redis) -> None:
    scheduler.tick()
    scheduler.close()
    assert valkey.exists("redbeat::lock") == 0
