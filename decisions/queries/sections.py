"""The sections of "My work" at this stage, as data."""

from __future__ import annotations

from functools import partial

from agencies.choices import Role
from clock.choices import Measure
from common.work import About, Section
from contacts.choices import ContactState
from contacts.transitions import CONTACT
from decisions.choices import ComplaintState as C
from decisions.choices import OutgoingTextState as T
from decisions.choices import SummaryState as S
from decisions.transitions import COMPLAINT, OUTGOING_TEXT, SUMMARY
from screening.choices import EnquiryState
from screening.transitions import ENQUIRY

FRONT_DOOR, MANAGER = frozenset({Role.FRONT_DOOR}), frozenset({Role.MANAGER})
WORKER, TEAM = frozenset({Role.SOCIAL_WORKER}), frozenset({Role.RECEIVING_WORKER})
TO_GO_OUT = (Measure.RELEASE_AGAIN, Measure.RELEASE)
FEEDBACK = (Measure.FEEDBACK, Measure.FEEDBACK_SCHOOL)

_summary = partial(Section, table=SUMMARY, route="decisions:summary", about=About.ENQUIRY)
_correction = partial(
    Section, table=None, states=frozenset(), moves=(), begins="correction.told", measures=(Measure.CORRECTION,)
)

TO_CONFIRM = _summary(
    key="decisions.to_confirm",
    title="Confirm and release",
    roles=MANAGER,
    states=frozenset({S.WITH_MANAGER}),
    moves=("summary.released", "summary.sent_back"),
    measures=TO_GO_OUT,
)
TO_ANSWER = _summary(
    key="decisions.to_answer",
    title="Answer the team's question",
    roles=MANAGER | WORKER,
    states=frozenset({S.QUERIED}),
    moves=("summary.answered",),
    measures=(Measure.ACCEPTANCE,),
)
TO_CHASE = _summary(
    key="decisions.to_chase",
    title="Ring the team: it has not accepted the summary in time",
    roles=MANAGER,
    states=frozenset({S.SENT, S.QUERIED}),
    moves=("summary.superseded",),
    measures=(Measure.ACCEPTANCE,),
    chases="the receiving team",
)
TO_RING = _summary(
    key="decisions.to_ring",
    title="Ring the team: nobody there is at work to accept the summary",
    roles=MANAGER,
    states=frozenset({S.SENT, S.QUERIED}),
    moves=("summary.superseded",),
    measures=(Measure.ACCEPTANCE,),
    chases="the receiving team",
)
TO_ACCEPT = _summary(
    key="decisions.to_accept",
    title="Accept, ask or decline a MASH summary",
    roles=TEAM,
    states=frozenset({S.SENT, S.QUERIED}),
    moves=("summary.accepted", "summary.queried", "summary.declined"),
    measures=(Measure.ACCEPTANCE,),
    about=About.SUMMARY,
)
TO_LOOK_AGAIN = _summary(
    key="decisions.to_look_again",
    title="Look again: something in a released summary has changed",
    roles=MANAGER,
    states=frozenset({S.SENT, S.QUERIED, S.ACCEPTED}),
    moves=("summary.superseded", "summary.change_settled"),
    measures=(Measure.RELEASE_AGAIN,),
)
TO_TELEPHONE = _summary(
    key="decisions.to_telephone",
    title="Ring the team: its Red summary was replaced",
    roles=MANAGER | WORKER,
    states=frozenset({S.SUPERSEDED, S.SETTLED}),
    moves=("summary.telephoned",),
    measures=(Measure.PLAN,),
)
TO_SAY_PLAN = _summary(
    key="decisions.to_say_plan",
    title="A summary was replaced: say whether it changes your plan",
    roles=TEAM,
    states=frozenset({S.SUPERSEDED}),
    moves=("summary.plan_said",),
    measures=(Measure.PLAN,),
    about=About.SUMMARY,
)
TO_CHASE_PLAN = _summary(
    key="decisions.to_chase_plan",
    title="Ring the team: it has not said what the replaced summary changes",
    roles=MANAGER,
    states=frozenset({S.SUPERSEDED}),
    moves=("summary.telephoned",),
    measures=(Measure.PLAN,),
    chases="the receiving team",
)
TO_PREPARE = Section(
    key="decisions.to_prepare",
    title="Prepare the MASH summary",
    roles=WORKER,
    table=ENQUIRY,
    states=frozenset({EnquiryState.DECIDED}),
    moves=(),
    begins="summary.prepared",
    route="decisions:release",
    measures=TO_GO_OUT,
    about=About.ENQUIRY,
)
TO_TELL = Section(
    key="decisions.to_tell",
    title="Tell the referrer",
    roles=FRONT_DOOR | MANAGER,
    table=CONTACT,
    states=frozenset({ContactState.ENDED, ContactState.PASSED_ON}),
    moves=(),
    begins="feedback.given",
    route="decisions:feedback",
    measures=FEEDBACK,
)
TO_WRITE = Section(
    key="decisions.to_write",
    title="Write to the family",
    roles=FRONT_DOOR | MANAGER,
    table=CONTACT,
    states=frozenset({ContactState.ENDED}),
    moves=(),
    begins="letter.begun",
    route="decisions:letters",
    measures=(Measure.LETTER,),
)
COMPLAINTS = Section(
    key="decisions.complaints",
    title="Answer a complaint or a disagreement",
    roles=FRONT_DOOR | MANAGER,
    table=COMPLAINT,
    states=frozenset({C.OPEN}),
    moves=("complaint.answered",),
    route="decisions:complaint",
    measures=(Measure.COMPLAINT,),
)
TO_CHECK = Section(
    key="decisions.to_check",
    title="Read a text before it goes out",
    roles=MANAGER,
    table=OUTGOING_TEXT,
    states=frozenset({T.WAITING}),
    moves=("text.passed", "text.sent_back"),
    route="decisions:text_check",
    measures=(Measure.CHECKING,),
)
UNDELIVERED = Section(
    key="decisions.undelivered",
    title="A message did not arrive: see that they are told",
    roles=FRONT_DOOR | MANAGER | WORKER,
    table=None,
    states=frozenset(),
    moves=(),
    begins="undelivered.seen_to",
    route="decisions:undelivered",
    measures=(Measure.UNDELIVERED,),
)
CAME_BACK = Section(
    key="decisions.came_back",
    title="A letter or an email came back: send it again, or tell them in another way",
    roles=FRONT_DOOR | MANAGER | WORKER,
    table=None,
    states=frozenset(),
    moves=(),
    begins="came_back.settled",
    route="decisions:came_back",
    measures=(Measure.CAME_BACK,),
)
TO_PASS_ON = _correction(
    key="decisions.to_pass_on",
    title="Tell those who were told a wrong fact",
    roles=FRONT_DOOR | MANAGER | WORKER,
    route="decisions:corrections",
)
TO_SAY = _correction(
    key="decisions.to_say",
    title="Tell the referrer or the family of a correction",
    roles=FRONT_DOOR | MANAGER,
    route="decisions:corrections",
)
TO_READ = _correction(
    key="decisions.to_read",
    title="Read a correction to what you were told",
    roles=frozenset({Role.RESEARCHER, Role.LEAD, Role.RECEIVING_WORKER}),
    route="decisions:correction",
    about=About.NOBODY,
)
TO_CHASE_CORRECTION = _correction(
    key="decisions.to_chase_correction",
    title="Ring them: they have not read a correction",
    roles=MANAGER,
    route="decisions:correction",
    chases="the agency or the team that had been told",
)
TO_RING_CORRECTION = _correction(
    key="decisions.to_ring_correction",
    title="Ring them: nobody there is at work to read a correction",
    roles=MANAGER,
    route="decisions:correction",
    chases="the agency or the team that had been told",
)
