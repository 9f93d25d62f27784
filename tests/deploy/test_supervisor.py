"""Nothing outlives the launcher: neither when a program ends, nor when the launcher is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deploy.local import places
from deploy.local.failures import LaunchError
from deploy.local.supervisor import Program, Supervisor
from tests.deploy.processes import alive, descendants

LAUNCHER = """
import sys, time
from pathlib import Path
from deploy.local import demo, places, postgres, valkey
from deploy.local.supervisor import Program, Supervisor

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
