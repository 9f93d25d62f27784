"""The planted hub, entered once for a module of proofs, and a connection past both walls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg2.extensions import connection as Connection

from tests.architecture.conftest import world
from tests.architecture.planting import World
from tests.walls import past_the_walls

__all__ = ["world"]

FIRST = (
    "nobody",
    "twins",
    "log_seals",
    "staff_matches",
    "revocation",
    "rules_bite",
    "canary",
    "access_matrix",
    "hidden_rows",
    "forgeries",
    "raw_sql",
    "leaks",
    "walls",
)
"""The order in which proofs begin. The longest come early, so that no worker waits for the other's last; first the one
that builds the planted hub, and beside it what does without."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the proofs in their order; what stands in one module stays together, for it shares a planted hub."""
    places = {f"test_{name}": place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


@pytest.fixture(scope="module")
def superuser(world: World) -> Iterator[Connection]:
    """Connect past both walls; what is written through it is rolled back."""
    with past_the_walls() as connection:
        yield connection
