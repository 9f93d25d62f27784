"""Starting programs so that none outlives the launcher."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from deploy.local.failures import LaunchError

PR_SET_PDEATHSIG = 1
LAST_LINES = 25


def die_with_parent(sig: signal.Signals) -> Callable[[], None] | None:
    """Return what a child runs before its program, so that the kernel stops it with us.

    It holds for a launcher that is killed and can clean up nothing. Only Linux
    offers this; elsewhere a killed launcher leaves its servers behind.
    """
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def arm() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(sig))
        if os.getppid() != parent:
            os._exit(1)

    return arm


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    output: int | IO[Any] | None = None,
    **options: Any,
) -> subprocess.Popen[str]:
    """Start a program that ends with the launcher, in a session of its own.

    Args:
        command: The program's path and its arguments.
        env: The whole environment of the program; ours when absent.
        stop_signal: What the kernel sends when the launcher dies.
        output: Where its output and errors go; to ours when absent.
        options: Anything else that `subprocess.Popen` takes, for example `user`.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent(stop_signal),  # noqa: PLW1509 - the launcher has one thread
        **options,
    )


def finish(command: Sequence[str | Path], *, failing: str, env: Mapping[str, str] | None = None, **options: Any) -> str:
    """Run a program to its end and return what it wrote.

    Raises:
        LaunchError: It failed; the sentence given, followed by its last words.
    """
    process = start(command, env=env, output=subprocess.PIPE, **options)
    written, _ = process.communicate()
    if process.returncode:
        tail = "\n".join(written.strip().splitlines()[-LAST_LINES:])
        raise LaunchError(f"{failing}\n{tail}" if tail else failing)
    return written


def attend(command: Sequence[str | Path], *, env: Mapping[str, str]) -> int:
    """Run a program in the foreground, at the person's own terminal, and return its status.

    Ctrl-C reaches the program by itself, which ends in its own way; a signal to
    the launcher alone is passed on.
    """
    child = subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - the launcher has one thread
    )
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            if not sys.stdin.isatty():
                child.send_signal(signal.SIGINT)


def stop(process: subprocess.Popen[Any], sig: signal.Signals = signal.SIGTERM, seconds: float = 15) -> None:
    """Ask a program to stop, and end its whole session when it does not."""
    if process.poll() is None:
        process.send_signal(sig)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
