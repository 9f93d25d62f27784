"""The migrated tables of the last test run, kept for the next one while nothing they were made from has changed.

Migrating takes most of the time of a short run. What the tables were made from
is what Python loaded while it made them, and every migration and SQL file; one
changed byte in any of it, and they are made anew.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from deploy.local import places
from deploy.local.postgres import SUPERUSER, Cluster
from deploy.local.processes import finish

KEPT = places.DATA / "template"
DATABASE = "mash_template"
TABLES, INPUTS, SECRETS = "postgres", "inputs.json", "secrets.json"
ALWAYS = ("uv.lock", "deploy/bootstrap.py", "deploy/local/postgres.py", "deploy/local/template.py", "tests/database.py")
SKIPPED = {"node_modules", "tests", "static", "docs"}


def take(tables: Path) -> dict[str, str] | None:
    """Lay the kept tables out for a run and return the secrets that their rows were made with.

    Returns nothing when none are kept, or when they are out of date.
    """
    with locked(fcntl.LOCK_SH):
        if not up_to_date():
            return None
        finish(["cp", "-RPp", KEPT / TABLES, tables], failing="The tables of the last run could not be copied.")
        secrets: dict[str, str] = json.loads((KEPT / SECRETS).read_text(encoding="utf-8"))
        return secrets


def keep(cluster: Cluster, folder: Path, secrets: dict[str, str]) -> None:
    """Keep the tables of a run that has ended; its server is stopped for that.

    Args:
        cluster: The run's server.
        folder: The run's folder, with the list of modules that were loaded.
        secrets: What the rows were made with.
    """
    loaded = folder / "template.inputs"
    finished = (folder / "template.migrated").exists() and loaded.exists()
    if not finished or not only_the_template_remains(cluster):
        return
    files = hashes(loaded.read_text(encoding="utf-8").splitlines())
    if changed_since(cluster, files):
        return
    inputs = {"listed": listed(), "files": files}
    cluster.stop()
    with locked(fcntl.LOCK_EX):
        shutil.rmtree(KEPT, ignore_errors=True)
        KEPT.mkdir(mode=0o700)
        finish(["cp", "-RPp", cluster.tables, KEPT / TABLES], failing="The tables could not be kept.")
        (KEPT / SECRETS).write_text(json.dumps(secrets), encoding="utf-8")
        (KEPT / INPUTS).write_text(json.dumps(inputs), encoding="utf-8")


def up_to_date() -> bool:
    """Say whether the kept tables would be made the same way today."""
    try:
        inputs = json.loads((KEPT / INPUTS).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    return bool(inputs["listed"] == listed() and inputs["files"] == hashes(list(inputs["files"])))


def changed_since(cluster: Cluster, files: Iterable[str]) -> bool:
    """Say whether a file was written after the server was made: its tables may be of what stood in it before."""
    made = (cluster.tables / "PG_VERSION").stat().st_mtime
    paths = (places.ROOT / name for name in files)
    return any(path.is_file() and path.stat().st_mtime > made for path in paths)


def only_the_template_remains(cluster: Cluster) -> bool:
    """Drop the workers' databases; say whether the server then holds nothing that a test left."""
    import psycopg2  # the environment is there by now

    with closing(psycopg2.connect(cluster.url(SUPERUSER, "postgres"))) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'mash_%%' AND datname <> %s", [DATABASE])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname !~ '^(pg_|mash_|postgres$)'")
        return cursor.fetchone() == (0,)


def listed() -> list[str]:
    """Return the names of all migrations and SQL files, so that a new one counts."""
    found = []
    for folder, below, files in os.walk(places.ROOT):
        below[:] = [name for name in below if not name.startswith(".") and name not in SKIPPED]
        place = Path(folder).relative_to(places.ROOT)
        wanted = (
            name for name in files if name.endswith(".sql") or (place.name == "migrations" and name.endswith(".py"))
        )
        found += [str(place / name) for name in wanted]
    return sorted(found)


def hashes(files: list[str]) -> dict[str, str]:
    """Return the hash of each file's contents, by its name below the project's folder."""
    names = sorted({*files, *ALWAYS, *listed()})
    paths = {name: places.ROOT / name for name in names}
    return {name: sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for name, path in paths.items()}


@contextmanager
def locked(how: int) -> Iterator[None]:
    """Hold the kept tables against a run in another terminal."""
    with (places.DATA / "template.lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, how)
        yield
