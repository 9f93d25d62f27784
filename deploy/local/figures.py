"""The figures in which the proofs end: parts summed, each held to its goal, and what should have come and did not."""

import json
import operator
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from deploy.local import places

EXPECTED = places.ROOT / "tests" / "proofs" / "expected.txt"
ONLY_WHOLE = "whole"
ABSENT = "did not come"
GOALS: dict[str, Callable[[float, float], bool]] = {">=": operator.ge, "<=": operator.le, "=": operator.eq}


@dataclass(frozen=True)
class Shown:
    """One figure as it is printed and written.

    Attributes:
        owed: why a goal that is missed does not stop anything yet; where it stands, when it was written and by what it
            ends. The goal is told as missed all the same.
    """

    name: str
    figure: int | float | str
    goal: str
    ok: bool
    owed: str = ""

    @property
    def stops(self) -> bool:
        """Say whether it stops a release."""
        return not self.ok and not self.owed

    def written(self) -> dict[str, Any]:
        """Return it as in the JSON file."""
        return {name: value for name, value in asdict(self).items() if name != "owed" or value}


def expected(*, quick: bool, listed: Path = EXPECTED) -> list[str]:
    """Return the names of the figures that a run must end in, as they are written down.

    A line that ends in `| whole` is only for the whole run.
    """
    names = []
    for line in listed.read_text(encoding="utf-8").splitlines():
        name, _, when = (part.strip() for part in line.partition("|"))
        if name and not name.startswith("#") and not (quick and when == ONLY_WHOLE):
            names.append(name)
    return names


def read(file: Path) -> list[dict[str, Any]]:
    """Return the lines that the proofs have kept so far; one that is being written is left out."""
    if not file.exists():
        return []
    whole, _, _unfinished = file.read_text(encoding="utf-8").rpartition("\n")
    return [json.loads(line) for line in whole.splitlines()]


def judged(lines: Iterable[dict[str, Any]], names: list[str]) -> list[Shown]:
    """Return every figure once, in the order written down: summed where tests add to it, missed where it did not come.

    A figure that is not written down is missed too: the day it no longer comes, nobody would notice.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        found.setdefault(line["name"], []).append(line)
    shown = [_whole(name, found[name]) if name in found else Shown(name, ABSENT, "a figure", False) for name in names]
    unlisted = [_whole(name, parts) for name, parts in found.items() if name not in names]
    note = f"a line in {EXPECTED.relative_to(places.ROOT)}"
    return [*shown, *(Shown(one.name, one.figure, f"{one.goal}; {note}", False) for one in unlisted)]


def _whole(name: str, parts: list[dict[str, Any]]) -> Shown:
    """Return one figure of what its tests have kept; of several that do not add up, one that was missed comes first."""
    owed = next((part["owed"] for part in parts if part.get("owed")), "")
    if all(part.get("sum") for part in parts):
        total = sum(part["figure"] for part in parts)
        goal = parts[0]["goal"]
        return Shown(name, total, goal, reached(total, goal), owed)
    worst = min(parts, key=lambda part: bool(part.get("ok")))
    return Shown(name, worst["figure"], worst["goal"], bool(worst.get("ok")), owed)


def reached(figure: float, goal: str) -> bool:
    """Say whether a sum reaches a goal such as "0", ">= 8" or "<= 3"."""
    sign, _, number = goal.rpartition(" ")
    return GOALS[sign or "="](figure, float(number))


def table(shown: list[Shown]) -> str:
    """Return the figures as lines of a table, what was missed marked."""
    rows = [("proof", "figure", "goal", ""), *((s.name, said(s.figure), s.goal, mark(s)) for s in shown)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"  {name:<{widths[0]}}  {figure:>{widths[1]}}  {goal:<{widths[2]}}  {held}".rstrip()
        for name, figure, goal, held in rows
    )


def said(figure: int | float | str) -> str:
    """Return a figure with its thousands set apart."""
    return figure if isinstance(figure, str) else f"{figure:,}"


def mark(one: Shown) -> str:
    """Return the last column."""
    return "ok" if one.ok else "MISSED, owed" if one.owed else "MISSED"
