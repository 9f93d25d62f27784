"""What has become of a summary since it was sent: what changed, what replaced it, who had read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from agencies.access.viewer import Viewer
from decisions.choices import ExchangeKind, RecallReason, ReplaceReason, SummaryState
from decisions.models import Exchange, MashSummary, Recall, SummaryChange, SummaryItem
from decisions.querysets import CHANGEABLE, OUTSIDE
from decisions.reads.readers import Reader, readers_of

SUPERSEDED = (SummaryState.SUPERSEDED, SummaryState.SETTLED)


@dataclass(frozen=True)
class AfterRelease:
    """What stands above a summary that is not as it was sent any more.

    Attributes:
        stamp: why it is superseded, in words; empty while it stands.
        said: what the hub wrote to the team when it replaced it.
        successor: reference of the summary that replaced it, once that is out to the same team; or empty.
        replaces: reference of the one that this one replaces; or empty.
        changes: what has changed and is not settled, each in words.
        readers: who of the team has opened it; asked where it is superseded or has changed.
        recall: the record of the breach by which it was hidden, for those who see it.
    """

    stamp: str = ""
    said: str = ""
    successor: str = ""
    replaces: str = ""
    changes: list[str] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    recall: Recall | None = None

    @property
    def recalled_because(self) -> str:
        """Why it was hidden, in words."""
        return str(RecallReason(self.recall.reason).label) if self.recall else ""


NOTHING_SINCE = AfterRelease()


def after_release(viewer: Viewer, summary: MashSummary, exchanges: Sequence[Exchange]) -> AfterRelease:
    """Return what has become of a released summary; as many queries for many changes as for one.

    Args:
        exchanges: what was said about it, the first word first.
    """
    changes = open_changes(viewer, summary)
    is_superseded = summary.state in SUPERSEDED
    recalls = Recall.objects.visible_to(viewer).filter(pk=summary.pk).select_related("recalled_by__user")
    return AfterRelease(
        stamp=str(ReplaceReason(summary.superseded_because).label) if is_superseded else "",
        said=next((one.text for one in reversed(exchanges) if one.kind == ExchangeKind.SUPERSEDED), ""),
        successor=_next_to(viewer, summary, later=True) if is_superseded else "",
        replaces=_next_to(viewer, summary, later=False),
        changes=_in_words(viewer, summary, changes),
        readers=readers_of(summary) if is_superseded or changes else [],
        recall=recalls.first() if summary.state == SummaryState.WITHDRAWN else None,
    )


def open_changes(viewer: Viewer, summary: MashSummary) -> list[SummaryChange]:
    """Return what has changed in a summary on which its team relies, and is not settled; the first change first."""
    if summary.state not in CHANGEABLE:
        return []
    rows = SummaryChange.objects.visible_to(viewer).filter(summary=summary, settled_at__isnull=True)
    return list(rows.order_by("changed_at", "id"))


def _in_words(viewer: Viewer, summary: MashSummary, changes: list[SummaryChange]) -> list[str]:
    """Say what changed by the frozen copy, which whoever sees the summary sees: not by the item, which they may not."""
    if not changes:
        return []
    copies = SummaryItem.objects.visible_to(viewer).filter(summary=summary).select_related("agency")
    passed_on = {copy.item_id: copy for copy in copies}
    found = []
    for change in changes:
        copy = passed_on.get(change.item_id) if change.item_id else None
        about = f": {copy.agency.name}{', ' + copy.occurred if copy.occurred else ''}" if copy else ""
        found.append(f"{ReplaceReason(change.cause).label}{about}")
    return found


def _next_to(viewer: Viewer, summary: MashSummary, *, later: bool) -> str:
    """Return the summary of the same enquiry for the same team that was sent next, or superseded before."""
    rows = MashSummary.objects.visible_to(viewer).filter(enquiry_id=summary.enquiry_id, team_id=summary.team_id)
    rows = rows.exclude(pk=summary.pk).filter(state__in=OUTSIDE)
    if later:
        rows = rows.filter(released_at__gte=summary.superseded_at).order_by("released_at")
    else:
        rows = rows.filter(superseded_at__lte=summary.released_at).order_by("-superseded_at")
    return str(rows.values_list("reference", flat=True).first() or "")
