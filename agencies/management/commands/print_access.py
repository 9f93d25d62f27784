"""Write the page of the access table, or say whether it is as the table is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.access.table.page import page

PLACE = Path("docs") / "reference" / "access.md"


class Command(BaseCommand):
    """Asks no database."""

    help = "Print the access table into docs/reference/access.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if the page is out of date.")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.ROOT) / PLACE
        if not options["check"]:
            path.write_text(page(), encoding="utf-8")
            self.stdout.write(f"Written: {PLACE}.")
        elif not path.exists() or path.read_text(encoding="utf-8") != page():
            raise CommandError(
                f"{PLACE} is not what the access table says: run ./run manage print_access and commit it."
            )
