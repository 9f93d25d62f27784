"""What ./run prove makes of the figures that the proofs keep."""

import json
from pathlib import Path

import pytest

from deploy.local import figures, places, prove, suite
from deploy.local.failures import LaunchError
from deploy.local.figures import Shown


@pytest.mark.parametrize(
    ("figure", "goal", "ok"),
    [(0, "0", True), (1, "0", False), (8, ">= 8", True), (7, ">= 8", False), (3, "<= 3", True), (4, "<= 3", False)],
)
def test_sum_is_held_to_its_goal(figure: int, goal: str, ok: bool) -> None:
    assert figures.reached(figure, goal) is ok


def test_figures_are_summed_kept_and_missed() -> None:
    lines = [
        {"name": "pages", "figure": 4, "goal": ">= 5", "sum": True},
        {"name": "leaks", "figure": "19 of 20", "goal": "20 of 20", "ok": False},
        {"name": "pages", "figure": 3, "goal": ">= 5", "sum": True},
        {"name": "races", "figure": 0, "goal": "0", "ok": True},
        {"name": "races", "figure": 2, "goal": "0", "ok": False},
        {"name": "new", "figure": 0, "goal": "0", "ok": True},
    ]
    assert figures.judged(lines, ["leaks", "pages", "silent", "races"]) == [
        Shown("leaks", "19 of 20", "20 of 20", False),
        Shown("pages", 7, ">= 5", True),
        Shown("silent", "did not come", "a figure", False),
        Shown("races", 2, "0", False),
        Shown("new", 0, "0; a line in tests/proofs/expected.txt", False),
    ]


def test_a_goal_that_is_owed_is_told_as_missed_and_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        {"name": "steps", "figure": 4, "goal": ">= 9", "sum": True, "owed": "Since Monday."},
        {"name": "drained", "figure": 3, "goal": "all", "ok": False, "owed": "Since Monday."},
    ]
    shown = figures.judged(lines, ["steps", "drained"])
    assert [(one.ok, one.stops) for one in shown] == [(False, False), (False, False)]
    assert prove.told(shown, 0, None, 0.0) == 0
    printed = capsys.readouterr().out
    assert printed.count("MISSED, owed") == 2
    assert "0 of 2 goals reached" in printed
    assert "Owed: steps; drained: Since Monday." in printed


def test_a_goal_that_is_owed_and_reached_is_reached() -> None:
    [shown] = figures.judged([{"name": "a", "figure": 9, "goal": ">= 9", "sum": True, "owed": "Why."}], ["a"])
    assert (shown.ok, figures.mark(shown)) == (True, "ok")


def test_quick_run_expects_what_is_not_only_for_the_whole(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("# words\n\none: a\ntwo: b | whole\n", encoding="utf-8")
    assert figures.expected(quick=True, listed=tmp_path / "list") == ["one: a"]
    assert figures.expected(quick=False, listed=tmp_path / "list") == ["one: a", "two: b"]


def test_line_that_is_being_written_is_left_out(tmp_path: Path) -> None:
    assert figures.read(tmp_path / "none") == []
    (tmp_path / "kept").write_text('{"name": "a"}\n{"na', encoding="utf-8")
    assert figures.read(tmp_path / "kept") == [{"name": "a"}]


def test_table_is_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = [Shown("cells", 12345, ">= 10000", True), Shown("leaks", "19 of 20", "20 of 20", False)]
    assert prove.told(shown, 0, tmp_path / "file", 0.0) == 1
    assert capsys.readouterr().out.splitlines()[1:4] == [
        "  proof    figure  goal",
        "  cells    12,345  >= 10000  ok",
        "  leaks  19 of 20  20 of 20  MISSED",
    ]
    assert json.loads((tmp_path / "file").read_text(encoding="utf-8")) == [
        {"name": "cells", "figure": 12345, "goal": ">= 10000", "ok": True},
        {"name": "leaks", "figure": "19 of 20", "goal": "20 of 20", "ok": False},
    ]


@pytest.mark.parametrize(("status", "ok", "ends"), [(0, True, 0), (1, True, 1), (0, False, 1), (2, False, 1)])
def test_proof_that_failed_and_figure_that_missed_end_in_one(status: int, ok: bool, ends: int) -> None:
    assert prove.told([Shown("cells", 1, "1", ok)], status, None, 0.0) == ends


def test_wrong_argument_is_one_sentence() -> None:
    with pytest.raises(LaunchError, match=r"^Unrecognized arguments: --fast\. usage: "):
        prove.run(["--fast"])


def test_proofs_are_left_to_prove_unless_they_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(places.ROOT)
    assert suite.left_out(["-q"]) == ["--ignore=tests/proofs"]
    assert suite.left_out(["tests/proofs", "-q"]) == []


def test_what_is_written_down_is_written_once() -> None:
    names = figures.expected(quick=False)
    assert len(names) == len(set(names)) > 0


def test_a_proof_is_named_by_its_file() -> None:
    assert prove.part_of("twins") == "tests/proofs/test_twins.py"
    with pytest.raises(LaunchError, match=r"There is no proof called twin\. There are: .*twins"):
        prove.part_of("twin")


def test_the_longest_are_told_as_pytest_wrote_them() -> None:
    written = (
        "PASSED\n==== slowest 8 durations ====\n12.50s call     a.py::b\n0.30s setup    c.py::d\n\n==== 2 passed ====\n"
    )
    assert prove.longest(written) == "\nThe longest:\n  12.50s call     a.py::b\n  0.30s setup    c.py::d"
