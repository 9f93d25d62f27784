"""The scheduler: one of several ticks, and it outlives the loss of Redis and of everything that Redis held.

RedBeat alone ends with an error when Redis goes away or its lock is lost. After FLUSHALL it forgets the schedule until
it is started again: a second one that waits for the lock then gets it, and ticks over nothing for ever.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from redbeat import RedBeatScheduler
from redbeat.schedulers import LUA_EXTEND_TO_SCRIPT, get_redis
from redis.exceptions import LockNotOwnedError, RedisError
from redis.lock import Lock

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5.0
LONG_AGO = timedelta(days=1)


class SteadyScheduler(RedBeatScheduler):  # type: ignore[misc]  # redbeat has no types
    """RedBeat that takes its lock and writes its schedule again instead of ending."""

    lock: Lock | None
    lock_key: str | None

    def __init__(self, app: Any, **kwargs: Any) -> None:
        # RedBeat looks for its own name, and does not find it behind the prefix of our settings.
        app.conf.redbeat_redis_url = app.conf.broker_url
        # The schedule is written with the lock, so that a start without Redis is no end.
        super().__init__(app, **{**kwargs, "lazy": True})
        # Without a key RedBeat leaves the lock alone; it would wait for it once, at the start, and never look again.
        self.key_of_lock, self.lock_key = self.lock_key, None

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due, if this scheduler holds the lock. Returns the seconds until the next tick."""
        try:
            if not self._holds_lock():
                return RETRY_SECONDS
            return float(super().tick(*args, **kwargs))
        except RedisError as error:
            logger.warning("Beat cannot reach Redis (%s); it tries again.", type(error).__name__)
            return RETRY_SECONDS

    def _holds_lock(self) -> bool:
        if self.lock is not None:
            try:
                return bool(self.lock.extend(int(self.lock_timeout)))
            except LockNotOwnedError:
                logger.warning("Beat lost its lock, and perhaps all that Redis held.")
                self.lock = None
        return self._take_over()

    def _take_over(self) -> bool:
        client = get_redis(self.app)
        lock = client.lock(self.key_of_lock, timeout=self.lock_timeout)
        lock.lua_extend = client.register_script(LUA_EXTEND_TO_SCRIPT)
        if not lock.acquire(blocking=False):
            return False
        self.lock = lock
        self.setup_schedule()
        for name in self.app.conf.beat_schedule:
            self._make_due(name)
        logger.info("Beat holds the lock and has written its schedule.")
        return True

    def _make_due(self, name: str) -> None:
        """Let an entry run now: nobody knows how long nothing ran, and what it does may be done twice."""
        entry = self.Entry.from_key(self.Entry.generate_key(self.app, name), app=self.app)
        entry.reschedule(last_run_at=datetime.now(tz=UTC) - LONG_AGO)

    def close(self) -> None:
        """Let go of the lock; without Redis it ends by itself."""
        try:
            super().close()
        except RedisError:
            self.lock = None
