"""The vocabulary of reads on notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models

from agencies.querysets import CaseQuerySet
from notices.choices import Channel


class NoticeQuerySet(CaseQuerySet[Any]):
    """Notices. Bookkeeping of the action that wrote them, not in the audit log, so one statement may write many."""

    update = models.QuerySet.update  # type: ignore[assignment]  # given back
    bulk_create = models.QuerySet.bulk_create  # type: ignore[assignment]  # given back

    def in_app(self) -> Self:
        """Keep those shown in the hub."""
        return self.filter(channel=Channel.IN_APP)

    def unread(self) -> Self:
        """Keep those that nobody has read."""
        return self.in_app().filter(read_at__isnull=True)

    def unsent(self) -> Self:
        """Keep mails that have still to leave; the words are those of the partial index."""
        return self.filter(
            channel=Channel.MAIL, sent_at__isnull=True, withdrawn_at__isnull=True, given_up_at__isnull=True
        )

    def waiting(self, at: datetime) -> Self:
        """Keep mails whose next try is due."""
        return self.unsent().filter(not_before__lte=at)


class DeadLetterQuerySet(CaseQuerySet[Any]):
    """Emails that were not sent."""

    def open(self) -> Self:
        """Keep those that nobody has tried again."""
        return self.filter(seen_to_at__isnull=True)
