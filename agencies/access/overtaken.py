"""A write that a right has been taken from in the middle, or that another was faster with: refused, never a fault.

Whoever acts has been asked before they act. Between that and each statement a conflict of interest may be entered, an
enquiry given to another worker, a signature lapse: then the database refuses the row, or shows it no longer. This is
asked in one place for every page (`mash.middleware.RefusalMiddleware`), and says the kind of error and the line of code
in the log, so that a wall that is wrong is found by it; never the error's own words, which may hold a row.
"""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError

from common.errors import Conflict, HubError, NotVisible

log = logging.getLogger("mash")

REFUSED = "42501"
"""insufficient_privilege: of a policy, of a right, or of a trigger that asks who acts."""
FASTER = frozenset({"23505", "23P01", "40001", "40P01", "P0001"})
"""A unique key or an exclusion, two transactions in each other's way, and what a trigger says must hold."""
ZERO_ROWS = "did not affect any rows"
"""How Django says that a row which it was to save is not there any more."""
TOO_LATE = "Nothing was saved: somebody else was faster, or it has changed meanwhile. Open the page again and look."


def overtaken(error: Exception) -> HubError | None:
    """Return the refusal that an error of the database means to a person; None for a fault of ours."""
    refusal = _meaning(error)
    if refusal is not None:
        log.error("A write was overtaken: %s %s at %s", type(error).__name__, code_of(error), _place(error))
    return refusal


def _meaning(error: Exception) -> HubError | None:
    if isinstance(error, ObjectDoesNotExist):
        return NotVisible()
    if not isinstance(error, DatabaseError):
        return None
    code = code_of(error)
    if code == REFUSED or (not code and ZERO_ROWS in str(error)):
        return NotVisible()
    return Conflict(TOO_LATE) if code in FASTER else None


def code_of(error: Exception) -> str:
    """Return the database's code of an error, or nothing where it has none."""
    return str(getattr(error.__cause__, "pgcode", "") or "")


def _place(error: Exception) -> str:
    """Return the last line of our own code on the way to an error."""
    found, step = "?", error.__traceback__
    while step is not None:
        found = _ours(step) or found
        step = step.tb_next
    return found


def _ours(step: TracebackType) -> str:
    path = Path(step.tb_frame.f_code.co_filename)
    inside = path.is_relative_to(settings.ROOT) and ".venv" not in path.parts
    return f"{path.relative_to(settings.ROOT)}:{step.tb_lineno}" if inside else ""
