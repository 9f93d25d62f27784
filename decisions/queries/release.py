"""Reads of where each child of a decision goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Team
from agencies.queries import teams
from decisions.models import ChildDecision, Decision, MashSummary
from decisions.reads.coverage import coverage_of
from decisions.reads.enquiry import decision_in_force
from decisions.rules import team_kinds
from screening.choices import EnquiryState
from screening.models import Enquiry


@dataclass(frozen=True)
class Placing:
    """A child of the decision, and which teams take it."""

    child: ChildDecision
    teams: list[Team]
    summary: MashSummary | None

    @property
    def key(self) -> str:
        """What a form calls the child."""
        return self.child.subject_id.hex

    @property
    def may_go_to_a_team(self) -> bool:
        """Say whether a summary can be prepared for the child now."""
        return self.summary is None and bool(self.teams)


@dataclass(frozen=True)
class ReleasePage:
    """How far an enquiry's children are provided for."""

    enquiry: Enquiry
    decision: Decision | None
    placings: list[Placing]
    summaries: list[MashSummary]
    may_prepare: bool
    may_close: bool


def release_page(viewer: Viewer, enquiry: Enquiry) -> ReleasePage:
    """Return the children of the decision in force, each with its summary or the teams that take it.

    Args:
        enquiry: as `decision_team_enquiry` gives it.
    """
    decision = decision_in_force(viewer, enquiry)
    rows = MashSummary.objects.visible_to(viewer).filter(enquiry=enquiry).select_related("team")
    summaries = list(rows.order_by("-prepared_at", "id"))
    if decision is None:
        return ReleasePage(enquiry, None, [], summaries, may_prepare=False, may_close=False)
    coverage = coverage_of(viewer, decision)
    held = {row.subject_id: row.summary for row in coverage.rows}
    by_kind = _teams_by_kind()
    placings = [
        Placing(
            child,
            [team for kind in team_kinds(child.outcome) for team in by_kind.get(kind, [])],
            held.get(child.subject_id),
        )
        for child in coverage.decided
    ]
    is_open = enquiry.state in (EnquiryState.DECIDED, EnquiryState.RELEASED) and not viewer.case_access.why(enquiry.pk)
    return ReleasePage(
        enquiry=enquiry,
        decision=decision,
        placings=placings,
        summaries=summaries,
        may_prepare=is_open and any(placing.may_go_to_a_team for placing in placings),
        may_close=enquiry.state == EnquiryState.DECIDED and coverage.is_all_taken and viewer.has(Role.MANAGER),
    )


def _teams_by_kind() -> Mapping[str, list[Team]]:
    found: dict[str, list[Team]] = {}
    for team in teams():
        found.setdefault(team.kind, []).append(team)
    return found
