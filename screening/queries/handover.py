"""Reads of handovers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import clock.queries as clocks
from agencies.access import firewall, transitions
from agencies.access.roles import RECEIVER
from agencies.access.transitions import Move
from agencies.access.viewer import Viewer
from agencies.models import Team
from agencies.queries import teams
from audit.actions import record_reading
from clock.queries import Countdown
from common.work import People
from contacts.queries import lines_about
from contacts.reads.worker import whom_to_ring
from screening.choices import HANDED_OVER, Exit, HandoverState
from screening.models import Handover, HandoverExchange
from screening.transitions import HANDOVER, SENDERS

RETURNED = (HandoverState.DECLINED, HandoverState.WITHDRAWN)


@dataclass(frozen=True)
class HandoverPage:
    """All that one handover's page shows.

    Attributes:
        for_team: the viewer works in the team that got it: no link leads into the hub.
        teams: to which it may be sent anew; empty while it waits or was accepted, or for whoever may not send.
        ring: whom the team rings.
    """

    handover: Handover
    exchanges: list[HandoverExchange]
    clocks: list[Countdown]
    moves: list[Move]
    for_team: bool
    teams: list[Team]
    ring: str

    @property
    def went_to(self) -> str:
        """The exit in words."""
        return str(Exit(self.handover.exit).label)


def get_handover(viewer: Viewer, reference: str) -> Handover:
    """Return one handover.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = Handover.objects.select_related("team", "sent_by__user", "taken_by__user")
    return firewall.fetch(rows, viewer, reference=reference)  # Its contact and screening are not for the team.


def handover_about(viewer: Viewer, handover: Handover, *, at: datetime) -> People:
    """Return whom a handover is about, to the hub; its team sees no contact, and so nobody but in the words sent."""
    return lines_about(viewer, contacts=[handover.contact_id], at=at).contact(handover.contact_id)


def can_say(viewer: Viewer, handover: Handover, event: str) -> bool:
    """Say whether a move is open to the viewer now: a page with its question is shown only then."""
    return event in {move.event for move in transitions.moves(handover, HANDOVER, viewer)}


def handover_page(viewer: Viewer, reference: str, *, at: datetime) -> HandoverPage:
    """Return all that a handover's page shows; records that the team read it.

    Raises:
        NotVisible: there is none for this viewer.
    """
    handover = get_handover(viewer, reference)
    for_team = RECEIVER in handover.roles_of(viewer)
    if for_team:
        record_reading("handover", actor=viewer, at=at, item_ids=[handover.pk], reference=handover.reference)
    is_elsewhere = handover.state in RETURNED and _in_force(handover)
    may_send = viewer.has(*SENDERS) and handover.state in RETURNED and not is_elsewhere
    return HandoverPage(
        handover=handover,
        exchanges=list(
            HandoverExchange.objects.visible_to(viewer).filter(handover=handover).select_related("said_by__user")
        ),
        clocks=[
            *clocks.deadlines_for([handover.pk], at=at).get(handover.pk, []),
            *clocks.earlier_statements(viewer, [handover.pk], at=at),
        ],
        moves=[] if is_elsewhere else transitions.moves(handover, HANDOVER, viewer),
        for_team=for_team,
        teams=teams(HANDED_OVER[Exit(handover.exit)]) if may_send else [],
        ring=whom_to_ring(None, None),
    )


def _in_force(handover: Handover) -> bool:
    others = Handover.objects.filter(screening_id=handover.screening_id).exclude(state__in=RETURNED)
    return others.exists()
