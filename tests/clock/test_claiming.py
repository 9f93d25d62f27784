"""The clock's half of the sweep: steps are taken once."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from clock import actions
from clock.models import BankHoliday, Closure, Deadline, Escalation, LadderStep
from clock.querysets import DeadlineQuerySet
from tests.clock.conftest import MONDAY, Starter
from tests.clock.times import london

pytestmark = pytest.mark.django_db


def taken(at: str, batch: int = 100) -> list[tuple[str, int]]:
    claim = actions.claim_due(at=london(at), batch=batch)
    return sorted((raised.deadline.subject_reference, raised.step.level) for raised in claim.raised)


def test_nothing_is_due(decision: Starter) -> None:
    decision()
    assert actions.claim_due(at=london("2027-02-01 12:29"), batch=10) == actions.Claim(0, ())


def test_steps_in_their_order(decision: Starter) -> None:
    made = decision()
    assert taken("2027-02-01 12:30") == [("M-7KQ4-M2XD", 1)]
    assert taken("2027-02-01 12:31") == []
    assert taken("2027-02-01 13:30") == [("M-7KQ4-M2XD", 2)]
    assert taken("2027-02-01 14:30") == [("M-7KQ4-M2XD", 3)]
    made.refresh_from_db()
    assert (made.next_check_at, made.version) == (None, 1)
    assert taken("2027-02-20 09:00") == []


def test_a_sweep_after_a_long_silence_takes_what_is_left(decision: Starter) -> None:
    decision()
    assert taken("2027-02-03 09:00") == [("M-7KQ4-M2XD", 2), ("M-7KQ4-M2XD", 3)]


def test_met_and_withdrawn_deadlines_are_left_alone(decision: Starter) -> None:
    met, withdrawn = decision(), decision()
    actions.meet_deadline("enquiry", met.subject_id, at=MONDAY)
    actions.cancel_deadlines("enquiry", withdrawn.subject_id, at=MONDAY)
    assert taken("2027-02-03 09:00") == []


def test_a_batch_takes_the_longest_waiting_first(decision: Starter) -> None:
    later, earlier = decision(arrived=london("2027-02-01 11:00")), decision(arrived=london("2027-02-01 10:00"))
    claim = actions.claim_due(at=london("2027-02-03 09:00"), batch=1)
    assert (claim.deadlines, {raised.deadline.pk for raised in claim.raised}) == (1, {earlier.pk})
    claim = actions.claim_due(at=london("2027-02-03 09:00"), batch=1)
    assert {raised.deadline.pk for raised in claim.raised} == {later.pk}


def test_a_step_is_written_once_whatever_says_it_is_due(decision: Starter) -> None:
    made = decision()
    assert taken("2027-02-01 13:30") == [("M-7KQ4-M2XD", 2)]
    Deadline._base_manager.filter(pk=made.pk).update(next_check_at=london("2027-02-01 13:30"))
    claim = actions.claim_due(at=london("2027-02-01 13:31"), batch=10)
    assert (claim.deadlines, claim.raised, Escalation.objects.filter(deadline=made).count()) == (1, (), 1)


def test_a_failed_transaction_takes_nothing(decision: Starter) -> None:
    made = decision()

    @transaction.atomic
    def claim_and_die() -> None:
        actions.claim_due(at=london("2027-02-01 13:30"), batch=10)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        claim_and_die()
    assert Escalation.objects.filter(deadline=made).count() == 0
    assert taken("2027-02-01 13:30") == [("M-7KQ4-M2XD", 2)]


def test_a_measure_without_a_ladder_is_looked_at_never(decision: Starter) -> None:
    LadderStep.objects.filter(measure="decision").delete()
    assert decision().next_check_at is None


def test_a_look_that_comes_too_early_takes_nothing(decision: Starter) -> None:
    made = decision()
    Deadline._base_manager.filter(pk=made.pk).update(next_check_at=MONDAY)
    assert actions.claim_due(at=london("2027-02-01 12:00"), batch=10) == actions.Claim(1, ())
    made.refresh_from_db()
    assert made.next_check_at == london("2027-02-01 12:30")


def test_overdue_is_asked_of_the_instant(decision: Starter) -> None:
    made = decision()
    found = [Deadline.objects.overdue(at).count() for at in (made.due_at, london("2027-02-01 13:31"))]
    assert found == [0, 1]


def test_rows_are_named_without_content(decision: Starter) -> None:
    policy = decision().policy
    step = LadderStep.objects.get(measure="decision", colour="red", level=2)
    holiday = BankHoliday.objects.get(nation="ENG", day="2027-03-26")
    closure = Closure(day="2027-06-09", name="Moving house")
    named = [str(row) for row in (policy, step, holiday, closure)]
    assert named == ["decision red 2000-01-01", "decision red 2", "ENG 2027-03-26", "2027-06-09"]


def test_claiming_many_costs_the_same_queries(decision: Starter, django_assert_num_queries: object) -> None:
    for _ in range(2):
        decision()
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(taken("2027-02-01 13:30")) == 2
    for _ in range(10):
        decision()
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(taken("2027-02-01 13:30")) == 10


def test_the_database_keeps_each_step_once(decision: Starter) -> None:
    made = decision()
    Escalation(deadline=made, level=1, at=MONDAY).save(force_insert=True)
    with pytest.raises(IntegrityError, match="escalation_once"), transaction.atomic():
        Escalation(deadline=made, level=1, at=MONDAY).save(force_insert=True)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"minutes": -5, "in_hub_hours": True}, "ladder_warns_in_real_time"),
        ({"who": []}, "ladder_tells_someone"),
        ({"level": 1}, "ladder_step_once"),
    ],
)
def test_ladders_that_make_no_sense_are_refused_by_the_database(columns: dict[str, object], constraint: str) -> None:
    row = {"measure": "decision", "colour": "red", "level": 9, "minutes": 5, "who": ["managers"]}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        LadderStep(**row | columns).save(force_insert=True)


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (Deadline.objects.open().filter(next_check_at__lte=MONDAY).order_by("next_check_at"), "deadline_to_check"),
        (Deadline.objects.overdue(MONDAY).order_by("due_at"), "deadline_open"),
        (Deadline.objects.standing().about([uuid.UUID(int=1)]), "deadline_subject"),
    ],
)
def test_every_list_has_its_index(rows: DeadlineQuerySet, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    assert f" {index} " in rows.explain()
