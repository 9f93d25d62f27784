"""The vocabulary of reads on summaries."""

from __future__ import annotations

from typing import Any, Self

from agencies.querysets import CaseQuerySet
from decisions.choices import SummaryState

OUTSIDE = (SummaryState.SENT, SummaryState.QUERIED, SummaryState.ACCEPTED, SummaryState.DECLINED)
"""States in which a team has, or had, the summary before it."""


class SummaryQuerySet(CaseQuerySet[Any]):
    """MASH summaries."""

    def waiting(self) -> Self:
        """Keep those that a team has neither accepted nor declined."""
        return self.filter(state__in=[SummaryState.SENT, SummaryState.QUERIED])
