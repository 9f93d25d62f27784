"""Whether a matter stands on somebody's list: by their whole list, or by the sources of the list that can hold it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from common.work import EMPTY, Row, WorkItem
from demo.borough.life import Borough
from demo.borough.visitors import Visitor
from mash.worklist.sections import SOURCES

NOTHING = dict.fromkeys(EMPTY, None)


@dataclass(frozen=True)
class Stands:
    """A line, as far as the watch asks.

    Attributes:
        act_at: by when; None where the line has no time of its own, or it was not asked.
    """

    section: str
    reference: str
    act_at: datetime | None


@dataclass
class Lists:
    """The lists of people as they stand at one moment: what was read once is not read again until something happens."""

    borough: Borough
    whole: dict[uuid.UUID, list[WorkItem]] = field(default_factory=dict)
    parts: dict[tuple[uuid.UUID, str], list[Stands]] = field(default_factory=dict)

    def forget(self) -> None:
        """Something happened."""
        self.whole, self.parts = {}, {}

    def of(self, visitor: Visitor) -> list[WorkItem]:
        """Return somebody's whole list."""
        key = visitor.membership.pk
        if key not in self.whole:
            self.whole[key] = self.borough.list_of(visitor)
        return self.whole[key]

    def lines(self, visitor: Visitor, sources: Iterable[str]) -> Iterator[Stands]:
        """Yield the lines that some sources of the list give somebody."""
        whole = self.whole.get(visitor.membership.pk)
        if whole is not None:
            yield from (Stands(one.section, one.reference, one.act_at) for one in whole)
            return
        for source in sources:
            key = (visitor.membership.pk, source)
            if key not in self.parts:
                with acting_as(visitor.viewer) as viewer:
                    self.parts[key] = list(_placed(viewer, source, self.borough.clock.now))
            yield from self.parts[key]


def _placed(viewer: Viewer, source: str, at: datetime) -> Iterator[Stands]:
    found = SOURCES[source].rows(viewer, at)
    for values in found.rows if found is not None else ():
        given = dict(zip(found.names, values, strict=True)) if found is not None else {}
        row = Row(**{"source": source, "key": None, "reference": "", "state": "", **NOTHING, **given})
        for section, _words in SOURCES[source].place(viewer, row):
            yield Stands(section, row.reference, row.due_at)
