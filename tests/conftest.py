"""Fixtures for every test; each concern is a plugin of its own."""

pytest_plugins = ["tests.database", "tests.people", "tests.drawn"]
