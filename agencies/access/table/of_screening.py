"""Screening and the MASH enquiry: what each record holds, who sees it when, and which text reaches whom."""

from agencies.access.table.of_contacts import (
    AS_CONTACT,
    ASSIGNED,
    BY_CONTACT,
    CONTACT,
    EMERGENCY,
    ENDING,
    HUB,
    IN_FORCE,
    OF_ENQUIRY,
    looked_into,
    within_contact,
)
from agencies.access.table.words import (
    ALWAYS,
    CLOCK,
    DECISION_TEAM,
    FRONT_DOOR,
    LET_IN,
    LOOKING,
    MANAGER,
    OUT_OF_HOURS,
    PANEL,
    PARTNERS,
    RECEIVING_WORKER,
    SCREENER,
    SCREENERS,
    SOCIAL_WORKER,
    Because,
    Me,
    Opening,
    Record,
)

ENQUIRY = "screening.Enquiry"
HANDOVER = "screening.Handover"

ASKED = Because("once their agency was asked", "your agency was asked")
RELEASED = Because(
    "once a summary was released to their team, until it declines", "a summary was released to your team"
)
HANDED = Because("what was handed to their team, until it declines", "it was handed to your team")

OUT = ("sent", "queried", "accepted", "declined")
WITH_TEAM = ("sent", "queried", "accepted")
BY_ENQUIRY = {"enquiry": "enquiry_id"}
SEES_REASONS = (*SCREENERS, *DECISION_TEAM, *LOOKING)
SEES_HANDOVER = (FRONT_DOOR, *SCREENERS, *DECISION_TEAM, RECEIVING_WORKER, *LOOKING)


def decision_team(worker: str, enquiry: str = "", *, in_need: bool = False) -> tuple[Opening, ...]:
    """Return the openings of what manager, assigned social worker and those who look into the enquiry see.

    Args:
        worker: the path to the assigned social worker's membership.
        enquiry: the path to the enquiry's key; empty where those who look into it see nothing.
        in_need: whether broken glass opens it too.
    """
    team = Opening((MANAGER,), ALWAYS), Opening((SOCIAL_WORKER,), ASSIGNED, {worker: Me.MEMBERSHIP})
    return (*team, *looked_into(enquiry, in_need=in_need)) if enquiry else team


ON_ITS_CASE = decision_team("screening__contact__social_worker", "screening__contact__enquiry_id", in_need=True)

RECORDS = (
    Record(
        ENQUIRY,
        "The header of a MASH enquiry: reference, stage, colour, due, worker",
        (
            Opening((FRONT_DOOR, SCREENER, PANEL, MANAGER, OUT_OF_HOURS), ALWAYS),
            Opening((SOCIAL_WORKER,), ASSIGNED, {"social_worker": Me.MEMBERSHIP}),
            Opening(PARTNERS, ASKED, {"requests__agency": Me.AGENCY, "requests__state__in": IN_FORCE}),
            Opening((RECEIVING_WORKER,), RELEASED, {"summaries__team": Me.TEAM, "summaries__state__in": WITH_TEAM}),
            Opening((LET_IN,), EMERGENCY, {"requests__in": Me.LET_IN_TO}),
            Opening((CLOCK,), ENDING, {"state__in": ("released", "closed")}),
            *looked_into("pk", in_need=True),
        ),
        closed_by={"enquiry": "pk"},
    ),
    Record(
        "screening.Rating",
        "A rating and its reason",
        decision_team("enquiry__social_worker", "enquiry_id", in_need=True),
        {"reason": (*DECISION_TEAM, *LOOKING)},
        closed_by=BY_ENQUIRY,
    ),
    Record(
        "screening.OwnDeadline",
        "The manager's own deadline and its reason",
        decision_team("enquiry__social_worker", "enquiry_id", in_need=True),
        {"reason": (*DECISION_TEAM, *LOOKING)},
        closed_by=BY_ENQUIRY,
    ),
    Record(
        "screening.Screening",
        "Where a contact's screening stands, and its exit",
        (*within_contact(), Opening((CLOCK,), ENDING, like=(CONTACT, "contact"))),
    ),
    Record(
        "screening.ChildScreening",
        "A child's level of need at screening",
        (*within_contact("screening__contact"), Opening((CLOCK,), ENDING, like=(CONTACT, "screening__contact"))),
    ),
    Record(
        "screening.ScreeningReasons",
        "Reasons of the screening, also of earlier contacts",
        (Opening(SCREENERS, ALWAYS), *ON_ITS_CASE),
        {"text": SEES_REASONS},
        closed_by={"contact": "screening__contact_id"},
    ),
    Record(
        "screening.PanelView",
        "A view of the panel",
        (
            Opening(SCREENERS, AS_CONTACT, like=(CONTACT, "screening__contact")),
            *ON_ITS_CASE,
        ),
        {"reason": SEES_REASONS},
        closed_by={"contact": "screening__contact_id"},
    ),
    Record(
        HANDOVER,
        "The text that was handed to a worker's team",
        (
            Opening(HUB, ALWAYS),
            Opening((SOCIAL_WORKER,), ASSIGNED, {"contact__social_worker": Me.MEMBERSHIP}),
            Opening(SCREENERS, AS_CONTACT, like=(CONTACT, "contact")),
            Opening((RECEIVING_WORKER,), HANDED, {"team": Me.TEAM, "state__in": WITH_TEAM}),
            *OF_ENQUIRY,
        ),
        {"text": SEES_HANDOVER},
        closed_by=BY_CONTACT,
    ),
    Record(
        "screening.HandoverExchange",
        "What hub and team said about a handover",
        (Opening(SEES_HANDOVER, Because("as the handover", "you may see the handover"), like=(HANDOVER, "handover")),),
        {"text": SEES_HANDOVER},
    ),
)
