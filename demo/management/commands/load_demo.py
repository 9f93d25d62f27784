"""Build the demo hub: directory and stories."""

import gc

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.builder import RARELY, build_in_halves, is_built
from demo.directory import ask_for_passwords_alone, build_directory, read_directory


class Command(BaseCommand):
    """Harmless when everything is there: it then builds nothing."""

    help = (
        "Build the invented hub: agencies, people and some eighty contacts that stand everywhere between call and end."
    )

    def handle(self, *args: object, **options: object) -> None:
        """Build what is not there yet, and say so line by line.

        Raises:
            CommandError: this hub is not the demo.
        """
        if not settings.MASH_DEMO:
            raise CommandError("This fills a hub with invented people. Set MASH_DEMO=1 if this is the demo.")
        now = timezone.now()
        if not read_directory().members:
            made = build_directory(at=now)
            self.tell(options, f"{len(made.agencies)} agencies, {len(made.teams)} teams, {len(made.members)} people.")
        ask_for_passwords_alone(at=now)
        if is_built():
            self.tell(options, "The demo's contacts are there already.")
            return
        gc.set_threshold(RARELY)
        count = build_in_halves(at=now, say=lambda line: self.tell(options, line))
        self.tell(options, f"{count} contacts in all.")

    def tell(self, options: dict[str, object], line: str) -> None:
        """Print a line of progress, unless somebody asked for silence."""
        if options["verbosity"]:
            self.stdout.write(line)
            self.stdout.flush()
