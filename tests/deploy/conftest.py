"""Folders that the servers' user can reach: pytest's own are closed to everyone else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import scratch
from deploy.local.valkey import free_port


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """Return a temporary folder in which embedded servers can live, whoever runs them."""
    with scratch.folder() as folder:
        yield folder


@pytest.fixture
def unused_port() -> int:
    """Return a port on loopback that nobody listens on."""
    return free_port()
