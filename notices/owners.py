"""Whose move a mail that did not leave is, as data."""

from agencies.choices import Role
from common.transition import StateTable, move
from common.turns import UNRATED, Matter, Owners, Turn, ended

FAILED: StateTable = {
    "mail.retried": move("given_up", "retried", (Role.ADMINISTRATOR, Role.FRONT_DOOR, Role.MANAGER), "Send again"),
}

OWNERS: Owners = (
    Matter(
        "mail that did not leave",
        FAILED,
        "given_up",
        {
            "given_up": Turn(
                whose=frozenset({Role.ADMINISTRATOR, Role.FRONT_DOOR, Role.MANAGER}),
                ratings=UNRATED,
                page="notices:list",
                why="Front door and manager see those to people without an account.",
            ),
            "retried": ended(),
        },
        about="the mail server refused it, or it was tried as often as it is",
    ),
)
