"""Lines as the components draw them: of a summary list, of a worklist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Row:
    """One line of a summary list: a label and what it is; a link, where it can be changed.

    Attributes:
        opens: where a press of a button shows what the value only speaks of.
        value: a text, a moment or day, yes or no, a list of texts; the filter `said` words each.
    """

    label: str
    value: object
    url: str = ""
    action: str = ""
    opens: str = ""


@dataclass(frozen=True)
class Ways:
    """A cell of links to pages of what the line is about: each its address and its words."""

    links: Sequence[tuple[str, str]]
    is_ways: bool = True


@dataclass(frozen=True)
class Line:
    """One line of a worklist.

    Attributes:
        cells: one for each column, as `Row.value`; `People`, where the line says whom it is about; `Ways`.
        proposed: the colour that screening proposed, where none is given yet.
        due_label: which clock it is, where the list mixes several.
    """

    url: str
    reference: str
    cells: Sequence[object]
    colour: str = ""
    proposed: str = ""
    due_at: datetime | None = None
    due_label: str = ""
