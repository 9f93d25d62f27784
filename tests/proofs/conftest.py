"""The planted hub stands in this worker's database while a proof runs on it."""

from tests.architecture.conftest import world

__all__ = ["world"]
