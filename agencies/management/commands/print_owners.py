"""Write the page of owners, or say whether it is as their rows are."""

from __future__ import annotations

from agencies.access.owners import page
from agencies.management.printed import FOLDER, PrintingCommand


class Command(PrintingCommand):
    """Whose move every record is, in every state."""

    help = "Print whose move each record is in each state into docs/reference/owners.md."
    place = FOLDER / "owners.md"
    held_to = "the rows say"

    def page(self) -> str:
        """Return the page."""
        return page()
