"""The vocabulary of reads on contacts."""

from __future__ import annotations

from typing import Any, Self

from agencies.querysets import CaseQuerySet
from contacts.choices import ContactState


class ContactQuerySet(CaseQuerySet[Any]):
    """Contacts."""

    def ended(self) -> Self:
        """Keep those that ended, whether in an enquiry or before one."""
        return self.filter(state__in=[ContactState.ENDED, ContactState.PASSED_ON])
