"""./run nightly: hubs that are lived in for a hundred thousand steps; a file keeps their seeds and figures."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from deploy.local import places, prove, scratch

STEPS, OF_EACH = 100_000, 2_500
FOLDER = places.DATA / "nightly"


def run(arguments: list[str]) -> int:
    """Live through as many seeds as make the steps, and write what came of each; return 1 where a figure is missed.

    The seeds follow each other from night to night: no life is lived twice, until somebody wants to.

    Raises:
        LaunchError: An argument is not understood.
    """
    parser = prove.Parser(prog="./run nightly", add_help=False)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--first-seed", type=int, default=_next_seed())
    parser.add_argument("--file", type=Path)
    wanted = parser.parse_args(arguments)
    began = datetime.now(UTC)
    file = wanted.file or FOLDER / f"{began:%Y-%m-%d-%H%M}.json"
    each = min(OF_EACH, wanted.steps)
    last = wanted.first_seed + max(wanted.steps // each, 1) - 1
    with scratch.folder() as folder:
        os.environ |= {"NOBODY_STEPS": str(each), "NOBODY_SEEDS": f"{wanted.first_seed}-{last}"}
        os.environ |= {"NOBODY_GOAL": str(wanted.steps), "NOBODY_KEPT": str(folder)}
        figures = folder / "figures.json"
        status = prove.run(["nobody", "--json", str(figures)])
        kept = [json.loads(one.read_text(encoding="utf-8")) for one in sorted(folder.glob("seed-*.json"))]
        written = {
            "began": began.isoformat(timespec="seconds"),
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "figures": json.loads(figures.read_text(encoding="utf-8")) if figures.exists() else [],
            "seeds": sorted(kept, key=lambda one: one["seed"]),
        }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(f"Kept in {file}.")
    return status


def _next_seed() -> int:
    """Return the seed after the last one of an earlier night."""
    found = [json.loads(file.read_text(encoding="utf-8"))["seeds"] for file in FOLDER.glob("*.json")]
    return max((one["seed"] for seeds in found for one in seeds), default=100) + 1
