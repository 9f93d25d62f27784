"""A summary that is out is replaced, looked at again, or hidden because it should never have gone there.

The team keeps what it acted on, stamped as superseded, and says whether it changes its plan; for a Red it is
telephoned. Only what went to the wrong people or was unlawfully shared is hidden, with the record of the breach.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

import clock.actions as clock
import screening.actions
from agencies.access import roles, transitions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, Viewer
from agencies.choices import Role, SystemRole
from clock.choices import Loop, Measure, Start
from clock.models import Deadline
from clock.rules.subject import Owing, Subject
from common.errors import RuleBroken
from decisions.actions.receiving import require_text, say, say_to_team, tell_hub
from decisions.choices import ChangesPlan, ExchangeKind, RecallReason, ReplaceReason
from decisions.grants import SummaryGrant
from decisions.mail import notices
from decisions.models import MashSummary, Recall, SummaryChange
from decisions.reads.readers import readers_of
from decisions.transitions import SUMMARY
from notices.actions import notify_holders
from screening.actions import tell_worker
from screening.choices import EnquiryState
from screening.models import Enquiry


@dataclass(frozen=True)
class Replacement:
    """Why a summary is replaced.

    Attributes:
        because: as in `ReplaceReason`.
        text: what has changed, in words that the team reads.
    """

    because: str
    text: str


@transaction.atomic
def supersede_summary(
    summary: MashSummary, why: Replacement, *, viewer: Viewer, at: datetime, version: int
) -> MashSummary:
    """Stamp a summary that is out: the team keeps it and says what follows, the enquiry is the manager's once more.

    A closed enquiry is opened again with it. The new summary is prepared from the text of this one.

    Raises:
        RuleBroken: the reason is missing or not on the list.
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is not out, or was replaced already.
        StaleRecord: somebody changed it since.
    """
    if why.because not in ReplaceReason.values:
        raise RuleBroken("Select why it is replaced.", field="because")
    require_text(why.text, "Write what has changed: the team reads it.")
    superseded = stamp(summary, why, viewer=viewer, at=at, version=version)
    enquiry = transitions.lock(Enquiry(pk=summary.enquiry_id), viewer=viewer)
    _hand_back(enquiry, why.text, viewer=viewer, at=at)
    return superseded


def stamp(summary: MashSummary, why: Replacement, *, viewer: Viewer, at: datetime, version: int | None) -> MashSummary:
    """Mark a summary as superseded, start the team's clock and tell it. Called inside the action that says why."""
    superseded = transitions.apply(
        summary,
        "summary.superseded",
        table=SUMMARY,
        viewer=viewer,
        at=at,
        version=version,
        details={"because": why.because},
        superseded_at=at,
        superseded_by_id=viewer.membership_id,
        superseded_because=why.because,
    )
    say_to_team(superseded, ExchangeKind.SUPERSEDED, why.text, viewer=viewer, at=at)
    _settle(superseded, viewer=viewer, at=at)
    clock.cancel_deadlines("release", summary.pk, at=at)
    enquiry = Enquiry.objects.visible_to(viewer).get(pk=summary.enquiry_id)
    clock.start_if_measured(
        _subject(superseded, enquiry.reference),
        Measure.PLAN,
        colour=enquiry.colour,
        moments={Start.SENDING: at},
        owing=Owing(team_id=summary.team_id, membership_id=summary.social_worker_id),
        at=at,
    )
    notify_holders(notices.superseded(superseded), Role.RECEIVING_WORKER, team_id=summary.team_id, at=at)
    message, known = notices.replaced(superseded), [viewer.membership_id]
    tell_worker(message, superseded.enquiry_id, at=at, besides=known, managers_otherwise=False)
    return superseded


def _subject(summary: MashSummary, enquiry_reference: str) -> Subject:
    enquiry = summary.enquiry_id
    return Subject("release", summary.pk, summary.reference, enquiry, enquiry_reference, case_id=enquiry)


def _hand_back(enquiry: Enquiry, reason: str, *, viewer: Viewer, at: datetime) -> None:
    """Give the enquiry back to the manager, with a clock, from whatever stage it had reached."""
    if enquiry.state == EnquiryState.CLOSED:
        screening.actions.reopen_enquiry(enquiry, reason, viewer=viewer, at=at)
        return
    if enquiry.state == EnquiryState.RELEASED:
        screening.actions.mark_returned(enquiry, viewer=viewer, at=at)
    screening.actions.start_release_again(enquiry, at=at)


@transaction.atomic
def settle_changes(summary: MashSummary, reason: str, *, viewer: Viewer, at: datetime, version: int) -> MashSummary:
    """Say, with a reason, that a summary stands although something in it has changed since; the team reads why.

    Raises:
        RuleBroken: no reason, or nothing has changed.
        NotPermitted, MoveNotAllowed, StaleRecord: as for `supersede_summary`.
    """
    require_text(reason, "Write why the summary stands: the team reads it.")
    kept = transitions.apply(summary, "summary.change_settled", table=SUMMARY, viewer=viewer, at=at, version=version)
    if not _settle(kept, viewer=viewer, at=at):
        raise RuleBroken("Nothing in this summary has changed since it was sent.", field="text")
    say_to_team(kept, ExchangeKind.UNCHANGED, reason, viewer=viewer, at=at)
    clock.meet_deadline("release", summary.pk, Measure.RELEASE_AGAIN, at=at)
    notify_holders(notices.stands(kept), Role.RECEIVING_WORKER, team_id=kept.team_id, at=at)
    return kept


def _settle(summary: MashSummary, *, viewer: Viewer, at: datetime) -> int:
    rows = SummaryChange.objects.visible_to(viewer).filter(summary=summary, settled_at__isnull=True)
    held = list(rows.select_for_update(of=("self",)).order_by("changed_at", "id"))
    for change in held:
        change.settled_at, change.settled_by_id = at, viewer.member
        change.save(update_fields=["settled_at", "settled_by"])
    return len(held)


@transaction.atomic
def say_plan(
    summary: MashSummary, changes_plan: str, text: str, *, viewer: Viewer, at: datetime, version: int
) -> MashSummary:
    """Say for the team whether what was replaced changes what it does.

    Raises:
        RuleBroken: yes or no is missing, or what changes, or why nothing does.
        NotPermitted: the viewer does not work in the team.
        MoveNotAllowed, StaleRecord: as for every move.
    """
    if changes_plan not in ChangesPlan.values:
        raise RuleBroken("Select whether it changes your plan.", field="changes_plan")
    require_text(text, "Write what you do now, or why nothing changes.")
    settled = transitions.apply(
        summary,
        "summary.plan_said",
        table=SUMMARY,
        viewer=viewer,
        at=at,
        version=version,
        details={"changes": changes_plan},
        changes_plan=changes_plan,
    )
    words = f"{ChangesPlan(changes_plan).label}. {text.strip()}"
    say(settled, ExchangeKind.PLAN, words, viewer=viewer, at=at)
    clock.meet_deadline("release", summary.pk, Measure.PLAN, at=at)
    tell_hub(notices.plan_said(settled), settled, at=at)
    return settled


@transaction.atomic
def record_call(summary: MashSummary, text: str, *, viewer: Viewer, at: datetime, version: int) -> MashSummary:
    """Record that the team was telephoned about a summary that was replaced.

    Raises:
        RuleBroken: it does not say whom.
        NotPermitted: the viewer neither manages nor is the enquiry's social worker.
        MoveNotAllowed, StaleRecord: as for every move.
    """
    require_text(text, "Write whom you spoke to, and what was said.")
    rung = transitions.apply(
        summary,
        "summary.telephoned",
        table=SUMMARY,
        viewer=viewer,
        at=at,
        version=version,
        telephoned_at=at,
        telephoned_by_id=viewer.membership_id,
    )
    say_to_team(rung, ExchangeKind.TELEPHONED, text, viewer=viewer, at=at)
    return rung


@transaction.atomic
def recall_summary(
    summary: MashSummary, reason: str, text: str, *, viewer: Viewer, at: datetime, version: int
) -> MashSummary:
    """Hide a summary from the team that had it, and record the breach; the enquiry is the manager's once more.

    Args:
        reason: as in `RecallReason`: nothing less takes from a team what it may have acted on.
        text: what happened, and who was told of the breach. The team does not read it.

    Raises:
        RuleBroken: the reason or the account of it is missing.
        NotPermitted, MoveNotAllowed, StaleRecord: as for `supersede_summary`.
    """
    if reason not in RecallReason.values:
        raise RuleBroken("Select why it must be hidden. What merely changed is replaced instead.", field="reason")
    require_text(text, "Write what happened, and who was told of the breach.")
    was_read = len(readers_of(summary))
    recalled = transitions.apply(
        summary,
        "summary.recalled",
        table=SUMMARY,
        viewer=viewer,
        at=at,
        version=version,
        details={"reason": reason, "readers": was_read},
    )
    Recall.objects.create(
        summary=recalled,
        reason=reason,
        text=text.strip(),
        was_read=was_read,
        recalled_at=at,
        recalled_by_id=viewer.member,
    )
    _settle(recalled, viewer=viewer, at=at)
    clock.cancel_deadlines("release", summary.pk, at=at)
    for grant in SummaryGrant.objects.filter(content_object=recalled):
        grant.delete()
    notify_holders(notices.withdrawn(recalled), Role.RECEIVING_WORKER, team_id=summary.team_id, at=at)
    enquiry = transitions.lock(Enquiry(pk=summary.enquiry_id), viewer=viewer)
    _hand_back(enquiry, text, viewer=viewer, at=at)
    return recalled


TOLD_FROM = (
    "told_at",
    "settled_at",
    "changed_at",
    *(f"summary__{name}" for name in ("reference", "enquiry_id", "team_id", "social_worker_id")),
)
"""What the worker reads of a change and its summary; the text of a summary is closed to it."""


def tell_changes(*, viewer: Viewer, at: datetime, batch: int = 100) -> int:
    """Tell manager, social worker and team that something in a released summary has changed, and start the clock.

    Safe to run anywhere and any number of times at once. Returns how many changes it was.

    Raises:
        NotPermitted: the viewer is not the clock.
    """
    roles.require(viewer, SystemRole.CLOCK)
    with acting_as(viewer) as system:
        rows = SummaryChange.objects.visible_to(system).filter(told_at__isnull=True)
        rows = rows.exclude(pk__in=clock.held_back(Loop.CHANGES, at=at))
        rows = rows.select_related("summary").only(*TOLD_FROM)
        found = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("changed_at", "id")[:batch])
        return clock.each_row(Loop.CHANGES, found, partial(_pass_on, at=at), key=lambda one: one.pk, at=at)


def _pass_on(change: SummaryChange, *, at: datetime) -> None:
    if change.settled_at is None:
        _tell_change(change, at=at)
    change.told_at = at
    change.save(update_fields=["told_at"])


def _tell_change(change: SummaryChange, *, at: datetime) -> None:
    summary = change.summary
    of_summary = Deadline.objects.visible_to(CLOCK).filter(subject_kind="release", subject_id=summary.pk)
    sent = of_summary.order_by("-started_at").first()  # its colour: the clock itself does not read enquiries
    clock.start_if_measured(
        _subject(summary, sent.enquiry_reference if sent else ""),
        Measure.RELEASE_AGAIN,
        colour=sent.colour if sent else "",
        moments={Start.SENDING: change.changed_at},
        owing=Owing(membership_id=summary.social_worker_id),
        at=at,
    )
    tell_hub(notices.changed(summary, change), summary, at=at)
    notify_holders(notices.changed_for_team(summary, change), Role.RECEIVING_WORKER, team_id=summary.team_id, at=at)
