"""A MASH summary is taken back: nobody outside sees it any more from this moment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

import clock.actions as clock
import screening.actions
from agencies.access import transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from decisions.choices import SummaryState
from decisions.grants import SummaryGrant
from decisions.mail import notices
from decisions.models import Decision, MashSummary
from decisions.transitions import SUMMARY
from notices.actions import notify_holders
from screening.choices import EnquiryState
from screening.models import Enquiry

LIVE = (SummaryState.DRAFT, SummaryState.WITH_MANAGER, SummaryState.SENT, SummaryState.QUERIED)
"""States of a summary that is still being worked on or waits for its team."""


def withdraw_all(enquiry: Enquiry, *, before: Decision, viewer: Viewer, at: datetime) -> None:
    """Take back what was prepared or sent for an earlier decision and is not accepted yet."""
    rows = MashSummary.objects.visible_to(viewer).filter(enquiry=enquiry, state__in=LIVE)
    for summary in rows.exclude(decision=before).order_by("prepared_at", "id"):
        _withdraw(summary, "summary.withdrawn", viewer=viewer, at=at, version=None)


@transaction.atomic
def withdraw_summary(summary: MashSummary, *, viewer: Viewer, at: datetime, version: int | None = None) -> MashSummary:
    """Take back one summary, such as one that went to the wrong team; the enquiry is the manager's to release again.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: the team has accepted or declined it already.
        StaleRecord: somebody changed it since.
    """
    taken_back = _withdraw(summary, "summary.withdrawn", viewer=viewer, at=at, version=version)
    enquiry = transitions.lock(Enquiry(pk=summary.enquiry_id), viewer=viewer)
    if enquiry.state == EnquiryState.RELEASED:
        screening.actions.mark_returned(enquiry, viewer=viewer, at=at)
        screening.actions.start_release_again(enquiry, at=at)
    return taken_back


def discard_summary(summary: MashSummary, *, viewer: Viewer, at: datetime, version: int | None = None) -> MashSummary:
    """Throw away a draft that nobody has seen outside, such as one for the wrong team.

    Raises:
        NotPermitted: the viewer neither manages nor is the enquiry's social worker.
        MoveNotAllowed: it is no draft any more.
        StaleRecord: somebody changed it since.
    """
    return _withdraw(summary, "summary.discarded", viewer=viewer, at=at, version=version)


@transaction.atomic
def _withdraw(summary: MashSummary, event: str, *, viewer: Viewer, at: datetime, version: int | None) -> MashSummary:
    was_out = summary.released_at is not None
    taken_back = transitions.apply(summary, event, table=SUMMARY, viewer=viewer, at=at, version=version)
    clock.cancel_deadlines("release", summary.pk, at=at)
    for grant in SummaryGrant.objects.filter(content_object=taken_back):
        grant.delete()
    if was_out:
        notify_holders(notices.withdrawn(taken_back), Role.RECEIVING_WORKER, team_id=summary.team_id, at=at)
    return taken_back
