"""How long the lists are while they are measured: each takes its length from a constant of its query."""

from __future__ import annotations

from importlib import import_module

CONSTANTS = (
    ("information_sharing.queries.items", "MOST_SHARED"),
    ("information_sharing.queries.requests", "PAGE_LENGTH"),
    ("common.work", "MOST"),
    ("screening.queries.enquiry", "PAGE_LENGTH"),
    ("screening.queries.screening", "QUEUE_LIMIT"),
    ("decisions.queries.ending", "MOST"),
)
ROWS = 25
"""The goals speak of pages with so many rows."""


def set_length(rows: int) -> None:
    """Let every list show so many rows.

    Raises:
        AttributeError: a query takes its length from elsewhere now; the list above must say from where.
    """
    for module, name in CONSTANTS:
        holder = import_module(module)
        getattr(holder, name)
        setattr(holder, name, rows)
