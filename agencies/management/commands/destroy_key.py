"""Erase the protected texts of one contact or enquiry for good."""

from __future__ import annotations

import uuid

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agencies.access import keys


class Command(BaseCommand):
    """Run as the owner of the tables. Copies of the table in backups keep the key until they are gone too."""

    help = "Destroy the data key of a contact or enquiry, named by its key: its protected texts are erased for good."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the record's key."""
        parser.add_argument("owner", type=uuid.UUID, help="the key of the contact or enquiry")

    def handle(self, *args: object, **options: object) -> None:
        """Destroy it.

        Raises:
            CommandError: this login may not, or there is no such key.
        """
        if not keys.may_rotate():
            raise CommandError("Only the owner of the tables erases: set DATABASE_URL to the owner's login.")
        owner = options["owner"]
        if not isinstance(owner, uuid.UUID) or not keys.destroy_key(owner, at=timezone.now()):
            raise CommandError("There is no data key of this record, or it was destroyed before.")
        self.stdout.write("Destroyed: the protected texts of this record are erased.")
