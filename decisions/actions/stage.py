"""The right person at the wrong moment."""

from __future__ import annotations

from agencies.access.transitions import last_change
from common.errors import MoveNotAllowed
from screening.models import Enquiry


def not_now(enquiry: Enquiry, *, because: str = "") -> MoveNotAllowed:
    """Return the refusal of something that the stage of an enquiry does not allow."""
    sentence = because or f"This cannot be done now: {enquiry} has the status “{enquiry.get_state_display()}”."
    return MoveNotAllowed(f"{sentence} Nothing was changed; what you typed is below.", change=last_change(enquiry))
