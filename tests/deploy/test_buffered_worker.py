"""Whoever opens connections and says nothing, or half of something, keeps nobody else out."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from deploy.buffered_worker import BODY_BYTES, HEAD_BYTES, PROXIES, of_proxies
from deploy.local import places
from deploy.local.valkey import free_port

HALF_SENT = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: hub\r\nX-Half: ",
    "half a body": b"POST / HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000\r\n\r\nhalf",
}
FORWARDED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https"}


@contextmanager
def served(**settings: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Serve the echo as the hub is served, and give port and process."""
    port = free_port()
    config = f"--config={places.ROOT / 'deploy' / 'gunicorn_settings.py'}"
    command = places.tool("gunicorn", config, f"--bind=127.0.0.1:{port}", "tests.deploy.echo:application")
    env = {**os.environ, "WEB_CONCURRENCY": "1", **settings}
    process = subprocess.Popen(command, env=env, cwd=places.ROOT, stderr=subprocess.DEVNULL)
    try:
        for _try in range(200):
            try:
                asked(port)
                break
            except OSError:
                time.sleep(0.05)
        yield port, process
    finally:
        process.kill()
        process.wait()


def asked(port: int, path: str = "/", *, headers: Mapping[str, str] | None = None) -> Any:
    """Return what the page says, or its status where that is not 200."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    client.request("GET", path, headers=dict(headers or {}))
    answer = client.getresponse()
    said = answer.read()
    client.close()
    return json.loads(said) if answer.status == 200 else answer.status


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served() as (port, _process):
        yield port


@pytest.mark.parametrize("sent", HALF_SENT.values(), ids=HALF_SENT)
def test_connections_that_hold_back_keep_nobody_out(port: int, sent: bytes) -> None:
    with ExitStack() as stack:
        for _one in range(200):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(sent)
        assert asked(port) == ["127.0.0.1", "http", 0]


def test_what_is_too_long_is_refused_before_it_was_sent(port: int) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    client.putrequest("POST", "/")
    client.putheader("Content-Length", str(BODY_BYTES + 1))
    client.endheaders()
    assert client.getresponse().status == 413
    assert asked(port, headers={"X-Long": "x" * HEAD_BYTES}) == 431


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [("0", ["127.0.0.1", "http", 0]), ("1", ["198.51.100.7", "https", 0]), ("2", ["203.0.113.9", "https", 0])],
)
def test_a_clients_address_is_what_the_trusted_proxies_say(proxies: str, seen: list[object]) -> None:
    with served(**{PROXIES: proxies}) as (port, _process):
        assert asked(port, headers=FORWARDED) == seen


def test_what_has_begun_is_answered_before_the_server_ends() -> None:
    with served() as (port, process):
        said: list[object] = []
        asking = threading.Thread(target=lambda: said.append(asked(port, "/?1")))
        asking.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        asking.join()
        assert said == [["127.0.0.1", "http", 0]]
        assert process.wait(timeout=20) == 0


def test_a_number_of_proxies_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match=PROXIES):
        of_proxies(-1)
