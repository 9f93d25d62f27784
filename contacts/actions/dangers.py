"""The clocks of danger: until somebody convenes, until a discussion is held, until somebody looks again.

They hang on the contact, because a conflict of interest closes them with it, and on no enquiry, because neither its
rating nor its end stops protective work.
"""

from __future__ import annotations

from datetime import datetime

from clock import actions as clock
from clock.choices import Measure, Start
from clock.rules.subject import Subject
from contacts.models import Contact, Protection


def clock_danger(contact: Contact, *, at: datetime) -> None:
    """Start the clock of a danger that somebody has only said, or stop it where it is not said any more."""
    if not contact.immediate_danger:
        clock.cancel_deadlines("contact", contact.pk, Measure.CONVENING, at=at)
        return
    about = Subject("contact", contact.pk, contact.reference)
    clock.start_if_measured(about, Measure.CONVENING, moments=dict.fromkeys(Start, at), at=at)


def start_step_clock(
    protection: Protection, measure: Measure, *, at: datetime, safe_until: datetime | None = None
) -> None:
    """Start the clock of the next step of protective work."""
    about = Subject("protection", protection.contact_id, protection.reference)
    clock.start_if_measured(about, measure, moments=dict.fromkeys(Start, at), safe_until=safe_until, at=at)
