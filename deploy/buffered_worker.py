"""A worker of gunicorn whose connections cost no thread until a whole request has come.

gunicorn makes, watches and ends the processes; waitress reads and writes. In gunicorn's own threaded worker each open
connection may hold a thread, so a handful of half-sent requests stops all pages (`docs/adr/0106`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from socket import socket
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.server import create_server

HEAD_BYTES = 32 * 1024
BODY_BYTES = 5 * 1024 * 1024
"""More than any form of the hub; what is longer is refused (413) before it has been read."""
SILENT_SECONDS = 30
CONNECTIONS = 1000
PROXIES = "MASH_TRUSTED_PROXIES"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def of_proxies(count: int) -> dict[str, Any]:
    """Return how the client's address and scheme are read behind so many proxies; without one, no header is believed.

    With more than none, nobody but the proxy may reach the port: a hub behind one listens on a network of their own.

    Raises:
        ValueError: the number is negative.
    """
    if count < 0:
        raise ValueError(f"{PROXIES} is the number of proxies in front of the hub: 0 or more.")
    if count == 0:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": "*",
        "trusted_proxy_count": count,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


class BufferedWorker(Worker):
    """Reads requests whole, answers them in threads, and ends after `max_requests`."""

    def run(self) -> None:
        """Serve until gunicorn says stop, then finish what has begun."""
        # gunicorn hands over sockets in a cover of its own.
        listening: list[socket] = [getattr(covered, "sock", covered) for covered in self.sockets]
        for one in listening:
            one.setblocking(False)
        connections: dict[int, Any] = {}
        server = create_server(
            self.counted,
            sockets=listening,
            map=connections,
            threads=self.cfg.threads,
            connection_limit=CONNECTIONS,
            channel_timeout=SILENT_SECONDS,
            cleanup_interval=5,
            max_request_header_size=HEAD_BYTES,
            max_request_body_size=BODY_BYTES,
            ident=None,
            **of_proxies(int(os.environ.get(PROXIES) or 0)),
        )
        while self.alive and self.ppid == os.getppid():
            self.notify()
            wasyncore.loop(timeout=1.0, use_poll=True, map=connections, count=1)
        self.finish(server, connections)

    def counted(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request; after the last one that this process may answer, ask gunicorn for a fresh one."""
        self.nr += 1
        if self.nr >= self.max_requests:
            self.alive = False
        application: Application = self.wsgi
        return application(environ, start_response)

    def finish(self, server: Any, connections: dict[int, Any]) -> None:
        """Take no new connection, let requests under way end within gunicorn's time, then close."""
        for one in list(connections.values()):
            if getattr(one, "accepting", False):
                one.accepting = False
        until = time.monotonic() + float(self.cfg.graceful_timeout)
        while time.monotonic() < until and any(getattr(one, "requests", None) for one in connections.values()):
            self.notify()
            wasyncore.loop(timeout=0.2, use_poll=True, map=connections, count=1)
        server.task_dispatcher.shutdown(timeout=1)
        with suppress(OSError):
            wasyncore.close_all(connections)
