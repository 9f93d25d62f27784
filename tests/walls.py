"""Past the second wall: a connection that no policy binds, and the one place where a test gets one.

Everything else that a test does is done by somebody: in `acting_as`, by the test client, or as a role of the product
(`tests/logins.py`). A test that looks behind the policies, or writes what no action would, says so by this name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from tests.database import ADMIN_URL
from tests.worker_environment import DATABASE, with_path


@contextmanager
def past_the_walls() -> Iterator[Connection]:
    """Connect to this worker's database as the superuser; what is not committed is rolled back."""
    with closing(psycopg2.connect(with_path(ADMIN_URL, DATABASE))) as connection:
        yield connection


@contextmanager
def without_triggers(cursor: Cursor) -> Iterator[None]:
    """Let rows stand as they are written: what triggers and foreign keys would forbid or mend, and nothing follows."""
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def superuser_connection(transactional_db: None) -> Iterator[Connection]:
    """Connect past the walls; what a test commits is gone after it."""
    with past_the_walls() as connection:
        yield connection
