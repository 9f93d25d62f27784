"""Figures that proofs end in: kept as lines of JSON for `./run prove`, and asserted by the test itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

Figure = int | float | str


def report(name: str, figure: Figure, goal: str, *, ok: bool) -> None:
    """Keep one figure beside its goal, and fail the test where it misses.

    Args:
        name: what was measured, in words, such as "access matrix: unexpected cells".
        figure: what came out.
        goal: what should come out, in words, such as "0" or ">= 10000".
        ok: whether it was reached.

    Raises:
        AssertionError: it was missed; the figure is kept all the same.
    """
    if file := os.environ.get("MASH_PROOF_FILE"):
        with Path(file).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"name": name, "figure": figure, "goal": goal, "ok": ok}) + "\n")
    assert ok, f"{name}: {figure}, goal {goal}"
