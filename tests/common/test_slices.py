"""One page of a long list, without a count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agencies.models import Agency
from common.slices import LAST_PAGE, slice_of


@pytest.mark.parametrize(
    ("asked", "number", "rows", "has_next", "has_previous"),
    [
        (1, 1, slice(0, 5), True, False),
        (3, 3, slice(10, 15), True, True),
        (4, 4, slice(15, 16), False, True),
        (0, 1, slice(0, 5), True, False),
        (-7, 1, slice(0, 5), True, False),
        (10**8, LAST_PAGE, slice(0, 0), False, True),
    ],
)
def test_a_page_holds_its_rows_and_says_whether_there_are_more(
    db: None,
    django_assert_num_queries: Callable[..., object],
    asked: int,
    number: int,
    rows: slice,
    has_next: bool,
    has_previous: bool,
) -> None:
    every = list(Agency.objects.order_by("name"))
    assert len(every) == 16
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        page = slice_of(Agency.objects.order_by("name"), asked, 5)
    assert page.object_list == every[rows]
    assert (page.number, page.has_next, page.has_previous) == (number, has_next, has_previous)
