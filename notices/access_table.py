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
    listed,
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
        shown=listed("membership subject body path reference created_at read_at"),
        copies=listed("kind channel not_before"),
        never={
            "to_address": "of a mail, which only its sender reads",
            "staff_path": "of a mail, which only its sender reads",
            "sent_at": "of a mail, which only its sender reads",
            "withdrawn_at": "of a mail, which only its sender reads",
            "given_up_at": "of a mail, which only its sender reads",
            "attempts": "of a mail, which only its sender reads",
            "last_error": "of a mail, which only its sender reads",
            "dedupe": "a key",
        },
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
        copies=listed("kind"),
        shown=listed("is_to_the_public reference staff_path error at see_to_by"),
        never={
            "attempts": "always the most that there are",
            "seen_to_at": "shown until it is seen to",
        },
    ),
)

ADDRESSES = (
    Address("notices:list", EVERY_ROLE),
    Address("notices:notice", EVERY_ROLE),
    Address("notices:read", EVERY_ROLE, "", SEND),
    Address("notices:retry", NOBODY, "", SEND),
)
