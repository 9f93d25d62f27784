"""Whose move a request, what was said by telephone, and a safety instruction are in each state, as data."""

from agencies.access.roles import ASKED
from agencies.choices import Role
from clock.choices import Measure
from common.transition import StateTable, move
from common.turns import RATED, UNRATED, Matter, Outside, Owners, Turn, ended
from information_sharing.choices import InstructionState as I
from information_sharing.choices import RequestState as R
from information_sharing.transitions import INSTRUCTION, REQUEST

MANAGER = frozenset({Role.MANAGER})
AGENCY = frozenset({ASKED})
WORKER = frozenset({Role.SOCIAL_WORKER, Role.MANAGER})
OPEN_RED = ("contacts.red_at_night",)
LATE_ANSWER = Outside("the agency that was asked", WORKER, ("sharing.to_chase", "sharing.to_ring"))
LATE_WORD = Outside("the agency that was asked", WORKER, ("sharing.unconfirmed",))
OWNER = Outside("the agency that owns the item", MANAGER, ("sharing.to_press", "sharing.to_ring_owner"))

SPOKEN: StateTable = {"request.answer_confirmed": move("spoken", "confirmed", ASKED, "Confirm")}
AUTHORITY: StateTable = {"sharing.authorised": move("missing", "given", Role.MANAGER, "Say why")}
AGREEMENT: StateTable = {
    "agreement.recorded": move("unknown", "known", (Role.FRONT_DOOR, Role.MANAGER), "Add details"),
}

UNANSWERED = Turn(
    whose=AGENCY,
    lists=("sharing.to_answer",),
    clocks=(Measure.FULL_ANSWER,),
    ratings=RATED,
    outside=LATE_ANSWER,
    late=LATE_ANSWER.chased_on,
    at_night=OPEN_RED,
    why="Unanswered when its enquiry closes, it ends as withdrawn, and the agency is told.",
)

OWNERS: Owners = (
    Matter(
        "request",
        REQUEST,
        R.SENT,
        {
            R.SENT: UNANSWERED,
            R.HEARD: UNANSWERED,
            R.CANNOT_SEARCH: UNANSWERED,
            R.ANSWERED: ended("the telephone answer to confirm"),
            R.WITHDRAWN: ended(),
        },
        model="information_sharing.InformationRequest",
    ),
    Matter(
        "the telephone answer to confirm",
        SPOKEN,
        "spoken",
        {
            "spoken": Turn(
                whose=AGENCY,
                lists=("sharing.to_confirm",),
                clocks=(Measure.CONFIRMATION,),
                ratings=UNRATED,
                outside=LATE_WORD,
                late=LATE_WORD.chased_on,
                why="Inside the hub only, until then; also after the enquiry has closed.",
            ),
            "confirmed": ended(),
        },
        about="the social worker wrote down what an agency said by telephone",
    ),
    Matter(
        "the reason for asking without agreement",
        AUTHORITY,
        "missing",
        {
            "missing": Turn(
                whose=MANAGER,
                lists=("sharing.to_authorise",),
                clocks=(Measure.DECISION,),
                ratings=RATED,
                at_night=OPEN_RED,
            ),
            "given": ended(),
        },
        about="an enquiry gathers, and a family refused or was not asked",
    ),
    Matter(
        "whether the family agrees",
        AGREEMENT,
        "unknown",
        {
            "unknown": Turn(
                whose=MANAGER,
                lists=("sharing.to_record",),
                clocks=(Measure.DECISION,),
                ratings=RATED,
                at_night=OPEN_RED,
                why="The front door may record it too; the enquiry waits on the manager's list.",
            ),
            "known": ended(),
        },
        about="an enquiry gathers, and none of its contacts says whether the family agrees",
    ),
    Matter(
        "safety instruction",
        INSTRUCTION,
        I.PROPOSED,
        {
            I.PROPOSED: Turn(
                whose=AGENCY,
                lists=("sharing.to_agree",),
                clocks=(Measure.WORDING,),
                ratings=UNRATED,
                outside=OWNER,
                late=OWNER.chased_on,
            ),
            I.AGREED: ended(why="It goes out with the release."),
            I.REFUSED: Turn(
                whose=frozenset({ASKED, Role.LEAD}),
                lists=("sharing.to_agree",),
                clocks=(Measure.SAFETY_INSTRUCTION,),
                ratings=UNRATED,
                outside=OWNER,
                late=OWNER.chased_on,
            ),
            I.REFUSED_BY_LEAD: ended(
                why="Nothing of it goes out; the manager may propose other words, or decide where life is at risk."
            ),
            I.DECIDED: ended(why="It goes out with the release; the agency was told why."),
        },
        model="information_sharing.SafetyInstruction",
    ),
)
