"""The vocabulary of reads on contacts."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from agencies.querysets import CaseQuerySet
from contacts.choices import ContactState


class ContactQuerySet(CaseQuerySet[Any]):
    """Contacts."""

    def ended(self) -> Self:
        """Keep those that ended, whether in an enquiry or before one."""
        return self.filter(state__in=[ContactState.ENDED, ContactState.PASSED_ON])


def unseen(path: str = "") -> Q:
    """Return what nobody of the hub has looked at: neither claimed, nor acknowledged, nor moved on.

    Args:
        path: from the row to the contact, with its underscores; empty for a contact itself.
    """
    columns = {"state": ContactState.RECEIVED, "claimed_by__isnull": True, "acknowledged_at__isnull": True}
    return Q(**{f"{path}{name}": value for name, value in columns.items()})
