"""What a deadline is about and who owes it, in plain values of the calling stage."""

from __future__ import annotations

import uuid
from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True)
class Subject:
    """The record that a deadline belongs to.

    Attributes:
        kind: one lower-case word, such as `contact`, `enquiry`, `request` or `release`.
        case_id: the contact or the enquiry that the record hangs on; a conflict of interest that closes it closes the
            clock.
        enquiry_id: the MASH enquiry whose clocks move together when it is rated again.
    """

    kind: str
    id: uuid.UUID
    reference: str
    enquiry_id: uuid.UUID | None = None
    enquiry_reference: str = ""
    _: KW_ONLY
    case_id: uuid.UUID


@dataclass(frozen=True)
class Owing:
    """Who must act: an agency, a receiving team, or the hub, and the person it is assigned to."""

    agency_id: uuid.UUID | None = None
    team_id: uuid.UUID | None = None
    membership_id: uuid.UUID | None = None


HUB = Owing()
"""The hub itself, nobody assigned yet."""
