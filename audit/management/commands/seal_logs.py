"""./run manage seal_logs: what the worker does every 30 seconds, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from audit.actions import seal_logs


class Command(BaseCommand):
    """Seals and exports; for a hub whose worker stands still."""

    help = "Seal the log and export the seals. Log in as the worker's role (MASH_SWEEP_DATABASE_URL)."

    def handle(self, *args: Any, **options: Any) -> None:
        for one in seal_logs():
            self.stdout.write(f"Seal {one.number}: {one.events + one.readings + one.refusals} rows.")
