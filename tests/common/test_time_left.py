"""How a deadline is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from common.time_left import countdown, span

NOON = datetime(2025, 6, 3, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "less than a minute"),
        (1, "1 minute"),
        (60, "1 hour"),
        (72, "1 hour 12 minutes"),
        (24 * 60, "1 day"),
        (27 * 60 + 5, "1 day 3 hours"),
        (9 * 24 * 60 + 300, "9 days"),
    ],
)
def test_span(minutes: int, words: str) -> None:
    assert span(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("left", "state", "sentence"),
    [
        (timedelta(hours=1, minutes=12), "later", "1 hour 12 minutes left, due 13:12"),
        (timedelta(hours=1), "soon", "1 hour left, due 13:00"),
        (timedelta(seconds=30), "soon", "less than a minute left, due 12:00"),
        (timedelta(0), "soon", "less than a minute left, due 12:00"),
        (timedelta(minutes=-5), "overdue", "Overdue by 5 minutes, due 11:55"),
        (timedelta(days=1), "later", "1 day left, due tomorrow 12:00"),
        (timedelta(days=-1), "overdue", "Overdue by 1 day, due yesterday 12:00"),
        (timedelta(days=3), "later", "3 days left, due Fri 6 Jun 12:00"),
        (timedelta(days=300), "later", "300 days left, due Mon 30 Mar 2026 12:00"),
    ],
)
def test_countdown(left: timedelta, state: str, sentence: str) -> None:
    clock = countdown(NOON + left, at=NOON)
    assert (clock.state, clock.sentence) == (state, sentence)
