"""./run prove: the proofs of the firewall, each figure beside its goal; 1 where one is missed or did not come."""

import argparse
import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from deploy.local import assets, figures, places, processes, suite
from deploy.local.failures import LaunchError

PROOFS = "tests/proofs"
FAULTS = "faults"
"""The name under which every proof that plants faults runs; without it they are skipped."""
WORKERS = "2"
SECONDS_BETWEEN_LINES = 15
LONGEST = "8"
"""How many of the proofs are named with the time they took."""


class Parser(argparse.ArgumentParser):
    """Words a wrong argument as the launcher words everything."""

    def error(self, message: str) -> NoReturn:
        """Refuse.

        Raises:
            LaunchError: always.
        """
        raise LaunchError(f"{message[:1].upper()}{message[1:]}. {self.format_usage().strip()}")


def run(arguments: list[str]) -> int:
    """Run the proofs, print every figure beside its goal, and return 1 where one is missed.

    Named proofs (`twins walls`) run alone; only the figures that they end in are told then. `faults` names all that
    write faults into the running product, which takes too long for every day.

    Raises:
        LaunchError: An argument is not understood, or there is no such proof.
    """
    parser = Parser(prog="./run prove", add_help=False)
    parser.add_argument("proofs", nargs="*", metavar="PROOF")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true")
    wanted = parser.parse_args(arguments)
    parts = [part for name in wanted.proofs for part in parts_of(name)] or [PROOFS]
    assets.ensure()
    began = time.monotonic()
    with suite.servers() as env:
        folder = Path(env["MASH_TEST_FOLDER"])
        kept = folder / "figures.jsonl"
        env |= {"MASH_PROOF_FILE": str(kept), "MASH_PROOF_QUICK": "1" if wanted.quick else "0"}
        env["MASH_PROOF_FAULTS"] = "1" if FAULTS in wanted.proofs else "0"
        env["PYTHONHASHSEED"] = "0"  # A life in the hub takes the same turns in every process.
        status = attended(parts, env, folder / "proofs.log", kept, began)
        lines = figures.read(kept)
    names = figures.expected(quick=wanted.quick)
    if wanted.proofs:
        came = dict.fromkeys(line["name"] for line in lines)
        names = list(came) if FAULTS in wanted.proofs else [name for name in names if name in came]
    shown = figures.judged(lines, names)
    return told(shown, status, wanted.json, began)


def parts_of(name: str) -> list[str]:
    """Return the files that a name on the command line means.

    Raises:
        LaunchError: as `part_of`.
    """
    if name != FAULTS:
        beside = (places.ROOT / PROOFS).glob(f"test_{name}_*.py")
        more = [str(file.relative_to(places.ROOT)) for file in sorted(beside) if not file.stem.endswith(f"_{FAULTS}")]
        return [part_of(name), *more]
    return [str(file.relative_to(places.ROOT)) for file in sorted((places.ROOT / PROOFS).glob(f"test_*_{FAULTS}.py"))]


def part_of(name: str) -> str:
    """Return the file of a proof.

    Raises:
        LaunchError: there is none; the message names all.
    """
    found = {file.stem.removeprefix("test_"): file for file in sorted((places.ROOT / PROOFS).glob("test_*.py"))}
    if name not in found:
        raise LaunchError(f"There is no proof called {name}. There are: {', '.join(found)}.")
    return str(found[name].relative_to(places.ROOT))


def attended(parts: list[str], env: dict[str, str], log: Path, kept: Path, began: float) -> int:
    """Run pytest on the proofs, saying now and then how far it is; what it wrote is shown where it failed.

    Each worker takes the next proof when it is free; tests/proofs/conftest.py puts the longest first.
    """
    command = ["-m", "pytest", *parts, "-v", "-p", "no:randomly", "--tb=short", "--durations", LONGEST]
    command += ["-n", WORKERS, "--dist", "load", "--maxschedchunk", "1"]
    with log.open("w", encoding="utf-8") as output:
        process = processes.start(places.python(*command), env=env, output=output)
        try:
            for _ in waited(process):
                ended = sum(line.startswith("[gw") for line in log.read_text(encoding="utf-8").splitlines())
                came = len({line["name"] for line in figures.read(kept)})
                print(f"  {time.monotonic() - began:4.0f} s  {ended} proofs ended, {came} figures", flush=True)
        finally:
            processes.stop(process)
    written = log.read_text(encoding="utf-8")
    print(failures(written) if process.returncode else longest(written))
    return process.returncode


def longest(written: str) -> str:
    """Return the proofs that took longest, as pytest tells them."""
    told = written.rpartition("slowest ")[2].splitlines()[1:]
    return "\nThe longest:\n" + "\n".join(f"  {line}" for line in told if re.match(r"[\d.]+s ", line))


def waited(process: subprocess.Popen[str]) -> Iterator[None]:
    """Yield every few seconds until a program has ended."""
    while True:
        try:
            process.wait(SECONDS_BETWEEN_LINES)
        except subprocess.TimeoutExpired:
            yield
        else:
            return


def failures(written: str) -> str:
    """Return what pytest wrote after its list of tests, or all of it where it did not come that far."""
    return "\n" + written[max(written.find("= FAILURES ="), written.find("= ERRORS ="), 0) :]


def told(shown: list[figures.Shown], status: int, file: Path | None, began: float) -> int:
    """Print the figures, write them where that was asked, and return the exit status."""
    if file:
        file.write_text(json.dumps([one.written() for one in shown], indent=2) + "\n", encoding="utf-8")
    missed = [one.name for one in shown if one.stops]
    print(f"\n{figures.table(shown)}\n")
    reached = sum(one.ok for one in shown)
    print(f"{reached} of {len(shown)} goals reached in {time.monotonic() - began:.0f} s.")
    for why in sorted({one.owed for one in shown if one.owed and not one.ok}):
        print(f"Owed: {'; '.join(one.name for one in shown if one.owed == why and not one.ok)}: {why}")
    if missed:
        print(f"Missed: {'; '.join(missed)}")
    if status and not missed:
        print("A proof failed before it came to its figure: see above.")
    return 1 if missed or status else 0
