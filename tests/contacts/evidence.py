"""What is written into the read log: the web role writes it and can never look at it, so it is watched on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from audit.models import Reading

COLUMNS = [field.column for field in Reading._meta.concrete_fields]


@contextmanager
def readings() -> Iterator[list[tuple[str, str, str]]]:
    """Collect page, reference and purpose of each reading that is written inside."""
    written: list[tuple[str, str, str]] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "audit_reading"'):
            row = dict(zip(COLUMNS, params, strict=True))
            written.append((row["page"], row["reference"], row["purpose"]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written
