"""The sections of "My work" at this stage, as data."""

from __future__ import annotations

from agencies.choices import Role
from clock.choices import Measure
from common.work import Section
from contacts.choices import ContactState as S
from contacts.choices import ProtectState as P
from contacts.transitions import CONTACT, CONVENERS, PROTECTION

FRONT_DOOR, MANAGER, LEADS = frozenset({Role.FRONT_DOOR}), frozenset({Role.MANAGER}), frozenset(CONVENERS)
AT_NIGHT = frozenset({Role.OUT_OF_HOURS})
SIGHT = (Measure.FIRST_SIGHT, Measure.STATUTORY_STEP)

IN_DANGER = Section(
    key="contacts.in_danger",
    title="In danger now: nobody has begun to protect them",
    roles=FRONT_DOOR | LEADS,
    table=CONTACT,
    states=frozenset({S.RECEIVED, S.WITH_PANEL, S.IN_ENQUIRY}),
    moves=(),
    begins="protection.raised",
    route="contacts:contact",
    measures=(Measure.CONVENING, *SIGHT),
    protects=True,
)
TO_CONVENE = Section(
    key="contacts.to_convene",
    title="Protect now: convene",
    roles=LEADS,
    table=PROTECTION,
    states=frozenset({P.RAISED}),
    moves=("protection.convened", "protection.held", "protection.stood_down"),
    route="contacts:protection",
    measures=(Measure.CONVENING,),
    protects=True,
)
TO_HOLD = Section(
    key="contacts.to_hold",
    title="Protect now: hold the strategy discussion",
    roles=LEADS,
    table=PROTECTION,
    states=frozenset({P.CONVENED}),
    moves=("protection.held", "protection.stood_down"),
    route="contacts:protection",
    measures=(Measure.DISCUSSION,),
    protects=True,
)
UNSAFE = Section(
    key="contacts.unsafe",
    title="Protect now: say until when each child is safe",
    roles=LEADS,
    table=PROTECTION,
    states=frozenset({P.HELD}),
    moves=("protection.held", "protection.ended"),
    begins="protection.whereabouts_recorded",
    route="contacts:protection",
    measures=(Measure.SAFE_UNTIL,),
    protects=True,
)
TO_TAKE = Section(
    key="contacts.to_take",
    title="Claim and complete",
    roles=FRONT_DOOR | MANAGER,
    table=CONTACT,
    states=frozenset({S.RECEIVED}),
    moves=("contact.claimed",),
    route="contacts:contact",
    measures=SIGHT,
)
TO_WRITE = Section(
    key="contacts.to_write",
    title="Write the concern for sharing",
    roles=FRONT_DOOR | MANAGER,
    table=CONTACT,
    states=frozenset({S.RECEIVED}),
    moves=("contact.amended",),
    route="contacts:contact",
    measures=SIGHT,
)
TO_COMPLETE = Section(
    key="contacts.to_complete",
    title="Complete for screening",
    roles=FRONT_DOOR | MANAGER,
    table=CONTACT,
    states=frozenset({S.RECEIVED}),
    moves=("contact.amended", "contact.passed_on", "contact.entered_enquiry"),
    route="contacts:contact",
    measures=SIGHT,
)
TO_CHASE = Section(
    key="contacts.to_chase",
    title="Ask the worker to acknowledge",
    roles=FRONT_DOOR | MANAGER,
    table=CONTACT,
    states=frozenset({S.PASSED_ON}),
    moves=(),
    route="contacts:contact",
    measures=(Measure.ACKNOWLEDGEMENT,),
    chases="the allocated worker",
)
TO_SEE = Section(
    key="contacts.to_see",
    title="See to it: first social work review is overdue",
    roles=MANAGER,
    table=CONTACT,
    states=frozenset({S.RECEIVED, S.WITH_PANEL}),
    moves=("contact.acknowledged", "contact.entered_enquiry", "contact.ended"),
    route="contacts:contact",
    measures=(Measure.FIRST_SIGHT,),
    chases="whoever screens",
)
TO_STEP = Section(
    key="contacts.to_step",
    title="See to it: the next step, or feedback to the referrer, is overdue",
    roles=MANAGER,
    table=CONTACT,
    states=frozenset(S),
    moves=("contact.acknowledged", "contact.entered_enquiry", "contact.ended"),
    route="contacts:contact",
    measures=(Measure.STATUTORY_STEP,),
    chases="whoever screens or acknowledges",
)
UNSEEN_AT_NIGHT = Section(
    key="contacts.unseen_at_night",
    title="Not seen by the hub yet: look at it while the hub is closed",
    roles=AT_NIGHT,
    table=CONTACT,
    states=frozenset({S.RECEIVED}),
    moves=("contact.amended",),
    begins="protection.raised",
    route="contacts:contact",
    measures=SIGHT,
)
RED_AT_NIGHT = Section(
    key="contacts.red_at_night",
    title="Open Red: answer for it while the hub is closed",
    roles=AT_NIGHT,
    table=CONTACT,
    states=frozenset({S.IN_ENQUIRY}),
    moves=("contact.amended",),
    begins="protection.raised",
    route="contacts:contact",
    measures=(Measure.DECISION,),
)
TO_ACKNOWLEDGE = Section(
    key="contacts.to_acknowledge",
    title="Acknowledge to the referrer",
    roles=frozenset({Role.MANAGER, Role.SOCIAL_WORKER}),
    table=CONTACT,
    states=frozenset({S.IN_ENQUIRY}),
    moves=("contact.acknowledged",),
    route="contacts:contact",
    measures=(Measure.STATUTORY_STEP,),
)
SECTIONS = (
    IN_DANGER, TO_CONVENE, TO_HOLD, UNSAFE, TO_TAKE, TO_WRITE, TO_COMPLETE, TO_CHASE, TO_SEE, TO_STEP,
    TO_ACKNOWLEDGE, UNSEEN_AT_NIGHT, RED_AT_NIGHT,
)  # fmt: skip
