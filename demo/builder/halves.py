"""Two processes build the hub, each one half of the stories: on two cores it takes little more than half as long.

Both halves are kept or none: the other process commits when this one has built its own and says so.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection

from django.db import connection, transaction

from demo import other_half
from demo.builder import plan
from demo.builder.hub import build, build_hub, round_off, set_up

BUILT, KEEP, KEPT = "built", "keep", "kept"
SECOND = "demo.builder.halves.build_second_half"
RARELY = 200_000
"""Looking for garbage is a tenth of the building time, and there is hardly any."""
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
    processes = get_context("spawn")
    line, there = processes.Pipe()
    other = processes.Process(target=other_half.begin, args=(there, SECOND), daemon=True)
    other.start()  # It loads Django while this one sets up.
    there.close()
    with transaction.atomic():
        set_up(at=at)
    line.send((second, at))
    with transaction.atomic():
        _build(first, at=at, say=say)
        _expect(line, BUILT)
        line.send(KEEP)
        _expect(line, KEPT)
        round_off(at=at)
    other.join()
    return len(first) + len(second)


def build_second_half(line: Connection) -> None:
    """Build the stories that come through the line, and keep them when it says so: where the first dies, it ends."""
    gc.set_threshold(RARELY)
    stories, at = line.recv()
    with transaction.atomic():
        _build(stories, at=at, say=lambda _line: None)
        line.send(BUILT)
        _expect(line, KEEP)
        connection.run_on_commit.clear()  # The first half calls for the mail, after both.
    line.send(KEPT)


def _expect(line: Connection, word: str) -> None:
    try:
        said = line.recv()
    except EOFError:
        said = ""
    if said != word:
        raise HalfFailed("The other half of the demo was not built; what it said stands above.")


def _build(stories: tuple[plan.Story, ...], *, at: datetime, say: Callable[[str], None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK_TIMEOUT)
    build(stories, at=at, say=say)
