"""The demo hub's servers, secrets and database: one set for each copy of the project."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from deploy.local import own_servers, places, postgres, server_user, valkey
from deploy.local.failures import LaunchError
from deploy.local.processes import finish
from deploy.local.supervisor import Server
from deploy.local.surroundings import kept_secrets, without_ours, write_privately

BUSY = places.DEMO.with_name(f"{places.DEMO.name}.lock")
RUNNING = places.DEMO / "running.json"
SECRETS = places.DEMO / "secrets"
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "mash.settings.local",
    "MASH_DEMO_MAIL_DIR": str(places.DEMO / "mail"),
    "MASH_STATIC_ROOT": str(places.DEMO / "static"),
    "MASH_SEAL_EXPORT_DIR": str(places.DEMO / "seals"),
}


@contextmanager
def held() -> Iterator[bool]:
    """Hold the demo against a second launcher; give whether that was possible."""
    BUSY.parent.mkdir(parents=True, exist_ok=True)
    with BUSY.open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def require_held(stack: ExitStack) -> None:
    """Hold the demo for as long as the stack lives.

    Raises:
        LaunchError: Another launcher holds it.
    """
    if not stack.enter_context(held()):
        raise LaunchError(
            "The demo of this folder already runs in another terminal. Stop it there with Ctrl-C, then start again."
        )


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Give the environment of the demo hub, with its servers running.

    Those of a demo that runs already are used; otherwise they run for as long
    as the caller stays inside.

    Raises:
        LaunchError: A server did not start, or the demo is only just starting.
    """
    with held() as ours:
        if ours:
            with started() as env:
                yield env
            return
    if not RUNNING.exists():
        raise LaunchError("The demo is just being started in another terminal. Wait for its READY and start again.")
    yield {**without_ours(os.environ), **json.loads(RUNNING.read_text(encoding="utf-8"))}


@contextmanager
def started(more: Mapping[str, str] | None = None, *, own: dict[str, Server] | None = None) -> Iterator[dict[str, str]]:
    """Start the servers, or take those named by URL; make the roles; give the environment of the hub.

    Args:
        more: Settings of the demo that a Django command beside it must know too.
        own: Takes the servers that were started here, by name, for whoever watches them.

    Raises:
        LaunchError: A server did not start, or the roles could not be made.
    """
    own = {} if own is None else own
    with ExitStack() as stack:
        fresh = not SECRETS.exists()
        settings = {**SETTINGS, **kept_secrets(SECRETS), **(more or {})}
        settings |= own_servers.database(SECRETS, fresh=fresh) or embedded_database(stack, own)
        settings |= own_servers.queue() or embedded_queue(stack, own)
        env = {**without_ours(os.environ), **settings}
        if "MASH_ADMIN_DATABASE_URL" in settings:
            finish(places.python("-m", "deploy.bootstrap"), env=env, cwd=places.ROOT, failing="No roles were made.")
        stack.callback(RUNNING.unlink, missing_ok=True)
        write_privately(RUNNING, json.dumps(settings))
        yield env


def embedded_database(stack: ExitStack, own: dict[str, Server]) -> dict[str, str]:
    """Start PostgreSQL for as long as the stack lives and return its settings."""
    cluster = postgres.Cluster(places.DEMO)
    stack.callback(cluster.stop)
    cluster.start()
    own["PostgreSQL"] = cluster
    return cluster.settings("mash")


def embedded_queue(stack: ExitStack, own: dict[str, Server]) -> dict[str, str]:
    """Start Valkey for as long as the stack lives and return its settings."""
    queue = valkey.Server(places.DEMO)
    stack.callback(queue.stop)
    queue.start()
    own["Valkey"] = queue
    return {"MASH_REDIS_URL": queue.url()}


def reset() -> None:
    """Delete what the demo keeps: tables, queue, mail, secrets and logs.

    Raises:
        LaunchError: The tables are on a server of the person's own.
    """
    if own_servers.named():
        raise LaunchError(
            "--reset deletes only what the launcher made itself. Drop your own database, then start without --reset."
        )
    for folder in (server_user.home_of_root(places.DEMO), places.DEMO):
        if folder.exists():
            shutil.rmtree(folder)
