"""The whole access table, gathered from every app that has one and from the root of the product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.conf import settings

from agencies.access.table.words import Address, Opening, Record


def _tables() -> Iterator[ModuleType]:
    """Yield `access_table.py` of the root and of every app, in the order in which the apps stand on each other."""
    root = settings.ROOT_URLCONF.partition(".")[0]
    for name in (root, *(config.name for config in apps.get_app_configs())):
        if find_spec(f"{name}.access_table"):
            yield import_module(f"{name}.access_table")


TABLES = tuple(_tables())


def _opened_later(label: str) -> tuple[Opening, ...]:
    """Return how later stages open a record of an earlier one."""
    return tuple(one for table in TABLES for one in getattr(table, "OPENS", {}).get(label, ()))


def _records() -> Iterator[Record]:
    for table in TABLES:
        for row in getattr(table, "RECORDS", ()):
            yield replace(row, openings=(*row.openings, *_opened_later(row.label)))


RECORDS: dict[str, Record] = {row.label: row for row in _records()}
"""By the model's label."""

LINES: tuple[Address, ...] = tuple(row for table in TABLES for row in getattr(table, "ADDRESSES", ()))
ADDRESSES: dict[str, Address] = {row.route: row for row in LINES}
"""By the name of the route."""
