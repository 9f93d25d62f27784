"""The vocabulary of reads on deadlines and policies."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models

from agencies.querysets import CaseQuerySet
from clock.rules.ladder import Step


class DeadlineQuerySet(CaseQuerySet[Any]):
    """Deadlines."""

    def open(self) -> Self:
        """Keep those that still run; the words are those of the partial indexes."""
        return self.filter(met_at__isnull=True, cancelled_at__isnull=True)

    def overdue(self, at: datetime) -> Self:
        """Keep open ones that are late at a moment."""
        return self.open().filter(due_at__lt=at)

    def standing(self) -> Self:
        """Keep those that count: open or met, not withdrawn and not restated."""
        return self.filter(cancelled_at__isnull=True)

    def about(self, subject_ids: Iterable[uuid.UUID]) -> Self:
        """Keep those of some records."""
        return self.filter(subject_id__in=list(subject_ids))


class FailedRowQuerySet(models.QuerySet[Any]):
    """Rows that a loop of the worker could not handle."""

    def set_aside(self, *, since: datetime) -> Self:
        """Keep those that had all their tries, and failed again since a moment: what was seen to, does not."""
        return self.filter(set_aside_at__isnull=False, failed_at__gte=since)


class PolicyQuerySet(models.QuerySet[Any]):
    """Rating policies."""

    def measuring(self, measure: str, colour: str) -> Self:
        """Keep those for a measure, those of the colour itself before those of any colour, the newest first."""
        return self.filter(measure=measure, colour__in={colour, ""}).order_by("-colour", "-effective_from")


class LadderQuerySet(models.QuerySet[Any]):
    """Steps of the ladder."""

    def table(self) -> list[tuple[str, str, Step]]:
        """Return the whole ladder as the rules take it: (measure, colour, step)."""
        return [(row.measure, row.colour, row.step) for row in self.all()]
