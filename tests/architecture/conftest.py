"""The planted hub stands in this worker's database while the sweeps run; the plain one comes back afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture.planting import World, enter_world
from tests.database import replace_database


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Enter the planted hub, and leave it."""
    with django_db_blocker.unblock():
        found = enter_world()
    yield found
    with django_db_blocker.unblock():
        replace_database()
