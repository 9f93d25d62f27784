"""Whether forms are shown again as they were left, with nothing judged: somebody puts back what they had typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_putting_back: ContextVar[bool] = ContextVar("putting_back", default=False)


def is_putting_back() -> bool:
    """Say whether what was posted is only put back into its form."""
    return _putting_back.get()


@contextmanager
def putting_back() -> Iterator[None]:
    """Let every form inside take what was posted and judge nothing."""
    before = _putting_back.set(True)
    try:
        yield
    finally:
        _putting_back.reset(before)
