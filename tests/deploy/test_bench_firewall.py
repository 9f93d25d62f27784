"""./run bench firewall on a tiny hub: everything is filled and measured once; how long it took is not judged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.firewall.borough import Borough, Directory, References
from benchmarks.firewall.figures import constant, page_figures, ratio
from benchmarks.firewall.pages import PAGES
from deploy.local import bench_firewall, places
from deploy.local.surroundings import without_ours

NOW = datetime(2026, 2, 12, 10, tzinfo=UTC)
NOBODY = Directory(
    agencies={}, groups={}, members={}, workers=["a", "b"], asked_permission=1, named_permission=2, policies={}
)


@pytest.fixture(scope="module")
def borough() -> Borough:
    return Borough(2_000, NOW, NOBODY)


def test_the_same_number_gives_the_same_borough(borough: Borough) -> None:
    again = Borough(2_000, NOW, NOBODY)
    assert (borough.asked, borough.answers, borough.request_of) == (again.asked, again.answers, again.request_of)
    assert [borough.item_keys[number] for number in (0, 7)] == [again.item_keys[number] for number in (0, 7)]


def test_four_agencies_are_asked_in_nine_of_ten_enquiries(borough: Borough) -> None:
    asked = [borough.asked.count(place) / borough.enquiries for place in range(len(borough.names))]
    assert [0.85 < share < 0.95 for share in asked[:4]] == [True] * 4
    assert [0.2 < share < 0.4 for share in asked[4:-1]] == [True] * 10
    assert asked[-1] < 0.02


def test_open_work_is_a_hundredth_and_one_of_ten_is_overdue(borough: Borough) -> None:
    waiting = list(borough.open_requests())
    assert 0.005 < len(waiting) / len(borough.asked) < 0.02
    late = [number for number in range(1_000) if borough.due(number, begun=0, is_open=True) < borough.moments.now]
    assert len(late) == 100


def test_every_contact_is_about_a_child_and_people_are_numbered_without_gaps(borough: Borough) -> None:
    assert min(borough.children(number) for number in range(borough.contacts)) == 1
    steps = [borough.people_from[number + 1] - borough.people_from[number] for number in range(borough.contacts)]
    assert steps == [borough.children(number) + borough.adults(number) for number in range(borough.contacts)]


def test_a_contact_that_joined_is_in_the_enquiry_of_the_one_before(borough: Borough) -> None:
    assert [borough.enquiry(number) for number in range(11)] == [0, 0, None, 1, None, None, 2, None, None, None, 3]
    assert [borough.first_contact(number) for number in range(4)] == [0, 3, 6, 10]


def test_references_come_once_and_have_the_hubs_form() -> None:
    made = References()
    assert len({made.of("Q", number) for number in range(10_000)}) == 10_000
    assert all(len(made.of("Q", number)) == 11 for number in range(100))


@pytest.mark.parametrize(("over", "ok"), [([1.3, 1.3, 9.0], True), ([1.4, 1.4, 1.0], False)])
def test_a_ratio_is_of_medians_and_a_miss_is_a_miss(over: list[float], ok: bool) -> None:
    made = ratio("page", over, [1.0, 1.0, 1.0], 1.3)
    assert (made.figure, made.goal, made.ok) == (over[0], "<= 1.3", ok)


def test_lists_and_records_have_goals_of_their_own() -> None:
    times = {"protected": [9.0], "unprotected": [1.0], "floor": [1.0], "small": [1.0]}
    goals = [[one.goal for one in page_figures("it", times, is_worklist=is_list)[:3]] for is_list in (True, False)]
    assert goals == [["<= 1.2", "<= 3.5", "<= 1.3"], ["<= 1.5", "", "<= 1.3"]]
    assert [one.ok for one in page_figures("a list", times, is_worklist=True)[:3]] == [False] * 3


@pytest.mark.parametrize(("counts", "ok"), [([10, 10], True), ([10, 30], False)])
def test_queries_that_follow_the_length_are_a_miss(counts: list[int], ok: bool) -> None:
    assert constant("list", counts).ok is ok


def bench(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run it on hubs in a folder of the test's own."""
    command = [sys.executable, str(places.ROOT / "run"), "bench", "firewall", "--size", "1k", "--times", "1", *options]
    env = {**without_ours(os.environ), "MASH_BENCH_FOLDER": str(folder / "bench")}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_a_tiny_hub_is_filled_and_every_figure_taken_and_the_hub_kept(server_folder: Path) -> None:
    written = server_folder / "figures.json"
    ended = bench(server_folder, "--json", str(written))
    assert "Filled 1k" in ended.stdout, ended.stdout + ended.stderr
    figures = json.loads(written.read_text(encoding="utf-8"))
    assert ended.returncode == (0 if all(one["ok"] for one in figures) else 1)
    assert all(set(one) == {"name", "figure", "goal", "ok"} for one in figures)
    named = {one["name"]: one for one in figures}
    for page in PAGES:
        assert named[f"{page.name}: protected / unprotected"]["goal"] == ("<= 1.2" if page.is_worklist else "<= 1.5")
        assert f"{page.name}: page / rendered without a database" in named
    lists = [page.name for page in PAGES if page.is_worklist]
    assert {name for name in lists if f"{name}: SQL under the policies / raw" not in named} == set()
    assert [name for name in lists if not named[f"{name}: queries"]["ok"]] == []
    assert places.stamp_matches(server_folder / "bench" / "1k" / "made-from", bench_firewall.made_from())
