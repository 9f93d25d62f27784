"""./run demo as a person meets it: READY, a page, mail; killed and started again; stopped with Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import places
from deploy.local.surroundings import without_ours
from tests.deploy.processes import alive, descendants

SECONDS_TO_READY = 180


class Demo:
    """A demo hub in a folder of the test's own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.said = folder / "said.txt"
        with self.said.open("w", encoding="utf-8") as output:
            self.launcher = subprocess.Popen(
                [sys.executable, places.ROOT / "run", "demo", "--port", str(port)],
                env={**without_ours(os.environ), "MASH_DEMO_FOLDER": str(folder / "demo")},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait(self) -> str:
        """Return what the launcher said, once it has said READY."""
        until = time.monotonic() + SECONDS_TO_READY
        while "READY" not in (said := self.said.read_text(encoding="utf-8")):
            assert self.launcher.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.2)
        return said

    def page(self, path: str = "/") -> str:
        """Return a page as a visitor without an account gets it."""
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            assert answer.status == 200
            return str(answer.read().decode())

    def end(self, how: signal.Signals) -> int:
        """End the launcher, make sure that nothing outlives it, and return its status."""
        started = descendants(self.launcher.pid)
        assert len(started) > 8
        self.launcher.send_signal(how)
        status = self.launcher.wait(60)
        until = time.monotonic() + 30
        while alive(started) and time.monotonic() < until:
            time.sleep(0.1)
        assert alive(started) == set()
        return status


@pytest.fixture
def demo(server_folder: Path, unused_port: int) -> Iterator[list[Demo]]:
    """Return the list into which a test puts the demos it starts; those still running are ended."""
    started: list[Demo] = []
    yield started
    for one in started:
        if one.launcher.poll() is None:
            one.launcher.kill()
            one.launcher.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux stops the children of a killed process")
def test_the_demo_comes_up_survives_being_killed_and_stops(
    demo: list[Demo], server_folder: Path, unused_port: int
) -> None:
    demo.append(Demo(server_folder, unused_port))
    said = demo[0].wait()
    assert f"  {demo[0].address}\n" in said
    styles = re.findall(r'href="(/static/[^"]+\.css)"', demo[0].page())
    assert styles
    assert all(re.search(r"\.[0-9a-f]{12}\.css$", path) for path in styles)
    assert demo[0].page(styles[0])
    secrets = (server_folder / "demo" / "secrets" / "mash_field_keys").read_text(encoding="utf-8")
    assert demo[0].end(signal.SIGKILL) == -signal.SIGKILL

    demo.append(Demo(server_folder, unused_port))
    assert "downloads" not in demo[1].wait()
    assert demo[1].page()
    assert (server_folder / "demo" / "secrets" / "mash_field_keys").read_text(encoding="utf-8") == secrets
    assert demo[1].end(signal.SIGINT) == 0
    assert "Stopping ..." in demo[1].said.read_text(encoding="utf-8")
