"""Whose move a mail that did not leave is, as data."""

from agencies.choices import Role
from common.transition import StateTable, move
from common.turns import UNRATED, Matter, Owners, Review, Turn, ended

FAILED: StateTable = {
    "mail.retried": move("given_up", "seen_to", (Role.ADMINISTRATOR, Role.FRONT_DOOR, Role.MANAGER), "Send again"),
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
                review=Review(
                    "notices.DeadLetter.see_to_by",
                    "",
                    "the end of the next working day; any administrator; of mail to the public the front door",
                ),
                why="What it says of a child is a matter of its own: a message that did not arrive.",
            ),
            "seen_to": ended(),
        },
        about="the mail server refused it, or it was tried as often as it is",
    ),
)
