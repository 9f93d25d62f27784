"""Only `./run drill` runs what is here: it kills processes, and takes minutes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import scratch
from deploy.local.valkey import Server
from tests.drill.machinery import Machinery

collect_ignore_glob = [] if os.environ.get("MASH_DRILL") else ["test_*.py"]


@pytest.fixture
def machinery(sweep_url: str, tmp_path: Path, transactional_db: None) -> Iterator[Machinery]:
    """Give a Valkey of one's own, and workers that are started when asked for."""
    with scratch.folder() as folder:
        valkey = Server(folder)
        valkey.start()
        made = Machinery(valkey, sweep_url, tmp_path / "logs")
        yield made
        made.stop()
        valkey.stop()
