"""Reads of the decision: what lies before the manager, and what was decided, each part to those who may see it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agencies.access.viewer import Viewer
from agencies.choices import AgencyKind, DecisionBy, Role
from agencies.models import Agency
from agencies.queries import hub_settings
from contacts.queries.earlier import EarlierLine
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
)
from decisions.queries.analysis import AnalysisRead, latest_analysis
from decisions.rules import as_token, from_token, joint_gap, missing_in_words, moved
from decisions.visibility.enquiry import (
    Child,
    MissingAnswer,
    children_among,
    consulted_agencies,
    decision_in_force,
    earlier_contacts_of,
    missing_among,
    next_number,
    requests_of,
    subjects_of,
)
from information_sharing.models import Item
from information_sharing.queries import ItemSeen
from information_sharing.queries.items import read_items
from mash.common.errors import NotVisible
from screening.choices import Colour, EnquiryState
from screening.models import Enquiry

AFTER = (EnquiryState.DECIDED, EnquiryState.RELEASED)


@dataclass(frozen=True)
class DecidePage:
    """What lies before the manager at the moment of reading.

    Attributes:
        fresh: items added or reworded since the manager first opened the page.
        gap: whose view is missing before a joint decision counts; empty where none is, or the manager decides alone.
    """

    enquiry: Enquiry
    children: list[Child]
    items: list[ItemSeen]
    sealed: list[ItemSeen]
    fresh: frozenset[uuid.UUID]
    analysis: AnalysisRead | None
    earlier: list[EarlierLine]
    missing: str
    agencies: list[Agency]
    is_joint: bool
    views: list[JointView]
    gap: str
    previous: Decision | None
    number: int

    @property
    def token(self) -> str:
        """The items and versions on the page, for the form."""
        return as_token({item.id: item.version for item in [*self.items, *self.sealed]})

    @property
    def earlier_token(self) -> str:
        """The earlier contacts on the page, for the form."""
        return " ".join(one.reference for one in self.earlier)

    @property
    def is_again(self) -> bool:
        """Say whether a decision stands already."""
        return self.enquiry.state in AFTER


def decide_page(viewer: Viewer, enquiry: Enquiry, *, at: datetime, opened_with: str | None = None) -> DecidePage:
    """Return what lies before the manager; the reading of every item on it is recorded.

    Args:
        enquiry: as `decision_team_enquiry` gives it.
        opened_with: the items of the page as it was opened first, where it is drawn again.

    Raises:
        NotVisible: the viewer is not the manager.
    """
    if not viewer.has(Role.MANAGER):
        raise NotVisible
    subjects, requests = subjects_of(viewer, enquiry), requests_of(viewer, enquiry)
    children = children_among(subjects)
    before = _items(viewer, enquiry, at=at)
    items = [item for item in before if not item.is_sealed]
    now = {item.id: item.version for item in before}
    change = moved(from_token(opened_with) if opened_with is not None else now, now)
    previous = decision_in_force(viewer, enquiry)
    number = previous.number + 1 if previous else 1
    is_joint = hub_settings().decision_by == DecisionBy.JOINT
    views = _views(viewer, enquiry, number) if is_joint else []
    return DecidePage(
        enquiry=enquiry,
        children=children,
        items=items,
        sealed=[item for item in before if item.is_sealed],
        fresh=change.added | change.changed,
        analysis=latest_analysis(viewer, enquiry, children, items),
        earlier=earlier_contacts_of(viewer, enquiry, subjects),
        missing=missing_text(missing_among(requests)),
        agencies=consulted_agencies(viewer, enquiry, requests),
        is_joint=is_joint,
        views=views,
        gap=joint_gap([view.agency.kind for view in views], social_care=AgencyKind.SOCIAL_CARE) if is_joint else "",
        previous=previous,
        number=number,
    )


def _items(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[ItemSeen]:
    """Return all that agencies gave, what is confidential too: the manager decides on it. The reading is recorded."""
    rows = Item.objects.visible_to(viewer).given().filter(enquiry=enquiry)
    return read_items(
        viewer, rows, at=at, page="decision", reference=enquiry.reference, enquiry=enquiry.pk, purpose="decision"
    )


def missing_text(missing: Sequence[MissingAnswer]) -> str:
    """Return what is missing as a first wording for the manager to confirm."""
    return missing_in_words([f"{one.agency} ({one.words})" for one in missing])


def _views(viewer: Viewer, enquiry: Enquiry, number: int) -> list[JointView]:
    rows = JointView.objects.visible_to(viewer).filter(enquiry=enquiry, for_number=number)
    return list(rows.select_related("agency", "given_by__user").order_by("given_at", "id"))


@dataclass(frozen=True)
class JointPage:
    """Who may give a view, and who has."""

    agencies: list[Agency]
    views: list[JointView]


def joint_page(viewer: Viewer, enquiry: Enquiry) -> JointPage:
    """Return who takes part in a joint decision and the views that are recorded for the next number.

    Raises:
        NotVisible: the viewer is not the manager.
    """
    if not viewer.has(Role.MANAGER):
        raise NotVisible
    return JointPage(consulted_agencies(viewer, enquiry), _views(viewer, enquiry, next_number(enquiry)))


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
    sealed_reasons: str
    considered: list[tuple[str, str, int]]
    dissents: list[Dissent]


@dataclass(frozen=True)
class OutcomePage:
    """All decisions on an enquiry, the one in force first, and where its summaries are."""

    enquiry: Enquiry
    decisions: list[DecisionRead]
    summaries: list[MashSummary]


def outcome_page(viewer: Viewer, enquiry: Enquiry) -> OutcomePage:
    """Return what was decided: outcomes, reasons and sealed reasons are rows of their own, each read by its own rule.

    Args:
        enquiry: as `screening.queries.get_enquiry` gives it.
    """
    rows = list(
        Decision.objects.visible_to(viewer)
        .filter(enquiry=enquiry)
        .select_related("decided_by__user")
        .order_by("-number")
    )
    ids = [row.pk for row in rows]
    children = _by_decision(
        ChildDecision.objects.visible_to(viewer)
        .filter(decision_id__in=ids)
        .select_related("subject")
        .order_by("subject__position", "id")
    )
    reasons = {row.child_id: row for row in ChildReasons.objects.visible_to(viewer).filter(child__decision_id__in=ids)}
    basis = {row.decision_id: row for row in DecisionBasis.objects.visible_to(viewer).filter(decision_id__in=ids)}
    sealed = {row.decision_id: row.text for row in SealedReasons.objects.visible_to(viewer).filter(decision_id__in=ids)}
    considered = _by_decision(
        ConsideredItem.objects.visible_to(viewer)
        .filter(decision_id__in=ids)
        .select_related("item__agency")
        .order_by("item__agency__name", "item_id")
    )
    dissents = _by_decision(
        Dissent.objects.visible_to(viewer).filter(decision_id__in=ids).select_related("agency").order_by("agency__name")
    )
    summaries = MashSummary.objects.visible_to(viewer).filter(enquiry=enquiry).select_related("team")
    return OutcomePage(
        enquiry=enquiry,
        decisions=[
            DecisionRead(
                decision=row,
                decided_by=row.decided_by.user.name,
                children=[
                    ChildRead(child.subject.name, child.get_outcome_display(), reasons.get(child.pk))
                    for child in children.get(row.pk, [])
                ],
                basis=basis.get(row.pk),
                sealed_reasons=sealed.get(row.pk, ""),
                considered=[
                    (each.item.agency.name, each.item.get_theme_display(), each.item_version)
                    for each in considered.get(row.pk, [])
                ],
                dissents=dissents.get(row.pk, []),
            )
            for row in rows
        ],
        summaries=list(summaries.order_by("-prepared_at", "id")),
    )


def _by_decision(rows: Iterable[Any]) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.decision_id, []).append(row)
    return found


def may_decide(viewer: Viewer, enquiry: Enquiry) -> bool:
    """Say whether the page offers the manager to decide, for the first time or again."""
    early = enquiry.state == EnquiryState.GATHERING and enquiry.colour == Colour.RED
    return viewer.has(Role.MANAGER) and (early or enquiry.state in (EnquiryState.DECIDING, *AFTER))


def may_send_back(viewer: Viewer, enquiry: Enquiry) -> bool:
    """Say whether the page offers the manager to give the enquiry back for more."""
    return viewer.has(Role.MANAGER) and enquiry.state == EnquiryState.DECIDING
