"""The planted hub, entered once for a module of proofs, and a connection past both walls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg2.extensions import connection as Connection

from tests.architecture.conftest import world
from tests.architecture.planting import World, past_the_walls

__all__ = ["world"]


@pytest.fixture(scope="module")
def superuser(world: World) -> Iterator[Connection]:
    """Connect past both walls; what is written through it is rolled back."""
    with past_the_walls() as connection:
        yield connection
