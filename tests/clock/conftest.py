"""Deadlines of the tests."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from clock.actions import start_deadline
from clock.choices import Colour, Measure, Start
from clock.models import Deadline
from clock.rules.subject import Subject
from tests.clock.times import london

MONDAY = london("2027-02-01 09:30")

Starter = Callable[..., Deadline]


def enquiry_subject(enquiry_id: uuid.UUID | None = None) -> Subject:
    """Return an enquiry as the clock is told of it."""
    key = enquiry_id or uuid.uuid4()
    return Subject("enquiry", key, "M-7KQ4-M2XD", key, "M-7KQ4-M2XD", case_id=key)


def request_subject(enquiry_id: uuid.UUID) -> Subject:
    """Return a request on an enquiry as the clock is told of it."""
    return Subject("request", uuid.uuid4(), "R-2345-6789", enquiry_id, "M-7KQ4-M2XD", case_id=enquiry_id)


@pytest.fixture
def decision(db: None) -> Starter:
    """Start the decision clock of an enquiry that arrived on a Monday at 09:30."""

    def start(
        colour: str = Colour.RED, *, arrived: datetime = MONDAY, subject: Subject | None = None, **more: Any
    ) -> Deadline:
        moments = {Start.ARRIVAL: arrived, Start.FIRST_RATING: arrived}
        about = subject or enquiry_subject()
        return start_deadline(
            about, Measure.DECISION, moments=moments, colour=colour, at=more.pop("at", arrived), **more
        )

    return start


@pytest.fixture
def answer(db: None) -> Starter:
    """Start the clock for the full answer of an agency."""

    def start(
        colour: str = Colour.RED, *, sent: datetime = MONDAY, subject: Subject | None = None, **more: Any
    ) -> Deadline:
        about = subject or request_subject(uuid.uuid4())
        return start_deadline(
            about, Measure.FULL_ANSWER, moments={Start.SENDING: sent}, colour=colour, at=more.pop("at", sent), **more
        )

    return start
