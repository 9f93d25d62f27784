"""`./run hub`: settings of production on loopback, nobody invented, a link for each of two, a reset that asks."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import places, real_hub
from deploy.local.failures import LaunchError
from deploy.local.lint import environment
from deploy.local.surroundings import without_ours
from tests.deploy.processes import alive, descendants

SECONDS_TO_READY = 240
ANSWERS = "Northmere County Council\nAda First\nada@council.invalid\nMax First\nmax@council.invalid\n"
LINK = re.compile(r"^(http://\S+/account/password/reset/key/\S+)$", re.MULTILINE)


class Hub:
    """A hub in a folder of the test's own, with what is typed at its terminal."""

    def __init__(self, folder: Path, port: int, typed: str, *options: str) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.said = folder / "said.txt"
        answers = folder / "typed.txt"
        answers.write_text(typed, encoding="utf-8")
        with self.said.open("w", encoding="utf-8") as output, answers.open(encoding="utf-8") as terminal:
            self.launcher = subprocess.Popen(
                [sys.executable, places.ROOT / "run", "hub", "--port", str(port), *options],
                env={**without_ours(os.environ), "MASH_HUB_FOLDER": str(folder / "hub")},
                stdin=terminal,
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

    def end(self) -> int:
        """Stop the launcher as Ctrl-C does, make sure that nothing outlives it, and return its status."""
        started = descendants(self.launcher.pid)
        self.launcher.send_signal(signal.SIGINT)
        status = self.launcher.wait(60)
        until = time.monotonic() + 30
        while alive(started) and time.monotonic() < until:
            time.sleep(0.1)
        assert alive(started) == set()
        return status


@pytest.fixture
def started() -> Iterator[list[Hub]]:
    """Return the list into which a test puts the hubs it starts; those still running are ended."""
    hubs: list[Hub] = []
    yield hubs
    for one in hubs:
        if one.launcher.poll() is None:
            one.launcher.kill()
            one.launcher.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux stops the children of a killed process")
def test_a_hub_begins_with_a_link_for_each_of_two_and_keeps_what_it_has(
    started: list[Hub], server_folder: Path, unused_port: int
) -> None:
    started.append(Hub(server_folder, unused_port, ANSWERS))
    links = LINK.findall(started[0].wait())
    assert [link.startswith(started[0].address) for link in links] == [True, True]
    with urllib.request.urlopen(links[0], timeout=30) as page:
        assert "Choose a new password" in page.read().decode()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{started[0].address}/demo/", timeout=30)
    assert started[0].end() == 0

    started.append(Hub(server_folder, unused_port, ""))
    again = started[1].wait()
    assert "What is the authority called?" not in again
    assert len(LINK.findall(again)) == 2
    assert started[1].end() == 0


def test_reset_asks_twice_and_takes_no_other_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    words = ["delete", "nothing brings it back"]

    def tried(*answers: str) -> str:
        said = iter(answers)
        monkeypatch.setattr("builtins.input", lambda _question: next(said))
        try:
            real_hub.require_meant(tmp_path)
        except LaunchError as refusal:
            return str(refusal)
        return "meant"

    assert tried(*words) == "meant"
    assert {tried("yes"), tried("delete", "yes"), tried("delete", "delete")} == {"Nothing was deleted."}


def test_without_a_terminal_nothing_is_deleted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def ended(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)
    with pytest.raises(LaunchError, match=r"Nothing was deleted\."):
        real_hub.require_meant(tmp_path)


def test_a_mail_server_of_ones_own_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASH_EMAIL_URL", "smtp+tls://hub:pw@mail.example:587")
    monkeypatch.setenv("MASH_MAIL_FROM", "hub@council.example")
    assert real_hub.addresses(8123) == {
        "MASH_EMAIL_URL": "smtp+tls://hub:pw@mail.example:587",
        "MASH_MAIL_FROM": "hub@council.example",
        "MASH_PUBLIC_URL": "http://127.0.0.1:8123",
        "MASH_ALLOWED_HOSTS": "127.0.0.1,localhost",
    }


def checked(**settings: str) -> subprocess.CompletedProcess[str]:
    """Ask Django what it thinks of a hub on loopback."""
    asked = "from django.conf import settings as s; print(s.DEBUG, s.MASH_DEMO, 'demo' in s.INSTALLED_APPS)"
    return subprocess.run(
        places.python("manage.py", "shell", "-v0", "-c", asked),
        env=environment("loopback") | {"MASH_DEMO": "1"} | settings,
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_its_settings_are_productions_and_serve_loopback_alone() -> None:
    here = {"MASH_PUBLIC_URL": "http://127.0.0.1:8000", "MASH_ALLOWED_HOSTS": "127.0.0.1,localhost"}
    here["MASH_MAIL_FROM"] = "hub@mash.invalid"
    assert checked(**here).stdout == "False False False\n"
    for other in ({"MASH_PUBLIC_URL": "http://hub.example.org"}, {"MASH_ALLOWED_HOSTS": "hub.example.org"}):
        refused = checked(**here | other)
        assert (refused.returncode, "Without TLS a hub serves its own machine alone" in refused.stderr) == (1, True)
