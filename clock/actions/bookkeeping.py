"""The clock keeps its own books: whoever acts, a clock is started, stopped and withdrawn by the clock's viewer.

A receiving worker who accepts stops a clock that they may not read; a researcher's answer meets a deadline that their
agency alone sees. The action itself asked for role and state; what follows for the clock is not
theirs to see or change.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK

P = ParamSpec("P")
T = TypeVar("T")


def kept_by_the_clock(action: Callable[P, T]) -> Callable[P, T]:
    """Run an action on deadlines as the clock's viewer, inside the transaction of the action."""

    @functools.wraps(action)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        with acting_as(CLOCK):
            return action(*args, **kwargs)

    return kept
