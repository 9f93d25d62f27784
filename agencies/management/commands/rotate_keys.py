"""Close every data key with the first key of the ring, so that others can be removed."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.access import keys
from common.key_ring import ring

BATCH = 500
PAUSE_SECONDS = 0.2


class Command(BaseCommand):
    """Run as the owner of the tables. May be stopped at any moment, run again, and run by several at once.

    A batch of keys is closed anew in one transaction, and the hub serves on. Texts under a data key are not touched.
    """

    help = "Close all data keys with the first of MASH_FIELD_KEYS; say which others may be removed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let a test choose the size of a batch."""
        parser.add_argument("--batch", type=int, default=BATCH, help=f"data keys in one transaction ({BATCH})")

    def handle(self, *args: object, **options: object) -> None:
        """Rotate, and say how far it is.

        Raises:
            CommandError: this login may not, or data keys are closed by a key that is not on the ring.
        """
        if not keys.may_rotate():
            raise CommandError("Only the owner of the tables rotates: set DATABASE_URL to the owner's login.")
        batch = max(1, int(str(options["batch"])))
        made = self._rewrap(batch)
        self.stdout.write(f"{made} data keys closed anew with {ring().current}.")
        missing = keys.missing_ring_keys()
        if missing:
            raise CommandError(words_for_missing(missing))
        self.stdout.write(words_for_removable())

    def _rewrap(self, batch: int) -> int:
        total, made = keys.to_rewrap(), 0
        while True:
            now = keys.rewrap_some(batch)
            made += now
            if now:
                self.stdout.write(f"{made} of {max(total, made)}")
                self.stdout.flush()
            elif keys.to_rewrap():
                time.sleep(PAUSE_SECONDS)  # Another process has the rest in hand.
            else:
                return made


def words_for_missing(missing: dict[str, int]) -> str:
    """Return what to do about keys that are needed and not on the ring; names only."""
    named = ", ".join(f"{name} ({count} data keys)" for name, count in sorted(missing.items()))
    return (
        f"Not on the key ring, and needed: {named}. Put them back into MASH_FIELD_KEYS, after the first key, and start "
        "every process again. Until then the texts under these data keys cannot be read; nothing is lost."
    )


def words_for_removable() -> str:
    """Return which keys of the ring nothing needs any more."""
    needed = {ring().current, *keys.ring_keys_in_use()}
    free = [name for name in ring().keys if name not in needed]
    return f"May be removed from MASH_FIELD_KEYS: {', '.join(free) or 'none'}."
