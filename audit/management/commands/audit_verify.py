"""./run manage audit_verify: is the log what its exported seals say?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from audit.actions.sealing import FILE
from audit.queries import findings, waiting
from audit.rules import SealLine, read_line

WINDOW_SECONDS = 60
SAID = "audit.seals seal "
"""What stands before a seal in the worker's log."""


class Command(BaseCommand):
    """Compares, names each finding, states the window; exits with 1 on any finding."""

    help = "Compare the log with its exported seals. Log in as the auditor's role (MASH_AUDITOR_DATABASE_URL)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seals", help="the exported file, or - for the worker's log; without it the file of MASH_SEAL_EXPORT_DIR"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        exported = _exported(options["seals"])
        if exported is None:
            self.stdout.write("No exported seals: this compares with the database's own, which proves less.")
        found = 0
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for one in findings(cursor, exported, say=self.stdout.write):
                found += 1
                self.stdout.write(f"FOUND {one}")
            left = waiting(cursor)
        self.stdout.write(f"Not sealed yet: {left.rows} rows, the oldest for {left.seconds:.1f} seconds.")
        if left.seconds > WINDOW_SECONDS:
            self.stdout.write(f"Sealing is behind: the window should be at most {WINDOW_SECONDS} seconds.")
        self.stdout.write(f"{found} findings." if found else "Everything that is sealed is as it was written.")
        if found:
            sys.exit(1)


def _exported(named: str | None) -> list[SealLine] | None:
    folder = settings.MASH_SEAL_EXPORT_DIR
    if named == "-":
        return _read("The input", [line[line.index(SAID) + len(SAID) :] for line in sys.stdin if SAID in line])
    file = Path(named) if named else Path(folder) / FILE if folder else None
    if file is None or (not named and not file.exists()):
        return None
    try:
        return _read(str(file), file.read_text(encoding="utf-8").splitlines())
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}.") from None


def _read(name: str, lines: list[str]) -> list[SealLine]:
    read = [read_line(line) for line in lines]
    if None in read:
        raise CommandError(f"{name} holds a line that is no seal: line {read.index(None) + 1}.")
    return [one for one in read if one is not None]
