"""A day as people type it, alone or among words."""

from __future__ import annotations

from datetime import date

import pytest

from common.days import day_within, parts_of_day


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("27/3/2019", ("27", "3", "2019")),
        ("27.03.2019", ("27", "03", "2019")),
        ("27 March 2019", ("27", "March", "2019")),
        ("27th of March, 2019", ("27", "March", "2019")),
        ("2019-03-27", ("27", "03", "2019")),
        ("27/3/19", None),
        ("March 2019", None),
        ("٢٧/3/2019", None),
    ],
)
def test_a_date_typed_as_one_text(typed: str, parts: tuple[str, str, str] | None) -> None:
    assert parts_of_day(typed) == parts


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Ada 27/3/2019 Thornbury", (date(2019, 3, 27), "Ada   Thornbury")),
        ("born 7 November 2018", (date(2018, 11, 7), "born  ")),
        ("2018-11-07", (date(2018, 11, 7), " ")),
        ("31/2/2019", (None, " ")),
        ("House 7 Elm 2018", None),
        ("Ada Thornbury", None),
    ],
)
def test_a_date_among_words(typed: str, found: tuple[date | None, str] | None) -> None:
    assert day_within(typed) == found
