"""Fixtures for every test; each concern is a plugin of its own."""

import pytest

from tests.sending import Browser

pytest_plugins = ["tests.database", "tests.people", "tests.drawn"]


@pytest.fixture
def client() -> Browser:
    """Somebody at a browser who has not signed in."""
    return Browser()
