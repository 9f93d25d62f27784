"""Reads of what was sent to a receiving team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import clock.queries as clocks
from agencies.access.viewer import Viewer
from clock.choices import Measure
from clock.queries import Countdown
from common.work import People
from contacts.queries import people_named
from decisions.choices import Outcome, SummaryState
from decisions.models import MashSummary
from decisions.querysets import OUTSIDE
from screening.models import Handover


@dataclass(frozen=True)
class InboxLine:
    """A summary that waits for the viewer's team, or that it has taken over."""

    summary: MashSummary
    about: People
    outcomes: str
    clock: Countdown | None


def inbox(viewer: Viewer, *, at: datetime, most: int = 100) -> list[InboxLine]:
    """Return what was sent to the viewer's team: what waits first, least time left first, then what it has answered."""
    if viewer.team_id is None:
        return []
    rows = MashSummary.objects.filter(team_id=viewer.team_id, state__in=OUTSIDE).visible_to(viewer)
    summaries = list(rows.select_related("enquiry").prefetch_related("children").order_by("-released_at", "id")[:most])
    standing = clocks.deadlines_for([summary.pk for summary in summaries], at=at)
    lines = [
        InboxLine(
            summary,
            _about([f"{child.name}, {child.born}" for child in summary.children.all()]),
            ", ".join(sorted({str(Outcome(child.outcome).label) for child in summary.children.all()})),
            clocks.first_due(standing.get(summary.pk, []), Measure.ACCEPTANCE),
        )
        for summary in summaries
    ]
    done = (SummaryState.ACCEPTED, SummaryState.DECLINED)
    return sorted(lines, key=lambda line: (line.summary.state in done, line.clock.due_at if line.clock else at))


def _about(children: list[str]) -> People:
    """Return the first child and how many more there are."""
    return people_named(children) if children else People(kind="No child in it: ring the hub")


def handed_over(viewer: Viewer, *, most: int = 100) -> list[Handover]:
    """Return what was handed to the viewer's team at screening, the latest first."""
    if viewer.team_id is None:
        return []
    rows = Handover.objects.filter(team_id=viewer.team_id).visible_to(viewer)
    return list(rows.order_by("-sent_at", "id")[:most])
