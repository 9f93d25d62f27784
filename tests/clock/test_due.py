"""Due instants against tables worked out by hand. All times are those of the wall clock in London."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clock.choices import Unit
from clock.rules.due import (
    Allowance,
    Due,
    act_by,
    add_elapsed,
    add_hub_time,
    add_open_day_time,
    due,
    is_more_urgent,
    rerated_down,
    rerated_up,
)
from common.moments import LONDON
from tests.clock.times import ENGLAND, london

RED = Allowance(Unit.ELAPSED, 240, waits_for_opening=True, runs_past_closing=True)
RED_ANSWER = Allowance(Unit.ELAPSED, 90, waits_for_opening=False, runs_past_closing=True)
AMBER = Allowance(Unit.ELAPSED_OPEN_DAYS, 1440, waits_for_opening=True, runs_past_closing=True)
GREEN = Allowance(Unit.WORKING_DAYS, 3, waits_for_opening=True, runs_past_closing=False)
ONE_DAY = Allowance(Unit.WORKING_DAYS, 1, waits_for_opening=True, runs_past_closing=False)
SAME_DAY = Allowance(Unit.WORKING_DAYS, 0, waits_for_opening=True, runs_past_closing=False)
HUB_HOUR = Allowance(Unit.HUB_HOURS, 60, waits_for_opening=True, runs_past_closing=False)
SCHOOL = Allowance(Unit.TIME_OF_DAY, 15 * 60, waits_for_opening=True, runs_past_closing=False)

TABLE = [
    # Red decision: 4 elapsed hours from arrival, worked past closing; closed at arrival: from the next opening.
    (RED, "2027-02-01 09:00", "2027-02-01 13:00"),
    (RED, "2027-02-01 09:30", "2027-02-01 13:30"),
    (RED, "2027-02-01 08:59", "2027-02-01 13:00"),
    (RED, "2027-02-01 16:30", "2027-02-01 20:30"),
    (RED, "2027-02-05 16:59", "2027-02-05 20:59"),
    (RED, "2027-02-05 17:00", "2027-02-08 13:00"),
    (RED, "2027-02-06 10:00", "2027-02-08 13:00"),
    (RED, "2026-12-24 16:00", "2026-12-24 20:00"),
    (RED, "2026-12-31 18:00", "2027-01-04 13:00"),
    (RED, "2027-03-25 18:00", "2027-03-30 13:00"),
    (RED, "2027-03-28 03:00", "2027-03-30 13:00"),
    (RED, "2027-10-31 12:00", "2027-11-01 13:00"),
    (RED, "2028-02-29 10:00", "2028-02-29 14:00"),
    # Red answer: 90 elapsed minutes from sending, at any hour; real time when the clocks change.
    (RED_ANSWER, "2027-02-05 16:59", "2027-02-05 18:29"),
    (RED_ANSWER, "2027-02-06 23:00", "2027-02-07 00:30"),
    (RED_ANSWER, "2027-03-28 00:30", "2027-03-28 03:00"),
    (RED_ANSWER, "2026-12-31 23:00", "2027-01-01 00:30"),
    # Amber decision: 24 hours, leaving out days on which the hub is closed.
    (AMBER, "2027-02-01 10:00", "2027-02-02 10:00"),
    (AMBER, "2027-02-05 16:00", "2027-02-08 16:00"),
    (AMBER, "2027-02-05 16:59", "2027-02-08 16:59"),
    (AMBER, "2027-02-05 17:00", "2027-02-09 09:00"),
    (AMBER, "2027-02-06 10:00", "2027-02-09 09:00"),
    (AMBER, "2027-03-25 12:00", "2027-03-30 12:00"),
    (AMBER, "2027-06-08 15:00", "2027-06-10 15:00"),
    (AMBER, "2026-12-31 14:00", "2027-01-04 14:00"),
    (AMBER, "2027-10-29 11:00", "2027-11-01 11:00"),
    (AMBER, "2028-02-28 11:00", "2028-02-29 11:00"),
    (AMBER, "2028-02-29 11:00", "2028-03-01 11:00"),
    # Green decision: closing time of the third working day after the day of the start.
    (GREEN, "2027-02-01 10:00", "2027-02-04 17:00"),
    (GREEN, "2027-02-05 16:59", "2027-02-10 17:00"),
    (GREEN, "2027-02-05 17:00", "2027-02-11 17:00"),
    (GREEN, "2027-02-06 12:00", "2027-02-11 17:00"),
    (GREEN, "2027-03-24 10:00", "2027-03-31 17:00"),
    (GREEN, "2027-06-07 10:00", "2027-06-11 17:00"),
    (GREEN, "2026-12-23 10:00", "2026-12-30 17:00"),
    (GREEN, "2028-02-25 12:00", "2028-03-01 17:00"),
    # One working day: the statutory step, feedback.
    (ONE_DAY, "2027-02-01 09:00", "2027-02-02 17:00"),
    (ONE_DAY, "2027-02-01 08:00", "2027-02-02 17:00"),
    (ONE_DAY, "2027-02-01 16:59", "2027-02-02 17:00"),
    (ONE_DAY, "2027-02-01 17:00", "2027-02-03 17:00"),
    (ONE_DAY, "2027-02-05 16:59", "2027-02-08 17:00"),
    (ONE_DAY, "2026-12-24 17:30", "2026-12-30 17:00"),
    (ONE_DAY, "2027-03-25 10:00", "2027-03-30 17:00"),
    (ONE_DAY, "2027-10-29 16:59", "2027-11-01 17:00"),
    (ONE_DAY, "2028-02-28 12:00", "2028-02-29 17:00"),
    # The same working day.
    (SAME_DAY, "2027-02-01 10:00", "2027-02-01 17:00"),
    (SAME_DAY, "2027-02-01 17:01", "2027-02-02 17:00"),
    (SAME_DAY, "2027-02-06 10:00", "2027-02-08 17:00"),
    # Hub hours.
    (HUB_HOUR, "2027-02-01 09:30", "2027-02-01 10:30"),
    (HUB_HOUR, "2027-02-05 16:00", "2027-02-05 17:00"),
    (HUB_HOUR, "2027-02-05 16:59", "2027-02-08 09:59"),
    (HUB_HOUR, "2027-02-06 12:00", "2027-02-08 10:00"),
    (HUB_HOUR, "2027-02-01 06:00", "2027-02-01 10:00"),
    (HUB_HOUR, "2027-03-25 16:30", "2027-03-30 09:30"),
    (replace(HUB_HOUR, quantity=240), "2027-02-01 14:00", "2027-02-02 10:00"),
    (replace(HUB_HOUR, quantity=240), "2027-10-29 15:00", "2027-11-01 11:00"),
    (replace(HUB_HOUR, quantity=480), "2027-02-01 09:00", "2027-02-01 17:00"),
    (replace(HUB_HOUR, quantity=990), "2027-02-01 09:00", "2027-02-03 09:30"),
    # A school: by 15:00 the same day; gone by: 15:00 on the next working day.
    (SCHOOL, "2027-02-01 10:00", "2027-02-01 15:00"),
    (SCHOOL, "2027-02-01 14:59", "2027-02-01 15:00"),
    (SCHOOL, "2027-02-01 15:00", "2027-02-02 15:00"),
    (SCHOOL, "2027-02-01 18:00", "2027-02-02 15:00"),
    (SCHOOL, "2027-02-05 16:00", "2027-02-08 15:00"),
    (SCHOOL, "2027-02-06 10:00", "2027-02-08 15:00"),
    # Elapsed time that is not worked past closing.
    (replace(RED, runs_past_closing=False), "2027-02-01 10:00", "2027-02-01 14:00"),
    (replace(RED, runs_past_closing=False), "2027-02-01 13:00", "2027-02-01 17:00"),
    (replace(RED, runs_past_closing=False), "2027-02-01 13:01", "2027-02-02 09:00"),
    (replace(RED, runs_past_closing=False), "2027-02-05 16:00", "2027-02-08 09:00"),
]


@pytest.mark.parametrize(("allowance", "start", "expected"), TABLE)
def test_due_instant(allowance: Allowance, start: str, expected: str) -> None:
    assert due(allowance, london(start), ENGLAND).at == london(expected)


def test_due_is_said_in_utc() -> None:
    found = due(RED, london("2027-06-01 10:00"), ENGLAND)
    assert (found.at, found.at.tzinfo) == (datetime(2027, 6, 1, 13, 0, tzinfo=UTC), UTC)


def test_elapsed_hours_end_at_another_wall_time_when_the_clocks_change() -> None:
    day = 24 * 60
    assert add_elapsed(london("2027-03-27 12:00"), day) == london("2027-03-28 13:00")
    assert add_elapsed(london("2027-10-30 12:00"), day) == london("2027-10-31 11:00")
    assert add_elapsed(london("2027-10-31 00:30"), 90) == london("2027-10-31 01:00", fold=1)


def test_local_times_are_counted_as_real_time() -> None:
    noon = datetime(2027, 10, 30, 12, 0, tzinfo=LONDON)
    assert add_elapsed(noon, 24 * 60) == london("2027-10-31 11:00")
    assert add_open_day_time(noon, 24 * 60, replace(ENGLAND, weekdays=frozenset(range(7)))) == london(
        "2027-10-31 11:00"
    )
    assert add_hub_time(noon, 60, ENGLAND) == london("2027-11-01 10:00")


def test_open_day_time_counts_a_long_day_as_long_as_it_is() -> None:
    every_day = replace(ENGLAND, weekdays=frozenset(range(7)))
    assert add_open_day_time(london("2027-10-30 12:00"), 24 * 60, every_day) == london("2027-10-31 11:00")
    assert add_open_day_time(london("2027-10-31 00:00"), 25 * 60, every_day) == london("2027-11-01 00:00")
    assert add_open_day_time(london("2027-03-28 00:00"), 23 * 60, every_day) == london("2027-03-29 00:00")


def test_due_explains_a_start_in_hub_hours() -> None:
    assert due(RED, london("2027-02-01 09:30"), ENGLAND).explanation == (
        "It counts from Monday 1 February 2027 at 09:30.",
        "4 hours later is Monday 1 February 2027 at 13:30.",
    )


def test_due_explains_a_start_while_closed() -> None:
    assert due(GREEN, london("2027-02-06 12:00"), ENGLAND).explanation == (
        "The start was Saturday 6 February 2027 at 12:00.",
        "The hub was closed then, so it counts from the next opening, Monday 8 February 2027 at 09:00.",
        "3 working days after that day, at closing time, is Thursday 11 February 2027 at 17:00.",
    )


def test_due_explains_every_unit() -> None:
    start = london("2027-02-01 10:00")
    last = {name: due(allowance, start, ENGLAND).explanation[-1] for name, allowance in EXPLAINED.items()}
    assert last == {
        "amber": "24 hours later, leaving out days on which the hub is closed, is Tuesday 2 February 2027 at 10:00.",
        "hub": "1 hour of hub hours later is Monday 1 February 2027 at 11:00.",
        "same": "The same day, at closing time, is Monday 1 February 2027 at 17:00.",
        "school": "By 15:00 the same day is Monday 1 February 2027 at 15:00.",
    }


EXPLAINED = {"amber": AMBER, "hub": HUB_HOUR, "same": SAME_DAY, "school": SCHOOL}


def test_due_explains_a_time_of_day_that_had_gone_by() -> None:
    assert due(SCHOOL, london("2027-02-01 15:30"), ENGLAND).explanation[-1] == (
        "15:00 had gone by, so it is 15:00 on the next working day, Tuesday 2 February 2027 at 15:00."
    )


def test_due_explains_an_instant_moved_to_opening() -> None:
    late = due(replace(RED, runs_past_closing=False), london("2027-02-01 16:00"), ENGLAND)
    assert late.explanation[-1] == (
        "That is outside hub hours, so it moves to the next opening, Tuesday 2 February 2027 at 09:00."
    )


def test_due_refuses_a_start_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(RED, datetime(2027, 2, 1, 9, 0), ENGLAND)  # noqa: DTZ001 - that is the point


def test_due_refuses_an_unknown_unit() -> None:
    with pytest.raises(ValueError, match="There is no unit 'moons'"):
        due(Allowance("moons", 1), london("2027-02-01 10:00"), ENGLAND)


@pytest.mark.parametrize(
    ("allowance", "words"),
    [
        (RED, "4 hours, also past closing time"),
        (replace(RED, runs_past_closing=False), "4 hours"),
        (RED_ANSWER, "1 hour 30 minutes, also past closing time"),
        (AMBER, "24 hours without closed days, also past closing time"),
        (GREEN, "3 working days"),
        (ONE_DAY, "1 working day"),
        (SAME_DAY, "the same working day"),
        (HUB_HOUR, "1 hour of hub hours"),
        (SCHOOL, "by 15:00 the same day"),
    ],
)
def test_allowance_words(allowance: Allowance, words: str) -> None:
    assert allowance.words == words


POLICY = Due(london("2027-02-01 13:00"), ("The policy.",))


@pytest.mark.parametrize(
    ("own", "safe_until", "expected"),
    [
        (None, None, "2027-02-01 13:00"),
        ("2027-02-01 12:00", None, "2027-02-01 12:00"),
        ("2027-02-01 14:00", None, "2027-02-01 13:00"),
        ("2027-02-01 13:00", None, "2027-02-01 13:00"),
        (None, "2027-02-01 13:59", "2027-02-01 12:59"),
        (None, "2027-02-01 14:00", "2027-02-01 13:00"),
        (None, "2027-02-02 20:00", "2027-02-01 13:00"),
        ("2027-02-01 11:00", "2027-02-01 13:00", "2027-02-01 11:00"),
        ("2027-02-01 12:30", "2027-02-01 13:00", "2027-02-01 12:00"),
    ],
)
def test_act_by_is_the_earliest(own: str | None, safe_until: str | None, expected: str) -> None:
    found = act_by(POLICY, own=london(own) if own else None, safe_until=london(safe_until) if safe_until else None)
    assert found.at == london(expected)


def test_act_by_takes_a_real_hour_off_when_the_clocks_change() -> None:
    late = Due(london("2027-11-02 13:00"), ())
    assert act_by(late, safe_until=london("2027-10-31 02:00")).at == london("2027-10-31 01:00", fold=1)


def test_act_by_explains_what_came_first() -> None:
    found = act_by(POLICY, own=london("2027-02-01 12:30"), safe_until=london("2027-02-01 13:00"))
    assert found.explanation == (
        "The policy.",
        "The MASH manager set an earlier deadline, Monday 1 February 2027 at 12:30.",
        "A child is safe until Monday 1 February 2027 at 13:00; one hour before is Monday 1 February 2027 at 12:00.",
    )


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [("red", "amber", True), ("amber", "green", True), ("green", "red", False), ("red", "red", False)],
)
def test_is_more_urgent(new: str, old: str, expected: bool) -> None:
    assert is_more_urgent(new, old) is expected


def test_rerated_up_takes_the_new_time_when_it_is_earlier() -> None:
    at, old = london("2027-02-01 11:00"), london("2027-02-02 10:00")
    found = rerated_up(old, Due(london("2027-02-01 15:00"), ("Four hours.",)), at=at)
    assert found == Due(
        london("2027-02-01 15:00"), ("It was rated up on Monday 1 February 2027 at 11:00.", "Four hours.")
    )


def test_rerated_up_keeps_the_old_time_when_it_is_earlier() -> None:
    at, old = london("2027-02-02 09:00"), london("2027-02-02 10:00")
    found = rerated_up(old, Due(london("2027-02-02 13:00"), ("Four hours.",)), at=at)
    assert (found.at, found.explanation[-1]) == (
        old,
        "The earlier deadline, Tuesday 2 February 2027 at 10:00, stands.",
    )


def test_rerated_down_takes_the_new_time_while_the_old_one_runs() -> None:
    at, old = london("2027-02-01 12:00"), london("2027-02-01 13:00")
    found = rerated_down(old, Due(london("2027-02-02 09:00"), ("A day.",)), at=at)
    assert found == Due(london("2027-02-02 09:00"), ("It was rated down on Monday 1 February 2027 at 12:00.", "A day."))


def test_rerated_down_does_not_undo_a_breach() -> None:
    old = london("2027-02-01 13:00")
    found = rerated_down(old, Due(london("2027-02-02 09:00"), ("A day.",)), at=london("2027-02-01 13:00"))
    assert (found.at, found.explanation[-1]) == (
        old,
        "The earlier deadline, Monday 1 February 2027 at 13:00, had gone by, so it stands.",
    )
