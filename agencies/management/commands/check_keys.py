"""Say at the start whether the key ring opens what is there."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from agencies.access import keys
from agencies.management.commands.rotate_keys import words_for_missing
from common.key_ring import ring


class Command(BaseCommand):
    """Run as any role of the application, before its processes start."""

    help = "Fail if a data key is closed by a key that is not in MASH_FIELD_KEYS; say its name."

    def handle(self, *args: object, **options: object) -> None:
        """Compare the ring with what closes the data keys.

        Raises:
            CommandError: a key is missing, or MASH_FIELD_KEYS cannot be read.
        """
        try:
            held = ring()
        except ValueError as error:
            raise CommandError(str(error)) from error
        missing = keys.missing_ring_keys()
        if missing:
            raise CommandError(words_for_missing(missing))
        used = keys.ring_keys_in_use()
        others = sum(count for name, count in used.items() if name != held.current)
        self.stdout.write(f"The key ring opens all {sum(used.values())} data keys.")
        if others:
            self.stdout.write(f"{others} are not yet closed by {held.current}: run rotate_keys.")
