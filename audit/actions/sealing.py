"""Sealing the log and putting each seal where nobody who rewrites the database can reach it."""

from __future__ import annotations

import fcntl
import logging
import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from audit.rules import SealLine, read_line

logger = logging.getLogger("audit.seals")

MOST = 10_000
"""Rows in one seal: what a worker lists in one go."""

FILE = "seals.jsonl"
TAIL_BYTES = 4096


def seal_logs() -> list[SealLine]:
    """Seal every row of the log that has been committed, export the seals, and return what was exported.

    Run as the worker's role, which seals without reading a row. Two at once are two in a row; where nothing waits,
    nothing is made.
    """
    first = 0
    while number := _seal_once():
        first = first or number
    return _export(first)


def _seal_once() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT fw.seal_logs(%s)", [MOST])
        return int(cursor.fetchone()[0])


def _export(first: int) -> list[SealLine]:
    """Append to the file outside the database what it lacks, and say each seal in the process's log.

    A crash between sealing and exporting loses nothing: the next run asks the file where it ends. Without a file the
    process's log is the export, and what was not said before a crash is missing there.
    """
    if settings.MASH_SEAL_EXPORT_DIR:
        new = _append(Path(settings.MASH_SEAL_EXPORT_DIR))
    else:
        new = _seals_after(first - 1) if first else []
    for one in new:
        logger.info("seal %s", one.as_json())
    return new


def _append(folder: Path) -> list[SealLine]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / FILE).open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _last_line(file.fileno())
        new = _seals_after(last.number if last else 0)
        if last and new and new[0].previous != last.seal:
            logger.error("The database's seals do not follow seal %s of the exported file.", last.number)
        file.write("".join(f"{one.as_json()}\n" for one in new).encode())
        file.flush()
        os.fsync(file.fileno())
    return new


def _last_line(descriptor: int) -> SealLine | None:
    end = os.lseek(descriptor, 0, os.SEEK_END)
    tail = os.pread(descriptor, TAIL_BYTES, max(end - TAIL_BYTES, 0)).decode(errors="replace")
    lines = [line for line in tail.splitlines() if line.strip()]
    return read_line(lines[-1]) if lines else None


def _seals_after(number: int) -> list[SealLine]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fw.seals_after(%s)", [number])
        return [SealLine(*row) for row in cursor.fetchall()]
