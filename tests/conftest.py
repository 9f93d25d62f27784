"""Fixtures for every test; each concern is a plugin of its own."""

import pytest
from django.core.cache import cache

from tests.sending import Browser

pytest_plugins = [
    "tests.database",
    "tests.walls",
    "tests.people",
    "tests.drawn",
    "tests.key_rings",
    "tests.scenes.kept",
]


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Forget how often an address has tried: no test is refused for what another one sent."""
    cache.clear()


@pytest.fixture
def client() -> Browser:
    """Somebody at a browser who has not signed in."""
    return Browser()
