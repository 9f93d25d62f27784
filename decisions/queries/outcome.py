"""Reads of what was decided: outcomes, reasons and sealed reasons are rows of their own, each read by its own rule."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from agencies.access.viewer import Viewer
from agencies.choices import Role
from contacts.models import Subject
from decisions.models import (
    ChildDecision,
    ChildReasons,
    ConsideredItem,
    Decision,
    DecisionBasis,
    Dissent,
    MashSummary,
    SealedReasons,
    SummaryInstruction,
)
from screening.models import Enquiry

Grouped = dict[uuid.UUID, list[Any]]


@dataclass(frozen=True)
class ChildRead:
    """What was decided for one child, as far as the viewer may see it."""

    name: str
    outcome: str
    reasons: ChildReasons | None


@dataclass(frozen=True)
class DecisionRead:
    """One decision, each part only where the viewer may see it."""

    decision: Decision
    decided_by: str
    children: list[ChildRead]
    basis: DecisionBasis | None
    has_sealed_reasons: bool
    considered: list[tuple[str, str, int]]
    dissents: list[Dissent]


@dataclass(frozen=True)
class OutcomePage:
    """All decisions on an enquiry, the one in force first, and where its summaries are."""

    enquiry: Enquiry
    decisions: list[DecisionRead]
    summaries: list[MashSummary]


def outcome_page(viewer: Viewer, enquiry: Enquiry) -> OutcomePage:
    """Return what was decided on an enquiry, in as many queries as there are kinds of rows.

    Args:
        enquiry: as `screening.queries.get_enquiry` gives it.
    """
    rows = Decision.objects.visible_to(viewer).filter(enquiry=enquiry)
    decisions = list(rows.select_related("decided_by__user").order_by("-number"))
    summaries = MashSummary.objects.visible_to(viewer).filter(enquiry=enquiry).select_related("team")
    return OutcomePage(
        enquiry=enquiry,
        decisions=_read(viewer, decisions),
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


def _read(viewer: Viewer, decisions: list[Decision]) -> list[DecisionRead]:
    ids = [row.pk for row in decisions]
    children, considered, dissents = _children(viewer, ids), _considered(viewer, ids), _dissents(viewer, ids)
    basis = {row.decision_id: row for row in DecisionBasis.objects.visible_to(viewer).filter(decision_id__in=ids)}
    sealed = set(SealedReasons.objects.visible_to(viewer).filter(decision_id__in=ids).values_list("pk", flat=True))
    return [
        DecisionRead(
            decision=row,
            decided_by=row.decided_by.user.name,
            children=children.get(row.pk, []),
            basis=basis.get(row.pk),
            has_sealed_reasons=row.pk in sealed,
            considered=[
                (each.item.agency.name, each.item.get_theme_display(), each.item_version)
                for each in considered.get(row.pk, [])
            ],
            dissents=dissents.get(row.pk, []),
        )
        for row in decisions
    ]


def _children(viewer: Viewer, ids: list[uuid.UUID]) -> Grouped:
    """Return what was decided for each child: more people read an outcome than the name of the child it is for."""
    rows = ChildDecision.objects.visible_to(viewer).filter(decision_id__in=ids)
    reasons = {row.child_id: row for row in ChildReasons.objects.visible_to(viewer).filter(child__decision_id__in=ids)}
    shown = Subject.objects.visible_to(viewer).filter(pk__in=rows.values("subject_id"))
    names = {subject.pk: subject.name for subject in shown}
    place = {subject.pk: subject.position for subject in shown}
    found: Grouped = {}
    for row in sorted(rows.order_by("id"), key=lambda one: place.get(one.subject_id, 0)):
        read = ChildRead(names.get(row.subject_id, "A child"), row.get_outcome_display(), reasons.get(row.pk))
        found.setdefault(row.decision_id, []).append(read)
    return found


def _considered(viewer: Viewer, ids: list[uuid.UUID]) -> Grouped:
    rows = ConsideredItem.objects.visible_to(viewer).filter(decision_id__in=ids).select_related("item__agency")
    return _by_decision(rows.order_by("item__agency__name", "item_id"))


def _dissents(viewer: Viewer, ids: list[uuid.UUID]) -> Grouped:
    rows = Dissent.objects.visible_to(viewer).filter(decision_id__in=ids).select_related("agency")
    return _by_decision(rows.order_by("agency__name"))


def _by_decision(rows: Iterable[Any]) -> Grouped:
    found: Grouped = {}
    for row in rows:
        found.setdefault(row.decision_id, []).append(row)
    return found
