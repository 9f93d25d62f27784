"""Several people at one instant, each on a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections


def at_once(*posts: Callable[[], int]) -> list[int]:
    """Send several posts together and return their statuses, sorted."""
    start, statuses = threading.Barrier(len(posts)), list[int]()

    def run(post: Callable[[], int]) -> None:
        start.wait()
        statuses.append(post())
        connections.close_all()

    threads = [threading.Thread(target=run, args=(post,)) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)
