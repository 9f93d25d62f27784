"""Plain pytest, as an editor starts it: it brings its own servers, on one process or two, and leaves none behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import places
from deploy.local.surroundings import without_ours

SOMEBODYS_HUB = "postgresql://mash_web@hub.invalid/mash"
INNER = """
import os
import psycopg2
import pytest
import redis

@pytest.mark.parametrize("turn", range(4))
def test_servers_answer(turn):
    with open(os.environ["SEEN"], "a") as seen:
        seen.write(os.environ["MASH_TEST_FOLDER"] + " " + os.environ["DATABASE_URL"].rpartition("?")[0] + "\\n")
    psycopg2.connect(os.environ["MASH_ADMIN_DATABASE_URL"]).close()
    assert redis.Redis.from_url(os.environ["MASH_REDIS_URL"]).ping()
"""


@pytest.mark.parametrize(
    ("workers", "databases"),
    [(0, {"postgresql://mash_web@/mash_test_gw0"}), (2, {f"postgresql://mash_web@/mash_test_gw{n}" for n in (0, 1)})],
)
def test_plain_pytest_starts_and_stops_its_own_servers(tmp_path: Path, workers: int, databases: set[str]) -> None:
    inner, seen = tmp_path / "test_inner.py", tmp_path / "seen.txt"
    inner.write_text(INNER, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", places.ROOT / "pyproject.toml", inner, "-q", "-n", str(workers)],
        env={**without_ours(os.environ), "DATABASE_URL": SOMEBODYS_HUB, "SEEN": str(seen)},
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    lines = [line.split() for line in seen.read_text(encoding="utf-8").splitlines()]
    assert {database for _folder, database in lines} == databases
    folders = {Path(folder) for folder, _database in lines}
    assert (len(lines), len(folders)) == (4, 1)
    assert not folders.pop().exists()
