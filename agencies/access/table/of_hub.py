"""Clocks, notices and reasons given in need: who sees them when, and which text reaches whom."""

from agencies.access.table.of_contacts import CONTACT
from agencies.access.table.of_decisions import SUMMARY
from agencies.access.table.of_information import INSTRUCTION, REQUEST
from agencies.access.table.of_screening import ENQUIRY, HANDOVER
from agencies.access.table.words import (
    ADMINISTRATOR,
    ALWAYS,
    AUDITOR,
    CLOCK,
    EVERY_ROLE,
    FRONT_DOOR,
    IN_NEED,
    LEAD,
    LET_IN,
    MANAGER,
    OUT_OF_HOURS,
    PARTNERS,
    RECEIVING_WORKER,
    SCREENERS,
    SOCIAL_WORKER,
    Because,
    Me,
    Opening,
    Record,
)

DEADLINE = "clock.Deadline"

HEADER = ("first_sight", "statutory_step", "acknowledgement", "decision", "feedback", "feedback_school")
CLOCKS_OF_HUB = Because("the hub's own clocks, not those of agencies", "it is a clock of the hub")
ITS_RECORD = Because("as the record that it belongs to", "you may see what it belongs to")
ITS_RECORDS = {
    "contact": CONTACT,
    "enquiry": ENQUIRY,
    "handover": HANDOVER,
    "request": REQUEST,
    "instruction": INSTRUCTION,
    "release": SUMMARY,
}
SOMEBODY = (*EVERY_ROLE, CLOCK, IN_NEED, LET_IN)
OWN_CLOCK = Because("a clock that runs for them", "it runs for you")

RECORDS = (
    Record(
        DEADLINE,
        "A clock: what is due, when, and from whom",
        (
            Opening((MANAGER, CLOCK), ALWAYS),
            Opening((FRONT_DOOR, *SCREENERS), CLOCKS_OF_HUB, {"measure__in": HEADER}),
            Opening((SOCIAL_WORKER,), CLOCKS_OF_HUB, {"measure__in": ("first_sight", "statutory_step")}),
            Opening((SOCIAL_WORKER,), OWN_CLOCK, {"membership": Me.MEMBERSHIP}),
            Opening((OUT_OF_HOURS,), CLOCKS_OF_HUB, {"measure__in": HEADER, "colour": "red"}),
            Opening(PARTNERS, OWN_CLOCK, {"agency": Me.AGENCY, "measure__in": ("first_word", "full_answer")}),
            Opening((LEAD,), OWN_CLOCK, {"agency": Me.AGENCY, "measure": "safety_instruction"}),
            Opening((RECEIVING_WORKER,), OWN_CLOCK, {"team": Me.TEAM}),
            *(
                Opening(SOMEBODY, ITS_RECORD, {"subject_kind": kind}, like=(record, "subject_id"))
                for kind, record in ITS_RECORDS.items()
            ),
        ),
        closed_by={"contact": "subject_id", "enquiry": "enquiry_id"},
    ),
    Record(
        "clock.BreachReason",
        "Why something was late",
        (
            Opening((MANAGER,), ALWAYS),
            Opening(
                EVERY_ROLE,
                Because("what they gave themselves, where they still see the clock", "you gave it"),
                {"given_by": Me.MEMBERSHIP},
                like=(DEADLINE, "deadline"),
            ),
        ),
        {"text": (MANAGER,)},
        closed_by={"contact": "deadline__subject_id", "enquiry": "deadline__enquiry_id"},
    ),
    Record(
        "clock.Escalation",
        "A step that was taken because something was late",
        (Opening(SOMEBODY, Because("as the clock", "you may see the clock"), like=(DEADLINE, "deadline")),),
    ),
    Record(
        "notices.Notice",
        "What somebody was told",
        (
            Opening((CLOCK,), ALWAYS),
            Opening(
                (*EVERY_ROLE, LET_IN),
                Because("what they were told in the hub", "it was told to you"),
                {"membership": Me.MEMBERSHIP, "channel": "in_app"},
            ),
        ),
        closed_by={"reference": "reference"},
    ),
    Record(
        "notices.DeadLetter",
        "A mail that did not leave; neither address nor text",
        (
            Opening((ADMINISTRATOR, CLOCK), ALWAYS),
            Opening(
                (MANAGER, FRONT_DOOR),
                Because("mail to people without an account", "it was for somebody without an account"),
                {"is_to_the_public": True},
            ),
        ),
        closed_by={"reference": "reference"},
    ),
    Record(
        "agencies.NeedReason",
        "Why glass was broken, or an agency was let in without a signature",
        (Opening((MANAGER,), ALWAYS),),
        {"text": (MANAGER,)},
        closed_by={"enquiry": "enquiry_id"},
    ),
    Record(
        "agencies.FindingReason",
        "Why the auditor found that justified or not",
        (Opening((MANAGER, AUDITOR), ALWAYS),),
        {"text": (MANAGER, AUDITOR)},
        closed_by={"enquiry": "enquiry_id"},
    ),
)
