"""Figures beside their goals."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LIST, RECORD, GROWTH, FLOOR = 1.2, 1.5, 1.3, 3.5
"""Protected / unprotected of a list and of a record; ten times the data; a list / rendered without a database."""


@dataclass(frozen=True)
class Figure:
    """One line of the result; without a goal it is there to be read."""

    name: str
    figure: float
    goal: str = ""
    ok: bool = True


def quantile(times: Sequence[float], part: float) -> float:
    """Return the time below which a part of all lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def p50(times: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(times)


def ratio(name: str, over: Sequence[float], under: Sequence[float], goal: float | None = None) -> Figure:
    """Return how many times as long one takes as the other, by their medians; told only where there is no goal."""
    figure = round(p50(over) / p50(under), 2)
    return Figure(name, figure) if goal is None else Figure(name, figure, f"<= {goal}", figure <= goal)


def milliseconds(name: str, times: Sequence[float]) -> list[Figure]:
    """Return p50 and p99, and the fastest tenth, which others' work on the machine disturbs least."""
    return [
        Figure(f"{name}: p10 ms", round(quantile(times, 0.1), 2)),
        Figure(f"{name}: p50 ms", round(p50(times), 2)),
        Figure(f"{name}: p99 ms", round(quantile(times, 0.99), 2)),
    ]


def constant(name: str, counts: Sequence[int]) -> Figure:
    """Return a list's number of queries, which must not follow its length."""
    return Figure(f"{name}: queries", max(counts), f"the same at two lengths ({counts[0]})", len(set(counts)) == 1)


def page_figures(name: str, times: Mapping[str, Sequence[float]], *, is_worklist: bool) -> list[Figure]:
    """Return the ratios and the times of one page.

    Args:
        times: of `protected`, `unprotected`, `floor`, and `small`: protected, on a tenth of the data.
    """
    protected, goal = times["protected"], LIST if is_worklist else RECORD
    floor = FLOOR if is_worklist else None
    made = [
        ratio(f"{name}: protected / unprotected", protected, times["unprotected"], goal),
        ratio(f"{name}: page / rendered without a database", protected, times["floor"], floor),
    ]
    if "small" in times:
        made.append(ratio(f"{name}: ten times the data", protected, times["small"], GROWTH))
    made.append(Figure(f"{name}: fetches of each", len(times["protected"])))
    for label, taken in times.items():
        made += milliseconds(f"{name}, {label}", taken)
    return made


def statement_figures(name: str, times: Mapping[str, Sequence[float]]) -> list[Figure]:
    """Return the ratio and the times of one list's statements; what people feel is the page, so it has no goal."""
    return [
        ratio(f"{name}: SQL under the policies / raw", times["guarded"], times["raw"]),
        ratio(f"{name}: SQL with transaction and identity / raw", times["whole"], times["raw"]),
        *milliseconds(f"{name}, SQL under the policies", times["guarded"]),
        *milliseconds(f"{name}, raw SQL", times["raw"]),
    ]


def printed(figures: Sequence[Figure]) -> str:
    """Return a table: misses stand out."""
    return "\n".join(
        f"{'' if not one.goal else 'ok' if one.ok else 'MISS':<5}{one.name:<72}{one.figure:>10}  {one.goal}".rstrip()
        for one in figures
    )
