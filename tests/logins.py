"""Logging in as another role of the database, for what the worker does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def logged_in_as(role: str) -> Iterator[None]:
    """Let this thread's connection be that of another role; what was not committed before is lost.

    Args:
        role: such as `mash_sweep`.
    """
    connection.close()
    earlier, connection.settings_dict["USER"] = connection.settings_dict["USER"], role
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = earlier
