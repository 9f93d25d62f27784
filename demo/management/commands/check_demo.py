"""Print how plausible the demo hub is."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from demo.directory import read_directory
from demo.plausible import RULES
from demo.plausible.reading import may_read_acts, read_acts, read_hub


class Command(BaseCommand):
    """A line for each rule: how much breaks it, and the first of it."""

    help = "Print for each rule of what is plausible how many offend against it in the demo hub."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to name more of them."""
        parser.add_argument("--most", type=int, default=3, help="so many offenders of a rule are named (3)")

    def handle(self, *args: object, most: int = 3, **options: object) -> None:
        """Read the hub and print."""
        has_log = may_read_acts()
        seen = read_hub(read_directory(), read_acts() if has_log else (), at=timezone.now())
        self.stdout.write(f"{len(seen.contacts)} contacts, {len(seen.acts)} acts.")
        for rule in RULES:
            if rule.of_acts and not has_log:
                self.stdout.write(f"    -  {rule.sentence} (not looked at: the log is the auditor's to read)")
                continue
            found = list(rule.offenders(seen))
            self.stdout.write(f"{len(found):>5}  {rule.sentence}")
            for offender in found[:most]:
                self.stdout.write(f"         {offender}")
