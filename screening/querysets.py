"""The vocabulary of reads on screenings, enquiries and handovers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from agencies.querysets import CaseQuerySet
from screening.choices import EnquiryState, HandoverState

if TYPE_CHECKING:
    from screening.models import Enquiry, Handover  # noqa: F401  # named in the bases below


class EnquiryQuerySet(CaseQuerySet["Enquiry"]):
    """MASH enquiries."""

    def running(self) -> Self:
        """Keep those that are not closed."""
        return self.exclude(state=EnquiryState.CLOSED)


class HandoverQuerySet(CaseQuerySet["Handover"]):
    """Handovers."""

    def waiting(self) -> Self:
        """Keep those that nobody has accepted, declined or withdrawn."""
        return self.filter(state__in=[HandoverState.SENT, HandoverState.QUERIED])
