"""Two processes build the demo: both halves are kept, or neither."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agencies.access.identity import acting_as
from contacts.models import Contact
from demo.builder import build_in_halves, plan
from demo.builder.halves import HalfFailed
from demo.directory import read_directory
from tests.scenes.enquiries import MORNING

FIRST, LAST = plan.told()[0], plan.told()[-1]
WAITING = next(story for story in plan.told() if story.line.stop == plan.Stop.RECEIVED)


def build_these(monkeypatch: pytest.MonkeyPatch, first: plan.Story, second: plan.Story) -> int:
    monkeypatch.setattr(plan, "halves", lambda: ((first,), (second,)))
    monkeypatch.setattr("os.sched_getaffinity", lambda _process: {0, 1})
    return build_in_halves(at=MORNING, say=lambda _line: None)


def arrived() -> int:
    with acting_as(read_directory().viewer("maeve_manager")):
        return Contact.objects.count()


def test_both_halves_are_kept(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build_these(monkeypatch, WAITING, LAST) == 2
    assert arrived() == 2


@pytest.mark.parametrize("breaks", ["first", "second"])
def test_where_one_fails_neither_is_kept(transactional_db: None, monkeypatch: pytest.MonkeyPatch, breaks: str) -> None:
    broken = replace(LAST, line=replace(LAST.line, plot="nobody's"))
    halves = (broken, WAITING) if breaks == "first" else (WAITING, broken)
    with pytest.raises((HalfFailed, KeyError)):
        build_these(monkeypatch, *halves)
    assert arrived() == 0
