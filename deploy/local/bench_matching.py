"""./run bench matching: a hub of many people that is kept, and the search measured on it."""

import argparse
import shutil
import time
from contextlib import ExitStack
from pathlib import Path

from deploy.local import bench_firewall, places
from deploy.local.bench_firewall import KEPT, LOADING, MEMORY, cluster, held
from deploy.local.failures import LaunchError
from deploy.local.postgres import Cluster
from deploy.local.processes import attend
from deploy.local.surroundings import only

SIZES = {"2k": 2_000, "20k": 20_000, "200k": 200_000, "2m": 2_000_000}
ROWS = (
    *("benchmarks/matching/crowd.py", "benchmarks/matching/filling.py", "common/normal"),
    "tests/corpora/name_errors.jsonl",
)


def run(arguments: list[str]) -> int:
    """Fill what is missing, measure, print, and return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="./run bench matching", description="Measure the search.")
    parser.add_argument("--size", choices=SIZES, default="2m", help="how many people (2m)")
    parser.add_argument("--again", action="store_true", help="fill anew what is kept")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--misses", action="store_true", help="name every search that did not find who was meant")
    options = parser.parse_args(arguments)
    folder = KEPT / f"matching-{options.size}"
    stamp = folder / "made-from"
    passed = [str(SIZES[options.size]), *(["--misses"] if options.misses else [])]
    passed += ["--json", str(options.json)] if options.json else []
    with ExitStack() as stack:
        stack.enter_context(held())
        if options.again or not stamp.exists() or not places.stamp_matches(stamp, made_from()):
            fill(options.size, folder, stamp)
        env = stack.enter_context(cluster(folder, MEMORY, durable=True))
        return attend(places.python("-m", "benchmarks.matching", *passed), env=only(env, login="DATABASE_URL"))


def fill(size: str, folder: Path, stamp: Path) -> None:
    """Make the hub anew: the product's migrations, the directory, then the rows."""
    stamp.unlink(missing_ok=True)
    shutil.rmtree(Cluster(folder).tables, ignore_errors=True)
    began = time.monotonic()
    print(f"  Filling {size} (kept in {KEPT.name}/{folder.name} for later runs)", flush=True)
    with cluster(folder, {**MEMORY, **LOADING}, durable=False) as env:
        bench_firewall.prepare(env)
        load = places.python("-m", "benchmarks.matching.filling", str(SIZES[size]))
        if attend(load, env={**env, "DATABASE_URL": env["MASH_BENCH_ADMIN_URL"]}):
            raise LaunchError(f"The tables of {size} were not filled.")
    stamp.write_text(made_from(), encoding="utf-8")
    print(f"  Filled {size} in {time.monotonic() - began:.0f} s", flush=True)


def made_from() -> str:
    """Return one hash over what the tables are made from."""
    return bench_firewall.made_from() + places.fingerprint([places.ROOT / name for name in ROWS])
