"""Clocks and notices: who sees them when, and which text reaches whom."""

from agencies.access.table.words import (
    ADMINISTRATOR,
    ALWAYS,
    CLOCK,
    EVERY_ROLE,
    FRONT_DOOR,
    LEAD,
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
        ),
    ),
    Record(
        "clock.BreachReason",
        "Why something was late",
        (
            Opening((MANAGER,), ALWAYS),
            Opening(EVERY_ROLE, Because("what they gave themselves", "you gave it"), {"given_by": Me.MEMBERSHIP}),
        ),
        {"text": (MANAGER,)},
    ),
    Record(
        "clock.Escalation",
        "A step that was taken because something was late",
        (Opening((*EVERY_ROLE, CLOCK), Because("as the clock", "you may see the clock"), like=(DEADLINE, "deadline")),),
    ),
    Record(
        "notices.Notice",
        "What somebody was told",
        (
            Opening((CLOCK,), ALWAYS),
            Opening(
                EVERY_ROLE,
                Because("what they were told in the hub", "it was told to you"),
                {"membership": Me.MEMBERSHIP, "channel": "in_app"},
            ),
        ),
    ),
    Record(
        "notices.DeadLetter",
        "A mail that did not leave; neither address nor text",
        (
            Opening((ADMINISTRATOR, CLOCK), ALWAYS),
            Opening(
                (MANAGER, FRONT_DOOR),
                Because("mail to people without an account", "it was for somebody without an account"),
                {"notice__membership": None},
            ),
        ),
    ),
)
