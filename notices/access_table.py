"""Notices: who sees them when, and who reaches which address."""

from agencies.access.table.words import (
    ADMINISTRATOR,
    ALWAYS,
    CLOCK,
    EVERY_ROLE,
    FRONT_DOOR,
    LET_IN,
    MANAGER,
    NOBODY,
    SEND,
    Address,
    Because,
    Me,
    Opening,
    Record,
)

RECORDS = (
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
)

ADDRESSES = (
    Address("notices:list", EVERY_ROLE),
    Address("notices:read", EVERY_ROLE, "", SEND),
    Address("notices:retry", NOBODY, "", SEND),
)
