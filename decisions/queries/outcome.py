"""Reads of what was decided: outcomes, reasons and sealed reasons are rows of their own, each read by its own rule."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.nothing_shown import NOT_SHOWN
from contacts.models import Subject
from decisions.models import (
    ChildDecision,
    ChildReasons,
    ConsideredItem,
    Decision,
    DecisionBasis,
    Dissent,
    JointView,
    MashSummary,
    SealedReasons,
    SummaryInstruction,
)
from decisions.reads.enquiry import born_in_words
from screening.choices import EnquiryState
from screening.models import Enquiry

DECIDED = (EnquiryState.DECIDED, EnquiryState.RELEASED, EnquiryState.CLOSED)
Grouped = dict[uuid.UUID, list[Any]]


@dataclass(frozen=True)
class ChildRead:
    """What was decided for one child, as far as the viewer may see it.

    Attributes:
        level_of_need: in words; empty where the viewer sees the outcome alone.
        reasons: empty where the viewer does not see them.
    """

    name: str
    born: str
    outcome: str
    level_of_need: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class DecisionRead:
    """One decision, each part only where the viewer may see it.

    Attributes:
        reasons_sent: level of need and reasons as they were released to the viewer's team, which reads no others.
    """

    decision: Decision
    decided_by: str
    children: list[ChildRead]
    reasons_sent: list[str]
    basis: DecisionBasis | None
    has_sealed_reasons: bool
    considered: list[tuple[str, str, int]]
    dissents: list[Dissent]
    views: list[JointView]


@dataclass(frozen=True)
class OutcomePage:
    """All decisions on an enquiry, the one in force first, and where its summaries are.

    Attributes:
        views: of agencies, for the decision that is not taken yet.
    """

    enquiry: Enquiry
    decisions: list[DecisionRead]
    views: list[JointView]
    summaries: list[MashSummary]

    @property
    def nothing(self) -> tuple[str, str]:
        """Why no decision stands here, and what comes next: nobody has decided, or it is not for the viewer."""
        if self.enquiry.state in DECIDED:
            return f"{NOT_SHOWN}: what was decided on this enquiry.", "Ask the hub if you need to know it."
        return (
            "Nothing is decided on this enquiry yet.",
            "The MASH manager decides once the social worker has recommended something; a Red enquiry at any time.",
        )


def outcome_page(viewer: Viewer, enquiry: Enquiry) -> OutcomePage:
    """Return what was decided on an enquiry, in as many queries as there are kinds of rows.

    Args:
        enquiry: as `screening.queries.get_enquiry` gives it.
    """
    rows = Decision.objects.visible_to(viewer).filter(enquiry=enquiry)
    decisions = list(rows.select_related("decided_by__user").order_by("-number"))
    summaries = MashSummary.objects.visible_to(viewer).filter(enquiry=enquiry).select_related("team")
    views = _views(viewer, enquiry)
    taken = {row.number for row in decisions}
    return OutcomePage(
        enquiry=enquiry,
        decisions=_read(viewer, decisions, views),
        views=[view for number, given in views.items() if number not in taken for view in given],
        summaries=list(summaries.order_by("-prepared_at", "id")),
    )


def instructions_at_night(viewer: Viewer, enquiry: Enquiry) -> list[str]:
    """Return the safety instructions that went out with summaries, for whoever is at work while the hub is closed.

    The others of the hub read them in the summary; who knocks on this door at night sees no summary and needs them.
    """
    if not viewer.has(Role.OUT_OF_HOURS):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.summaries_out(%s)", [enquiry.pk])
        out = list(cursor.fetchone()[0])
    rows = SummaryInstruction.objects.visible_to(viewer).in_bulk(out)
    return [str(rows[key].text) for key in out if key in rows]


def _views(viewer: Viewer, enquiry: Enquiry) -> dict[int, list[JointView]]:
    """Return the views that agencies gave, by the number of the decision for which they were given."""
    rows = JointView.objects.visible_to(viewer).filter(enquiry=enquiry).select_related("agency", "given_by__user")
    found: dict[int, list[JointView]] = {}
    for row in rows.order_by("given_at", "id"):
        found.setdefault(row.for_number, []).append(row)
    return found


def _read(viewer: Viewer, decisions: list[Decision], views: dict[int, list[JointView]]) -> list[DecisionRead]:
    ids = [row.pk for row in decisions]
    children, considered, dissents = _children(viewer, ids), _considered(viewer, ids), _dissents(viewer, ids)
    sent = _sent_to_team(viewer, ids)
    basis = {row.decision_id: row for row in DecisionBasis.objects.visible_to(viewer).filter(decision_id__in=ids)}
    sealed = set(SealedReasons.objects.visible_to(viewer).filter(decision_id__in=ids).values_list("pk", flat=True))
    return [
        DecisionRead(
            decision=row,
            decided_by=row.decided_by.user.name,
            children=children.get(row.pk) or [child for one in sent.get(row.pk, []) for child in _of_summary(one)],
            reasons_sent=[one.reasons for one in sent.get(row.pk, [])],
            basis=basis.get(row.pk),
            has_sealed_reasons=row.pk in sealed,
            considered=[
                (each.agency.name if each.agency else "", each.get_theme_display(), each.item_version)
                for each in considered.get(row.pk, [])
            ],
            dissents=dissents.get(row.pk, []),
            views=views.get(row.number, []),
        )
        for row in decisions
    ]


def _children(viewer: Viewer, ids: list[uuid.UUID]) -> Grouped:
    """Return what was decided for each child: more people read an outcome than the name of the child it is for."""
    rows = list(ChildDecision.objects.visible_to(viewer).filter(decision_id__in=ids).order_by("id"))
    reasons = {
        row.child_id: row
        for row in ChildReasons.objects.visible_to(viewer).filter(child_id__in=[row.pk for row in rows])
    }
    shown = Subject.objects.visible_to(viewer).in_bulk([row.subject_id for row in rows])
    found: Grouped = {}
    for row in sorted(rows, key=lambda one: shown[one.subject_id].position if one.subject_id in shown else 0):
        child, why = shown.get(row.subject_id), reasons.get(row.pk)
        read = ChildRead(
            name=child.name if child else "A child whose name is not for you",
            born=born_in_words(child) if child else "",
            outcome=row.get_outcome_display(),
            level_of_need=why.get_level_of_need_display() if why else "",
            reasons=why.text if why else "",
        )
        found.setdefault(row.decision_id, []).append(read)
    return found


def _sent_to_team(viewer: Viewer, ids: list[uuid.UUID]) -> Grouped:
    """Return the summaries of each decision that were released to the viewer's team: it reads nothing else of one."""
    if viewer.team_id is None:
        return {}
    rows = MashSummary.objects.visible_to(viewer).filter(decision_id__in=ids, team_id=viewer.team_id)
    rows = rows.filter(released_at__isnull=False).prefetch_related("children")
    return _by_decision(rows.order_by("released_at", "id"))


def _of_summary(summary: MashSummary) -> list[ChildRead]:
    return [
        ChildRead(row.name, row.born, row.get_outcome_display(), row.get_level_of_need_display())
        for row in summary.children.all()
    ]


def _considered(viewer: Viewer, ids: list[uuid.UUID]) -> Grouped:
    rows = ConsideredItem.objects.visible_to(viewer).filter(decision_id__in=ids).select_related("agency")
    return _by_decision(rows.order_by("agency__name", "item_id"))


def _dissents(viewer: Viewer, ids: list[uuid.UUID]) -> Grouped:
    rows = Dissent.objects.visible_to(viewer).filter(decision_id__in=ids).select_related("agency")
    return _by_decision(rows.order_by("agency__name"))


def _by_decision(rows: Iterable[Any]) -> Grouped:
    found: Grouped = {}
    for row in rows:
        found.setdefault(row.decision_id, []).append(row)
    return found
