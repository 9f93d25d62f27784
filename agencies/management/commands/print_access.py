"""Write the page of the access table, or say whether it is as the table is."""

from __future__ import annotations

from agencies.access.table.page import page
from agencies.management.printed import FOLDER, PrintingCommand


class Command(PrintingCommand):
    """The base matrix, as people read it."""

    help = "Print the access table into docs/reference/access.md."
    place = FOLDER / "access.md"
    held_to = "the access table says"

    def page(self) -> str:
        """Return the page."""
        return page()
