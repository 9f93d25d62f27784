"""Styles and scripts: built from package-lock.json, and again only when their sources change."""

import os

from deploy.local import places, progress
from deploy.local.environment import alone
from deploy.local.processes import finish

BUILT = places.ROOT / "static" / "build"
MODULES = places.ROOT / "node_modules"
LOCK = [places.ROOT / "package.json", places.ROOT / "package-lock.json"]
SOURCES = [*LOCK, places.ROOT / "static" / "build.mjs", places.ROOT / "static" / "src"]


def ensure() -> None:
    """Build the assets when they are older than their sources.

    Raises:
        LaunchError: Packages could not be fetched, or the build failed.
    """
    with alone():
        wanted = places.fingerprint(SOURCES)
        stamp = places.DATA / "assets.made-from"
        if places.stamp_matches(stamp, wanted) and BUILT.is_dir():
            return
        install()
        with progress.step("Building styles and scripts"):
            finish(npm("run", "build"), env=node_environment(), cwd=places.ROOT, failing="The styles were not built.")
        stamp.write_text(wanted, encoding="utf-8")


def install() -> None:
    """Fetch the locked packages when the lock has changed.

    Raises:
        LaunchError: They could not be fetched.
    """
    wanted = places.fingerprint(LOCK)
    stamp = places.DATA / "node.made-from"
    if places.stamp_matches(stamp, wanted) and MODULES.is_dir():
        return
    with progress.step("Fetching the packages for styles and scripts", download=True):
        finish(
            npm("ci", "--ignore-scripts", "--no-audit", "--no-fund"),
            env=node_environment(),
            cwd=places.ROOT,
            failing="The packages for styles and scripts were not fetched. Check the network and start again:",
        )
    stamp.write_text(wanted, encoding="utf-8")


def npm(*arguments: str) -> list[str]:
    """Return the command line of the environment's own npm."""
    return [str(places.VENV / "bin" / "npm"), *arguments]


def node_environment() -> dict[str, str]:
    """Return an environment in which Node is the one of the Python environment."""
    path = f"{places.VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}
