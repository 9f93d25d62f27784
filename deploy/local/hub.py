"""The servers, secrets and database of the demo and of a hub in use: a set of each for each copy of the project."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local import own_servers, places, postgres, server_user, valkey
from deploy.local.failures import LaunchError
from deploy.local.processes import finish
from deploy.local.supervisor import Server
from deploy.local.surroundings import kept_secrets, without_ours, write_privately


@dataclass(frozen=True)
class Home:
    """Where one hub keeps its things, and under which settings it runs.

    Attributes:
        name: what `./run` calls it.
        module: its settings.
        database: what its database is called on a server of the person's own.
    """

    name: str
    folder: Path
    module: str
    database: str

    @property
    def lock(self) -> Path:
        """The file that one launcher at a time holds."""
        return self.folder.with_name(f"{self.folder.name}.lock")

    @property
    def running(self) -> Path:
        """The file with the settings of the servers while they run."""
        return self.folder / "running.json"

    @property
    def secrets(self) -> Path:
        """The folder of its keys and passwords."""
        return self.folder / "secrets"

    def settings(self) -> dict[str, str]:
        """Return what every process of it is told."""
        return {
            "DJANGO_SETTINGS_MODULE": self.module,
            "MASH_STATIC_ROOT": str(self.folder / "static"),
            "MASH_SEAL_EXPORT_DIR": str(self.folder / "seals"),
        }


DEMO = Home("demo", places.DEMO, "mash.settings.local", "mash_demo")
HUB = Home("hub", places.HUB, "mash.settings.loopback", "mash_hub")


@contextmanager
def held(home: Home) -> Iterator[bool]:
    """Hold a hub against a second launcher; give whether that was possible."""
    home.lock.parent.mkdir(parents=True, exist_ok=True)
    with home.lock.open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def require_held(stack: ExitStack, home: Home) -> None:
    """Hold a hub for as long as the stack lives.

    Raises:
        LaunchError: Another launcher holds it.
    """
    if not stack.enter_context(held(home)):
        raise LaunchError(
            f"The {home.name} of this folder already runs in another terminal. Stop it there with Ctrl-C, then start "
            "again."
        )


@contextmanager
def servers(home: Home = DEMO, more: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """Give the environment of a hub, with its servers running.

    Those of one that runs already are used; otherwise they run for as long
    as the caller stays inside.

    Args:
        home: Whose servers.
        more: Settings that count where they are started here.

    Raises:
        LaunchError: A server did not start, or the hub is only just starting.
    """
    with held(home) as ours:
        if ours:
            with started(home, more) as env:
                yield env
            return
    if not home.running.exists():
        raise LaunchError(
            f"The {home.name} is just being started in another terminal. Wait for its READY and start again."
        )
    yield {**without_ours(os.environ), **json.loads(home.running.read_text(encoding="utf-8"))}


@contextmanager
def started(
    home: Home, more: Mapping[str, str] | None = None, *, own: dict[str, Server] | None = None
) -> Iterator[dict[str, str]]:
    """Start the servers, or take those named by URL; make the roles; give the environment of the hub.

    Args:
        home: Whose servers.
        more: Settings that a Django command beside it must know too.
        own: Takes the servers that were started here, by name, for whoever watches them.

    Raises:
        LaunchError: A server did not start, or the roles could not be made.
    """
    own = {} if own is None else own
    with ExitStack() as stack:
        fresh = not home.secrets.exists()
        settings = {**home.settings(), **kept_secrets(home.secrets), **(more or {})}
        settings |= own_servers.database(home.secrets, home.database, fresh=fresh) or embedded_database(
            stack, home, own
        )
        settings |= own_servers.queue() or embedded_queue(stack, home, own)
        env = {**without_ours(os.environ), **settings}
        if "MASH_ADMIN_DATABASE_URL" in settings:
            finish(places.python("-m", "deploy.bootstrap"), env=env, cwd=places.ROOT, failing="No roles were made.")
        stack.callback(home.running.unlink, missing_ok=True)
        write_privately(home.running, json.dumps(settings))
        yield env


def embedded_database(stack: ExitStack, home: Home, own: dict[str, Server]) -> dict[str, str]:
    """Start PostgreSQL for as long as the stack lives and return its settings."""
    cluster = postgres.Cluster(home.folder)
    stack.callback(cluster.stop)
    cluster.start()
    own["PostgreSQL"] = cluster
    return cluster.settings("mash")


def embedded_queue(stack: ExitStack, home: Home, own: dict[str, Server]) -> dict[str, str]:
    """Start Valkey for as long as the stack lives and return its settings."""
    queue = valkey.Server(home.folder)
    stack.callback(queue.stop)
    queue.start()
    own["Valkey"] = queue
    return {"MASH_REDIS_URL": queue.url()}


def reset(home: Home) -> None:
    """Delete what a hub keeps: tables, queue, mail, secrets and logs.

    Raises:
        LaunchError: The tables are on a server of the person's own.
    """
    if own_servers.named():
        raise LaunchError(
            "--reset deletes only what the launcher made itself. Drop your own database, then start without --reset."
        )
    for folder in (server_user.home_of_root(home.folder), home.folder):
        if folder.exists():
            shutil.rmtree(folder)
