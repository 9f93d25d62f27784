"""SQL of the second wall, readable as SQL; each file is run by one migration."""

from __future__ import annotations

from pathlib import Path

from django.db.migrations import RunSQL


def run_file(path: Path, *, reverse: str = RunSQL.noop) -> RunSQL:
    """Return the operation that runs a file of SQL as it stands."""
    return RunSQL(path.read_text(encoding="utf-8"), reverse)
