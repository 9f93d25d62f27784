"""Two processes build the hub, each one half of the stories: on two cores it takes little more than half as long.

Both halves are kept or none: the other process commits when this one has built its own and says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection

from django.db import connection, connections, transaction

from demo.builder import plan
from demo.builder.hub import build, build_hub, round_off, set_up

BUILT, KEEP, KEPT = "built", "keep", "kept"
LOCK_TIMEOUT = "SET LOCAL lock_timeout = '20s'"
"""Neither waits for ever for a row that the other holds until both are done."""


class HalfFailed(RuntimeError):
    """The other process did not build its half; nothing is kept."""


def build_in_halves(*, at: datetime, say: Callable[[str], None] = print) -> int:
    """Build the whole hub with two processes, or with this one where there is one processor.

    Raises:
        HalfFailed: the other one did not come to its end.
    """
    if len(os.sched_getaffinity(0)) == 1:
        return build_hub(at=at, say=say)
    first, second = plan.halves()
    with transaction.atomic():
        set_up(at=at)
    connections.close_all()  # Each process has a connection of its own.
    processes = get_context("fork")
    here, there = processes.Pipe()
    other = processes.Process(target=_other_half, args=(here, there, second, at), daemon=True)
    other.start()
    there.close()
    with transaction.atomic():
        _build(first, at=at, say=say)
        _expect(here, BUILT)
        here.send(KEEP)
        _expect(here, KEPT)
        round_off(at=at)
    other.join()
    return len(first) + len(second)


def _expect(here: Connection, word: str) -> None:
    try:
        said = here.recv()
    except EOFError:
        said = ""
    if said != word:
        raise HalfFailed("The other half of the demo was not built; what it said stands above.")


def _other_half(here: Connection, there: Connection, stories: tuple[plan.Story, ...], at: datetime) -> None:
    """Build the second half, and keep it when the first says so: where that process dies, the pipe ends."""
    here.close()
    with transaction.atomic():
        _build(stories, at=at, say=lambda _line: None)
        there.send(BUILT)
        _expect(there, KEEP)
        connection.run_on_commit.clear()  # The first half calls for the mail, after both.
    there.send(KEPT)


def _build(stories: tuple[plan.Story, ...], *, at: datetime, say: Callable[[str], None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK_TIMEOUT)
    build(stories, at=at, say=say)
