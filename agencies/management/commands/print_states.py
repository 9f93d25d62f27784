"""Write the page of state diagrams, or say whether it is as the tables are."""

from __future__ import annotations

from agencies.access.diagrams import page
from agencies.management.printed import FOLDER, PrintingCommand


class Command(PrintingCommand):
    """The states of every record, as diagrams."""

    help = "Print the state tables as diagrams into docs/reference/states.md."
    place = FOLDER / "states.md"
    held_to = "the tables say"

    def page(self) -> str:
        """Return the page."""
        return page()
