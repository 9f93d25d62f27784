"""Pages of documentation that are printed from the tables that drive the product."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

FOLDER = Path("docs") / "reference"


class PrintingCommand(BaseCommand):
    """Write one page, or say whether it is as its table is. Asks no database.

    Attributes:
        place: the page, from the project's root.
        held_to: what it must be, in words: "the access table says".
    """

    requires_system_checks: list[str] = []
    place: ClassVar[Path]
    held_to: ClassVar[str]

    @abstractmethod
    def page(self) -> str:
        """Return the page as it should be."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the option that only compares."""
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if the page is out of date.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare.

        Raises:
            CommandError: the page is not there, or not as it should be.
        """
        path = Path(settings.ROOT) / self.place
        if not options["check"]:
            path.write_text(self.page(), encoding="utf-8")
            self.stdout.write(f"Written: {self.place}.")
        elif not path.exists() or path.read_text(encoding="utf-8") != self.page():
            name = type(self).__module__.rpartition(".")[2]
            raise CommandError(f"{self.place} is not what {self.held_to}: run ./run manage {name} and commit it.")
