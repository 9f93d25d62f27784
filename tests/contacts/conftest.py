"""Contacts for this stage's tests, made through the actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contacts.models import Contact
from contacts.rules.intake import Intake
from tests.people import Person
from tests.scenes.families import ADA, LENA, THORNBURY, WEDNESDAY, worry_about
from tests.scenes.stages import logged

AT = WEDNESDAY
CHILD, MOTHER = ADA, LENA


def intake_of(**changes: Any) -> Intake:
    """Return a worry that obeys every rule, with changes."""
    return replace(THORNBURY, **changes)


LogContact = Callable[..., Contact]


@pytest.fixture
def log_contact(front_door: Person) -> LogContact:
    """Log a contact as the front door."""

    def log(*, at: datetime = AT, by: Person = front_door, **changes: Any) -> Contact:
        return logged(worry_about(THORNBURY, at, **changes), by, at)

    return log
