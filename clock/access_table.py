"""Clocks: who sees them when, and which text reaches whom."""

from agencies.access.table.words import (
    ALWAYS,
    CLOCK,
    EMERGENCY_ACCESS,
    EVERY_ROLE,
    FRONT_DOOR,
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
    listed,
)

DEADLINE = "clock.Deadline"

HEADER = ("first_sight", "statutory_step", "acknowledgement", "decision", "feedback", "feedback_school")
DANGER = ("convening", "discussion", "safe_until")
ASKED = ("first_word", "full_answer", "confirmation", "correction")
CLOCKS_OF_HUB = Because("the hub's own clocks, not those of agencies", "it is a clock of the hub")
ITS_RECORD = Because("as the record that it belongs to", "you may see what it belongs to")
SOMEBODY = (*EVERY_ROLE, CLOCK, EMERGENCY_ACCESS, LET_IN)
OWN_CLOCK = Because("a clock that runs for them", "it runs for you")


def of_record(kind: str, record: str) -> tuple[Opening, ...]:
    """Return the opening of the clocks of one kind of record, for the stage to which it belongs."""
    return (Opening(SOMEBODY, ITS_RECORD, {"subject_kind": kind}, like=(record, "subject_id")),)


RECORDS = (
    Record(
        DEADLINE,
        "A clock: what is due, when, and from whom",
        (
            Opening((MANAGER, CLOCK), ALWAYS),
            Opening((FRONT_DOOR, *SCREENERS), CLOCKS_OF_HUB, {"measure__in": HEADER}),
            Opening((FRONT_DOOR, SOCIAL_WORKER, OUT_OF_HOURS), CLOCKS_OF_HUB, {"measure__in": DANGER}),
            Opening((FRONT_DOOR,), CLOCKS_OF_HUB, {"measure__in": ("letter", "undelivered", "came_back")}),
            Opening(
                (FRONT_DOOR,),
                CLOCKS_OF_HUB,
                {"measure": "correction", "subject_kind__in": ("correction", "correction_said")},
            ),
            Opening((SOCIAL_WORKER,), CLOCKS_OF_HUB, {"measure__in": ("first_sight", "statutory_step")}),
            Opening((SOCIAL_WORKER,), OWN_CLOCK, {"membership": Me.MEMBERSHIP}),
            Opening((SOCIAL_WORKER,), OWN_CLOCK, {"enquiry_id__in": Me.STANDS_IN}),
            Opening((OUT_OF_HOURS,), CLOCKS_OF_HUB, {"measure__in": HEADER, "colour": "red"}),
            Opening(PARTNERS, OWN_CLOCK, {"agency": Me.AGENCY, "measure__in": ASKED}),
            Opening((LEAD,), OWN_CLOCK, {"agency": Me.AGENCY, "measure": "safety_instruction"}),
            Opening((RECEIVING_WORKER,), OWN_CLOCK, {"team": Me.TEAM, "subject_kind": "correction_read"}),
        ),
        closed_by={"contact": "case_id", "enquiry": "case_id"},
        shown=listed("measure colour started_at due_at explanation met_at cancelled_at"),
        copies=listed(
            "subject_kind subject_reference enquiry_reference agency team membership policy "
            "own_due_at safe_until policy_due_at"
        ),
        never={"created_at": "bookkeeping of the sweep", "next_check_at": "bookkeeping of the sweep"},
    ),
    Record(
        "clock.BreachReason",
        "Why something was late",
        (
            Opening((MANAGER,), ALWAYS),
            Opening(
                (*EVERY_ROLE, LET_IN),
                Because("what they gave themselves, where they still see the clock", "you gave it"),
                {"given_by": Me.MEMBERSHIP},
                like=(DEADLINE, "deadline"),
            ),
        ),
        {"text": (MANAGER,)},
        closed_by={"contact": "deadline__case_id", "enquiry": "deadline__case_id"},
        shown=listed("given_by given_at"),
    ),
    Record(
        "clock.Escalation",
        "A step that was taken because something was late",
        (Opening(SOMEBODY, Because("as the clock", "you may see the clock"), like=(DEADLINE, "deadline")),),
        never=dict.fromkeys(("level", "at"), "that the sweep was here; whom it told is a notice"),
    ),
)
