"""A MASH summary that nobody outside has seen is withdrawn; what was sent for an earlier decision is superseded."""

from __future__ import annotations

import uuid
from datetime import datetime

from agencies.access import transitions
from agencies.access.viewer import Viewer
from decisions.actions.replacing import Replacement, stamp
from decisions.choices import ReplaceReason, SummaryState
from decisions.models import ChildReasons, Decision, MashSummary
from decisions.reads.coverage import OUT, UNDER_WAY
from decisions.transitions import SUMMARY

AGAIN = "The MASH manager decided again. A new summary follows where your team goes on; until then ring the hub."


def replace_all(enquiry_id: uuid.UUID, *, before: Decision, viewer: Viewer, at: datetime) -> bool:
    """Take back what was prepared for an earlier decision, and supersede what was sent for it.

    What a team has taken over stands where outcome, level of need and reasons of its children are the same as before.

    Returns:
        Whether something was superseded: then children wait for a team once more.
    """
    rows = MashSummary.objects.visible_to(viewer).filter(enquiry_id=enquiry_id).exclude(decision=before)
    live = rows.filter(state__in=(*UNDER_WAY, *OUT, SummaryState.ACCEPTED))
    any_superseded = False
    for summary in live.order_by("prepared_at", "id"):
        if summary.state in UNDER_WAY:
            transitions.apply(summary, "summary.discarded", table=SUMMARY, viewer=viewer, at=at)
        elif summary.state in OUT or _differs(summary, before, viewer):
            stamp(summary, Replacement(ReplaceReason.DECIDED_AGAIN, AGAIN), viewer=viewer, at=at, version=None)
            any_superseded = True
    return any_superseded


def _differs(summary: MashSummary, decision: Decision, viewer: Viewer) -> bool:
    children = set(summary.children.values_list("subject_id", flat=True))
    return _said(summary.decision_id, children, viewer) != _said(decision.pk, children, viewer)


def _said(decision_id: uuid.UUID, children: set[uuid.UUID], viewer: Viewer) -> set[tuple[object, ...]]:
    rows = ChildReasons.objects.visible_to(viewer).filter(
        child__decision_id=decision_id, child__subject_id__in=children
    )
    return set(rows.values_list("child__subject_id", "child__outcome", "level_of_need", "text"))


def discard_summary(summary: MashSummary, *, viewer: Viewer, at: datetime, version: int | None = None) -> MashSummary:
    """Throw away a draft that nobody has seen outside, such as one for the wrong team.

    Raises:
        NotPermitted: the viewer neither manages nor is the enquiry's social worker.
        MoveNotAllowed: it has gone out: it is replaced, or hidden as a breach.
        StaleRecord: somebody changed it since.
    """
    return transitions.apply(summary, "summary.discarded", table=SUMMARY, viewer=viewer, at=at, version=version)
