"""Timing pages over sockets: every server in turn, round after round, so that a busy moment meets all of them."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

WARM_UP = 20
FEWEST = 10
"""However slow a page is, it is fetched so often."""


@dataclass
class Visit:
    """One way to open a page: where, as whom, with or without a database."""

    address: str
    path: str
    cookie: str
    is_floor: bool = False
    milliseconds: list[float] = field(default_factory=list)
    connection: http.client.HTTPConnection | None = None

    def fetch(self) -> float:
        """Open the page on a connection that stays open, and return the milliseconds to its last byte.

        Raises:
            SystemExit: the page was not shown.
        """
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.address, timeout=120)
        headers = {"Cookie": self.cookie, **({"X-Bench": "floor"} if self.is_floor else {})}
        began = time.perf_counter()
        try:
            self.connection.request("GET", self.path, headers=headers)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection = None
            return self.fetch()
        response.read()
        taken = 1000 * (time.perf_counter() - began)
        if response.status != http.client.OK:
            raise SystemExit(f"{self.path} at {self.address}: {response.status}")
        return taken


def rounds(visits: Mapping[str, Visit], times: int, seconds: float) -> None:
    """Fetch every page so often, each round beginning with another one.

    Args:
        seconds: after which a slow page is fetched less often; the figures say how often it was.
    """
    turn = list(visits.values())
    warm_up = min(WARM_UP, times)
    until = time.monotonic() + seconds
    for number in range(times + warm_up):
        turn.append(turn.pop(0))
        late = time.monotonic() > until
        if late and len(turn[0].milliseconds) >= FEWEST:
            break
        for visit in turn:
            taken = visit.fetch()
            if number >= warm_up or (late and number):
                visit.milliseconds.append(taken)
    for visit in turn:
        if visit.connection is not None:
            visit.connection.close()
