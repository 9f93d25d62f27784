"""One race: somebody reads and writes in a loop while, at a random instant, their right is taken from under them."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections
from django.test import Client

from tests.walls import past_the_walls

ROUNDS = 2.5
"""A right ends at some instant of so many rounds of reading and writing."""

GOES_ON = 2
"""How many times more somebody tries once their right is gone."""

PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Right:
    """A right that can end.

    Attributes:
        read: an address that shows rows while the right is held.
        write: sends something that adds to a record; called over and over.
        written: SQL whose one value changes with every write.
        end: takes the right away, in a transaction of its own that has committed when it returns.
        restore: gives it back.
    """

    read: str
    write: Callable[[Client], None]
    written: str
    end: Callable[[], None]
    restore: Callable[[], None]


@dataclass
class Race:
    """What came of one.

    Attributes:
        reads, writes: how many succeeded before the right ended.
        rows_after: reads begun after the commit that still showed something.
        writes_after: whether anything was written after the commit.
    """

    reads: int = 0
    writes: int = 0
    rows_after: int = 0
    writes_after: int = 0


def seconds_of_a_round(right: Right, client: Client) -> float:
    """Read and write once while the right is held, see that both succeed, and return how long it took."""
    before, began = state_of(right), time.monotonic()
    assert client.get(right.read).status_code == 200
    right.write(client)
    taken = time.monotonic() - began
    assert state_of(right) != before, "Nothing was written while the right was held."
    return taken


def run(right: Right, client: Client, *, round_seconds: float) -> Race:
    """Run one race and give the right back."""
    race, ended = Race(), threading.Event()
    moments: list[float] = []
    states: list[object] = []

    def revoke() -> None:
        try:
            with past_the_walls() as watching, watching.cursor() as cursor:
                watching.autocommit = True
                time.sleep(random.uniform(0, ROUNDS * round_seconds))  # noqa: S311 - an instant, no secret
                right.end()
                moments.append(time.monotonic())
                cursor.execute(right.written)
                states.append(cursor.fetchone())
        finally:
            ended.set()
            connections.close_all()

    thread = threading.Thread(target=revoke)
    before = state_of(right)
    thread.start()
    _go_on(right, client, race, ended, moments)
    thread.join(PATIENCE_SECONDS)
    after = state_of(right)
    assert moments, "The right was not taken away."
    race.writes = int(states[0] != before)
    race.writes_after = int(after != states[0])
    right.restore()
    return race


def _go_on(right: Right, client: Client, race: Race, ended: threading.Event, moments: list[float]) -> None:
    more = GOES_ON
    while more:
        more -= ended.is_set()
        began = time.monotonic()
        shown = client.get(right.read).status_code == 200
        if shown and moments and began > moments[0]:
            race.rows_after += 1
        race.reads += shown
        right.write(client)


def state_of(right: Right) -> object:
    """Return what the record holds now, as the superuser sees it."""
    with past_the_walls() as connection, connection.cursor() as cursor:
        cursor.execute(right.written)
        return cursor.fetchone()
