"""The analysis: drafts that save themselves, and what is sent to the manager."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

import screening.actions
from agencies.access import transitions
from agencies.access.roles import ASSIGNED
from agencies.access.viewer import Viewer
from audit.actions import record
from common.errors import NotPermitted, NotVisible, RuleBroken, StaleRecord
from decisions.actions.stage import not_now
from decisions.models import Analysis, AnalysisVersion, ChildMeaning, PickedItem
from decisions.reads.enquiry import Child, children_of
from information_sharing.models import Item
from screening.choices import EnquiryState
from screening.models import Enquiry

TEXTS: Mapping[str, str] = {
    "family_conversation": "Write what the family said, or why you have not spoken with them.",
    "risks": "Write what the risks are.",
    "protection": "Write what protects the children, or that you know of nothing.",
    "child_views": "Write what each child says or shows, or why that is not known.",
    "family_views": "Write what the family thinks, or why that is not known.",
    "gaps": "Write what you still do not know, or that nothing is open.",
    "summary": "Write a summary of two or three sentences.",
    "recommendation": "Write what you recommend and why.",
}
"""Parts of an analysis, with what is asked of somebody who left one empty."""


@dataclass(frozen=True)
class AnalysisDraft:
    """What stands on the page of the social worker.

    Attributes:
        texts: parts as in `TEXTS`.
        recommended_outcome: what is recommended, or empty.
        meanings: child (key of `Child.subject`) to what it all means for it.
        items: the items picked, each with the version that was on the page.
    """

    texts: Mapping[str, str]
    recommended_outcome: str = ""
    meanings: Mapping[uuid.UUID, str] = field(default_factory=dict)
    items: Mapping[uuid.UUID, int] = field(default_factory=dict)


@transaction.atomic
def save_analysis(
    enquiry: Enquiry, draft: AnalysisDraft, *, viewer: Viewer, at: datetime, version: int, page: uuid.UUID
) -> Analysis:
    """Keep what is on the page. A draft makes no event.

    Args:
        version: the version that the page was drawn from; 0 where there was none.
        page: the page's own key: a page goes on saving over itself, another page that is older is refused.

    Raises:
        NotPermitted: the enquiry is assigned to somebody else.
        MoveNotAllowed: it is not at the stage at which an analysis is written.
        StaleRecord: it was saved from another page since.
        NotVisible: a child or an item is not of this enquiry.
    """
    locked = _open_for_writing(enquiry, viewer)
    analysis = Analysis.objects.filter(enquiry=locked).first()
    if analysis is None:
        analysis = Analysis(enquiry=locked, version=0)
    elif analysis.saved_from != page and analysis.version != version:
        raise StaleRecord(
            "Your text was not saved: the analysis was saved from another page since you opened this one. "
            "Open it again and put in what is missing; what you typed is below.",
            change=transitions.last_change(analysis),
        )
    if analysis.saved_from != page:
        analysis.version += 1
    for name in TEXTS:
        setattr(analysis, name, draft.texts.get(name, ""))
    analysis.recommended_outcome = draft.recommended_outcome
    analysis.saved_from, analysis.saved_at, analysis.saved_by_id = page, at, viewer.member
    analysis.save()
    _save_meanings(analysis, draft.meanings, children_of(viewer, locked))
    _pick(analysis, draft.items, viewer=viewer, at=at)
    return analysis


def _open_for_writing(enquiry: Enquiry, viewer: Viewer) -> Enquiry:
    if ASSIGNED not in transitions.roles_on(enquiry, viewer):
        raise NotPermitted("The analysis is written by the social worker to whom the enquiry is assigned.")
    locked = transitions.lock(enquiry, viewer=viewer)
    if locked.state != EnquiryState.GATHERING:
        raise not_now(locked)
    return locked


def _save_meanings(analysis: Analysis, meanings: Mapping[uuid.UUID, str], children: list[Child]) -> None:
    if not set(meanings) <= {child.subject.pk for child in children}:
        raise NotVisible
    held = {row.subject_id: row for row in analysis.meanings.all()}
    for subject_id, text in meanings.items():
        row = held.get(subject_id) or ChildMeaning(analysis=analysis, subject_id=subject_id)
        if row.text != text or row.pk not in {each.pk for each in held.values()}:
            row.text = text
            row.save()


def _pick(analysis: Analysis, wanted: Mapping[uuid.UUID, int], *, viewer: Viewer, at: datetime) -> None:
    """Pick and drop items so that those wanted are picked, each in the version that was read."""
    rows = Item.objects.visible_to(viewer).given().filter(enquiry_id=analysis.enquiry_id, pk__in=wanted)
    if set(rows.values_list("pk", flat=True)) != set(wanted):
        raise NotVisible
    held = {row.item_id: row for row in analysis.picked.all()}
    for item_id, seen in wanted.items():
        row = held.pop(item_id, None)
        if row is None:
            PickedItem.objects.create(analysis=analysis, item_id=item_id, item_version=seen, picked_at=at)
        elif row.dropped_at is not None or row.item_version != seen:
            row.dropped_at, row.item_version, row.picked_at = None, seen, at
            row.save()
    for row in held.values():
        if row.dropped_at is None:
            row.dropped_at = at
            row.save()


@transaction.atomic
def send_analysis(
    enquiry: Enquiry, draft: AnalysisDraft, *, viewer: Viewer, at: datetime, version: int, page: uuid.UUID
) -> AnalysisVersion:
    """Keep the analysis as it stands now and put the enquiry to the manager for decision.

    Raises:
        RuleBroken: a part is missing.
        NotPermitted, MoveNotAllowed, StaleRecord, NotVisible: as for `save_analysis`.
    """
    analysis = save_analysis(enquiry, draft, viewer=viewer, at=at, version=version, page=page)
    children = children_of(viewer, enquiry)
    _require_whole(draft, children)
    last = analysis.versions.order_by("-number").values_list("number", flat=True).first() or 0
    kept = AnalysisVersion.objects.create(
        analysis=analysis,
        number=last + 1,
        text=_as_sent(analysis, children),
        sent_at=at,
        sent_by_id=viewer.member,
    )
    analysis.sent_at, analysis.sent_by_id = at, viewer.membership_id
    analysis.save(update_fields=["sent_at", "sent_by"])
    screening.actions.recommend(enquiry, viewer=viewer, at=at)
    record(
        "analysis.sent",
        actor=viewer,
        at=at,
        record_type="decisions.analysis",
        record_id=analysis.pk,
        reference=enquiry.reference,
        enquiry_id=enquiry.pk,
        details={"number": kept.number, "outcome": analysis.recommended_outcome},
    )
    return kept


def _require_whole(draft: AnalysisDraft, children: list[Child]) -> None:
    for child in children:
        if not draft.meanings.get(child.subject.pk, "").strip():
            raise RuleBroken(f"Write what all this means for {child.name}.", field=f"meaning_{child.key}")
    for name, sentence in TEXTS.items():
        if not draft.texts.get(name, "").strip():
            raise RuleBroken(sentence, field=name)
    if not draft.recommended_outcome:
        raise RuleBroken("Select what you recommend.", field="recommended_outcome")


def _as_sent(analysis: Analysis, children: list[Child]) -> dict[str, object]:
    meanings = {row.subject_id: row.text for row in analysis.meanings.all()}
    picked = analysis.picked.filter(dropped_at__isnull=True).order_by("picked_at", "id")
    return {
        **{name: getattr(analysis, name) for name in TEXTS},
        "recommended_outcome": analysis.recommended_outcome,
        "meanings": [
            {"subject": str(child.subject.pk), "text": meanings.get(child.subject.pk, "")} for child in children
        ],
        "items": [{"item": str(row.item_id), "version": row.item_version} for row in picked],
    }
