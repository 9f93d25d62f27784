"""A folder for servers that vanish with their run: in memory where there is room, since they make many small files."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "mash-test-"
ENOUGH = 1024**3
SECONDS_TO_SETTLE = 60


@contextmanager
def folder() -> Iterator[Path]:
    """Give a new folder that servers can live in, deleted afterwards; those of killed runs are deleted first."""
    base = memory() or Path(tempfile.gettempdir())
    clear_remains(base)
    made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
    made.chmod(0o711)
    try:
        with (made / "alive").open("w", encoding="utf-8") as alive:
            fcntl.flock(alive, fcntl.LOCK_EX)
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def memory() -> Path | None:
    """Return the machine's folder in memory, when this user may write there and it has room."""
    shared = Path("/dev/shm")  # noqa: S108 - the folder made inside has a name of its own
    if not shared.is_dir() or not os.access(shared, os.W_OK):
        return None
    room = os.statvfs(shared)
    return shared if room.f_bavail * room.f_frsize >= ENOUGH else None


def clear_remains(base: Path) -> None:
    """Delete the folders of runs that were killed: nobody holds their lock any more."""
    for left in base.glob(f"{PREFIX}*"):
        if time.time() - left.stat().st_mtime > SECONDS_TO_SETTLE and abandoned(left):
            shutil.rmtree(left, ignore_errors=True)


def abandoned(left: Path) -> bool:
    """Say whether a run's folder is ours to delete: it has a lock, and nobody holds it."""
    try:
        with (left / "alive").open("r+", encoding="utf-8") as alive:
            fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
