"""Pages of the reference that a command prints and CI compares."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def is_written_and_checked(command: str, place: Path, page: str, says: str) -> None:
    """Print a page into an empty folder: it is missed before, right after, and missed again when changed by hand."""
    place.parent.mkdir(parents=True)
    with pytest.raises(CommandError, match=f"is not what the {says}"):
        call_command(command, check=True)
    call_command(command, stdout=io.StringIO())
    call_command(command, check=True)
    assert place.read_text(encoding="utf-8") == page
    place.write_text(page + "by hand", encoding="utf-8")
    with pytest.raises(CommandError, match=f"is not what the {says}"):
        call_command(command, check=True)
