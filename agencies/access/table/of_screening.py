"""Screening and the MASH enquiry: what each record holds, who sees it when, and which text reaches whom."""

from agencies.access.table.of_contacts import (
    AS_CONTACT,
    ASSIGNED,
    CONTACT,
    ENDING,
    HUB,
    IN_FORCE,
    within_contact,
)
from agencies.access.table.words import (
    ALWAYS,
    CLOCK,
    DECISION_TEAM,
    FRONT_DOOR,
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
RELEASED = Because("once a summary was released to their team", "a summary was released to your team")
HANDED = Because("what was handed to their team, until it declines", "it was handed to your team")

OUT = ("sent", "queried", "accepted", "declined")
WITH_TEAM = ("sent", "queried", "accepted")
SEES_REASONS = (*SCREENERS, *DECISION_TEAM)
SEES_HANDOVER = (FRONT_DOOR, *SCREENERS, *DECISION_TEAM, RECEIVING_WORKER)


def decision_team(worker: str) -> tuple[Opening, ...]:
    """Return the openings of what manager and assigned social worker alone see.

    Args:
        worker: the path to the assigned social worker's membership.
    """
    return (Opening((MANAGER,), ALWAYS), Opening((SOCIAL_WORKER,), ASSIGNED, {worker: Me.MEMBERSHIP}))


RECORDS = (
    Record(
        ENQUIRY,
        "The header of a MASH enquiry: reference, stage, colour, due, worker",
        (
            Opening((FRONT_DOOR, SCREENER, PANEL, MANAGER, OUT_OF_HOURS), ALWAYS),
            Opening((SOCIAL_WORKER,), ASSIGNED, {"social_worker": Me.MEMBERSHIP}),
            Opening(PARTNERS, ASKED, {"requests__agency": Me.AGENCY, "requests__state__in": IN_FORCE}),
            Opening((RECEIVING_WORKER,), RELEASED, {"summaries__team": Me.TEAM, "summaries__state__in": OUT}),
        ),
    ),
    Record(
        "screening.Rating",
        "A rating and its reason",
        decision_team("enquiry__social_worker"),
        {"reason": DECISION_TEAM},
    ),
    Record(
        "screening.OwnDeadline",
        "The manager's own deadline and its reason",
        decision_team("enquiry__social_worker"),
        {"reason": DECISION_TEAM},
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
        (Opening(SCREENERS, ALWAYS), *decision_team("screening__contact__social_worker")),
        {"text": SEES_REASONS},
    ),
    Record(
        "screening.PanelView",
        "A view of the panel",
        (
            Opening(SCREENERS, AS_CONTACT, like=(CONTACT, "screening__contact")),
            *decision_team("screening__contact__social_worker"),
        ),
        {"reason": SEES_REASONS},
    ),
    Record(
        HANDOVER,
        "The text that was handed to a worker's team",
        (
            Opening(HUB, ALWAYS),
            Opening((SOCIAL_WORKER,), ASSIGNED, {"contact__social_worker": Me.MEMBERSHIP}),
            Opening(SCREENERS, AS_CONTACT, like=(CONTACT, "contact")),
            Opening((RECEIVING_WORKER,), HANDED, {"team": Me.TEAM, "state__in": WITH_TEAM}),
        ),
        {"text": SEES_HANDOVER},
    ),
    Record(
        "screening.HandoverExchange",
        "What hub and team said about a handover",
        (Opening(SEES_HANDOVER, Because("as the handover", "you may see the handover"), like=(HANDOVER, "handover")),),
        {"text": SEES_HANDOVER},
    ),
)
