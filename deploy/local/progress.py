"""What the person sees while waiting: each step with its seconds, downloads counted apart."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

BEGAN = "MASH_LAUNCH_BEGAN_AT"
DOWNLOADS = "MASH_LAUNCH_DOWNLOAD_SECONDS"


def begin() -> None:
    """Note when the launcher was started; kept when it goes on in the project's environment."""
    os.environ.setdefault(BEGAN, str(time.time()))


def add_download(seconds: float) -> None:
    """Count time that went into fetching packages."""
    os.environ[DOWNLOADS] = str(downloads() + seconds)


def downloads() -> float:
    """Return the seconds that fetching packages took so far."""
    return float(os.environ.get(DOWNLOADS, "0"))


def seconds() -> float:
    """Return the seconds since the launcher was started, downloads left out."""
    return time.time() - float(os.environ[BEGAN]) - downloads()


@contextmanager
def step(what: str, *, download: bool = False) -> Iterator[None]:
    """Show one step and how long it took.

    Args:
        what: The step, for the person who waits.
        download: Whether its time depends on the network.
    """
    print(f"  {what} ...", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    taken = time.monotonic() - began
    if download:
        add_download(taken)
    print(f" {taken:.1f} s", flush=True)
