"""Fixtures for every test; each concern is a plugin of its own."""

import pytest

from tests.sending import Browser

pytest_plugins = ["tests.database", "tests.walls", "tests.people", "tests.drawn", "tests.key_rings"]


@pytest.fixture
def client() -> Browser:
    """Somebody at a browser who has not signed in."""
    return Browser()
