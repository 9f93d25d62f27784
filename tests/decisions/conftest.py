"""Fixtures of these tests: a moment inside hub hours, and a case on its way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.scenes.case import Case


@pytest.fixture
def at() -> datetime:
    """Return the moment of the test: a Wednesday morning."""
    return datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


@pytest.fixture
def case(db: None, at: datetime) -> Case:
    """Return a case that nobody has logged yet."""
    return Case(at)


@pytest.fixture
def ready(case: Case) -> Case:
    """Return a case before its manager, with one item."""
    case.in_mash()
    case.told()
    case.recommended()
    return case
