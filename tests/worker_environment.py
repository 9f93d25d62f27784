"""Loaded by pytest before the settings: points each worker at a database and a Valkey database of its own.

See addopts in pyproject.toml. Processes that a test starts inherit both. Where
pytest was started without `./run test`, by an editor for example, it starts the
same servers itself and stops them at its end.
"""

import os
import signal
import sys
from contextlib import ExitStack
from urllib.parse import urlsplit, urlunsplit

from deploy.local import assets, suite
from deploy.local.commands import interrupt
from deploy.local.failures import LaunchError
from deploy.local.surroundings import without_ours

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
DATABASE = f"mash_test_{WORKER}"
URLS = ("DATABASE_URL", "MASH_OWNER_DATABASE_URL", "MASH_SWEEP_DATABASE_URL")
STARTED = "MASH_TEST_FOLDER"
"""Set by whoever has started the servers. A DATABASE_URL of the shell may be a hub's, and no test goes near that."""

own_servers = ExitStack()


def with_path(url: str, path: str) -> str:
    """Return a URL with another database name or number."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


def start_servers() -> None:
    """Start the servers of `./run test` for this pytest, and know of no other hub than theirs."""
    signal.signal(signal.SIGTERM, interrupt)  # An editor's stop button; the servers are stopped as after Ctrl-C.
    assets.ensure()
    env = own_servers.enter_context(suite.servers())
    for name in set(os.environ) - set(without_ours(os.environ)):
        if not name.startswith("PYTEST_"):
            del os.environ[name]
    os.environ.update(env)


def pytest_unconfigure() -> None:
    """Stop the servers that this pytest has started."""
    own_servers.close()


if STARTED not in os.environ:
    try:
        start_servers()
    except LaunchError as problem:
        sys.exit(str(problem))
for each in URLS:
    os.environ[each] = with_path(os.environ[each], DATABASE)
os.environ["MASH_REDIS_URL"] = with_path(os.environ["MASH_REDIS_URL"], str(int(WORKER.removeprefix("gw")) % 16))
