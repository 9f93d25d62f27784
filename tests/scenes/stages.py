"""The steps that every case takes, each by somebody and at a moment."""

from __future__ import annotations

import uuid
from datetime import datetime

import contacts.actions
import screening.actions
from agencies.access.identity import acting_as
from contacts.models import Contact
from contacts.rules.intake import Intake
from screening.actions import ScreeningDecision
from screening.models import Enquiry, Screening
from tests.people import Person


def logged(worry: Intake, by: Person, at: datetime) -> Contact:
    """Log a contact."""
    with acting_as(by.viewer) as viewer:
        return contacts.actions.receive_contact(worry, viewer=viewer, at=at)


def screened(contact: Contact, by: Person, said: ScreeningDecision, at: datetime) -> Screening:
    """Screen a contact."""
    with acting_as(by.viewer, as_of=at) as viewer:
        return screening.actions.decide_screening(contact, said, viewer=viewer, at=at)


def brought_in(contact: Contact, by: Person, at: datetime) -> Enquiry:
    """Open an enquiry on a contact, without a screening."""
    with acting_as(by.viewer, as_of=at) as viewer:
        return screening.actions.open_enquiry(contact, viewer=viewer, at=at)


def rated(enquiry: Enquiry, colour: str, by: Person, at: datetime) -> None:
    """Rate an enquiry."""
    with acting_as(by.viewer) as viewer:
        screening.actions.rate_enquiry(enquiry, colour, reason="As reported.", viewer=viewer, at=at)


def assigned(enquiry: Enquiry, worker: Person, by: Person, at: datetime) -> None:
    """Assign a social worker to an enquiry."""
    key: uuid.UUID = worker.membership.pk
    with acting_as(by.viewer) as viewer:
        screening.actions.assign_social_worker(enquiry, key, viewer=viewer, at=at)
