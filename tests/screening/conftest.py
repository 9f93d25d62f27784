"""Fixtures of the screening tests: a moment, and records at each state."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from contacts.models import Contact
from screening.models import Enquiry, Handover
from tests.people import Person
from tests.scenes import screening as cases


@pytest.fixture
def at() -> datetime:
    """Return the moment of the test."""
    return timezone.now()


@pytest.fixture
def contact(front_door: Person, at: datetime) -> Contact:
    """Return a contact that waits to be screened."""
    return cases.received(front_door, at)


@pytest.fixture
def enquiry(front_door: Person, screener: Person, at: datetime) -> Enquiry:
    """Return an enquiry that waits for its rating."""
    return cases.opened(front_door, screener, at)


@pytest.fixture
def handover(front_door: Person, screener: Person, at: datetime) -> Handover:
    """Return a handover that waits for its team."""
    return cases.handed_over(front_door, screener, at)
