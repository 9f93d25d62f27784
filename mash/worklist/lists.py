"""The list of work of one person: read at once, then grouped by what is to be done."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.urls import reverse

import decisions.queries
from agencies.access.viewer import Viewer
from common import work
from common.work import EMPTY, Danger, Lines, People, Row, Section, WorkItem
from contacts.choices import ProtectState
from mash.worklist.order import DANGER, UNSAFE, group_rank, in_order
from mash.worklist.people import people_of
from mash.worklist.sections import SECTIONS, SOURCES

FIRST = {Danger.UNATTENDED: (DANGER, "In danger now"), Danger.UNSAFE: (UNSAFE, "No longer known to be safe")}
"""Groups above every clock, whatever there is to be done."""


@dataclass(frozen=True)
class Group:
    """What stands together on the page: the lines of one section, or children in danger, whatever their section.

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
    """Return the rows of every source in one statement: to ask each costs more than what most of them find.

    `QuerySet.union` says the same, and clones every queryset several times on the way: half of the time of the page.
    """
    waits = decisions.queries.waiting(viewer)
    asked_for = [source for source in SOURCES.values() if not source.waits or waits.intersection(source.waits)]
    found = [rows for source in asked_for if (rows := source.rows(viewer, at)) is not None]
    asked = [compiled for rows in found if (compiled := _compiled(rows)) is not None]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(statement for statement, _values in asked),
            [value for _statement, values in asked for value in values],
        )
        return [Row(*row) for row in cursor.fetchall()]


def _compiled(lines: Lines) -> tuple[str, list[Any]] | None:
    """Return the statement of one source with its values; None where its conditions leave nothing to ask for.

    The names are those of `Row`; nothing that a person has typed stands in the text.
    """
    try:
        statement, values = lines.rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    columns = ", ".join(name if name in lines.names else EMPTY[name] for name in Row._fields[1:])
    text = f"SELECT %s::text, {columns} FROM ({statement}) AS line({', '.join(lines.names)})"  # noqa: S608  # own names
    return text, [lines.source, *values]


def _placed(viewer: Viewer, rows: Iterable[Row]) -> Iterable[tuple[Section, Row, str]]:
    """Yield each row with each of its sections; what a section would say of one record twice, it says once.

    Nobody is chased about a record on which the viewer has a move of their own: those sources come last.
    """
    said: set[tuple[str, str]] = set()
    mine: set[str] = set()
    for row in rows:
        for key, words in SOURCES[row.source].place(viewer, row):
            is_others = bool(SECTIONS[key].chases) and row.reference in mine
            if (key, row.reference) not in said and not is_others:
                said.add((key, row.reference))
                mine.add(row.reference)
                yield SECTIONS[key], row, words


def _item(section: Section, row: Row, words: str, people: People) -> WorkItem:
    named = [row.key if section.takes_key else row.reference] if section.takes_reference else []
    return WorkItem(
        section=section.key,
        reference=row.reference,
        url=reverse(section.route, args=named),
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
    return sorted(made, key=lambda group: group_rank(group.key, group.items[0], at=at))


def _group(key: str, title: str, items: list[WorkItem], *, at: datetime) -> Group:
    overdue = sum(item.due_at is not None and item.due_at < at for item in items)
    return Group(key.replace(".", "-"), title, items, overdue, is_mixed=key in (DANGER, UNSAFE))


def _above_every_clock(items: Sequence[WorkItem]) -> Iterable[WorkItem]:
    """Yield the one line of each child in danger: that which protects; of several alarms the one nobody took up."""
    taken: set[uuid.UUID | None] = set()
    for item in sorted(items, key=_protects_less):
        if item.people.danger in FIRST and item.people.matter not in taken:
            taken.add(item.people.matter)
            yield item


def _protects_less(item: WorkItem) -> tuple[bool, bool]:
    section = SECTIONS[item.section]
    return not section.protects, ProtectState.RAISED not in section.states
