"""How often somebody has tried: counted in Valkey for all processes of the hub at once, for an hour at most.

It is Django's cache, and nothing else is kept in it: django-allauth counts sign-ins there, `common.pacing` the public
pages. Counters in each process multiply what is allowed, and a small cache forgets whoever sends enough of anything.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

Version = int | None
Timeout = float | object | None


class AsJson:
    """Writes and reads counters as JSON: what stands in Valkey is never run as code."""

    def dumps(self, value: object) -> int | str:
        """Return a number as it is, for Valkey to count up, and all else as text."""
        return value if isinstance(value, int) and not isinstance(value, bool) else json.dumps(value)

    def loads(self, kept: bytes) -> Any:
        """Return what was written."""
        return json.loads(kept)


class Counters(RedisCache):
    """Django's cache in Valkey; while Valkey is away, each process counts by itself, and nobody waits for it."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Take the address of Valkey, and what Django's settings say of it."""
        waits = {"socket_connect_timeout": 0.2, "socket_timeout": 0.5, "serializer": AsJson}
        super().__init__(server, params | {"OPTIONS": waits | params.get("OPTIONS", {})})
        self._alone = LocMemCache(server, {"OPTIONS": {"MAX_ENTRIES": 100_000}})

    def add(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: Version = None) -> bool:
        """Begin a counter that is not there; say whether it began."""
        return bool(self._asked("add", key, value, timeout=timeout, version=version))

    def get(self, key: str, default: Any = None, version: Version = None) -> Any:
        """Return what is counted."""
        return self._asked("get", key, default, version=version)

    def set(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: Version = None) -> None:
        """Write what is counted."""
        self._asked("set", key, value, timeout=timeout, version=version)

    def incr(self, key: str, delta: int = 1, version: Version = None) -> int:
        """Count up.

        Raises:
            ValueError: there is no such counter.
        """
        return int(self._asked("incr", key, delta, version=version))

    def delete(self, key: str, version: Version = None) -> bool:
        """Forget a counter; say whether there was one."""
        return bool(self._asked("delete", key, version=version))

    def clear(self) -> None:
        """Refuse, for the same Valkey holds the queues.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("Counters run out by themselves; the queues stand beside them.")

    def _asked(self, what: str, *values: Any, **named: Any) -> Any:
        ask: Callable[..., Any] = getattr(super(), what)
        try:
            return ask(*values, **named)
        except RedisError as error:
            logger.warning("Valkey is away: each process counts tries by itself. %s", type(error).__name__)
            return getattr(self._alone, what)(*values, **named)
