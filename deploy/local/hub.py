"""The demo hub's servers, secrets and database: one set for each copy of the project."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.local import places, postgres, valkey
from deploy.local.failures import LaunchError
from deploy.local.processes import finish
from deploy.local.surroundings import kept_secrets, server_urls, without_ours

BUSY = places.DEMO / "running.lock"
RUNNING = places.DEMO / "running.json"


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Give the environment of the demo hub, with its servers running.

    Those of a demo that runs already are used; otherwise they run for as long
    as the caller stays inside.

    Raises:
        LaunchError: A server did not start.
    """
    places.DEMO.mkdir(parents=True, exist_ok=True)
    with BUSY.open("w", encoding="utf-8") as lock:
        if not taken(lock.fileno()):
            with started() as env:
                yield env
            return
    yield running_environment()


def taken(descriptor: int) -> bool:
    """Take the demo's lock for this process; say whether another one holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def running_environment() -> dict[str, str]:
    """Return the environment of the demo that runs in another terminal.

    Raises:
        LaunchError: It is only just starting.
    """
    if not RUNNING.exists():
        raise LaunchError("The demo is just being started in another terminal. Wait for its READY and start again.")
    return {**without_ours(os.environ), **json.loads(RUNNING.read_text(encoding="utf-8"))}


@contextmanager
def started(folder: Path = places.DEMO) -> Iterator[dict[str, str]]:
    """Start PostgreSQL and Valkey, make the roles, and give the environment of the hub."""
    with ExitStack() as stack:
        cluster = postgres.Cluster(folder)
        stack.callback(cluster.stop)
        cluster.start()
        queue = valkey.Server(folder)
        stack.callback(queue.stop)
        queue.start()
        settings = {
            **server_urls(cluster, queue),
            **kept_secrets(folder / "secrets"),
            "DJANGO_SETTINGS_MODULE": "mash.settings.local",
        }
        env = {**without_ours(os.environ), **settings}
        finish([places.PYTHON, "-m", "deploy.bootstrap"], env=env, cwd=places.ROOT, failing="The roles were not made.")
        stack.callback(RUNNING.unlink, missing_ok=True)
        write_privately(RUNNING, json.dumps(settings))
        yield env


def write_privately(file: Path, text: str) -> None:
    """Write a file that no other user may read."""
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
