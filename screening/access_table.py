"""Screening and the MASH enquiry: what each record holds, who sees it when, and which text reaches whom."""

from agencies.access.table.words import (
    ALWAYS,
    AUDITOR,
    BOTH,
    CLOCK,
    DECISION_TEAM,
    EVERY_ROLE,
    FRONT_DOOR,
    LEAD,
    LET_IN,
    LOOKING,
    MANAGER,
    OUT_OF_HOURS,
    PANEL,
    RECEIVING_WORKER,
    RESEARCHER,
    SCREENER,
    SCREENERS,
    SEND,
    SOCIAL_WORKER,
    Address,
    Because,
    Me,
    Opening,
    Openings,
    Record,
    Rows,
    listed,
)
from clock.access_table import (
    DEADLINE,
    of_record,
)
from contacts.access_table import FIRST_LINE
from contacts.openings import (
    AS_CONTACT,
    BY_CONTACT,
    CONTACT,
    ENDING,
    HUB,
    OF_ENQUIRY,
    RED_HANDED,
    SEES_CONTACT,
    looked_into,
    within_contact,
    worked_on,
)

ENQUIRY = "screening.Enquiry"
HANDOVER = "screening.Handover"

HANDED = Because("what was handed to their team, until it declines", "it was handed to your team")

OUT = ("sent", "queried", "accepted", "superseded", "settled", "declined")
HANDED_OVER = ("sent", "queried", "accepted")
"""States in which a team reads a handover: settled, no team takes it over."""

WITH_TEAM = (*HANDED_OVER, "superseded", "settled")
"""States in which a team reads a summary that it was sent: settled, the team has said what a change means to it."""
BY_ENQUIRY = {"enquiry": "enquiry_id"}
SEES_REASONS = (*SCREENERS, *DECISION_TEAM, *LOOKING)
SEES_HANDOVER = (FRONT_DOOR, *SCREENERS, *DECISION_TEAM, OUT_OF_HOURS, RECEIVING_WORKER, *LOOKING)


def decision_team(
    worker: str, enquiry: str, *, emergency_access: bool = False, reviewed: bool = True
) -> tuple[Opening, ...]:
    """Return the openings of what manager, social worker or their stand-in, and those who look into the enquiry see.

    Args:
        worker: the path to the assigned social worker's membership.
        enquiry: the path to the enquiry's key.
        emergency_access: whether emergency access opens it too.
        reviewed: whether those who look into the enquiry see it.
    """
    team = Opening((MANAGER,), ALWAYS), *worked_on(worker, enquiry)
    return (*team, *looked_into(enquiry, emergency_access=emergency_access)) if reviewed else team


ON_ITS_CASE = decision_team(
    "screening__contact__social_worker", "screening__contact__enquiry_id", emergency_access=True
)

OPENS: Openings = {
    CONTACT: (Opening((CLOCK,), ENDING, {"enquiry_id__in": Rows(ENQUIRY, {"state__in": ("released", "closed")})}),),
    DEADLINE: of_record("enquiry", ENQUIRY) + of_record("handover", HANDOVER),
}

RECORDS = (
    Record(
        ENQUIRY,
        "The header of a MASH enquiry: reference, stage, colour, due, worker",
        (
            Opening((FRONT_DOOR, SCREENER, PANEL, MANAGER, OUT_OF_HOURS), ALWAYS),
            *worked_on("social_worker", "pk"),
            Opening((CLOCK,), ENDING, {"state__in": ("released", "closed")}),
            *looked_into("pk", emergency_access=True),
        ),
        closed_by={"enquiry": "pk"},
        shown=listed(
            "reference state arrived_at opened_at opened_by colour first_rated_at crime_possible "
            "social_worker assigned_at own_due_at due_at decided_at items_close_at closed_at"
        ),
        copies=listed("taken_off_at"),
    ),
    Record(
        "screening.Rating",
        "A rating and its reason",
        decision_team("enquiry__social_worker", "enquiry_id", emergency_access=True),
        {"reason": (*DECISION_TEAM, *LOOKING)},
        closed_by=BY_ENQUIRY,
        shown=listed("colour rated_at rated_by"),
    ),
    Record(
        "screening.OwnDeadline",
        "The manager's own deadline and its reason",
        decision_team("enquiry__social_worker", "enquiry_id", emergency_access=True),
        {"reason": (*DECISION_TEAM, *LOOKING)},
        closed_by=BY_ENQUIRY,
        shown=listed("due_at set_at set_by"),
    ),
    Record(
        "screening.Reopening",
        "Why an enquiry was opened again",
        decision_team("enquiry__social_worker", "enquiry_id", emergency_access=True),
        {"reason": (*DECISION_TEAM, *LOOKING)},
        closed_by=BY_ENQUIRY,
        shown=listed("reopened_at reopened_by"),
    ),
    Record(
        "screening.Screening",
        "Where a contact's screening stands, and its exit",
        (*within_contact(), Opening((CLOCK,), ENDING, like=(CONTACT, "contact"))),
        shown=listed("reference state opened_at sent_to_panel_at exit criteria proposed_colour decided_at decided_by"),
    ),
    Record(
        "screening.ChildScreening",
        "A child's level of need at screening",
        (*within_contact("screening__contact"), Opening((CLOCK,), ENDING, like=(CONTACT, "screening__contact"))),
        shown=listed("level_of_need"),
    ),
    Record(
        "screening.ScreeningReasons",
        "Reasons of the screening, also of earlier contacts",
        (Opening(SCREENERS, ALWAYS), *ON_ITS_CASE),
        {"text": SEES_REASONS},
        beside=((CONTACT, "screening__contact_id"),),
        closed_by={"contact": "screening__contact_id"},
    ),
    Record(
        "screening.PanelView",
        "A view of the panel",
        (
            Opening(
                SCREENERS,
                Because("while the panel sits on it", "its panel has not decided yet"),
                {"screening__state__in": ("with_panel", "with_manager")},
                like=(CONTACT, "screening__contact"),
            ),
            *ON_ITS_CASE,
        ),
        {"reason": SEES_REASONS},
        closed_by={"contact": "screening__contact_id"},
        shown=listed("agency exit given_at given_by"),
    ),
    Record(
        HANDOVER,
        "The text that was handed to a worker's team",
        (
            Opening(HUB, ALWAYS),
            *worked_on("contact__social_worker", "contact__enquiry_id"),
            Opening(SCREENERS, AS_CONTACT, like=(CONTACT, "contact")),
            Opening((OUT_OF_HOURS,), RED_HANDED, {"colour": "red", "contact__red_waits": True}),
            Opening((RECEIVING_WORKER,), HANDED, {"team": Me.TEAM, "state__in": HANDED_OVER}),
            *OF_ENQUIRY,
        ),
        {"text": SEES_HANDOVER},
        closed_by=BY_CONTACT,
        shown=listed("reference team state exit colour sent_at sent_by taken_at taken_by"),
    ),
    Record(
        "screening.HandoverExchange",
        "What hub and team said about a handover",
        (Opening(SEES_HANDOVER, Because("as the handover", "you may see the handover"), like=(HANDOVER, "handover")),),
        {"text": SEES_HANDOVER},
        shown=listed("kind said_at said_by"),
    ),
)

SCREENING = (SCREENER, PANEL, MANAGER)
HANDS_OVER = (*FIRST_LINE, SOCIAL_WORKER, OUT_OF_HOURS, RECEIVING_WORKER, *LOOKING)
SEES_ENQUIRY = (*FIRST_LINE, SOCIAL_WORKER, RESEARCHER, LEAD, RECEIVING_WORKER, OUT_OF_HOURS, LET_IN, *LOOKING)
BREAKS_GLASS = (FRONT_DOOR, SCREENER, PANEL, SOCIAL_WORKER, OUT_OF_HOURS)

ADDRESSES = (
    Address("screening:queue", EVERY_ROLE),
    Address("screening:screen", SEES_CONTACT, CONTACT),
    Address("screening:to_panel", SCREENING, CONTACT, BOTH),
    Address("screening:view", SCREENING, CONTACT, BOTH),
    Address("screening:put_to_manager", SCREENING, CONTACT, BOTH),
    Address("screening:decide_screening", SCREENING, CONTACT, BOTH),
    Address("screening:enquiries", EVERY_ROLE),
    Address("screening:enquiry", SEES_ENQUIRY, ENQUIRY),
    Address("screening:rate", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:rerate", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:reopen", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:own_deadline", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:assign", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:join", FIRST_LINE, ENQUIRY, BOTH),
    Address("screening:clocks", SEES_ENQUIRY, ENQUIRY),
    Address(
        "screening:late",
        (FRONT_DOOR, MANAGER, SOCIAL_WORKER, RESEARCHER, LEAD, RECEIVING_WORKER),
        ENQUIRY,
        BOTH,
    ),
    Address("screening:activity", DECISION_TEAM, ENQUIRY),
    Address("screening:reviews", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:end_review", (MANAGER,), ENQUIRY, SEND),
    Address("screening:open_in_need", BREAKS_GLASS, "", BOTH),
    Address("screening:colleagues", (MANAGER,), "", BOTH),
    Address("screening:mark_absent", (MANAGER,), "", BOTH),
    Address("screening:end_absence", (MANAGER,), "", SEND),
    Address("screening:end_duty", (MANAGER,), "", SEND),
    Address("screening:proposed_roles", (MANAGER,), "", BOTH),
    Address("screening:exceptions", (MANAGER, AUDITOR)),
    Address("screening:review_use", (AUDITOR,), "", SEND),
    Address("screening:closed_out", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:contact_closed_out", (MANAGER,), CONTACT, BOTH),
    Address("screening:lift_conflict", (MANAGER,), CONTACT, SEND),
    Address("screening:settle_match", (MANAGER,), CONTACT, BOTH),
    Address("screening:interest", SEES_ENQUIRY, ENQUIRY, BOTH),
    Address("screening:contact_interest", SEES_CONTACT, CONTACT, BOTH),
    Address("screening:handover_interest", HANDS_OVER, HANDOVER, BOTH),
    Address("screening:handover", HANDS_OVER, HANDOVER),
    Address("screening:accept_handover", (RECEIVING_WORKER,), HANDOVER, BOTH),
    Address("screening:query_handover", HANDS_OVER, HANDOVER, BOTH),
    Address("screening:decline_handover", HANDS_OVER, HANDOVER, BOTH),
    Address("screening:answer_handover", HANDS_OVER, HANDOVER, BOTH),
    Address("screening:withdraw_handover", (*SCREENING, OUT_OF_HOURS), HANDOVER, BOTH),
    Address("screening:decide_for_night", HANDS_OVER, HANDOVER, BOTH),
    Address("screening:settle_handover", HANDS_OVER, HANDOVER, BOTH),
    Address("screening:send_anew", HANDS_OVER, HANDOVER, BOTH),
)
