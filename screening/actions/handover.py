"""Handing a chosen text to a team at screening, and what the team does with it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction

import clock.actions as clock
import contacts.actions
from agencies.access import roles, transitions
from agencies.access.closed import is_recipient_excluded
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Team
from agencies.queries import teams
from audit.actions import record
from clock.choices import Colour, Measure
from clock.models import hub_calendar
from common.errors import MoveNotAllowed, NotPermitted, RuleBroken
from common.leaks import find_leaks
from contacts.models import Contact
from contacts.reads.leaks import guarded_in
from contacts.reads.unseen import unseen_referrers
from contacts.rules.outgoing import Checked, check_outgoing
from notices.actions import notify_holders, notify_or_holders
from notices.rules import Message
from screening import mail
from screening.actions.clocks import start_acceptance_clock, turn_acceptance_clock, wait_until_opening
from screening.choices import HANDED_OVER, ExchangeKind, Exit, HandoverState
from screening.grants import HandoverGrant
from screening.models import Handover, HandoverExchange, Screening
from screening.rules import LEAST_REASON, LEAST_REASONS, handover_colour, is_too_short
from screening.transitions import HANDOVER, SENDERS

LEFT = (HandoverState.DECLINED, HandoverState.WITHDRAWN)
IN_FORCE = (HandoverState.SENT, HandoverState.QUERIED, HandoverState.ACCEPTED)


@transaction.atomic
def hand_over(screening: Screening, team_id: uuid.UUID | None, text: str, *, viewer: Viewer, at: datetime) -> Handover:
    """Hand a chosen text to a team: the row, the team's grant, its clock and its notices.

    Args:
        team_id: an active team of the kind that the exit of the screening asks for.

    Raises:
        NotPermitted: the viewer neither screens nor manages.
        MoveNotAllowed: a team has it already.
        RuleBroken: no team of that kind, no text, or one that gives somebody away.
    """
    if not viewer.has(Role.SCREENER, Role.MANAGER):
        raise NotPermitted("Screeners and the manager hand over. Choose another membership if you hold that role too.")
    return _hand_over(screening, team_id, text, viewer=viewer, at=at)


def _hand_over(screening: Screening, team_id: uuid.UUID | None, text: str, *, viewer: Viewer, at: datetime) -> Handover:
    team = _team(screening.exit, team_id)
    if is_recipient_excluded(screening.reference, team_id=team.pk):
        raise RuleBroken(
            "Nothing of this case can go to that team. Choose another one, or ask the manager.", field="team"
        )
    if is_too_short(text, LEAST_REASONS):
        raise RuleBroken(f"Enter what the team is told, in at least {LEAST_REASONS} characters.", field="handover_text")
    colour = handover_colour(
        screening.exit, screening.proposed_colour, in_danger=bool(screening.contact.immediate_danger)
    )
    gives_away = _refuse_giving_away("handover_text", text, screening.contact, viewer, colour=colour)
    if Handover.objects.filter(screening=screening, state__in=IN_FORCE).exists():
        raise MoveNotAllowed("A team has this already. Withdraw it there before you send it to another team.")
    handover = Handover(
        screening=screening,
        contact_id=screening.contact_id,
        team=team,
        exit=screening.exit,
        colour=colour,
        text=text.strip(),
        sent_at=at,
        sent_by_id=viewer.member,
    )
    handover.save(force_insert=True)
    for earlier in Handover.objects.filter(screening=screening, state__in=LEFT).values_list("pk", flat=True):
        clock.meet_deadline("handover", earlier, Measure.RELEASE_AGAIN, at=at)
    _grant(handover, team)
    _record_sending(handover, viewer=viewer, at=at)
    start_acceptance_clock(handover, at=at)
    notify_holders(mail.handed_over(handover), Role.RECEIVING_WORKER, team_id=team.pk, at=at)
    if gives_away:
        notify_holders(mail.gone_unchecked(handover), Role.MANAGER, at=at)
    return handover


def _refuse_giving_away(field: str, text: str, contact: Contact, viewer: Viewer, *, colour: str) -> bool:
    """Refuse a text that gives somebody away; a Red one does not wait for a manager, who is told instead.

    Returns:
        Whether it gives away somebody whom the writer is not shown, and goes out all the same.

    Raises:
        RuleBroken, SentForChecking: as `check_outgoing`.
    """
    guarded = guarded_in(viewer, [contact])
    unseen = unseen_referrers(viewer, [contact])
    waits = colour != Colour.RED
    checked = Checked(guarded.forbidden, guarded.permitted, unseen if waits else [])
    check_outgoing({field: text}, checked, contact.pk)
    return not waits and bool(find_leaks(text, unseen, guarded.permitted))


def _team(exit_: str, team_id: uuid.UUID | None) -> Team:
    kind = HANDED_OVER[Exit(exit_)]
    team = next((one for one in teams(kind) if one.pk == team_id), None)
    if team is None:
        raise RuleBroken("Choose a team that takes over what goes to this exit.", field="team")
    return team


def _grant(handover: Handover, team: Team) -> None:
    permission = Permission.objects.get(content_type__app_label="screening", codename="receive_handover")
    HandoverGrant(permission=permission, group_id=team.group_id, content_object=handover).save(force_insert=True)


def _record_sending(handover: Handover, *, viewer: Viewer, at: datetime) -> None:
    record(
        "handover.sent",
        actor=viewer,
        at=at,
        record_type=Handover._meta.label_lower,
        record_id=handover.pk,
        reference=handover.reference,
        details={"team": str(handover.team_id), "granted_because": handover.exit},
    )


@transaction.atomic
def accept_handover(handover: Handover, *, viewer: Viewer, at: datetime, version: int | None = None) -> Handover:
    """Take over what was handed to the team.

    Raises:
        NotPermitted: the viewer does not work in that team.
        MoveNotAllowed: it was taken, declined or withdrawn already.
        StaleRecord: somebody changed it since the viewer opened it.
    """
    taken = _move(
        handover,
        "handover.accepted",
        viewer=viewer,
        at=at,
        version=version,
        taken_at=at,
        taken_by_id=viewer.membership_id,
    )
    clock.meet_deadline("handover", taken.pk, Measure.ACCEPTANCE, at=at)
    if taken.team.kind == HANDED_OVER[Exit.ALLOCATED]:
        contacts.actions.acknowledge_by_worker(Contact(pk=taken.contact_id), viewer=viewer, at=at)
    _tell_hub(taken, mail.taken(taken), at=at, managers=False)
    return taken


@transaction.atomic
def query_handover(
    handover: Handover, question: str, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Handover:
    """Ask the hub something before taking over; the clock runs on.

    Raises:
        NotPermitted: the viewer does not work in that team.
        MoveNotAllowed: it does not wait for the team.
        StaleRecord: somebody changed it since the viewer opened it.
        RuleBroken: nothing is asked.
    """
    asked = _move(handover, "handover.queried", viewer=viewer, at=at, version=version)
    _say(asked, ExchangeKind.QUERY, question, "what you ask", viewer=viewer, at=at)
    _tell_hub(asked, mail.queried(asked), at=at, managers=True)
    return asked


@transaction.atomic
def decline_handover(
    handover: Handover, reason: str, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Handover:
    """Say that the team does not take over, and why: the hub is responsible again.

    Raises:
        NotPermitted: the viewer does not work in that team.
        MoveNotAllowed: it does not wait for the team.
        StaleRecord: somebody changed it since the viewer opened it.
        RuleBroken: no reason.
    """
    left = _move(handover, "handover.declined", viewer=viewer, at=at, version=version)
    _say(left, ExchangeKind.DECLINE, reason, "why your team does not take this over", viewer=viewer, at=at)
    turn_acceptance_clock(left, at=at)
    _tell_hub(left, mail.declined(left), at=at, managers=True)
    return left


@transaction.atomic
def answer_handover(
    handover: Handover, answer: str, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Handover:
    """Answer a team's query; the handover waits for the team again.

    Raises:
        NotPermitted: the viewer does not speak for the hub about it.
        MoveNotAllowed: there is no query.
        StaleRecord: somebody changed it since the viewer opened it.
        RuleBroken: nothing is answered, or the answer gives somebody away.
    """
    given = _move(handover, "handover.answered", viewer=viewer, at=at, version=version)
    gives_away = _refuse_giving_away("text", answer, given.screening.contact, viewer, colour=given.colour)
    _say(given, ExchangeKind.ANSWER, answer, "your answer", viewer=viewer, at=at)
    notify_holders(mail.answered(given), Role.RECEIVING_WORKER, team_id=given.team_id, at=at)
    if gives_away:
        notify_holders(mail.gone_unchecked(given), Role.MANAGER, at=at)
    return given


@transaction.atomic
def withdraw_handover(handover: Handover, *, viewer: Viewer, at: datetime, version: int | None = None) -> Handover:
    """Take back what no team has accepted.

    Raises:
        NotPermitted: the viewer does not speak for the hub about it.
        MoveNotAllowed: it was accepted or declined already.
        StaleRecord: somebody changed it since the viewer opened it.
    """
    back = _move(handover, "handover.withdrawn", viewer=viewer, at=at, version=version)
    turn_acceptance_clock(back, at=at)
    notify_holders(mail.withdrawn(back), Role.RECEIVING_WORKER, team_id=back.team_id, at=at)
    return back


@transaction.atomic
def settle_handover(
    handover: Handover, reason: str, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Handover:
    """Say why nobody needs to take over what came back: the family does not want the help, somebody has it already.

    Raises:
        NotPermitted: the viewer does not manage.
        MoveNotAllowed: a team has it, or it is settled.
        StaleRecord: somebody changed it since the viewer opened it.
        RuleBroken: no reason.
    """
    if Handover.objects.filter(screening_id=handover.screening_id, state__in=IN_FORCE).exists():
        raise MoveNotAllowed("A team has this already. Nothing was changed.", change=transitions.last_change(handover))
    settled = _move(handover, "handover.settled", viewer=viewer, at=at, version=version)
    _say(settled, ExchangeKind.SETTLED, reason, "why no team needs to take this over", viewer=viewer, at=at)
    clock.meet_deadline("handover", settled.pk, at=at)
    return settled


@transaction.atomic
def send_anew(handover: Handover, team_id: uuid.UUID | None, text: str, *, viewer: Viewer, at: datetime) -> Handover:
    """Hand over anew what was declined or withdrawn, to the same team or another of its kind.

    Raises:
        NotPermitted: the viewer neither screens nor manages, nor answers for what is Red out of hours.
        MoveNotAllowed: a team has it.
        RuleBroken: no team of that kind, no text, or one that gives somebody away.
    """
    roles.require(viewer, *SENDERS)
    last = transitions.lock(handover, viewer=viewer)
    return _hand_over(last.screening, team_id, text, viewer=viewer, at=at)


@transaction.atomic
def decide_for_night(
    handover: Handover, decision: str, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Handover:
    """Record what out of hours do for the children until the hub opens; the final decision is the hub's.

    Its clock begins anew at the opening, and the managers are told.

    Raises:
        NotPermitted: the viewer is not of the out-of-hours team.
        MoveNotAllowed: it does not wait for the hub, or the hub is open.
        StaleRecord: somebody changed it since the viewer opened it.
        RuleBroken: nothing is said.
    """
    if hub_calendar().is_open(at):
        raise MoveNotAllowed("The hub is open: the manager decides. Ring them.")
    decided = _move(handover, "handover.decided_for_night", viewer=viewer, at=at, version=version)
    _say(decided, ExchangeKind.NIGHT, decision, "what is done for the children tonight", viewer=viewer, at=at)
    wait_until_opening(decided, at=at)
    notify_holders(mail.decided_for_night(decided), Role.MANAGER, at=at)
    return decided


def _say(handover: Handover, kind: ExchangeKind, text: str, what: str, *, viewer: Viewer, at: datetime) -> None:
    if is_too_short(text, LEAST_REASON):
        raise RuleBroken(f"Enter {what}, in at least {LEAST_REASON} characters.", field="text")
    said = HandoverExchange(handover=handover, kind=kind, text=text.strip(), said_at=at, said_by_id=viewer.member)
    said.save(force_insert=True)


def _tell_hub(handover: Handover, message: Message, *, at: datetime, managers: bool) -> None:
    notify_or_holders(message, handover.sent_by_id, Role.MANAGER, at=at)
    if managers:
        notify_holders(message, Role.MANAGER, at=at)


def _move(handover: Handover, event: str, *, viewer: Viewer, at: datetime, **fields: Any) -> Handover:
    return transitions.apply(handover, event, table=HANDOVER, viewer=viewer, at=at, **fields)
