"""Loading many rows: COPY into empty tables, indexes built afterwards, everything checked that a row must be."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

import psycopg2
from django.db import models

NULL = r"\N"
LINES_AT_ONCE = 2000
BUILDERS = 2
"""Index builds that run side by side."""


@dataclass(frozen=True)
class Load:
    """One table and the rows that it gets.

    Attributes:
        columns: those that the rows carry; every other column without NULL gets its field's default.
        rows: each the columns as COPY's text form has them, parted by tabs.
    """

    model: type[models.Model]
    columns: Sequence[str]
    rows: Iterator[str]

    @property
    def table(self) -> str:
        """The name of the table."""
        return self.model._meta.db_table

    def defaults(self) -> dict[str, str]:
        """Return what the columns hold that the rows do not carry."""
        left = [field for field in self.model._meta.concrete_fields if field.column not in self.columns]
        kept = [field for field in left if not field.null and not isinstance(field, models.AutoField)]
        return {str(field.column): written(field.get_default()) for field in kept}


class Lines:
    """Rows as the file that COPY reads from."""

    def __init__(self, rows: Iterator[str], tail: str) -> None:
        self.rows = rows
        self.tail = tail

    def read(self, _size: int = -1) -> str:
        """Return some thousand lines, or nothing at the end."""
        lines = list(islice(self.rows, LINES_AT_ONCE))
        return self.tail.join(lines) + self.tail if lines else ""


def written(value: Any) -> str:
    """Return a default as COPY's text form has it."""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list | dict):
        return "{}"
    return NULL if value is None else str(value)


def load_all(url: str, loads: Sequence[Load]) -> dict[str, int]:
    """Fill the tables in one transaction, then build their indexes; return the rows of each.

    A table that the transaction itself has emptied takes rows frozen and without a journal.

    Args:
        url: a superuser's login: triggers and foreign keys rest, row-level security does not count.
        loads: in any order; every table is emptied first.
    """
    tables = [load.table for load in loads]
    with closing(psycopg2.connect(url)) as connection:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            set_aside_indexes(cursor, tables)
            counts = {load.table: copy(cursor, load) for load in loads}
        connection.commit()
    build_indexes(url, tables)
    return counts


def set_aside_indexes(cursor: Any, tables: Sequence[str]) -> None:
    """Let no index be kept up while rows come; REINDEX brings each back and checks what it must be unique in."""
    cursor.execute(
        "UPDATE pg_index SET indisready = false, indisvalid = false WHERE indrelid IN ("
        "SELECT oid FROM pg_class WHERE relname = ANY (%s) AND relnamespace = 'public'::regnamespace)",
        [list(tables)],
    )


def copy(cursor: Any, load: Load) -> int:
    """Fill one table and say so."""
    began = time.monotonic()
    defaults = load.defaults()
    columns = ", ".join(f'"{name}"' for name in [*load.columns, *defaults])
    tail = "".join(f"\t{value}" for value in defaults.values()) + "\n"
    cursor.copy_expert(f"COPY {load.table} ({columns}) FROM STDIN WITH (FREEZE)", Lines(load.rows, tail))
    count = int(cursor.rowcount)
    said(f"{load.table}: {count:,} rows", began)
    return count


def build_indexes(url: str, tables: Sequence[str]) -> None:
    """Build the indexes of the tables, then gather the planner's statistics."""
    with ThreadPoolExecutor(BUILDERS) as pool:
        list(pool.map(lambda table: build(url, table), tables))


def build(url: str, table: str) -> None:
    """Build the indexes of one table."""
    began = time.monotonic()
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(f"REINDEX TABLE {table}")
        cursor.execute(f"VACUUM (ANALYZE) {table}")
    said(f"{table}: indexes and statistics", began)


def said(what: str, began: float) -> None:
    """Show one step and how long it took."""
    print(f"    {what}, {time.monotonic() - began:.1f} s", flush=True)
