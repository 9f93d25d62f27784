"""Whose move a screening, a MASH enquiry and a handover are in each state, as data; and who looks into them."""

from agencies.access.roles import ASSIGNED, RECEIVER
from agencies.choices import Role
from clock.choices import Measure
from common.transition import StateTable, move
from common.turns import LEFT_BY_DESK, RATED, UNRATED, Matter, Outside, Owners, Review, Turn, ended
from screening.choices import EnquiryState as E
from screening.choices import HandoverState as H
from screening.choices import ScreeningState as S
from screening.transitions import ENQUIRY, HANDOVER, SCREENING

SCREENER, MANAGER = frozenset({Role.SCREENER}), frozenset({Role.MANAGER})
FIRST_DAY = (Measure.FIRST_SIGHT, Measure.STATUTORY_STEP)
LATE = ("contacts.to_see", "contacts.to_step")
OPEN_RED = ("contacts.red_at_night",)
RED_HANDED = ("screening.red_at_night",)
TEAM = Outside("the receiving team", MANAGER, ("screening.to_chase", "screening.to_ring"))

MATCH: StateTable = {"staff_match.settled": move("found", "settled", Role.MANAGER, "Settle")}
REVIEW: StateTable = {
    "review.ended": move("named", "ended", Role.MANAGER, "End the review"),
    "review.read": move("named", None, Role.REVIEWER, "Review"),
}
PROPOSED: StateTable = {
    "roles.given": move("proposed", "answered", Role.MANAGER, "Give your word"),
    "roles.refused": move("proposed", "answered", Role.MANAGER, "Say no"),
    "roles.withdrawn": move("proposed", "answered", Role.ADMINISTRATOR, "Withdraw"),
}
USE: StateTable = {"use.reviewed": move("used", "judged", Role.AUDITOR, "Judge whether it was justified")}

OWNERS: Owners = (
    Matter(
        "screening",
        SCREENING,
        S.OPEN,
        {
            S.OPEN: Turn(
                whose=SCREENER,
                lists=("screening.to_screen",),
                clocks=FIRST_DAY,
                ratings=UNRATED,
                late=LATE,
                why=LEFT_BY_DESK,
            ),
            S.WITH_PANEL: Turn(
                whose=SCREENER,
                lists=("screening.to_view", "screening.to_record", "screening.to_put"),
                clocks=FIRST_DAY,
                ratings=UNRATED,
                late=LATE,
                why=LEFT_BY_DESK,
            ),
            S.WITH_MANAGER: Turn(
                whose=MANAGER, lists=("screening.to_settle",), clocks=FIRST_DAY, ratings=UNRATED, late=LATE
            ),
            S.DECIDED: ended(why="Its exit begins an enquiry or a handover, or ends the contact."),
        },
        model="screening.Screening",
    ),
    Matter(
        "MASH enquiry",
        ENQUIRY,
        E.TO_RATE,
        {
            E.TO_RATE: Turn(
                whose=MANAGER,
                lists=("screening.to_rate", "screening.to_reassign"),
                clocks=(Measure.RATING,),
                ratings=UNRATED,
                why="Seen by the hub; a child in danger is on the duty team's list as such.",
            ),
            E.GATHERING: Turn(
                whose=frozenset({ASSIGNED, Role.MANAGER}),
                lists=(
                    "sharing.to_gather",
                    "sharing.to_read",
                    "screening.to_assign",
                    "sharing.to_authorise",
                    "sharing.to_record",
                    "screening.to_reassign",
                ),
                clocks=(Measure.DECISION,),
                ratings=RATED,
                at_night=OPEN_RED,
                why="The manager's while nobody is assigned, or while the family's agreement is missing.",
            ),
            E.DECIDING: Turn(
                whose=MANAGER,
                lists=("screening.to_decide", "screening.to_assign", "screening.to_reassign"),
                clocks=(Measure.DECISION,),
                ratings=RATED,
                at_night=OPEN_RED,
            ),
            E.DECIDED: Turn(
                whose=MANAGER,
                lists=("screening.to_release", "screening.declined", "decisions.to_prepare", "screening.to_reassign"),
                clocks=(Measure.RELEASE, Measure.RELEASE_AGAIN),
                ratings=RATED,
                at_night=OPEN_RED,
                why="Its social worker prepares the summary meanwhile.",
            ),
            E.RELEASED: Turn(through=("MASH summary",), ratings=RATED, at_night=OPEN_RED),
            E.CLOSED: ended(why="Its contacts end with it."),
        },
        model="screening.Enquiry",
    ),
    Matter(
        "handover",
        HANDOVER,
        H.SENT,
        {
            H.SENT: Turn(
                whose=frozenset({RECEIVER}),
                lists=("screening.to_accept",),
                clocks=(Measure.ACCEPTANCE,),
                outside=TEAM,
                late=TEAM.chased_on,
                at_night=("screening.to_ring_at_night",),
                why="A Red one is the team's at every hour, and runs past closing; at night the duty team rings it.",
            ),
            H.QUERIED: Turn(
                whose=MANAGER | SCREENER,
                lists=("screening.to_answer", "screening.to_accept"),
                clocks=(Measure.ACCEPTANCE,),
                late=TEAM.chased_on,
                at_night=RED_HANDED,
                why="At night the duty team answers, or decides what is done until the hub opens.",
            ),
            H.ACCEPTED: ended(),
            H.DECLINED: Turn(
                whose=MANAGER,
                lists=("screening.to_send_again",),
                clocks=(Measure.RELEASE_AGAIN,),
                at_night=RED_HANDED,
                why="Sent anew.",
            ),
            H.WITHDRAWN: Turn(
                whose=MANAGER,
                lists=("screening.to_send_again",),
                clocks=(Measure.RELEASE_AGAIN,),
                at_night=RED_HANDED,
                why="Sent anew.",
            ),
            H.SETTLED: ended(),
        },
        model="screening.Handover",
    ),
    Matter(
        "match with the staff list",
        MATCH,
        "found",
        {
            "found": Turn(
                whose=MANAGER,
                lists=("screening.matched",),
                ratings=UNRATED,
                review=Review(
                    "contacts.StaffMatch.settle_by",
                    "",
                    "one hub hour after the managers were told; any manager but the one it is about, then all again",
                ),
                why="With no other manager the administrators are told, without a reference.",
            ),
            "settled": ended(),
        },
        about="the database found one; never shown to the person it is about",
    ),
    Matter(
        "review of an enquiry",
        REVIEW,
        "named",
        {
            "named": Turn(
                whose=frozenset({Role.REVIEWER}),
                lists=("screening.to_review",),
                ratings=UNRATED,
                review=Review("agencies.Review.ends_on", "agencies.Review.membership", "the reviewer's last day"),
            ),
            "ended": ended(),
        },
        about="a manager named a reviewer, between two dates",
    ),
    Matter(
        "case role that was proposed",
        PROPOSED,
        "proposed",
        {
            "proposed": Turn(
                whose=MANAGER,
                lists=("screening.to_confirm",),
                late=("screening.to_confirm",),
                ratings=UNRATED,
                review=Review(
                    "agencies.RoleProposal.proposed_at",
                    "agencies.RoleProposal.answered_by",
                    "late after a working day; any manager but the person themself and who proposed it",
                ),
                why="It opens nothing meanwhile; where no manager may answer, the administrator withdraws it.",
            ),
            "answered": ended(),
        },
        about="an administrator proposed it, until a manager has answered or it is withdrawn",
    ),
    Matter(
        "use of emergency access or of the emergency route",
        USE,
        "used",
        {
            "used": Turn(
                whose=frozenset({Role.AUDITOR}),
                page="screening:exceptions",
                ratings=UNRATED,
                outside=Outside("the auditor", MANAGER, ("screening.to_judge",)),
                late=("screening.to_judge",),
                review=Review(
                    "agencies.BrokenGlass.review_due_at",
                    "agencies.BrokenGlass.reviewed_by",
                    "the end of the second working day; any auditor but the one who used it",
                ),
            ),
            "judged": ended(),
        },
        about="somebody used it",
    ),
)
