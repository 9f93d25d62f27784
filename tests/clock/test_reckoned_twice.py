"""The rules of time against a second, slow reckoning, by the minute, over both changes of the clocks and holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from clock.choices import Unit
from clock.rules.calendar import Calendar
from clock.rules.due import Allowance, due
from tests.proofs.nobody import reckoning

CLOSED = frozenset({date(2027, 3, 26), date(2027, 3, 29), date(2027, 6, 9), date(2027, 12, 27), date(2027, 12, 28)})
QUANTITIES = {
    Unit.ELAPSED: (30, 90, 240),
    Unit.ELAPSED_OPEN_DAYS: (240, 1440),
    Unit.HUB_HOURS: (60, 240, 480, 481),
    Unit.WORKING_DAYS: (0, 1, 3),
    Unit.TIME_OF_DAY: (900, 540),
}
FIRST = (datetime(2027, 3, 24, tzinfo=UTC), datetime(2027, 10, 28, tzinfo=UTC), datetime(2027, 12, 23, tzinfo=UTC))


@pytest.mark.parametrize("unit", QUANTITIES)
def test_both_reckonings_agree(unit: Unit) -> None:
    draw = Random(str(unit))  # noqa: S311
    calendar = Calendar(closed_days=CLOSED)
    hours = reckoning.Hours(time(9), time(17), CLOSED)
    for _ in range(60):
        start = draw.choice(FIRST) + timedelta(minutes=draw.randrange(8 * 24 * 60))
        quantity, waits, runs_past = draw.choice(QUANTITIES[unit]), draw.random() < 0.5, draw.random() < 0.5
        rule = due(Allowance(unit, quantity, waits, runs_past), start, calendar).at
        policy = {"unit": unit, "quantity": quantity, "waits_for_opening": waits, "runs_past_closing": runs_past}
        assert reckoning.due(policy, start, hours) == rule, (unit, quantity, waits, runs_past, start)
