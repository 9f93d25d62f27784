"""Contacts for this stage's tests, made through the actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from agencies.access.identity import acting_as
from contacts import actions
from contacts.choices import PersonKind
from contacts.models import Contact
from contacts.rules.intake import Intake, ReportedPerson, ReportedReferrer
from tests.people import Person

AT = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
"""A Wednesday morning in hub hours."""

CHILD = ReportedPerson(given_name="Ada", family_name="Thornbury", sex="female")
MOTHER = ReportedPerson(kind=PersonKind.ADULT, given_name="Lena", family_name="Thornbury", part="mother")


def intake_of(**changes: Any) -> Intake:
    """Return a worry that obeys every rule, with changes."""
    usual: dict[str, Any] = {
        "arrived_at": AT,
        "channel": "telephone",
        "referrer_kind": "neighbour",
        "report": "He shouts every night and the little girl cries.",
        "concern": "A young girl is often heard crying at night.",
        "people": (CHILD, MOTHER),
        "referrer": ReportedReferrer(name="Nora Nextdoor", telephone="01632 960123"),
        "address": "14 Elm Road, AB1 2CD",
    }
    return Intake(**(usual | changes))


LogContact = Callable[..., Contact]


@pytest.fixture
def log_contact(front_door: Person) -> LogContact:
    """Log a contact as the front door."""

    def log(*, at: datetime = AT, by: Person = front_door, **changes: Any) -> Contact:
        with acting_as(by.viewer) as viewer:
            return actions.receive_contact(intake_of(**{"arrived_at": at, **changes}), viewer=viewer, at=at)

    return log
