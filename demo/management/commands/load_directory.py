"""Build the invented directory: agencies, teams, people, agreement."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from demo.directory import build_directory, read_directory


class Command(BaseCommand):
    """Used by the demo and by the tests' template; harmless when it is there already."""

    help = "Build the directory of the invented hub."

    def handle(self, *args: object, **options: object) -> None:
        """Build it unless it is there."""
        if read_directory().members:
            self.stdout.write("The directory is there already.")
            return
        made = build_directory(at=timezone.now())
        self.stdout.write(f"{len(made.agencies)} agencies, {len(made.teams)} teams, {len(made.members)} people.")
