"""./run prove: the proofs of the firewall, each figure beside its goal; 1 where one is missed or did not come."""

import argparse
import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from deploy.local import assets, figures, places, processes, suite
from deploy.local.failures import LaunchError

PROOFS = "tests/proofs"
WORKERS = "2"
SECONDS_BETWEEN_LINES = 15


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

    Raises:
        LaunchError: An argument is not understood.
    """
    parser = Parser(prog="./run prove", add_help=False)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true")
    wanted = parser.parse_args(arguments)
    assets.ensure()
    began = time.monotonic()
    with suite.servers() as env:
        folder = Path(env["MASH_TEST_FOLDER"])
        kept = folder / "figures.jsonl"
        env |= {"MASH_PROOF_FILE": str(kept), "MASH_PROOF_QUICK": "1" if wanted.quick else "0"}
        status = attended(env, folder / "proofs.log", kept, began)
        shown = figures.judged(figures.read(kept), figures.expected(quick=wanted.quick))
    return told(shown, status, wanted.json, began)


def attended(env: dict[str, str], log: Path, kept: Path, began: float) -> int:
    """Run pytest on the proofs, saying now and then how far it is; what it wrote is shown where it failed."""
    command = ["-m", "pytest", PROOFS, "-v", "-p", "no:randomly", "-n", WORKERS, "--dist", "worksteal", "--tb=short"]
    with log.open("w", encoding="utf-8") as output:
        process = processes.start(places.python(*command), env=env, output=output)
        try:
            for _ in waited(process):
                ended = sum(line.startswith("[gw") for line in log.read_text(encoding="utf-8").splitlines())
                came = len({line["name"] for line in figures.read(kept)})
                print(f"  {time.monotonic() - began:4.0f} s  {ended} proofs ended, {came} figures", flush=True)
        finally:
            processes.stop(process)
    if process.returncode:
        print(failures(log.read_text(encoding="utf-8")))
    return process.returncode


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
    missed = [one.name for one in shown if not one.ok]
    print(f"\n{figures.table(shown)}\n")
    print(f"{len(shown) - len(missed)} of {len(shown)} goals reached in {time.monotonic() - began:.0f} s.")
    if missed:
        print(f"Missed: {'; '.join(missed)}")
    if status and not missed:
        print("A proof failed before it came to its figure: see above.")
    return 1 if missed or status else 0
