"""Folders that the servers' user can reach: pytest's own are closed to everyone else."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """Return a temporary folder in which embedded servers can live, whoever runs them."""
    folder = Path(tempfile.mkdtemp(prefix="mash-"))
    yield folder
    shutil.rmtree(folder)
