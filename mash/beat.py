"""The scheduler: one of several ticks, and it outlives the loss of Redis and of everything that Redis held.

RedBeat alone ends with an error when Redis goes away or loses its lock, and after FLUSHALL it forgets the schedule
until it is started again.
"""

from __future__ import annotations

import logging
from typing import Any

from redbeat import RedBeatScheduler
from redbeat.schedulers import LUA_EXTEND_TO_SCRIPT, get_redis
from redis.exceptions import RedisError
from redis.lock import Lock

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5.0


class SteadyScheduler(RedBeatScheduler):  # type: ignore[misc]  # redbeat has no types
    """RedBeat that takes its lock and writes its schedule again instead of ending."""

    lock: Lock | None

    def __init__(self, app: Any, **kwargs: Any) -> None:
        # RedBeat looks for its own name, and does not find it behind the prefix of our settings.
        app.conf.redbeat_redis_url = app.conf.broker_url
        super().__init__(app, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due, if this scheduler holds the lock. Returns the seconds until the next tick."""
        try:
            if self.lock is None and not self._take_over():
                return RETRY_SECONDS
            return float(super().tick(*args, **kwargs))
        except RedisError as error:
            logger.warning("Beat lost Redis or its lock (%s); it tries again.", type(error).__name__)
            self.lock = None
            return RETRY_SECONDS

    def _take_over(self) -> bool:
        client = get_redis(self.app)
        lock = client.lock(self.lock_key, timeout=self.lock_timeout)
        lock.lua_extend = client.register_script(LUA_EXTEND_TO_SCRIPT)
        if not lock.acquire(blocking=False):
            return False
        self.lock = lock
        self.setup_schedule()
        logger.info("Beat holds the lock and has written its schedule.")
        return True

    def close(self) -> None:
        """Let go of the lock; without Redis it ends by itself."""
        try:
            super().close()
        except RedisError:
            self.lock = None
