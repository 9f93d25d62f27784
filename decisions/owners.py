"""Whose move a MASH summary, a letter, a complaint and what is owed after an ending are in each state, as data."""

from agencies.access.roles import ASSIGNED, RECEIVER
from agencies.choices import Role
from clock.choices import Measure
from common.transition import StateTable, move
from common.turns import LEFT_BY_DESK, RATED, UNRATED, Matter, Outside, Owners, Turn, ended
from decisions.choices import ComplaintState as C
from decisions.choices import LetterState as L
from decisions.choices import OutgoingTextState as T
from decisions.choices import SummaryState as S
from decisions.transitions import COMPLAINT, LETTER, OUTGOING_TEXT, SUMMARY

FRONT_DOOR, MANAGER = frozenset({Role.FRONT_DOOR}), frozenset({Role.MANAGER})
TO_GO_OUT = (Measure.RELEASE, Measure.RELEASE_AGAIN)
OPEN_RED = ("contacts.red_at_night",)
TEAM = Outside("the receiving team", MANAGER, ("decisions.to_chase", "decisions.to_ring"))
PLAN = Outside("the receiving team", MANAGER, ("decisions.to_chase_plan",))
READERS = Outside(
    "the agency or the team that had been told",
    MANAGER,
    ("decisions.to_chase_correction", "decisions.to_ring_correction"),
)

CHANGE: StateTable = {
    "summary.superseded": move("noted", "settled", Role.MANAGER, "Replace"),
    "summary.change_settled": move("noted", "settled", Role.MANAGER, "It stands as it is"),
}
FEEDBACK: StateTable = {
    "feedback.given": move("owed", "told", (Role.FRONT_DOOR, Role.MANAGER), "Tell the referrer"),
}
LETTERS: StateTable = {
    "letter.begun": move("owed", None, (Role.FRONT_DOOR, Role.MANAGER), "Begin a letter"),
    "letter.sent": move("owed", "settled", (Role.FRONT_DOOR, Role.MANAGER), "Mark as posted"),
    "letter.held_back": move("owed", "settled", (Role.FRONT_DOOR, Role.MANAGER), "Hold back"),
}
UNDELIVERED: StateTable = {
    "undelivered.seen_to": move("open", "seen_to", (Role.FRONT_DOOR, Role.MANAGER, ASSIGNED), "Record it"),
}
CAME_BACK: StateTable = {
    "came_back.settled": move("open", "settled", (Role.FRONT_DOOR, Role.MANAGER, ASSIGNED), "Record it"),
}
CORRECTION: StateTable = {
    "correction.passed_on": move("untold", "passed_on", (Role.FRONT_DOOR, Role.MANAGER, ASSIGNED), "Pass it on"),
}
NOTICE: StateTable = {
    "correction.told": move("to_say", "told", (Role.FRONT_DOOR, Role.MANAGER), "It is said"),
    "correction.rung": move("to_read", "told", Role.MANAGER, "Record the call"),
    "correction.read": move("to_read", "told", (Role.RESEARCHER, Role.LEAD, Role.RECEIVING_WORKER), "Read"),
}

OWNERS: Owners = (
    Matter(
        "MASH summary",
        SUMMARY,
        S.DRAFT,
        {
            S.DRAFT: Turn(
                whose=frozenset({ASSIGNED, Role.MANAGER}),
                lists=("decisions.to_prepare", "screening.to_release", "screening.declined"),
                clocks=TO_GO_OUT,
                ratings=RATED,
                at_night=OPEN_RED,
                why="Its enquiry stands on the list.",
            ),
            S.WITH_MANAGER: Turn(
                whose=MANAGER, lists=("decisions.to_confirm",), clocks=TO_GO_OUT, ratings=RATED, at_night=OPEN_RED
            ),
            S.SENT: Turn(
                whose=frozenset({RECEIVER}),
                lists=("decisions.to_accept",),
                clocks=(Measure.ACCEPTANCE,),
                ratings=RATED,
                outside=TEAM,
                late=TEAM.chased_on,
                at_night=OPEN_RED,
            ),
            S.QUERIED: Turn(
                whose=frozenset({ASSIGNED, Role.MANAGER}),
                lists=("decisions.to_answer", "decisions.to_accept"),
                clocks=(Measure.ACCEPTANCE,),
                ratings=RATED,
                late=TEAM.chased_on,
                at_night=OPEN_RED,
            ),
            S.ACCEPTED: ended(why="What changes in it afterwards is a matter of its own."),
            S.DECLINED: ended(why="The enquiry is the manager's again, with its clock."),
            S.SUPERSEDED: Turn(
                whose=frozenset({RECEIVER}),
                lists=("decisions.to_say_plan",),
                clocks=(Measure.PLAN,),
                ratings=RATED,
                outside=PLAN,
                late=PLAN.chased_on,
                at_night=OPEN_RED,
            ),
            S.SETTLED: ended(why="A call that a Red team is still owed stands in `decisions.to_telephone`."),
            S.WITHDRAWN: ended(why="The enquiry is the manager's again, with its clock."),
        },
        model="decisions.MashSummary",
    ),
    Matter(
        "what has changed in a released summary",
        CHANGE,
        "noted",
        {
            "noted": Turn(
                whose=MANAGER,
                lists=("decisions.to_look_again",),
                clocks=(Measure.RELEASE_AGAIN,),
                ratings=RATED,
                at_night=OPEN_RED,
            ),
            "settled": ended(),
        },
        about="an item was withdrawn or changed, or who is who was put right, after the release",
    ),
    Matter(
        "feedback to the referrer",
        FEEDBACK,
        "owed",
        {
            "owed": Turn(
                whose=FRONT_DOOR,
                lists=("decisions.to_tell",),
                clocks=(Measure.FEEDBACK, Measure.FEEDBACK_SCHOOL),
                ratings=UNRATED,
                late=("decisions.to_tell",),
                why=LEFT_BY_DESK,
            ),
            "told": ended(),
        },
        about="a contact has ended, at whichever stage, and its referrer was told nothing",
    ),
    Matter(
        "the letters to the family",
        LETTERS,
        "owed",
        {
            "owed": Turn(
                whose=FRONT_DOOR,
                lists=("decisions.to_write",),
                clocks=(Measure.LETTER,),
                ratings=UNRATED,
                late=("decisions.to_write",),
                why=LEFT_BY_DESK,
            ),
            "settled": ended(),
        },
        about="a contact has ended by the hub's decision, and a parent's letter is neither sent nor held back",
    ),
    Matter(
        "letter",
        LETTER,
        L.DRAFT,
        {
            L.DRAFT: Turn(through=("the letters to the family",), ratings=UNRATED),
            L.SENT: ended(),
            L.HELD_BACK: ended(),
        },
        model="decisions.FamilyLetter",
    ),
    Matter(
        "complaint",
        COMPLAINT,
        C.OPEN,
        {
            C.OPEN: Turn(
                whose=FRONT_DOOR | MANAGER,
                lists=("decisions.complaints",),
                clocks=(Measure.COMPLAINT,),
                ratings=UNRATED,
            ),
            C.ANSWERED: ended(),
        },
        model="decisions.Complaint",
    ),
    Matter(
        "text that is checked before it goes out",
        OUTGOING_TEXT,
        T.WAITING,
        {
            T.WAITING: Turn(whose=MANAGER, lists=("decisions.to_check",), clocks=(Measure.CHECKING,), ratings=UNRATED),
            T.PASSED: ended(),
            T.SENT_BACK: ended(),
        },
        model="decisions.OutgoingText",
    ),
    Matter(
        "a message that did not arrive",
        UNDELIVERED,
        "open",
        {
            "open": Turn(
                whose=FRONT_DOOR | MANAGER | frozenset({ASSIGNED}),
                lists=("decisions.undelivered",),
                clocks=(Measure.UNDELIVERED,),
                late=("decisions.undelivered",),
                at_night=OPEN_RED,
                why="The front door has what was for somebody without an account, and what fell before an enquiry.",
            ),
            "seen_to": ended(),
        },
        about="a mail about a contact or an enquiry failed for good",
    ),
    Matter(
        "a letter or an email that came back",
        CAME_BACK,
        "open",
        {
            "open": Turn(
                whose=FRONT_DOOR | MANAGER | frozenset({ASSIGNED}),
                lists=("decisions.came_back",),
                clocks=(Measure.CAME_BACK,),
                late=("decisions.came_back",),
                at_night=OPEN_RED,
                why="A letter that is written again settles it with the posting; until then it stays on the list.",
            ),
            "settled": ended(),
        },
        about="somebody wrote down that a parent's letter, or an email to the referrer, came back",
    ),
    Matter(
        "correction",
        CORRECTION,
        "untold",
        {
            "untold": Turn(
                whose=frozenset({Role.FRONT_DOOR, Role.MANAGER, ASSIGNED}),
                lists=("decisions.to_pass_on",),
                clocks=(Measure.CORRECTION,),
                at_night=OPEN_RED,
                why="A link of persons that is undone is a correction too.",
            ),
            "passed_on": ended("correction as it is passed on"),
        },
        about="a contact was corrected, and somebody had been told the wrong fact",
    ),
    Matter(
        "correction as it is passed on",
        NOTICE,
        "to_read",
        {
            "to_say": Turn(
                whose=FRONT_DOOR,
                lists=("decisions.to_say",),
                clocks=(Measure.CORRECTION,),
                late=("decisions.to_say",),
                at_night=OPEN_RED,
                why=LEFT_BY_DESK,
            ),
            "to_read": Turn(
                whose=frozenset({Role.RESEARCHER, Role.LEAD, Role.RECEIVING_WORKER}),
                lists=("decisions.to_read",),
                clocks=(Measure.CORRECTION,),
                outside=READERS,
                late=READERS.chased_on,
                at_night=OPEN_RED,
            ),
            "told": ended(),
        },
        about="it waits for the front door to say it, or for an agency or a team to read it",
    ),
)
