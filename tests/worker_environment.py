"""Loaded by pytest before the settings: points each worker at a database and a Valkey database of its own.

See addopts in pyproject.toml. Processes that a test starts inherit both.
"""

import os
import sys
from urllib.parse import urlsplit, urlunsplit

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
DATABASE = f"mash_test_{WORKER}"
URLS = ("DATABASE_URL", "MASH_OWNER_DATABASE_URL", "MASH_SWEEP_DATABASE_URL")


def with_path(url: str, path: str) -> str:
    """Return a URL with another database name or number."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


if "MASH_TEST_FOLDER" not in os.environ:
    sys.exit("The tests need their own PostgreSQL and Valkey. Start them with: ./run test")
for name in URLS:
    os.environ[name] = with_path(os.environ[name], DATABASE)
os.environ["MASH_REDIS_URL"] = with_path(os.environ["MASH_REDIS_URL"], str(int(WORKER.removeprefix("gw")) % 16))
