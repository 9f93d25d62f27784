"""What the launcher says when it cannot go on: one sentence that tells what to do, and no traceback."""

import ast
import errno
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local import commands, environment, places, postgres, serving
from deploy.local.failures import LaunchError

LAUNCHER = places.ROOT / "run"


def launch(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ./run as a person would, and wait."""
    return subprocess.run(
        [sys.executable, str(LAUNCHER), *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("MASH_LAUNCH")},
        cwd="/",
    )


def as_ordinary_user(act: Callable[[], str]) -> str:
    """Return what an act gives for a user who is not root."""
    if os.geteuid() != 0:
        return act()
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        os.setuid(pwd.getpwnam("nobody").pw_uid)
        os.write(sender, act().encode())
        os._exit(0)
    os.close(sender)
    with os.fdopen(receiver, encoding="utf-8") as said:
        words = said.read()
    os.waitpid(child, 0)
    return words


def sentence(act: Callable[[], object]) -> str:
    """Return the sentence with which an act is refused."""
    try:
        act()
    except LaunchError as problem:
        return str(problem)
    return "It was not refused."


def test_alone_it_explains_itself() -> None:
    said = launch()
    assert (said.returncode, said.stdout, said.stderr) == (0, commands.USAGE, "")


def test_an_unknown_command_is_answered_with_those_there_are() -> None:
    said = launch("dance")
    assert said.returncode == 2
    assert said.stderr == f'"dance" is not one of the commands.\n\n{commands.USAGE}'


def test_the_entry_point_parses_on_old_pythons() -> None:
    ast.parse(LAUNCHER.read_text(encoding="ascii"), feature_version=(3, 4))


def test_an_old_python_is_told_which_one_is_needed() -> None:
    begin = f"runpy.run_path({str(LAUNCHER)!r}, run_name='__main__')"
    pretend = f"import runpy, sys; sys.version_info = (3, 8, 1); {begin}"
    said = subprocess.run([sys.executable, "-c", pretend], check=False, capture_output=True, text=True)
    assert said.returncode == 1
    assert said.stderr == (
        "This needs Python 3.11 or later, and this one is 3.8. Install a newer Python and start again with its name in "
        "front, for example: python3.11 run demo\n"
    )


@pytest.mark.parametrize("lacking", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_named_with_its_package(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == lacking else found(name))
    assert sentence(environment.require_venv) == (
        "This Python has no venv module. On Debian or Ubuntu, run this as root and start again: "
        f"apt-get install python3.{sys.version_info.minor}-venv"
    )


def test_a_taken_port_is_named_with_another_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert sentence(lambda: serving.require_free(port, "demo")) == (
            f"Port {port} is taken by another program. Start with another one: ./run demo --port {port + 1}"
        )


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port: int) -> None:
    assert sentence(lambda: serving.require_free(port, "demo")) == f"{port} is not a port: choose one from 1 to 65535."


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    said = as_ordinary_user(lambda: sentence(lambda: environment.require_writable(tmp_path)))
    assert said == (
        f"The folder {tmp_path} is not writable for this user. Make a copy of the project in a folder of your own and "
        "start it there."
    )


def test_a_file_of_another_user_is_named() -> None:
    refusal = PermissionError(errno.EACCES, "Permission denied", "/somewhere/demo.lock")
    assert commands.worded(refusal).startswith("/somewhere/demo.lock is not writable for this user.")


def test_a_full_disk_is_said() -> None:
    assert commands.worded(OSError(errno.ENOSPC, "No space left on device")).startswith("The disk is full.")


def test_without_network_it_says_so(tmp_path: Path) -> None:
    for name in ("run", "deploy", "pyproject.toml", "uv.lock"):
        source = places.ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"}
    said = subprocess.run(
        [sys.executable, tmp_path / "run", "manage", "check"],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], **nowhere},
    )
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert said.stderr.strip().startswith(
        "uv was not fetched from the Python package index. "
        "Check the network (and the proxy, if there is one) and start again; nothing is lost."
    )


def test_tables_of_another_user_are_refused_with_the_way_out(server_folder: Path) -> None:
    cluster = postgres.Cluster(server_folder)
    cluster.start()
    cluster.stop()
    if os.geteuid() == 0:
        os.chown(cluster.tables / "PG_VERSION", 4242, 4242)
        assert sentence(cluster.start).endswith("Start as that user, or make new ones with --reset.")


def test_a_socket_in_a_deep_folder_goes_where_its_name_fits(server_folder: Path) -> None:
    deep = server_folder / ("d" * 90)
    cluster = postgres.Cluster(deep)
    cluster.start()
    try:
        assert len(os.fsencode(cluster.socket / postgres.SOCKET_NAME)) <= 107
    finally:
        cluster.stop()
    assert not cluster.socket.exists()
