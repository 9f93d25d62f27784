"""Make the keys by which people and staff are found in cases anew, after a change of what is compared."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.key_ring import KeyMissing
from contacts import actions
from contacts.actions.remaking import FOUND, Remade

BATCH = 500


class Command(BaseCommand):
    """Run as the owner of the tables. May be stopped at any moment and run again; the hub serves on."""

    help = (
        "Make the keys of every child, adult and home anew; say of how many staff birth and home must be entered again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Let a test choose the size of a batch."""
        parser.add_argument("--batch", type=int, default=BATCH, help=f"people in one transaction ({BATCH})")

    def handle(self, *args: object, **options: object) -> None:
        """Remake the keys of people, of homes and of the search, a batch a transaction, and print how many differed.

        Raises:
            CommandError: this login may not; or it stopped at the first batch in which an address is closed by a key
                that is not on the ring: the batches before are done.
        """
        if not actions.may_remake():
            raise CommandError("Only the owner of the tables remakes keys: set DATABASE_URL to the owner's login.")
        batch = max(1, int(str(options["batch"])))
        seen, made = self._remake(actions.remake_people, batch)
        self.stdout.write(f"{seen} children and adults, {made} with other keys than before.")
        seen, made = self._remake(actions.remake_homes, batch)
        self.stdout.write(f"{seen} contacts, {made} with other keys of the home than before.")
        for kind in FOUND:
            seen, made = self._remake(partial(actions.remake_finding, kind), batch)
            self.stdout.write(f"{seen} {FOUND[kind]}, {made} with other keys for the search than before.")
        staff = actions.staff_held()
        self.stdout.write(f"{staff.held} members of staff are held against them, {staff.earlier} in an earlier form.")
        if staff.earlier:
            self.stdout.write(
                "Their birth and home can be read by nobody, so they cannot be made anew: an administrator enters them "
                "again. The page People of the directory names them."
            )

    def _remake(self, step: Callable[[uuid.UUID | None, int], Remade], batch: int) -> tuple[int, int]:
        seen = made = 0
        last: uuid.UUID | None = None
        while True:
            try:
                done = step(last, batch)
            except KeyMissing as error:
                raise CommandError(f"{error} Nothing of this batch was changed; run it again then.") from error
            seen, made, last = seen + done.seen, made + done.made, done.last
            if last is None:
                return seen, made
            self.stdout.write(f"{seen} looked at, {made} made anew")
            self.stdout.flush()
