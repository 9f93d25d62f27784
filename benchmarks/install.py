"""What an install of the second wall costs a hub that is at work.

Run beside `./run demo`: `./run bench install [--json FILE]`. Twenty requests a second go to pages of four accounts
while the wall is installed with ten policies changed, and installed again as its files say, several times over. Printed
are failed requests, the longest that one waited, how long the installs took, and how long an idle one takes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from agencies.access.wall_files import WallObject

A_SECOND = 20
SECONDS, ALONE = 30, 10
CHANGED = 10
GOAL_WAIT_MS, GOAL_IDLE_MS = 1000, 200
PARTS = ("manager", "screener", "social_worker", "researcher")
FAILED = 500


@dataclass(frozen=True)
class Figure:
    """One line of the result."""

    name: str
    figure: float
    goal: str
    ok: bool


@dataclass(frozen=True)
class Page:
    """An address, and the cookie of whoever asks for it."""

    host: str
    path: str
    cookie: str


def main(arguments: list[str]) -> int:
    """Measure, print a table, and return 1 if a request failed or waited too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default=os.environ.get("MASH_PUBLIC_URL", "http://127.0.0.1:8000"))
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    django.setup()
    alone: list[float] = []
    waits: list[float] = []
    failures: list[str] = []
    asked = pages(options.address)
    quiet = threading.Timer(ALONE, (before := threading.Event()).set)
    quiet.start()
    ask(asked, before, alone, failures)
    over = threading.Event()
    asking = threading.Thread(target=ask, args=(asked, over, waits, failures))
    asking.start()
    try:
        changing, idle = install_for(options.seconds)
    finally:
        over.set()
        asking.join()
    figures = table(alone, waits, failures, changing, idle)
    for one in figures:
        print(f"{'ok  ' if one.ok else 'MISS'} {one.name:<58} {one.figure:>8}  {one.goal}")
    for line in sorted(set(failures)):
        print(f"     {line}")
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in figures], indent=1), encoding="utf-8")
    return 0 if all(one.ok for one in figures) else 1


def table(
    alone: list[float], waits: list[float], failures: list[str], changing: list[float], idle: list[float]
) -> list[Figure]:
    """Return the figures."""
    longest, nothing = round(1000 * max(waits)), round(1000 * min(idle))
    return [
        Figure("requests", len(waits), "", ok=True),
        Figure("requests that failed", len(failures), "0", not failures),
        Figure(f"longest wait in the {ALONE} s before any install, ms", round(1000 * max(alone)), "", ok=True),
        Figure("longest wait of a request, ms", longest, f"<= {GOAL_WAIT_MS}", longest <= GOAL_WAIT_MS),
        Figure(f"installs that changed {CHANGED} policies", len(changing), ">= 4", len(changing) >= 4),
        Figure("longest of them with its tries, ms", round(1000 * max(changing)), "", ok=True),
        Figure("install with nothing to do, ms", nothing, f"<= {GOAL_IDLE_MS}", nothing <= GOAL_IDLE_MS),
    ]


def pages(address: str) -> list[Page]:
    """Sign four accounts in and return their lists and what they lead to."""
    from django.conf import settings
    from django.test import Client

    from agencies.models import User
    from benchmarks.pages import LINK, NOT_PAGES
    from demo.people import PEOPLE

    found = []
    for part in PARTS:
        email = next(person.email for person in PEOPLE if part in person.roles)
        client = Client(headers={"host": address.split("//")[1]})
        client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
        links = LINK.findall(client.get("/work/").content.decode())
        paths = dict.fromkeys(["/work/", *(link for link in links if not link.startswith(NOT_PAGES))])
        found += [Page(address.split("//")[1], path, cookie) for path in list(paths)[:8]]
    return found


def ask(asked: list[Page], over: threading.Event, waits: list[float], failures: list[str]) -> None:
    """Send so many requests a second, each on time whatever became of those before."""
    begun = time.monotonic()
    with ThreadPoolExecutor(max_workers=A_SECOND * 2) as senders:
        count = 0
        while not over.is_set():
            senders.submit(fetch, asked[count % len(asked)], waits, failures)
            count += 1
            time.sleep(max(0.0, begun + count / A_SECOND - time.monotonic()))


def fetch(page: Page, waits: list[float], failures: list[str]) -> None:
    """Fetch one page and keep how long it took, and whether the hub failed."""
    begun = time.monotonic()
    connection = HTTPConnection(page.host, timeout=30)
    try:
        connection.request("GET", page.path, headers={"Cookie": page.cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status >= FAILED:
            failures.append(f"{page.path}: {answer.status}")
    except OSError as problem:
        failures.append(f"{page.path}: {type(problem).__name__}")
    finally:
        connection.close()
    waits.append(time.monotonic() - begun)


def install_for(seconds: float) -> tuple[list[float], list[float]]:
    """Change ten policies and change them back for so long; return how long each install took, and the idle ones."""
    from django.db import connections

    from agencies.access.wall_files import read_wall
    from mash.settings import readers

    connections.settings["owner"] = {**connections.settings["default"], **readers.database("MASH_BENCH_OWNER_URL")}
    wall = read_wall()
    reading = [key for key, one in wall.items() if one.kind == "policy" and " FOR SELECT " in one.text]
    chosen = reading[:: len(reading) // CHANGED][:CHANGED]
    other = wall | {key: replace(wall[key], text=f"{wall[key].text[:-1]} /* changed */;") for key in chosen}
    changing, idle = [], []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for wanted in (other, wall):
            changing.append(timed(wanted, CHANGED))
            idle.append(timed(wanted, 0))
            time.sleep(1)
    return changing, idle


def timed(wall: dict[tuple[str, str], WallObject], expected: int) -> float:
    """Install a wall and return how long it took.

    Raises:
        RuntimeError: another number of objects was made than expected.
    """
    from agencies.access.install import install_wall

    begun = time.monotonic()
    made = len(install_wall("owner", wall=wall).made)
    if made != expected:
        raise RuntimeError(f"{made} objects were made and not {expected}.")
    return time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
