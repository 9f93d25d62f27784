"""The sections of "My work" at this stage, as data."""

from __future__ import annotations

from functools import partial

from agencies.choices import Role
from clock.choices import Measure
from common.work import About, Section
from screening.choices import EnquiryState as E
from screening.choices import HandoverState as H
from screening.choices import ScreeningState as S
from screening.queries.screening import Step
from screening.transitions import ENQUIRY, HANDOVER, SCREENING

SCREENER, MANAGER = frozenset({Role.SCREENER}), frozenset({Role.MANAGER})
AT_NIGHT = frozenset({Role.OUT_OF_HOURS})
SIGHT = (Measure.FIRST_SIGHT, Measure.STATUTORY_STEP)

_screening = partial(Section, table=SCREENING, route="screening:screen", measures=SIGHT)
_enquiry = partial(Section, table=ENQUIRY, roles=MANAGER, about=About.ENQUIRY)
_handover = partial(Section, table=HANDOVER, route="screening:handover")

TO_SCREEN = {
    Step.SCREEN: _screening(
        key="screening.to_screen",
        title=Step.SCREEN.value,
        roles=SCREENER | MANAGER,
        states=frozenset({S.OPEN}),
        moves=("screening.decided", "screening.sent_to_panel"),
    ),
    Step.VIEW: _screening(
        key="screening.to_view",
        title=Step.VIEW.value,
        roles=SCREENER | MANAGER,
        states=frozenset({S.WITH_PANEL}),
        moves=("screening.view_given",),
    ),
    Step.RECORD: _screening(
        key="screening.to_record",
        title=Step.RECORD.value,
        roles=SCREENER | MANAGER,
        states=frozenset({S.WITH_PANEL}),
        moves=("screening.decided",),
    ),
    Step.PUT: _screening(
        key="screening.to_put",
        title=Step.PUT.value,
        roles=SCREENER | MANAGER,
        states=frozenset({S.WITH_PANEL}),
        moves=("screening.put_to_manager",),
    ),
    Step.SETTLE: _screening(
        key="screening.to_settle",
        title=Step.SETTLE.value,
        roles=MANAGER,
        states=frozenset({S.WITH_MANAGER}),
        moves=("screening.decided_by_manager",),
    ),
}
TO_RATE = _enquiry(
    key="screening.to_rate",
    title="Rate",
    states=frozenset({E.TO_RATE}),
    moves=("enquiry.rated",),
    route="screening:rate",
    measures=(Measure.RATING,),
)
TO_ASSIGN = _enquiry(
    key="screening.to_assign",
    title="Assign a social worker",
    states=frozenset({E.GATHERING, E.DECIDING}),
    moves=("enquiry.assigned",),
    route="screening:assign",
    measures=(Measure.DECISION, Measure.REASSIGNMENT),
)
TO_REASSIGN = _enquiry(
    key="screening.to_reassign",
    title="Assign again: its social worker is not at work",
    states=frozenset({E.TO_RATE, E.GATHERING, E.DECIDING, E.DECIDED}),
    moves=("enquiry.assigned",),
    route="screening:assign",
    measures=(Measure.REASSIGNMENT,),
)
TO_DECIDE = _enquiry(
    key="screening.to_decide",
    title="Decide",
    states=frozenset({E.DECIDING}),
    moves=("enquiry.decided", "enquiry.sent_back"),
    route="decisions:decide",
    measures=(Measure.DECISION,),
)
DECLINED = _enquiry(
    key="screening.declined",
    title="A summary came back: release again or decide otherwise",
    states=frozenset({E.DECIDED}),
    moves=("enquiry.released", "enquiry.decided_again", "enquiry.closed"),
    route="decisions:release",
    measures=(Measure.RELEASE_AGAIN,),
)
TO_RELEASE = _enquiry(
    key="screening.to_release",
    title="Release or close",
    states=frozenset({E.DECIDED}),
    moves=("enquiry.released", "enquiry.closed"),
    route="decisions:release",
    measures=(Measure.RELEASE,),
)
TO_ANSWER = _handover(
    key="screening.to_answer",
    title="Answer the team's question about a handover",
    roles=MANAGER | SCREENER,
    states=frozenset({H.QUERIED}),
    moves=("handover.answered", "handover.withdrawn"),
    measures=(Measure.ACCEPTANCE,),
)
TO_SEND_AGAIN = _handover(
    key="screening.to_send_again",
    title="Declined or withdrawn: send it to a team again",
    roles=MANAGER | SCREENER,
    states=frozenset({H.DECLINED, H.WITHDRAWN}),
    moves=("handover.settled",),
    begins="handover.sent",
    measures=(Measure.RELEASE_AGAIN,),
)
TO_CHASE = _handover(
    key="screening.to_chase",
    title="Ring the team: it has not accepted in time",
    roles=MANAGER,
    states=frozenset({H.SENT, H.QUERIED}),
    moves=("handover.withdrawn",),
    measures=(Measure.ACCEPTANCE,),
    chases="the receiving team",
)
TO_RING = _handover(
    key="screening.to_ring",
    title="Ring the team: nobody there is at work to take a handover",
    roles=MANAGER,
    states=frozenset({H.SENT, H.QUERIED}),
    moves=("handover.withdrawn",),
    measures=(Measure.ACCEPTANCE,),
    chases="the receiving team",
)
RED_AT_NIGHT = _handover(
    key="screening.red_at_night",
    title="A Red handover waits for the hub: answer it, send it on, or decide for the night",
    roles=AT_NIGHT,
    states=frozenset({H.QUERIED, H.DECLINED, H.WITHDRAWN}),
    moves=("handover.answered", "handover.decided_for_night", "handover.withdrawn"),
    begins="handover.sent",
    measures=(Measure.ACCEPTANCE, Measure.RELEASE_AGAIN),
)
TO_RING_AT_NIGHT = _handover(
    key="screening.to_ring_at_night",
    title="A Red handover waits for its team: ring them if they do not accept in time",
    roles=AT_NIGHT,
    states=frozenset({H.SENT}),
    moves=("handover.withdrawn",),
    measures=(Measure.ACCEPTANCE,),
    chases="the receiving team",
)
TO_ACCEPT = _handover(
    key="screening.to_accept",
    title="Accept, ask or decline a handover",
    roles=frozenset({Role.RECEIVING_WORKER}),
    states=frozenset({H.SENT, H.QUERIED}),
    moves=("handover.accepted", "handover.queried", "handover.declined"),
    measures=(Measure.ACCEPTANCE,),
    about=About.NOBODY,
)
MATCHED = Section(
    key="screening.matched",
    title="Settle a match with the staff list",
    roles=MANAGER,
    table=None,
    states=frozenset(),
    moves=(),
    begins="staff_match.settled",
    route="screening:contact_closed_out",
    about=About.NOBODY,
)
