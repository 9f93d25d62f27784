"""Nothing outlives the launcher: neither when a program ends, nor when the launcher is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local import places
from deploy.local.failures import LaunchError
from deploy.local.supervisor import Comeback, Program, Supervisor
from tests.deploy.processes import alive, descendants

LAUNCHER = """
import sys, time
from pathlib import Path
from deploy.local import demo, places, postgres, valkey
from deploy.local.supervisor import Comeback, Program, Supervisor

folder, port = Path(sys.argv[1]), int(sys.argv[2])
postgres_server, valkey_server = postgres.Cluster(folder), valkey.Server(folder)
postgres_server.start()
valkey_server.start()
supervisor = Supervisor(folder / "logs")
web = places.tool("gunicorn", "wsgiref.simple_server:demo_app", f"--bind=127.0.0.1:{port}", "--workers=2")
supervisor.start([Program("web", web, {}, lambda log: log.count("Booting worker") == 2)])
print("ready", flush=True)
supervisor.watch()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux stops the children of a killed process")
def test_a_killed_launcher_leaves_no_process(server_folder: Path, unused_port: int) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(server_folder), str(unused_port)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=places.ROOT,
    )
    assert launcher.stdout is not None
    assert launcher.stdout.readline() == "ready\n"
    started = descendants(launcher.pid)
    assert len(started) > 6
    launcher.kill()
    launcher.wait()
    launcher.stdout.close()
    until = time.monotonic() + 20
    while alive(started) and time.monotonic() < until:
        time.sleep(0.1)
    assert alive(started) == set()


def program(name: str, code: str, **options: object) -> Program:
    """Return a program that runs a line of Python."""
    return Program(name, [sys.executable, "-c", code], dict(os.environ), **options)  # type: ignore[arg-type]


def test_a_program_that_ends_stops_the_demo_with_its_last_words(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    with pytest.raises(LaunchError) as problem:
        supervisor.start([program("worker", "print('no queue'); raise SystemExit(3)", ready=lambda _log: False)])
    assert str(problem.value) == (
        "The worker process ended by itself (status 3), so everything was stopped. "
        f"{tmp_path / 'worker.log'} ends with:\nno queue"
    )


def test_a_program_that_is_never_ready_is_given_up(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    with pytest.raises(LaunchError, match="The web process was not ready in time"):
        supervisor.start([program("web", "import time; time.sleep(60)", ready=lambda log: "never" in log)], seconds=0.2)
    supervisor.stop()


def test_one_that_does_not_stop_when_asked_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.local.supervisor.SECONDS_TO_STOP", 0.3)
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    stubborn = f"import signal, time; {deaf}; print('up', flush=True); time.sleep(60)"
    supervisor = Supervisor(tmp_path)
    supervisor.start([program("beat", stubborn, ready=lambda log: "up" in log)])
    process = supervisor.running["beat"]
    supervisor.stop()
    assert process.returncode == -signal.SIGKILL


SLEEPS = "import time; print('up', flush=True); time.sleep(60)"


def until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    patience = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < patience
        time.sleep(0.02)


def test_what_comes_back_is_started_again_and_its_log_goes_on(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    try:
        supervisor.start([program("worker", SLEEPS, ready=lambda log: "up" in log, comes_back=True)])
        first = supervisor.running["worker"]
        first.kill()
        first.wait()
        supervisor.look_after()
        assert supervisor.running["worker"].pid != first.pid
        until(lambda: supervisor.words("worker").count("up") == 2)
    finally:
        supervisor.stop()


def test_the_end_of_what_the_pages_need_stops_all_even_beside_what_comes_back(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    try:
        supervisor.start([program("web", SLEEPS), program("worker", SLEEPS, comes_back=True)])
        for process in supervisor.running.values():
            process.kill()
            process.wait()
        with pytest.raises(LaunchError, match="The web process ended by itself"):
            supervisor.look_after()
    finally:
        supervisor.stop()


def test_pauses_grow_to_a_minute_and_begin_anew_after_what_stayed_up() -> None:
    comeback, now, waited = Comeback(begun=0.0), 0.0, []
    for _ in range(10):
        comeback.is_due(now)
        assert comeback.again_at is not None
        waited.append(comeback.again_at - now)
        assert comeback.is_due(comeback.again_at)
        now = comeback.again_at
        comeback.started(now)
    assert waited == [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert comeback.is_due(now + 60)


class Flapping:
    """A server that does not come up at its first try."""

    process: subprocess.Popen[str] | None = None
    starts = 0

    def start(self) -> None:
        """Fail once."""
        self.starts += 1
        if self.starts == 1:
            raise LaunchError("The port is taken.")
        self.process = subprocess.Popen([sys.executable, "-c", SLEEPS], stdout=subprocess.DEVNULL, text=True)


def test_a_server_that_does_not_come_up_is_tried_again_and_one_that_is_needed_stops_all(tmp_path: Path) -> None:
    supervisor, server = Supervisor(tmp_path), Flapping()
    supervisor.revived = {"Valkey": server}
    supervisor.look_after()
    assert server.starts == 1

    def is_up() -> bool:
        supervisor.look_after()
        return server.process is not None

    until(is_up)
    assert server.starts == 2
    assert server.process
    server.process.kill()
    server.process.wait()
    supervisor.needed, supervisor.revived = {"PostgreSQL": server}, {}
    with pytest.raises(LaunchError, match="The PostgreSQL server ended by itself"):
        supervisor.look_after()
