"""The Python environment: made from uv.lock once, and again only when the lock changes."""

import fcntl
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import places, progress
from deploy.local.failures import LaunchError
from deploy.local.processes import finish

UV_VERSION = "0.13.9"
NOT_OURS = ("PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
GROUPS = {"demo": ("embedded",), "all": ("embedded", "dev")}


def ensure(groups: str) -> None:
    """Make the environment hold what the lock says.

    Args:
        groups: "demo" for what the demo needs, "all" for the tests and checks too.

    Raises:
        LaunchError: The folder is not writable, Python has no venv module, or
            the packages could not be fetched.
    """
    require_writable(places.ROOT)
    with alone():
        stamp = places.VENV / ".made-from"
        lock = places.fingerprint([places.ROOT / "uv.lock"])
        made = stamp.read_text(encoding="utf-8").split() if stamp.is_file() else []
        if not (made and made[0] == lock and set(GROUPS[groups]) <= set(made[1:]) and places.PYTHON.exists()):
            with progress.step("Making the Python environment from uv.lock", download=True):
                sync(uv(), groups)
            kept = made[1:] if made and made[0] == lock else []
            stamp.write_text(" ".join([lock, *sorted({*kept, *GROUPS[groups]})]), encoding="utf-8")


def require_writable(folder: Path) -> None:
    """Stop when nothing can be written into a folder.

    Raises:
        LaunchError: It is not writable.
    """
    if not os.access(folder, os.W_OK):
        raise LaunchError(
            f"The folder {folder} is not writable for this user. Make a copy of the project in a folder of your own "
            "and start it there."
        )


@contextmanager
def alone() -> Iterator[None]:
    """Hold the environment against a second launcher of the same folder."""
    places.DATA.mkdir(exist_ok=True)
    with (places.DATA / "environment.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def uv() -> Path:
    """Return the pinned uv, installed into a small environment of its own.

    Raises:
        LaunchError: Python came without venv, or uv could not be fetched.
    """
    program = places.BOOT / "bin" / "uv"
    stamp = places.BOOT / ".made-from"
    if program.exists() and places.stamp_matches(stamp, UV_VERSION):
        return program
    require_venv()
    finish(
        [sys.executable, "-m", "venv", "--clear", places.BOOT],
        failing="Python could not make a virtual environment.",
    )
    finish(
        [places.BOOT / "bin" / "python", "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}"],
        failing=no_network("uv"),
    )
    stamp.write_text(UV_VERSION, encoding="utf-8")
    return program


def require_venv() -> None:
    """Stop when this Python cannot make virtual environments.

    Debian splits venv's second half, ensurepip, into a package of its own.

    Raises:
        LaunchError: venv or ensurepip is missing.
    """
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise LaunchError(
            "This Python has no venv module. On Debian or Ubuntu, run this as root and start again: "
            f"apt-get install python3.{sys.version_info.minor}-venv"
        )


def sync(program: Path, groups: str) -> None:
    """Install the locked packages; never remove those that other commands asked for.

    Raises:
        LaunchError: A package could not be fetched.
    """
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(places.VENV)}
    env.pop("VIRTUAL_ENV", None)
    wanted = ["--all-groups"] if groups == "all" else ["--no-default-groups", "--group", "embedded"]
    command = ["sync", "--frozen", "--inexact", "--no-progress", "--python", sys.executable, *wanted]
    finish([program, *command], env=env, cwd=places.ROOT, failing=no_network("The Python packages"))


def no_network(what: str) -> str:
    """Word the failure of a download."""
    verb = "was" if what == "uv" else "were"
    return (
        f"{what} {verb} not fetched from the Python package index. Check the network (and the proxy, if there is one) "
        "and start again; nothing is lost. The last lines were:"
    )


def enter(arguments: list[str]) -> None:
    """Go on inside the project's own environment, in this same process.

    The full path goes in as the program's name too, because Python finds its
    packages by it. What Python compiles is kept in the project's own cache,
    also where the shell asks for no such files beside the sources: every
    process of a demo or a test would compile a thousand modules anew.
    """
    if Path(sys.prefix) == places.VENV and sys.pycache_prefix == str(places.BYTECODE):
        return
    env = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    env["PYTHONPYCACHEPREFIX"] = str(places.BYTECODE)
    sys.stdout.flush()
    os.execve(places.PYTHON, [str(places.PYTHON), str(places.ROOT / "run"), *arguments], env)  # noqa: S606 - no shell is wanted
