"""Logging in as another role of the database, for what the worker does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

from django.db import connection, connections


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


@contextmanager
def kept_login(role: str) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Log in as another role once, and give what lets this thread's connection be that one for a while.

    Args:
        role: such as `mash_sweep`.
    """
    own = connections["default"]
    with closing(own.copy()) as other:
        other.settings_dict["USER"] = role

        @contextmanager
        def as_role() -> Iterator[None]:
            connections["default"] = other
            try:
                yield
            finally:
                connections["default"] = own

        yield as_role
