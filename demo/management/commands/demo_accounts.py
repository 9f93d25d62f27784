"""Print the demo's accounts."""

from django.core.management.base import BaseCommand

from agencies.choices import Role
from demo.people import AGENCIES, PASSWORD, PEOPLE


class Command(BaseCommand):
    """For the launcher's READY lines."""

    help = "Print who can sign in to the demo, and with what."

    def add_arguments(self, parser):  # type: ignore[no-untyped-def]  # Django's own signature is untyped
        """Offer the short list."""
        parser.add_argument("--all", action="store_true", help="every account, not only the first ones to try")

    def handle(self, *args: object, **options: object) -> None:
        """Print a line each."""
        names = {agency.key: agency.short_name for agency in AGENCIES}
        for person in PEOPLE:
            if options["all"] or person.try_first:
                roles = ", ".join(str(Role(role).label) for role in person.roles)
                self.stdout.write(
                    f"  {person.email:<38} {names[person.agency]}, {roles}"
                    + (f": {person.try_first}" if person.try_first else "")
                )
        self.stdout.write(f"  The password of all of them: {PASSWORD}")
        self.stdout.write("  Here it is enough. A real hub asks administrators, managers, auditors and reviewers for a")
        self.stdout.write("  second factor too; “Your account” shows how that is.")
