"""The processes of the demo: started together, watched, stopped together."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from deploy.local.failures import LaunchError
from deploy.local.processes import start

SECONDS_TO_STOP = 15
LAST_WORDS = 12
LONGEST_PAUSE = 60.0
SETTLED_AFTER = 60.0


class Server(Protocol):
    """A server that the launcher started before the programs: PostgreSQL or Valkey."""

    process: subprocess.Popen[str] | None

    def start(self) -> None:
        """Start it and wait until it answers."""


@dataclass(frozen=True)
class Program:
    """One process of the hub: its name, command line, environment, and how it shows that it is ready.

    Attributes:
        comes_back: it is started again when it ends; otherwise its end is the end of the hub.
    """

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str]
    ready: Callable[[str], bool] = field(default=lambda _log: True)
    comes_back: bool = False


@dataclass
class Comeback:
    """When something that ended is started again: at once, then after pauses that grow until it stays up."""

    begun: float
    tries: int = 0
    again_at: float | None = None

    def is_due(self, now: float) -> bool:
        """Say whether to start it now; the first call after an end settles the pause."""
        if self.again_at is None:
            if now - self.begun >= SETTLED_AFTER:
                self.tries = 0
            self.again_at = now + (min(LONGEST_PAUSE, 2.0 ** (self.tries - 1)) if self.tries else 0)
            self.tries += 1
        return now >= self.again_at

    def started(self, now: float) -> None:
        """Note that it was started."""
        self.begun, self.again_at = now, None


class Supervisor:
    """Runs programs until one that the pages need ends, or somebody stops the demo.

    Whatever else ends is started again: the pages are right without it, and only late mail shows its absence.

    All are started from the caller's thread: the kernel ties them to the thread
    that started them, and that must be the launcher's main one.
    """

    def __init__(self, logs: Path) -> None:
        """Name the folder that gets one log for each program."""
        self.logs = logs
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.programs: dict[str, Program] = {}
        self.needed: dict[str, Server] = {}
        self.revived: dict[str, Server] = {}
        self.comebacks: dict[str, Comeback] = {}
        self.stopping = threading.Event()

    def start(self, programs: Sequence[Program], seconds: float = 60) -> None:
        """Start the programs at once and wait until each is ready.

        Raises:
            LaunchError: One of them ended, or was not ready in time.
        """
        self.logs.mkdir(parents=True, exist_ok=True)
        for program in programs:
            self.programs[program.name] = program
            self.launch(program, "w")
        until = time.monotonic() + seconds
        waiting = list(programs)
        while waiting:
            self.require_running()
            waiting = [program for program in waiting if not program.ready(self.words(program.name))]
            if waiting and time.monotonic() > until:
                raise LaunchError(self.obituary(waiting[0].name, "was not ready in time"))
            time.sleep(0.05)

    def launch(self, program: Program, mode: str) -> None:
        """Start one program, its words going to a log that is begun ("w") or continued ("a")."""
        with self.log(program.name).open(mode, encoding="utf-8") as log:
            self.running[program.name] = start(program.command, env=program.env, output=log)
        self.comeback(program.name).started(time.monotonic())

    def comeback(self, name: str) -> Comeback:
        """Return how often something has come back."""
        return self.comebacks.setdefault(name, Comeback(time.monotonic()))

    def watch(self) -> None:
        """Stay until the demo is stopped; start again what comes back.

        Raises:
            LaunchError: A program or server that the pages need ended by itself.
        """
        while not self.stopping.wait(0.5):
            self.look_after()

    def look_after(self) -> None:
        """Start again what has ended and is due.

        Raises:
            LaunchError: One that the pages need has ended; its last words are in the message.
        """
        for name, server in self.needed.items():
            if has_ended(server.process):
                raise LaunchError(f"The {name} server ended by itself, so everything was stopped.")
        self.require_running(but={name for name, program in self.programs.items() if program.comes_back})
        for name, server in self.revived.items():
            if has_ended(server.process) and self.comeback(name).is_due(time.monotonic()):
                self.revive(name, server)
        for name, process in list(self.running.items()):
            if has_ended(process) and self.comeback(name).is_due(time.monotonic()):
                print(f"The {name} process ended (status {process.returncode}) and is started again.", flush=True)
                self.launch(self.programs[name], "a")

    def revive(self, name: str, server: Server) -> None:
        """Start a server again; one that does not come up is tried later."""
        print(f"The {name} server ended and is started again.", flush=True)
        try:
            server.start()
        except LaunchError as problem:
            print(problem, flush=True)
        self.comeback(name).started(time.monotonic())

    def require_running(self, *, but: Collection[str] = ()) -> None:
        """Stop when a program has ended by itself.

        Args:
            but: the names of those that may.

        Raises:
            LaunchError: One has; its last words are in the message.
        """
        for name, process in self.running.items():
            if name not in but and process.poll() is not None:
                raise LaunchError(self.obituary(name, f"ended by itself (status {process.returncode})"))

    def stop(self) -> None:
        """Ask all programs to stop, together, and end those that do not."""
        for process in self.running.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_STOP
        for process in self.running.values():
            end(process, until)
        self.running.clear()

    def log(self, name: str) -> Path:
        """Return the log of one program."""
        return self.logs / f"{name}.log"

    def words(self, name: str) -> str:
        """Return what a program has written so far."""
        return self.log(name).read_text(encoding="utf-8", errors="replace")

    def obituary(self, name: str, fate: str) -> str:
        """Word the end of a program, with its last lines."""
        lines = self.words(name).strip().splitlines()[-LAST_WORDS:]
        return "\n".join([f"The {name} process {fate}, so everything was stopped. {self.log(name)} ends with:", *lines])


def supervised(logs: Path, own: dict[str, Server]) -> Supervisor:
    """Return who watches the hub: without PostgreSQL no page is right, Valkey comes back like what uses it."""
    supervisor = Supervisor(logs)
    supervisor.needed = {name: server for name, server in own.items() if name == "PostgreSQL"}
    supervisor.revived = {name: server for name, server in own.items() if name != "PostgreSQL"}
    return supervisor


def has_ended(process: subprocess.Popen[str] | None) -> bool:
    """Say whether a process is gone; a server that did not come up has none."""
    return process is None or process.poll() is not None


def end(process: subprocess.Popen[str], until: float) -> None:
    """Wait for a process until a moment of the monotonic clock, then end it for good."""
    try:
        process.wait(max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
