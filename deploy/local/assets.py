"""Styles and scripts: built from package-lock.json, and again only when their sources change."""

import os
import time

from deploy.local import places
from deploy.local.environment import alone
from deploy.local.processes import finish

BUILT = places.ROOT / "static" / "build"
MODULES = places.ROOT / "node_modules"
LOCK = [places.ROOT / "package.json", places.ROOT / "package-lock.json"]
SOURCES = [*LOCK, places.ROOT / "static" / "build.mjs", places.ROOT / "static" / "src"]


def ensure() -> float:
    """Build the assets when they are older than their sources, and return the seconds that downloads took.

    Raises:
        LaunchError: Packages could not be fetched, or the build failed.
    """
    with alone():
        wanted = places.fingerprint(SOURCES)
        stamp = places.DATA / "assets.made-from"
        if places.stamp_matches(stamp, wanted) and BUILT.is_dir():
            return 0.0
        seconds = install()
        print("Building styles and scripts ...", flush=True)
        finish(npm("run", "build"), env=node_environment(), cwd=places.ROOT, failing="The styles were not built.")
        stamp.write_text(wanted, encoding="utf-8")
        return seconds


def install() -> float:
    """Fetch the locked packages when the lock has changed; return the seconds it took."""
    wanted = places.fingerprint(LOCK)
    stamp = places.DATA / "node.made-from"
    if places.stamp_matches(stamp, wanted) and MODULES.is_dir():
        return 0.0
    began = time.monotonic()
    print("Fetching the packages for styles and scripts ...", flush=True)
    finish(
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund"),
        env=node_environment(),
        cwd=places.ROOT,
        failing="The packages for styles and scripts were not fetched. Check the network and start again:",
    )
    stamp.write_text(wanted, encoding="utf-8")
    return time.monotonic() - began


def npm(*arguments: str) -> list[str]:
    """Return the command line of the environment's own npm."""
    return [str(places.VENV / "bin" / "npm"), *arguments]


def node_environment() -> dict[str, str]:
    """Return an environment in which Node is the one of the Python environment."""
    path = f"{places.VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}
