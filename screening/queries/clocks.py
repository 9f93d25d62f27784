"""The clocks of one enquiry, and how each was computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import clock.queries as clocks
from agencies.access.viewer import Viewer
from clock.models import BreachReason
from clock.queries import Countdown
from contacts.queries import contacts_of_enquiry
from screening.models import Enquiry


@dataclass(frozen=True)
class EnquiryClocks:
    """The clocks of an enquiry.

    Attributes:
        own: of the enquiry and of its contacts.
        others: of what hangs on it and the viewer may see, such as requests and releases.
        earlier: statements of clocks that were replaced or withdrawn, the oldest first.
        reasons: why something was late, for those who may read it.
    """

    own: list[Countdown]
    others: list[Countdown]
    earlier: list[Countdown]
    reasons: list[BreachReason]

    @property
    def missed(self) -> list[Countdown]:
        """Those that ran out before they were met, or have run out."""
        return [one for one in (*self.own, *self.others) if one.is_missed]


def enquiry_clocks(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> EnquiryClocks:
    """Return every clock of an enquiry that the viewer may see; five queries."""
    keys = [enquiry.pk, *(contact.pk for contact in contacts_of_enquiry(viewer, enquiry.pk))]
    standing = clocks.deadlines_for(keys, at=at)
    own = [each for key in keys for each in standing.get(key, [])]
    shown = {each.deadline_id for each in own}
    others = clocks.enquiry_deadlines(viewer, enquiry.pk, at=at)
    return EnquiryClocks(
        own=own,
        others=[each for each in others if each.deadline_id not in shown],
        earlier=clocks.earlier_statements(viewer, keys, at=at),
        reasons=clocks.reasons_for(viewer, [each.deadline_id for each in [*own, *others]]),
    )
