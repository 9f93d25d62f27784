"""Every staff page of the running demo: how many queries, and its p50 beside that of a page without a database.

Run beside `./run demo`: `./run bench pages [--json FILE]`. The pages are found by following links as each demo
account, a few of each route. Queries are counted in process, on the demo's database and as the web role; time is
curl's, on loopback.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import django

GOAL_QUERIES = 12
SAMPLES_OF_A_ROUTE = 1
TIMES = 9
MOST_PAGES = 60
LINK = re.compile(r'href="(/[^"#]*)"')
IDENTITY = (
    re.compile(r'FROM "django_session"'),
    re.compile(r'FROM "agencies_user" WHERE "agencies_user"."id"'),
    re.compile(r'FROM "agencies_membership".*"agencies_membership"."user_id" ='),
    re.compile(r"set_config"),
    re.compile(r"^(BEGIN|COMMIT|SAVEPOINT|RELEASE)"),
)
NOT_PAGES = ("/account/", "/static/", "/demo/", "/report/")


@dataclass
class Route:
    """What was measured of one route over all accounts."""

    name: str
    pages: int = 0
    queries: int = 0
    milliseconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """One line of the result."""

    name: str
    figure: float
    goal: str
    ok: bool


def main(arguments: list[str]) -> int:
    """Measure, print a table, and return 1 if a page asks the database too often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    django.setup()
    from demo.people import PEOPLE

    routes: dict[str, Route] = {}
    for person in PEOPLE:
        crawl(person.email, options.address, routes)
    floor = p50(timed(f"{options.address}/livez", cookie=""))
    figures = [*table(routes, floor), Figure("page without a database, p50 ms", round(floor, 1), "", ok=True)]
    for one in figures:
        print(f"{'ok  ' if one.ok else 'MISS'} {one.name:<58} {one.figure:>8}  {one.goal}")
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in figures], indent=1), encoding="utf-8")
    return 0 if all(one.ok for one in figures) else 1


def table(routes: dict[str, Route], floor: float) -> list[Figure]:
    """Return the figures of each route."""
    made = []
    for route in sorted(routes.values(), key=lambda one: one.name):
        middle = p50(route.milliseconds)
        made.append(
            Figure(f"{route.name}: queries", route.queries, f"<= {GOAL_QUERIES}", route.queries <= GOAL_QUERIES)
        )
        made.append(Figure(f"{route.name}: p50 ms", round(middle, 1), f"{middle / floor:.1f} x floor", ok=True))
    return made


def crawl(email: str, address: str, routes: dict[str, Route]) -> None:
    """Follow links as one account and measure what is new."""
    from django.conf import settings
    from django.test import Client
    from django.urls import Resolver404, resolve

    from agencies.models import User

    client = Client(headers={"host": address.split("//")[1]})
    client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    seen: set[str] = set()
    waiting = ["/work/"]
    taken: dict[str, int] = defaultdict(int)
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        try:
            name = resolve(path.split("?")[0]).view_name
        except Resolver404:
            continue
        if path in seen or path.startswith(NOT_PAGES) or taken[name] >= SAMPLES_OF_A_ROUTE:
            continue
        seen.add(path)
        taken[name] += 1
        route = routes.setdefault(name, Route(name))
        found = measure(client, path, route, address=address, cookie=cookie)
        waiting.extend(found)


def measure(client: Any, path: str, route: Route, *, address: str, cookie: str) -> list[str]:
    """Measure one page and return the links on it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    if response.status_code != 200 or "html" not in response.get("Content-Type", ""):
        return []
    count = sum(not any(known.search(one["sql"]) for known in IDENTITY) for one in asked.captured_queries)
    route.pages += 1
    route.queries = max(route.queries, count)
    if not route.milliseconds:  # One account stands for all: the page is the same work for each.
        route.milliseconds.extend(timed(f"{address}{path}", cookie=cookie))
    return LINK.findall(response.content.decode())


def timed(url: str, *, cookie: str) -> list[float]:
    """Return the milliseconds of some fetches by curl; the first one is not counted."""
    command = ["curl", "--silent", "--output", "/dev/null", "--write-out", "%{time_total}", "--cookie", cookie, url]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(TIMES + 1)]
    return [1000 * float(one.stdout) for one in runs[1:]]


def p50(times: list[float]) -> float:
    """Return the median."""
    return statistics.median(times) if times else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
