"""Reads of MASH summaries: how far the children are provided for, the page of one summary, the inbox of a team."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

import audit.actions as audit
import clock.queries as clocks
import information_sharing.queries as sharing
from agencies.access import firewall, transitions
from agencies.access.opened import purpose_of
from agencies.access.roles import RECEIVER, assigned
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.reads.names import agencies_then
from audit.actions import record_reading
from clock.queries import Countdown
from common.work import People
from contacts.choices import Sex
from contacts.queries import lines_about, people_named
from contacts.reads.worker import whom_to_ring
from decisions.models import (
    Exchange,
    MashSummary,
    SummaryChild,
    SummaryInstruction,
    SummaryItem,
    SummaryPlaces,
)
from decisions.queries.after_release import NOTHING_SINCE, AfterRelease, after_release
from decisions.queries.work import children_of_summaries
from decisions.reads.children import ChildTold, children_told
from decisions.reads.coverage import UNDER_WAY
from decisions.reads.enquiry import passable_items
from decisions.reads.reported import report_for_team
from decisions.transitions import SUMMARY
from information_sharing.models import Item
from information_sharing.queries import ItemSeen
from information_sharing.queries.items import read_items


def get_summary(viewer: Viewer, reference: str) -> MashSummary:
    """Return one MASH summary.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = MashSummary.objects.select_related(
        "team",
        "enquiry__social_worker__user",
        "decision",
        "released_by__user",
        "taken_by__user",
        "prepared_by__user",
    )
    summary: MashSummary = firewall.fetch(rows, viewer, reference=reference)
    return summary


@dataclass(frozen=True)
class SummaryChildSeen:
    """A child as the team reads it.

    Attributes:
        facts: what else is told of the child: label and words; what nobody recorded is left to the page to say.
    """

    name: str
    born: str
    outcome: str
    level_of_need: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class SummaryItemSeen:
    """An item as the team reads it."""

    agency: str
    about: str
    occurred: str
    occurred_on: date | None
    text: str


@dataclass(frozen=True)
class SummarySeen:
    """A MASH summary exactly as its team reads it: also the preview, before it has gone out.

    Attributes:
        report: what was reported, as it goes out.
        ring: whom the team rings today, which may be somebody else than on the day when it was sent.
    """

    summary: MashSummary
    children: list[SummaryChildSeen]
    items: list[SummaryItemSeen]
    instruction: str
    exchanges: list[Exchange]
    after: AfterRelease
    ring: str
    report: str

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The written parts, in the order in which a worker needs them."""
        summary = self.summary
        then = summary.whom_to_ring
        return [
            ("What we ask of you", summary.covering_text),
            ("Concern", summary.concern),
            ("As reported", self.report),
            ("Household", summary.household),
            ("Level of need and reasons", summary.reasons),
            ("Agreement, or basis without it", summary.agreement),
            ("Family told", summary.get_family_told_display()),
            ("Who was worried", summary.referrer or "Not passed on"),
            ("What is missing", summary.missing),
            ("Who to call", self.ring),
            *([("Who to call, when it was sent", then)] if then not in ("", self.ring) else []),
        ]


def summary_seen(viewer: Viewer, summary: MashSummary, *, at: datetime) -> SummarySeen:
    """Return a summary as its team reads it.

    The reading is written into the log: of a released summary always, of a preview where it shows items.

    Args:
        summary: as `get_summary` gives it.
    """
    frozen = summary.released_at is not None
    rows = SummaryItem.objects.visible_to(viewer).filter(summary=summary).select_related("agency")
    chosen = list(rows)
    if frozen:
        audit.record_reading(
            "summary",
            actor=viewer,
            at=at,
            item_ids=[row.item_id for row in chosen],
            reference=summary.reference,
            enquiry_id=summary.enquiry_id,
        )
    held = list(SummaryChild.objects.visible_to(viewer).filter(summary=summary))
    exchanges = _exchanges(viewer, summary) if frozen else []
    called = agencies_then([row.agency for row in chosen], summary.released_at) if summary.released_at else {}
    return SummarySeen(
        summary=summary,
        children=_children_seen(viewer, summary, held),
        items=_in_order(
            [
                SummaryItemSeen(called[row.agency_id], row.about, row.occurred, row.occurred_on, row.text)
                for row in chosen
            ]
            if frozen
            else _items_now(viewer, summary, held, [row.item_id for row in chosen], at=at)
        ),
        instruction=_instruction(viewer, summary) if frozen else "",
        exchanges=exchanges,
        after=after_release(viewer, summary, exchanges) if frozen else NOTHING_SINCE,
        ring=whom_to_ring(summary.enquiry_id, summary.enquiry.social_worker),
        report=summary.report
        if frozen
        else report_for_team(viewer, summary.enquiry_id, {row.subject_id for row in held}),
    )


def _instruction(viewer: Viewer, summary: MashSummary) -> str:
    row = SummaryInstruction.objects.visible_to(viewer).filter(summary=summary).first()
    return str(row.text) if row else ""


def _exchanges(viewer: Viewer, summary: MashSummary) -> list[Exchange]:
    rows = Exchange.objects.visible_to(viewer).filter(summary=summary)
    return list(rows.select_related("said_by__user", "said_by__agency"))


def _children_seen(viewer: Viewer, summary: MashSummary, rows: Sequence[SummaryChild]) -> list[SummaryChildSeen]:
    """Return the children as frozen, or as they would be if the summary went out now.

    The team sees no contact and nobody in it: what it reads of a child stands in the summary's own row.
    """
    if summary.released_at is not None:
        return [_child(row, row) for row in rows]
    now = children_told(viewer, summary.enquiry, {row.subject_id for row in rows})
    shown = [(now[row.subject_id], row) for row in rows if row.subject_id in now]
    return [_child(told, row) for told, row in sorted(shown, key=lambda one: one[0].position)]


def _child(child: SummaryChild | ChildTold, row: SummaryChild) -> SummaryChildSeen:
    return SummaryChildSeen(
        name=child.name,
        born=child.born,
        outcome=row.get_outcome_display(),
        level_of_need=row.get_level_of_need_display(),
        facts=[
            ("Where the child is", child.whereabouts),
            ("Sex", str(Sex(child.sex).label) if child.sex else ""),
            ("NHS number", child.nhs_number),
            ("School", child.school),
            ("General practice", child.practice),
        ],
    )


def _items_now(
    viewer: Viewer, summary: MashSummary, children: Sequence[SummaryChild], ids: Sequence[uuid.UUID], *, at: datetime
) -> list[SummaryItemSeen]:
    if not ids:
        return []
    rows = passable_items(viewer, summary.enquiry, {row.subject_id for row in children}).filter(pk__in=ids)
    seen = _read(viewer, summary, rows, at=at)
    return [SummaryItemSeen(item.agency, item.about, item.when, item.occurred_on, item.text) for item in seen]


def _in_order(items: list[SummaryItemSeen]) -> list[SummaryItemSeen]:
    """Sort by agency, person and day, what has no day last; by the words of its day "18 November" came before "7"."""
    return sorted(items, key=lambda item: (item.agency, item.about, item.occurred_on or date.max, item.text))


def _read(viewer: Viewer, summary: MashSummary, rows: QuerySet[Item], *, at: datetime) -> list[ItemSeen]:
    return read_items(viewer, rows, at=at, page="release", reference=summary.reference, enquiry=summary.enquiry_id)


@dataclass(frozen=True)
class PreparePage:
    """What a summary can be made of, for the people who prepare and confirm it."""

    summary: MashSummary
    items: list[ItemSeen]
    chosen: dict[uuid.UUID, int]

    @property
    def reworded(self) -> set[uuid.UUID]:
        """Items whose owner has reworded them since they were chosen."""
        return {item.id for item in self.items if self.chosen.get(item.id, item.version) != item.version}

    @property
    def lost(self) -> int:
        """How many chosen items may not be passed on any more."""
        return len(set(self.chosen) - {item.id for item in self.items})


def prepare_page(viewer: Viewer, summary: MashSummary, *, at: datetime) -> PreparePage:
    """Return what a summary can be made of; the reading of the items is recorded."""
    rows = SummaryItem.objects.visible_to(viewer).filter(summary=summary)
    children = set(summary.children.values_list("subject_id", flat=True))
    return PreparePage(
        summary=summary,
        items=_read(viewer, summary, passable_items(viewer, summary.enquiry, children), at=at),
        chosen=dict(rows.values_list("item_id", "item_version")),
    )


def is_of_decision_team(viewer: Viewer, summary: MashSummary) -> bool:
    """Say whether the viewer works on the enquiry itself, not only on what was sent."""
    return viewer.has(Role.MANAGER) or bool(assigned(summary.social_worker_id, summary.enquiry_id, viewer))


def prepares(viewer: Viewer, summary: MashSummary) -> bool:
    """Say whether a summary is still being prepared and the viewer is one of those who do."""
    return is_of_decision_team(viewer, summary) and summary.state in UNDER_WAY


def summary_moves(viewer: Viewer, summary: MashSummary) -> set[str]:
    """Return the events that are open to the viewer now."""
    return {move.event for move in transitions.moves(summary, SUMMARY, viewer)}


def summary_about(viewer: Viewer, summary: MashSummary, *, at: datetime) -> People:
    """Return whom a summary is about: to its team the children in the words that were frozen, to the hub its own."""
    if RECEIVER in summary.roles_of(viewer):
        return people_named(children_of_summaries(viewer, [summary.pk]).get(summary.pk, []))
    return lines_about(viewer, enquiries=[summary.enquiry_id], at=at).enquiry(summary.enquiry_id)


def summary_clocks(viewer: Viewer, summary: MashSummary, *, at: datetime) -> list[Countdown]:
    """Return the clocks of a summary that was fetched through its rule; there is none before the release."""
    if summary.released_at is None:
        return []
    standing = clocks.deadlines_for([summary.pk], at=at).get(summary.pk, [])
    return [*standing, *clocks.earlier_statements(viewer, [summary.pk], at=at)]


def instructions_for(viewer: Viewer, summary: MashSummary) -> list[tuple[str, str]]:
    """Return reference and agreed words of each safety instruction that may go out."""
    return [(row.reference, row.agreed_text) for row in sharing.agreed_instructions(viewer, summary.enquiry)]


@dataclass(frozen=True)
class VisitorPlaces:
    """The protected places of a summary for whoever accepted it.

    Attributes:
        text: empty until they have opened them.
    """

    text: str


def places_of_summary(viewer: Viewer, summary: MashSummary, *, word: str, at: datetime) -> VisitorPlaces | None:
    """Return them, and write down that they are shown; None where the summary holds none for this viewer."""
    row = SummaryPlaces.objects.visible_to(viewer).filter(summary=summary).first()
    if row is None:
        return None
    purpose = purpose_of(word, viewer, summary.pk)
    if not purpose:
        return VisitorPlaces("")
    record_reading(
        "protected_places",
        actor=viewer,
        at=at,
        item_ids=[summary.pk],
        reference=summary.reference,
        enquiry_id=summary.enquiry_id,
        purpose=purpose,
    )
    return VisitorPlaces(row.text)
