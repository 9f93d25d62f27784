"""Figures that proofs end in: kept as lines of JSON for `./run prove`, and asserted by the test itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

Figure = int | float | str


def is_quick() -> bool:
    """Say whether the short form is wanted: in CI, and wherever a proof is run by hand with `./run test`."""
    return os.environ.get("MASH_PROOF_QUICK") == "1"


def report(name: str, figure: Figure, goal: str, *, ok: bool, owed: str = "") -> None:
    """Keep one figure beside its goal, and fail the test where it misses.

    Args:
        name: what was measured, in words, such as "access matrix: unexpected cells"; with a line in `expected.txt`.
        figure: what came out.
        goal: what should come out, in words, such as "0" or ">= 10000".
        ok: whether it was reached.
        owed: why a miss is told and does not stop anything yet, with the day on which that was written.

    Raises:
        AssertionError: it was missed; the figure is kept all the same.
    """
    _keep(name=name, figure=figure, goal=goal, ok=ok, **({"owed": owed} if owed else {}))
    if not owed:
        assert ok, f"{name}: {figure}, goal {goal}"


def add(name: str, amount: int, goal: str, *, owed: str = "") -> None:
    """Keep one part of a figure to which several tests add; `./run prove` sums them and holds the sum to the goal.

    Args:
        name: as for `report`.
        amount: what this test adds.
        goal: "0", ">= 8" or "<= 3": of the whole sum.
        owed: as for `report`.

    Raises:
        AssertionError: the goal is 0 and this part is not.
    """
    _keep(name=name, figure=amount, goal=goal, sum=True, **({"owed": owed} if owed else {}))
    if not owed:
        assert (goal, amount) == (goal, 0 if goal == "0" else amount), f"{name}: {amount}, goal 0"


def _keep(**line: Figure) -> None:
    if file := os.environ.get("MASH_PROOF_FILE"):
        with Path(file).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(line) + "\n")
