"""Folders that the servers' user can reach: pytest's own are closed to everyone else."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.valkey import free_port


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """Return a temporary folder in which embedded servers can live, whoever runs them."""
    folder = Path(tempfile.mkdtemp(prefix="mash-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def unused_port() -> int:
    """Return a port on loopback that nobody listens on."""
    return free_port()
