"""The vocabulary of reads on requests and items."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from agencies.querysets import CaseQuerySet
from information_sharing.transitions import UNANSWERED


class RequestQuerySet(CaseQuerySet[Any]):
    """Information requests."""

    def unanswered(self) -> Self:
        """Keep those that the agency still owes an answer to."""
        return self.filter(state__in=UNANSWERED)

    def overdue(self, at: datetime) -> Self:
        """Keep unanswered ones whose time has run out."""
        return self.unanswered().filter(due_at__lt=at)


class ItemQuerySet(CaseQuerySet[Any]):
    """Items."""

    def given(self) -> Self:
        """Keep those that were given and not withdrawn."""
        return self.filter(given_at__isnull=False, withdrawn_at__isnull=True)
