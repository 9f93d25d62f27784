"""The vocabulary of reads on summaries."""

from __future__ import annotations

from typing import Any, Self

from agencies.querysets import CaseQuerySet
from decisions.choices import SummaryState

OUTSIDE = (
    SummaryState.SENT,
    SummaryState.QUERIED,
    SummaryState.ACCEPTED,
    SummaryState.SUPERSEDED,
    SummaryState.SETTLED,
    SummaryState.DECLINED,
)
"""States in which a team has, or had, the summary before it."""


CHANGEABLE = (SummaryState.SENT, SummaryState.QUERIED, SummaryState.ACCEPTED)
"""States in which a team relies on a summary: what changes in it now is noted."""


class SummaryQuerySet(CaseQuerySet[Any]):
    """MASH summaries."""

    def for_the_team(self) -> Self:
        """Keep those in which the next move is the team's."""
        return self.filter(state__in=[SummaryState.SENT, SummaryState.QUERIED, SummaryState.SUPERSEDED])

    def waiting(self) -> Self:
        """Keep those that a team has neither accepted nor declined."""
        return self.filter(state__in=[SummaryState.SENT, SummaryState.QUERIED])
