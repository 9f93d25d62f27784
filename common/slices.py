"""One page of a long list; nobody counts the rest, because under row-level security every row counted is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
LAST_PAGE = 400
"""Nobody turns so far; an address that asks for a later page gets this one."""


@dataclass(frozen=True)
class Slice(Generic[M]):
    """The rows of one page, from 1, and whether there are more."""

    object_list: list[M]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Say whether there is an earlier page."""
        return self.number > 1


def slice_of(rows: models.QuerySet[M], number: int, length: int) -> Slice[M]:
    """Return a page of ordered rows in one query: it fetches one row more than it shows.

    Args:
        number: the page that was asked for; one before the first is the first.
    """
    page = min(max(number, 1), LAST_PAGE)
    first = (page - 1) * length
    found = list(rows[first : first + length + 1])
    return Slice(found[:length], page, has_next=len(found) > length)
