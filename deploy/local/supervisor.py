"""The processes of the demo: started together, watched, stopped together."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.failures import LaunchError
from deploy.local.processes import start

SECONDS_TO_STOP = 15
LAST_WORDS = 12


@dataclass(frozen=True)
class Program:
    """One process of the hub: its name, command line, environment, and how it shows that it is ready."""

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str]
    ready: Callable[[str], bool] = field(default=lambda _log: True)


class Supervisor:
    """Runs programs until one of them ends or somebody stops the demo.

    All are started from the caller's thread: the kernel ties them to the thread
    that started them, and that must be the launcher's main one.
    """

    def __init__(self, logs: Path) -> None:
        """Name the folder that gets one log for each program."""
        self.logs = logs
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.stopping = threading.Event()

    def start(self, programs: Sequence[Program], seconds: float = 60) -> None:
        """Start the programs at once and wait until each is ready.

        Raises:
            LaunchError: One of them ended, or was not ready in time.
        """
        self.logs.mkdir(parents=True, exist_ok=True)
        for program in programs:
            with self.log(program.name).open("w", encoding="utf-8") as log:
                self.running[program.name] = start(program.command, env=program.env, output=log)
        until = time.monotonic() + seconds
        waiting = list(programs)
        while waiting:
            self.require_running()
            waiting = [program for program in waiting if not program.ready(self.words(program.name))]
            if waiting and time.monotonic() > until:
                raise LaunchError(self.obituary(waiting[0].name, "was not ready in time"))
            time.sleep(0.05)

    def watch(self) -> None:
        """Stay until the demo is stopped.

        Raises:
            LaunchError: A program ended by itself.
        """
        while not self.stopping.wait(0.5):
            self.require_running()

    def require_running(self) -> None:
        """Stop when a program has ended by itself.

        Raises:
            LaunchError: One has; its last words are in the message.
        """
        for name, process in self.running.items():
            if process.poll() is not None:
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


def end(process: subprocess.Popen[str], until: float) -> None:
    """Wait for a process until a moment of the monotonic clock, then end it for good."""
    try:
        process.wait(max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
