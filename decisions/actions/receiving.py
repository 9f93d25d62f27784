"""What a receiving team does with a MASH summary: it accepts, asks, or declines with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

import clock.actions as clock
import information_sharing.actions as sharing
import screening.actions
from agencies.access import firewall, transitions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, Viewer
from agencies.choices import Role
from clock.choices import Measure
from common.errors import RuleBroken
from contacts.actions.moving import Endings
from contacts.models import Contact
from contacts.rules.outgoing import check_outgoing
from decisions.actions.closing import endings_of
from decisions.choices import DeclineReason, ExchangeKind
from decisions.mail import notices
from decisions.models import Exchange, MashSummary
from decisions.reads.coverage import coverage_of
from decisions.reads.enquiry import decision_in_force
from decisions.reads.leaks import to_team
from decisions.transitions import SUMMARY
from notices.actions import notify_holders
from notices.rules import Message
from screening.actions import tell_worker
from screening.choices import EnquiryState
from screening.models import Enquiry


@transaction.atomic
def accept_summary(summary: MashSummary, *, viewer: Viewer, at: datetime, version: int) -> MashSummary:
    """Take over. When every team has, the enquiry closes and its contacts end as was decided for each child.

    Raises:
        NotPermitted: the viewer does not work in the team.
        MoveNotAllowed: it was accepted, declined or withdrawn already.
        StaleRecord: somebody answered it since.
    """
    accepted = transitions.apply(
        summary,
        "summary.accepted",
        table=SUMMARY,
        viewer=viewer,
        at=at,
        version=version,
        taken_at=at,
        taken_by_id=viewer.membership_id,
    )
    clock.meet_deadline("release", summary.pk, Measure.ACCEPTANCE, at=at)
    tell_hub(notices.accepted(accepted), accepted, at=at, managers=False)
    enquiry = firewall.fetch(Enquiry.objects.all(), viewer, pk=summary.enquiry_id)
    with acting_as(CLOCK.with_request(viewer.request_id)) as system:
        standing = _standing(enquiry, system)
    if standing is None or enquiry.state != EnquiryState.RELEASED:
        return accepted
    if standing:
        closed = screening.actions.mark_accepted(enquiry, endings=standing, viewer=viewer, at=at)
        sharing.end_unanswered(closed, viewer=viewer, at=at)
    else:
        screening.actions.mark_returned(enquiry, viewer=viewer, at=at)
        screening.actions.start_release_clock(enquiry, at=at)
    return accepted


def _standing(enquiry: Enquiry, system: Viewer) -> Endings | None:
    """Return the endings once every team has accepted; empty where a child is not decided; else None."""
    decision = decision_in_force(system, enquiry)
    if decision is None or not coverage_of(system, decision).is_all_taken:
        return None
    return endings_of(enquiry, decision.pk, viewer=system)


@transaction.atomic
def query_summary(summary: MashSummary, text: str, *, viewer: Viewer, at: datetime, version: int) -> MashSummary:
    """Ask the hub something before taking over; the clock runs on.

    Raises:
        RuleBroken: nothing is asked.
        NotPermitted, MoveNotAllowed, StaleRecord: as for `accept_summary`.
    """
    require_text(text, "Write what you want to know.")
    queried = transitions.apply(summary, "summary.queried", table=SUMMARY, viewer=viewer, at=at, version=version)
    say(queried, ExchangeKind.QUERY, text, viewer=viewer, at=at)
    tell_hub(notices.queried(queried), queried, at=at)
    return queried


@transaction.atomic
def answer_query(summary: MashSummary, text: str, *, viewer: Viewer, at: datetime, version: int) -> MashSummary:
    """Answer the team's question.

    Raises:
        RuleBroken: the answer is empty, or gives away what the team may not have.
        NotPermitted: the viewer neither manages nor is the enquiry's social worker.
        MoveNotAllowed, StaleRecord: as for every move.
    """
    require_text(text, "Write the answer.")
    answered = transitions.apply(summary, "summary.answered", table=SUMMARY, viewer=viewer, at=at, version=version)
    say_to_team(answered, ExchangeKind.ANSWER, text, viewer=viewer, at=at)
    notify_holders(notices.answered(answered), Role.RECEIVING_WORKER, team_id=answered.team_id, at=at)
    return answered


@transaction.atomic
def decline_summary(
    summary: MashSummary, reason: str, text: str, *, viewer: Viewer, at: datetime, version: int
) -> MashSummary:
    """Decline with a reason: the enquiry is the manager's again, who decides or releases anew.

    Args:
        reason: as in `DeclineReason`; early help that the family refused comes back this way.

    Raises:
        RuleBroken: no reason is given.
        NotPermitted, MoveNotAllowed, StaleRecord: as for `accept_summary`.
    """
    if reason not in DeclineReason.values:
        raise RuleBroken("Select why you decline.", field="reason")
    require_text(text, "Write a sentence or two for the manager: why you decline.")
    declined = transitions.apply(
        summary,
        "summary.declined",
        table=SUMMARY,
        viewer=viewer,
        at=at,
        version=version,
        details={"reason": reason},
        decline_reason=reason,
    )
    say(declined, ExchangeKind.DECLINED, text, viewer=viewer, at=at)
    clock.meet_deadline("release", summary.pk, Measure.ACCEPTANCE, at=at)
    enquiry = firewall.fetch(Enquiry.objects.all(), viewer, pk=summary.enquiry_id)
    if enquiry.state == EnquiryState.RELEASED:
        screening.actions.mark_returned(enquiry, viewer=viewer, at=at)
    screening.actions.start_release_again(enquiry, at=at)
    tell_hub(notices.declined(declined), declined, at=at)
    return declined


def require_text(text: str, sentence: str) -> None:
    """Refuse an empty message.

    Raises:
        RuleBroken: nothing is written.
    """
    if not text.strip():
        raise RuleBroken(sentence, field="text")


def say(summary: MashSummary, kind: str, text: str, *, viewer: Viewer, at: datetime) -> None:
    """Keep what the team or the hub said about a released summary; kind is one of `ExchangeKind`."""
    Exchange.objects.create(summary=summary, kind=kind, text=text.strip(), said_at=at, said_by_id=viewer.member)


def say_to_team(summary: MashSummary, kind: str, text: str, *, viewer: Viewer, at: datetime) -> None:
    """Keep what the hub says to the team about a released summary.

    Raises:
        RuleBroken, SentForChecking: it gives away what the team may not have.
    """
    contact = Contact.objects.visible_to(viewer).filter(enquiry_id=summary.enquiry_id).order_by("id").first()
    if contact is not None:
        check_outgoing({"text": text}, to_team(viewer, summary), contact.pk)
    say(summary, kind, text, viewer=viewer, at=at)


def tell_hub(message: Message, summary: MashSummary, *, at: datetime, managers: bool = True) -> None:
    """Tell whoever works on the enquiry and, unless told otherwise, the managers."""
    tell_worker(message, summary.enquiry_id, at=at, managers_otherwise=not managers)
    if managers:
        notify_holders(message, Role.MANAGER, at=at)
