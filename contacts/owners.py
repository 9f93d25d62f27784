"""Whose move a contact, a danger and protective work are in each state, as data."""

from agencies.choices import Role
from clock.choices import Measure
from common.transition import StateTable, move
from common.turns import LEFT_BY_DESK, UNRATED, Matter, Outside, Owners, Turn, ended
from contacts.choices import ContactState as S
from contacts.choices import ProtectState as P
from contacts.transitions import CONTACT, CONVENERS, PROTECTION

FRONT_DOOR, SCREENER, MANAGER = frozenset({Role.FRONT_DOOR}), frozenset({Role.SCREENER}), frozenset({Role.MANAGER})
FIRST_DAY = (Measure.FIRST_SIGHT, Measure.STATUTORY_STEP)
LATE = ("contacts.to_see", "contacts.to_step")
TOLD = ("feedback to the referrer", "the letters to the family")

DANGER: StateTable = {
    "protection.raised": move("said", "taken_up", (Role.FRONT_DOOR, *CONVENERS), "Protect now"),
    "contact.amended": move("said", "not_said", (Role.FRONT_DOOR, Role.MANAGER, Role.OUT_OF_HOURS), "Add details"),
    "contact.ended": move("said", "not_said", (Role.SCREENER, Role.MANAGER), "End the contact"),
}
WORKER: StateTable = {
    "contact.worker_acknowledged": move(
        "owed", "given", (Role.FRONT_DOOR, Role.MANAGER, Role.RECEIVING_WORKER), "The worker has it"
    ),
}
REFERRER: StateTable = {
    "contact.acknowledged": move("owed", "given", (Role.SCREENER, Role.MANAGER, Role.SOCIAL_WORKER), "Acknowledge"),
    "feedback.given": move("owed", "given", (Role.FRONT_DOOR, Role.MANAGER), "Tell the referrer"),
}

OWNERS: Owners = (
    Matter(
        "contact",
        CONTACT,
        S.RECEIVED,
        {
            S.RECEIVED: Turn(
                whose=FRONT_DOOR | SCREENER,
                lists=("contacts.to_take", "contacts.to_write", "contacts.to_complete", "screening.to_screen"),
                clocks=FIRST_DAY,
                ratings=UNRATED,
                late=LATE,
                at_night=("contacts.unseen_at_night",),
                urgent=True,
                why=LEFT_BY_DESK,
            ),
            S.WITH_PANEL: Turn(
                whose=SCREENER | MANAGER,
                lists=("screening.to_view", "screening.to_record", "screening.to_put", "screening.to_settle"),
                clocks=FIRST_DAY,
                ratings=UNRATED,
                late=LATE,
                why=f"Whoever sent it to the panel has seen it; in danger it is the duty team's. {LEFT_BY_DESK}",
            ),
            S.IN_ENQUIRY: Turn(through=("MASH enquiry",), at_night=("contacts.red_at_night",)),
            S.PASSED_ON: ended("the worker's acknowledgement", "the acknowledgement to the referrer", TOLD[0]),
            S.ENDED: ended("the acknowledgement to the referrer", *TOLD),
        },
        model="contacts.Contact",
    ),
    Matter(
        "the acknowledgement to the referrer",
        REFERRER,
        "owed",
        {
            "owed": Turn(
                whose=frozenset({Role.MANAGER, Role.SOCIAL_WORKER}),
                lists=("contacts.to_acknowledge", "decisions.to_tell"),
                clocks=(Measure.STATUTORY_STEP,),
                ratings=UNRATED,
                late=("contacts.to_step",),
                why="Before the enquiry whoever screens acknowledges; after the ending feedback does it.",
            ),
            "given": ended(),
        },
        about="from the arrival, unless the referrer is anonymous",
    ),
    Matter(
        "the worker's acknowledgement",
        WORKER,
        "owed",
        {
            "owed": Turn(
                whose=FRONT_DOOR,
                lists=("contacts.to_chase",),
                clocks=(Measure.ACKNOWLEDGEMENT,),
                ratings=UNRATED,
                outside=Outside("the allocated worker", FRONT_DOOR, ("contacts.to_chase",)),
                late=("contacts.to_chase",),
                why=LEFT_BY_DESK,
            ),
            "given": ended(),
        },
        about="a contact was passed to the worker to whom the child is open",
    ),
    Matter(
        "danger that somebody has said",
        DANGER,
        "said",
        {
            "said": Turn(
                whose=FRONT_DOOR | frozenset(CONVENERS),
                lists=("contacts.in_danger",),
                clocks=(Measure.CONVENING,),
                at_night=("contacts.in_danger",),
                urgent=True,
            ),
            "taken_up": ended("protection"),
            "not_said": ended(why="Withdrawn by whoever completes the contact, or ended with it; both are in the log."),
        },
        about="a contact says “in danger now”, and no protective work has begun",
    ),
    Matter(
        "protection",
        PROTECTION,
        P.RAISED,
        {
            P.RAISED: Turn(
                whose=frozenset(CONVENERS),
                lists=("contacts.to_convene",),
                clocks=(Measure.CONVENING,),
                at_night=("contacts.to_convene",),
                urgent=True,
            ),
            P.CONVENED: Turn(
                whose=frozenset(CONVENERS),
                lists=("contacts.to_hold",),
                clocks=(Measure.DISCUSSION,),
                at_night=("contacts.to_hold",),
                urgent=True,
            ),
            P.HELD: Turn(
                whose=frozenset(CONVENERS),
                lists=("contacts.unsafe",),
                clocks=(Measure.SAFE_UNTIL,),
                at_night=("contacts.unsafe",),
                urgent=True,
                why="On the list when a child is not known to be safe, and once a day; taken up by the contact's end.",
            ),
            P.STOOD_DOWN: ended(),
        },
        model="contacts.Protection",
    ),
)
