"""Reads of the analysis: the page on which it is written, and what was sent to the manager."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

import information_sharing.queries as sharing
from agencies.access.viewer import Viewer
from decisions.choices import Outcome
from decisions.models import Analysis, AnalysisVersion, PickedItem
from decisions.reads.enquiry import (
    Child,
    MissingAnswer,
    children_of,
    is_assigned,
    missing_among,
    requests_of,
)
from information_sharing.queries import ItemSeen
from screening.choices import EnquiryState
from screening.models import Enquiry

PARTS: tuple[tuple[str, str], ...] = (
    ("family_conversation", "Conversation with the family"),
    ("risks", "Risks"),
    ("protection", "What protects the children"),
    ("child_views", "What the children say or show"),
    ("family_views", "What the family thinks"),
    ("gaps", "What is not known"),
    ("summary", "Summary"),
    ("recommendation", "Recommendation and why"),
)
"""Parts of an analysis and what they are called."""


@dataclass(frozen=True)
class Pickable:
    """An item beside the analysis, picked or not.

    Attributes:
        picked_version: the version that was picked; None where it is not.
    """

    item: ItemSeen
    picked_version: int | None

    @property
    def value(self) -> str:
        """What the form posts: the item in the version that is shown."""
        return f"{self.item.id}:{self.item.version}"

    @property
    def values(self) -> list[str]:
        """What the form takes: the version shown, and the one that was picked before."""
        before = f"{self.item.id}:{self.picked_version}"
        return [self.value] if self.picked_version in (None, self.item.version) else [self.value, before]

    @property
    def is_picked(self) -> bool:
        """Say whether it is picked in the version that is shown."""
        return self.picked_version == self.item.version

    @property
    def has_moved_on(self) -> bool:
        """Say whether the owner has reworded it since it was picked."""
        return self.picked_version is not None and self.picked_version != self.item.version


@dataclass(frozen=True)
class AnalysisPage:
    """Everything beside the text of an analysis."""

    enquiry: Enquiry
    analysis: Analysis | None
    children: list[Child]
    meanings: dict[uuid.UUID, str]
    items: list[Pickable]
    missing: list[MissingAnswer]
    is_something_sealed: bool
    may_write: bool
    is_mine: bool
    sent: list[AnalysisVersion]

    @property
    def draft(self) -> list[tuple[str, str]]:
        """What is written and not sent yet, to those who read it and do not write it."""
        written = self.analysis
        if written is None or self.may_write or (written.sent_at is not None and written.sent_at >= written.saved_at):
            return []
        parts = [(label, getattr(written, name)) for name, label in PARTS]
        children = [(f"What it means for {one.name}", self.meanings.get(one.subject.pk, "")) for one in self.children]
        return [(label, text) for label, text in [*children, *parts] if text]

    @property
    def version(self) -> int:
        """The version that the page is drawn from; 0 before the first saving."""
        return self.analysis.version if self.analysis else 0


def analysis_page(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> AnalysisPage:
    """Return the page of the social worker; the reading of the items is recorded.

    Args:
        enquiry: as `decision_team_enquiry` gives it.
    """
    analysis = Analysis.objects.visible_to(viewer).filter(enquiry=enquiry).select_related("saved_by__user").first()
    picked = _picked(viewer, analysis)
    mine = is_assigned(viewer, enquiry)
    return AnalysisPage(
        enquiry=enquiry,
        analysis=analysis,
        children=children_of(viewer, enquiry),
        meanings={row.subject_id: row.text for row in analysis.meanings.visible_to(viewer)} if analysis else {},
        items=[
            Pickable(item, picked.get(item.id))
            for item in sharing.items_of_enquiry(viewer, enquiry, at=at, page="analysis")
        ],
        missing=missing_among(requests_of(viewer, enquiry)),
        is_something_sealed=enquiry.is_something_sealed,  # type: ignore[attr-defined]  # annotated there
        may_write=mine and enquiry.state == EnquiryState.GATHERING,
        is_mine=mine,
        sent=list(analysis.versions.visible_to(viewer).select_related("sent_by__user").order_by("-number"))
        if analysis
        else [],
    )


def _picked(viewer: Viewer, analysis: Analysis | None) -> dict[uuid.UUID, int]:
    if analysis is None:
        return {}
    rows = PickedItem.objects.visible_to(viewer).filter(analysis=analysis, dropped_at__isnull=True)
    return dict(rows.values_list("item_id", "item_version"))


@dataclass(frozen=True)
class AnalysisRead:
    """An analysis as it was sent, ready to read: what each part is called and what it says."""

    number: int
    sent_at: datetime
    sent_by: str
    recommended: str
    parts: list[tuple[str, str]]
    meanings: list[tuple[str, str]]
    items: list[tuple[ItemSeen | None, str]]


def latest_analysis(
    viewer: Viewer, enquiry: Enquiry, children: list[Child], items: list[ItemSeen]
) -> AnalysisRead | None:
    """Return the analysis that was sent last, with the items picked into it as far as the viewer sees them."""
    rows = AnalysisVersion.objects.visible_to(viewer).filter(analysis__enquiry=enquiry)
    sent = rows.select_related("sent_by__user").order_by("-number").first()
    return as_read(sent, children, items) if sent else None


def as_read(sent: AnalysisVersion, children: list[Child], items: list[ItemSeen]) -> AnalysisRead:
    """Return one kept version, ready to read."""
    names = {str(row): child.name for child in children for row in child.rows}
    seen = {str(item.id): item for item in items}
    outcome = sent.text.get("recommended_outcome", "")
    return AnalysisRead(
        number=sent.number,
        sent_at=sent.sent_at,
        sent_by=sent.sent_by.user.name,
        recommended=Outcome(outcome).label if outcome in Outcome.values else "",
        parts=[(label, sent.text.get(name, "")) for name, label in PARTS],
        meanings=[(names.get(row["subject"], "A child"), row["text"]) for row in sent.text.get("meanings", [])],
        items=[(seen.get(row["item"]), f"version {row['version']}") for row in sent.text.get("items", [])],
    )


def sent_analyses(page: AnalysisPage) -> list[AnalysisRead]:
    """Return every kept version of the analysis on a page, the latest first."""
    items = [one.item for one in page.items]
    return [as_read(sent, page.children, items) for sent in page.sent]
