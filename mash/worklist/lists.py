"""The list of work of one person: read at once, then grouped by what is to be done."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from agencies.access.viewer import Viewer
from common import work
from common.work import Danger, People, Row, Section, WorkItem
from mash.worklist.order import in_order, rank
from mash.worklist.people import people_of
from mash.worklist.sections import SECTIONS, SOURCES

DANGER, UNSAFE = "danger", "unsafe"
FIRST = {Danger.UNATTENDED: (DANGER, "In danger now"), Danger.UNSAFE: (UNSAFE, "No longer known to be safe")}
"""Groups above every clock, whatever there is to be done."""


@dataclass(frozen=True)
class Group:
    """What stands together on the list.

    Attributes:
        is_mixed: whether the lines ask for different things, so that each says what.
    """

    key: str
    title: str
    items: list[WorkItem]
    overdue: int
    is_mixed: bool = False


@dataclass(frozen=True)
class Worklist:
    """Everything that waits for one person.

    Attributes:
        is_cut: more waits than is shown: those that wait longest are, and every danger.
    """

    groups: list[Group]
    is_cut: bool

    @property
    def count(self) -> int:
        """How many lines there are."""
        return sum(len(group.items) for group in self.groups)

    @property
    def items(self) -> list[WorkItem]:
        """Every line in the order of the page."""
        return [item for group in self.groups for item in group.items]


def work_of(viewer: Viewer, *, at: datetime) -> Worklist:
    """Return everything that waits for the viewer, grouped by what is to be done; the most urgent group first."""
    rows = _rows(viewer, at=at)
    placed = list(_placed(viewer, rows))
    people = people_of(viewer, [(section, row) for section, row, _words in placed], at=at)
    items = in_order((_item(section, row, words, people.of(section, row)) for section, row, words in placed), at=at)
    counts = Counter(row.source for row in rows)
    return Worklist(_grouped(items, at=at), is_cut=max(counts.values(), default=0) >= work.MOST)


def _rows(viewer: Viewer, *, at: datetime) -> list[Row]:
    """Return the rows of every source in one statement: to ask each costs more than what most of them find."""
    found = [rows for source in SOURCES.values() if (rows := source.rows(viewer, at)) is not None]
    if not found:
        return []
    first, *others = found
    return [Row(*row) for row in (first.union(*others, all=True) if others else first)]


def _placed(viewer: Viewer, rows: Iterable[Row]) -> Iterable[tuple[Section, Row, str]]:
    """Yield each row with each of its sections; what a section would say of one record twice, it says once."""
    said: set[tuple[str, str]] = set()
    for row in rows:
        for key, words in SOURCES[row.source].place(viewer, row):
            if (key, row.reference) not in said:
                said.add((key, row.reference))
                yield SECTIONS[key], row, words


def _item(section: Section, row: Row, words: str, people: People) -> WorkItem:
    return WorkItem(
        section=section.key,
        reference=row.reference,
        url=reverse(section.route, args=[row.reference] if section.takes_reference else []),
        todo=section.title,
        colour=row.colour or "",
        due_at=row.due_at,
        arrived_at=row.arrived_at,
        who=row.who or "",
        note=words,
        people=people,
    )


def _grouped(items: Sequence[WorkItem], *, at: datetime) -> list[Group]:
    """Group lines that stand in order; a child in danger stands once above every clock, by the line that protects."""
    first = {id(item): FIRST[item.people.danger] for item in _above_every_clock(items)}
    groups: dict[tuple[str, str], list[WorkItem]] = {key: [] for key in FIRST.values()}
    for item in items:
        groups.setdefault(first.get(id(item), (item.section, item.todo)), []).append(item)
    made = [_group(key, title, together, at=at) for (key, title), together in groups.items() if together]
    return sorted(made, key=lambda group: (group.key != DANGER, group.key != UNSAFE, rank(group.items[0], at=at)))


def _group(key: str, title: str, items: list[WorkItem], *, at: datetime) -> Group:
    overdue = sum(item.due_at is not None and item.due_at < at for item in items)
    return Group(key.replace(".", "-"), title, items, overdue, is_mixed=key in (DANGER, UNSAFE))


def _above_every_clock(items: Sequence[WorkItem]) -> Iterable[WorkItem]:
    taken: set[uuid.UUID | None] = set()
    for item in sorted(items, key=lambda item: not SECTIONS[item.section].protects):
        if item.people.danger in FIRST and item.people.matter not in taken:
            taken.add(item.people.matter)
            yield item
