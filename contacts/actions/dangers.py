"""The clocks of danger: until somebody convenes, until a discussion is held, until somebody looks again.

They hang on the contact, because a conflict of interest closes them with it, and on no enquiry, because neither its
rating nor its end stops protective work. A contact may have several pieces of protective work: each has the clock of
its own next step, and the earliest of those that were held has the clock of the next look.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from clock import actions as clock
from clock.choices import Measure, Start
from clock.rules.subject import Subject
from contacts.choices import ProtectState
from contacts.models import Contact, Protection
from contacts.reads.safety import not_taken_up, with_safe_until

STEPS = (Measure.CONVENING, Measure.DISCUSSION)
"""Clocks of one piece of protective work: another alarm for the same children keeps its own."""


def clock_danger(contact: Contact, *, at: datetime) -> None:
    """Start the clock of a danger that somebody has only said, or stop it where it is not said any more."""
    if not contact.immediate_danger:
        clock.cancel_deadlines("contact", contact.pk, Measure.CONVENING, at=at)
        return
    about = Subject("contact", contact.pk, contact.reference, case_id=contact.pk)
    clock.start_if_measured(about, Measure.CONVENING, moments=dict.fromkeys(Start, at), at=at)


def start_step_clock(
    protection: Protection, measure: Measure, *, at: datetime, safe_until: datetime | None = None
) -> None:
    """Start the clock of the next step of protective work."""
    about = Subject("protection", protection.contact_id, protection.reference, case_id=protection.contact_id)
    clock.start_if_measured(about, measure, moments=dict.fromkeys(Start, at), safe_until=safe_until, at=at)


def meet_step_clocks(protection: Protection, *measures: Measure, at: datetime) -> None:
    """Meet the clocks of this piece of protective work: those named, or of every step."""
    about = ("protection", protection.contact_id)
    clock.meet_deadline(*about, *(measures or STEPS), reference=protection.reference, at=at)


def cancel_step_clocks(protection: Protection, *, at: datetime) -> None:
    """Withdraw the clocks of this piece of protective work."""
    clock.cancel_deadlines("protection", protection.contact_id, *STEPS, reference=protection.reference, at=at)


def restate_looking(protection: Protection, *, at: datetime) -> None:
    """Restate by when somebody looks again at what was held for a contact: before a child's time is up, once a day.

    Of several pieces of work the one counts whose time is up first; where none is left, nobody needs to look.
    """
    about = ("protection", protection.contact_id)
    held = Protection.objects.filter(not_taken_up(), contact_id=protection.contact_id, state=ProtectState.HELD)
    first = with_safe_until(held).order_by(F("safe_until").asc(nulls_last=True), "raised_at", "id").first()
    if first is None:
        clock.cancel_deadlines(*about, Measure.SAFE_UNTIL, reference=protection.reference, at=at)
        return
    clock.cancel_deadlines(*about, Measure.SAFE_UNTIL, at=at)
    start_step_clock(first, Measure.SAFE_UNTIL, safe_until=first.safe_until, at=at)  # type: ignore[attr-defined]
