"""./run drill: faults on real processes that it starts itself; each figure beside its goal, 1 where one is missed."""

import time
from pathlib import Path

from deploy.local import assets, figures, places, processes, prove, suite

DRILLS = "tests/drill"


def run(arguments: list[str]) -> int:
    """Break workers, queue and mail server one after the other, and return 1 where a figure misses its goal.

    Raises:
        LaunchError: An argument is not understood.
    """
    parser = prove.Parser(prog="./run drill", add_help=False)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true")
    wanted = parser.parse_args(arguments)
    assets.ensure()
    began = time.monotonic()
    with suite.servers() as env:
        folder = Path(env["MASH_TEST_FOLDER"])
        kept, log = folder / "figures.jsonl", folder / "drill.log"
        env |= {"MASH_PROOF_FILE": str(kept), "MASH_DRILL": "1"}
        env["MASH_PROOF_QUICK"] = "1" if wanted.quick else "0"
        with log.open("w", encoding="utf-8") as output:
            command = places.python("-m", "pytest", DRILLS, "-v", "-p", "no:randomly", "--tb=short", "--durations=8")
            process = processes.start(command, env=env, output=output)
            try:
                for _ in prove.waited(process):
                    came = len(figures.read(kept))
                    print(f"  {time.monotonic() - began:4.0f} s  {came} figures", flush=True)
            finally:
                processes.stop(process)
        written = log.read_text(encoding="utf-8")
        print(prove.failures(written) if process.returncode else prove.longest(written))
        lines = figures.read(kept)
    names = figures.expected(quick=wanted.quick, listed=places.ROOT / DRILLS / "expected.txt")
    return prove.told(figures.judged(lines, names), process.returncode, wanted.json, began)
