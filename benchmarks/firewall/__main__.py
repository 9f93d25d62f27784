"""Measures running hubs: started by `./run bench firewall`, which says in MASH_BENCH_HUBS where they are.

Pages are fetched from gunicorn over loopback sockets, as a browser would: of every page one round after another, each
round asking the protected hub, the unprotected one, the hub of a tenth of the size and the page without a database.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.firewall.fetching import Visit, rounds
from benchmarks.firewall.figures import Figure, constant, page_figures, printed, statement_figures
from benchmarks.firewall.pages import PAGES, Page

Hub = Mapping[str, Any]


def main(arguments: list[str]) -> int:
    """Measure, print, and return 1 if a goal is missed."""
    options = parsed(arguments)
    hubs: list[Hub] = sorted(json.loads(os.environ["MASH_BENCH_HUBS"]).values(), key=lambda one: int(one["contacts"]))
    large, small = hubs[-1], hubs[0] if len(hubs) > 1 else None
    figures = [Figure("contacts", large["contacts"]), Figure("load of the machine at the start", load())]
    signed_in = [django(hub, "accounts", login="MASH_BENCH_ADMIN_URL") for hub in hubs]
    for page in (one for one in PAGES if options.pages in one.name):
        say(page.name)
        figures += of_page(page, large, small, signed_in, options)
    if not options.pages:
        say("the lists' own statements")
        figures += of_statements(large, options)
    counted = django(large, "counting", given=signed_in[-1])
    figures += [constant(name, counts) for name, counts in counted.items()]
    figures.append(Figure("load of the machine at the end", load()))
    print(printed(figures))
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in figures], indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.ok for one in figures) else 1


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--pages", default="")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plans", default="")
    return parser.parse_args(arguments)


def say(what: str) -> None:
    """Show what is being measured."""
    print(f"  Measuring {what} ...", flush=True)


def load() -> float:
    """Return how many processes want to run: others' work makes times longer, and ratios less sure."""
    return round(os.getloadavg()[0], 1)


def django(hub: Hub, program: str, *arguments: str, login: str = "DATABASE_URL", given: object = None) -> Any:
    """Run one of the programs beside this one on a hub, and return what it says as JSON."""
    env = {**os.environ, **hub["env"], "DATABASE_URL": hub["env"][login]}
    command = [sys.executable, "-m", f"benchmarks.firewall.{program}", *arguments]
    ended = subprocess.run(command, env=env, input=json.dumps(given), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ended.stdout)


def of_page(
    page: Page, large: Hub, small: Hub | None, signed_in: list[Any], options: argparse.Namespace
) -> list[Figure]:
    """Return the figures of one page."""
    on, off = "MASH_BENCH_ADDRESS_ON", "MASH_BENCH_ADDRESS_OFF"
    here = signed_in[-1][page.name]
    visits = {
        "protected": Visit(large["env"][on], here["path"], here["cookie"]),
        "unprotected": Visit(large["env"][off], here["path"], here["cookie"]),
        "floor": Visit(large["env"][on], here["path"], here["cookie"], is_floor=True),
    }
    if small:
        there = signed_in[0][page.name]
        visits["small"] = Visit(small["env"][on], there["path"], there["cookie"])
    rounds(visits, options.times, options.seconds)
    return page_figures(
        page.name, {label: visit.milliseconds for label, visit in visits.items()}, is_worklist=page.is_worklist
    )


def of_statements(large: Hub, options: argparse.Namespace) -> list[Figure]:
    """Return the figures of every list's statements, and of all of them together."""
    plans = [str(Path(options.plans).resolve())] if options.plans else []
    measured = django(large, "statements", str(options.times), str(options.seconds), *plans)
    return [figure for name, times in measured.items() for figure in statement_figures(name, times)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
