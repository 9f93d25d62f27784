"""Who runs the embedded servers: this user, or nobody when this user is root.

PostgreSQL refuses to run as root. Rights of folders that are not ours are never
changed: when the server's user cannot reach the project (in a private home, for
example), binaries and tables live in a folder of root's that it can reach.
"""

import os
import pwd
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

from deploy.local import places
from deploy.local.failures import LaunchError


def drop_rights() -> dict[str, Any]:
    """Return what `subprocess` needs in order to start a server as its user."""
    if os.geteuid() != 0:
        return {}
    nobody = account()
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def account() -> pwd.struct_passwd:
    """Return the account that servers run as when the launcher is root.

    Raises:
        LaunchError: The machine has no such account.
    """
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise LaunchError(
            "PostgreSQL does not run as root, and this machine has no user called nobody. "
            "Start again as an ordinary user."
        ) from None


def own(folder: Path, mode: int = 0o700) -> Path:
    """Make a folder that belongs to the servers' user and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(folder, account().pw_uid, account().pw_gid)
    folder.chmod(mode)
    return folder


def hand_over(file: Path) -> None:
    """Give a file to the servers' user, closed to everyone else."""
    if os.geteuid() == 0:
        os.chown(file, account().pw_uid, account().pw_gid)
    file.chmod(0o600)


def can_run(program: Path) -> bool:
    """Say whether the servers' user can start this program where it is."""
    try:
        return (
            subprocess.run(
                [program, "--version"], capture_output=True, check=False, cwd="/", **drop_rights()
            ).returncode
            == 0
        )
    except OSError:
        return False


def can_enter(folder: Path) -> bool:
    """Say whether the servers' user can reach what is inside a folder."""
    if os.geteuid() != 0:
        return True
    probe = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
    return subprocess.run(probe, capture_output=True, check=False, cwd="/", **drop_rights()).returncode == 0


def reachable_home(wanted: Path) -> Path:
    """Return the folder for a server's files: the one wanted, or root's when that cannot be reached.

    The second is named after the first, so that each copy of the project finds
    its own tables again.
    """
    wanted.mkdir(parents=True, exist_ok=True)
    wanted.chmod(0o711)
    if can_enter(wanted):
        return wanted
    home = home_of_root(wanted)
    home.mkdir(mode=0o711, exist_ok=True)
    home.chmod(0o711)
    return home


def home_of_root(wanted: Path) -> Path:
    """Return the folder that stands in for one that the servers' user cannot reach."""
    return Path("/var/lib") / f"mash-{sha256(str(wanted).encode()).hexdigest()[:12]}"


def reachable_copy(package: Path, program: Path, home: Path) -> Path:
    """Return a program that the servers' user can start, copied with its libraries if need be.

    Args:
        package: The installed package; a `.libs` folder beside it belongs to it.
        program: The program inside the package.
        home: Where a copy may be put.
    """
    if can_run(program):
        return program
    copies = home / "programs" / places.fingerprint([places.ROOT / "uv.lock"])[:12]
    libraries = package.with_name(f"{package.name}.libs")
    for source in (package, libraries):
        if source.is_dir() and not (copies / source.name).is_dir():
            shutil.copytree(source, copies / source.name, symlinks=True)
    for folder in (home, home / "programs", copies):
        folder.chmod(0o711)
    copy = copies / program.relative_to(package.parent)
    if not can_run(copy):
        raise LaunchError(
            f"The user nobody cannot start {copy}. Start again as an ordinary user, or put the project on a disk "
            "that allows programs."
        )
    return copy
