"""How far the children of a decision are provided for: whose summary is missing, out, or taken over by a team."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.access.viewer import Viewer
from decisions.choices import RELEASED_TO, SummaryState
from decisions.models import ChildDecision, Decision, SummaryChild
from decisions.rules import must_be_released

UNDER_WAY = (SummaryState.DRAFT, SummaryState.WITH_MANAGER)
OUT = (SummaryState.SENT, SummaryState.QUERIED)
COVERING = (*UNDER_WAY, *OUT, SummaryState.ACCEPTED)
"""States in which a summary provides for its children."""


@dataclass(frozen=True)
class Coverage:
    """Which children of a decision are in which summary.

    Attributes:
        decided: what is decided for each child.
        rows: children in summaries that provide for them; what a team took over under an earlier number still counts.
    """

    decided: Sequence[ChildDecision]
    rows: Sequence[SummaryChild]

    @property
    def states(self) -> Mapping[uuid.UUID, str]:
        """Child to the state of its summary."""
        return {row.subject_id: row.summary.state for row in self.rows}

    @property
    def uncovered(self) -> list[ChildDecision]:
        """Children that must go to a team and are in no summary."""
        return [row for row in self.decided if must_be_released(row.outcome) and row.subject_id not in self.states]

    @property
    def is_all_out(self) -> bool:
        """Say whether nothing is left to prepare or to confirm, and something is out."""
        states = set(self.states.values())
        return not self.uncovered and not states & set(UNDER_WAY) and bool(states & set(OUT))

    @property
    def is_all_taken(self) -> bool:
        """Say whether every child that must go to a team was taken over; nothing waits."""
        return not self.uncovered and set(self.states.values()) <= {SummaryState.ACCEPTED}


def coverage_of(viewer: Viewer, decision: Decision) -> Coverage:
    """Return how far the children of a decision are provided for: two queries."""
    decided = list(
        ChildDecision.objects.visible_to(viewer)
        .filter(decision=decision)
        .select_related("subject")
        .order_by("subject__contact__arrived_at", "subject__position", "id")
    )
    outcome = {row.subject_id: row.outcome for row in decided}
    now = Q(summary__decision=decision, summary__state__in=COVERING)
    before = Q(summary__enquiry_id=decision.enquiry_id, summary__state=SummaryState.ACCEPTED)
    rows = SummaryChild.objects.visible_to(viewer).filter(now | before, subject_id__in=outcome)
    rows = rows.select_related("summary__team").order_by("summary__prepared_at", "id")
    return Coverage(decided, [row for row in rows if row.outcome == outcome[row.subject_id]])


def for_a_team() -> QuerySet[ChildDecision]:
    """Return the children of an outer enquiry for whom a summary can be prepared now, as `coverage_of` has it.

    Those of the decision in force that a team takes and that are in no summary: what an earlier decision said, and whom
    a team has or took over, waits for nobody. Whoever works on the enquiry sees its decisions and its summaries.
    """
    later = Decision.objects.filter(
        enquiry_id=OuterRef("decision__enquiry_id"), number__gt=OuterRef("decision__number")
    )
    now = Q(summary__decision_id=OuterRef("decision_id"), summary__state__in=COVERING)
    before = Q(summary__enquiry_id=OuterRef("decision__enquiry_id"), summary__state=SummaryState.ACCEPTED)
    covered = SummaryChild.objects.filter(now | before, subject_id=OuterRef("subject_id"), outcome=OuterRef("outcome"))
    rows = ChildDecision.objects.filter(decision__enquiry_id=OuterRef("pk"), outcome__in=list(RELEASED_TO))
    return rows.filter(~Exists(later), ~Exists(covered))
