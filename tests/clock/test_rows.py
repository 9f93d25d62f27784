"""A loop over rows: each in a savepoint of its own, what fails is counted, and what ends the round is passed on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, connection

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from clock.actions import each_row, forget_old, held_back
from clock.choices import Loop
from clock.models import FailedRow, Heartbeat
from tests.clock.times import london
from tests.logins import logged_in_as
from tests.people import Person

NOW = london("2027-02-01 09:00")
MINUTE = timedelta(minutes=1)
ROOT = Path(__file__).resolve().parents[2]
ROWS = [uuid.UUID(int=number) for number in range(4)]
BAD = ROWS[1]

pytestmark = pytest.mark.django_db(transaction=True)


def leave_a_mark(row: uuid.UUID) -> None:
    """Write a row; the bad one writes too, and then does what the database refuses."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO clock_heartbeat (name, at) VALUES (%s, now())", [str(row)[-32:]])
        if row == BAD:
            cursor.execute("SELECT 1 / 0")


def over(rows: list[uuid.UUID], handle: Callable[[uuid.UUID], object], minute: int = 0) -> int:
    with logged_in_as("mash_sweep"), acting_as(CLOCK):
        return each_row(Loop.SILENCE, rows, handle, key=lambda row: row, at=NOW + minute * MINUTE)


def marks() -> int:
    return Heartbeat.objects.count()


def test_the_bad_row_leaves_nothing_and_the_others_are_handled() -> None:
    assert (over(ROWS, leave_a_mark), marks()) == (3, 3)
    failed = FailedRow.objects.get()
    assert (failed.row, failed.tries, failed.error, failed.set_aside_at) == (BAD, 1, "DataError", None)
    assert str(failed) == f"silence {BAD}"


def test_it_waits_a_minute_then_five_and_is_set_aside_at_the_fifth_try() -> None:
    tried: list[int] = []
    for minute in range(16):
        before = FailedRow.objects.values_list("tries", flat=True).first() or 0
        over([BAD], leave_a_mark, minute)
        if FailedRow.objects.get().tries > before:
            tried.append(minute)
    assert tried == [0, 1, 2, 3, 4, 9, 14]
    assert FailedRow.objects.get().set_aside_at == NOW + 4 * MINUTE


def test_what_is_handled_after_all_is_forgotten() -> None:
    over([BAD], leave_a_mark)
    with acting_as(CLOCK):
        assert held_back(Loop.SILENCE, at=NOW) == {BAD}
        assert held_back(Loop.MAIL, at=NOW) == set()
    assert over([BAD], lambda row: None, 1) == 1
    assert FailedRow.objects.count() == 0


def test_what_has_not_failed_for_an_hour_is_forgotten() -> None:
    over([BAD], leave_a_mark)
    for minutes, left in ((60, 1), (61, 0)):
        with logged_in_as("mash_sweep"), acting_as(CLOCK):
            forget_old(at=NOW + minutes * MINUTE)
        assert FailedRow.objects.count() == left


def out_of_time(row: uuid.UUID) -> None:
    raise SoftTimeLimitExceeded


def server_gone(row: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.parametrize(("handle", "error"), [(out_of_time, SoftTimeLimitExceeded), (server_gone, OperationalError)])
def test_what_ends_the_round_is_no_fault_of_a_row(
    handle: Callable[[uuid.UUID], object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        over(ROWS, handle)
    assert FailedRow.objects.count() == 0


@pytest.mark.parametrize("count", [2, 20])
def test_many_rows_that_are_handled_cost_two_queries_and_a_savepoint_each(
    count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    rows = [uuid.uuid4() for _ in range(count)]
    asked = django_assert_num_queries(2 + 2 * count)
    with logged_in_as("mash_sweep"), acting_as(CLOCK), asked:
        each_row(Loop.SILENCE, rows, lambda row: None, key=lambda row: row, at=NOW)


def test_only_the_clock_says_when_a_row_is_tried_again(mash_manager: Person, police_officer: Person) -> None:
    over([BAD], leave_a_mark)
    for who, seen in ((mash_manager, 1), (police_officer, 0)):
        with acting_as(who.viewer):
            assert FailedRow.objects.count() == seen
            assert FailedRow.objects.update(again_at=NOW) == 0
            assert FailedRow.objects.all().delete()[0] == 0


def test_every_loop_that_is_named_is_gone_over_somewhere() -> None:
    actions = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("*/actions/*.py"))
    assert [loop.name for loop in Loop if f"Loop.{loop.name}" not in actions] == []
