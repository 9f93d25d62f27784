"""One row that fails stops no other: it is tried five times, set aside, counted, and told to those who can act."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from agencies.access.viewer import CLOCK
from clock.actions import assign_deadlines, meet_deadline
from clock.models import Deadline, Escalation, FailedRow, LadderStep, RatingPolicy
from clock.rules.subject import Subject
from notices import actions
from notices.actions import Message, Outcome
from notices.models import DeadLetter, Notice
from tests.clock.times import london
from tests.logins import logged_in_as
from tests.notices.conftest import Postbox, Starter
from tests.people import ClientOf, Person
from tests.poison import refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quiet_broker")]

MISSED = london("2027-02-01 13:30")
FAR_AWAY = datetime.fromisoformat("9999-12-31T23:30:00+00:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def quiet_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave Valkey out: mail is found by query."""
    monkeypatch.setattr("notices.actions.writing.enqueue", lambda task: None)


def about(reference: str) -> Subject:
    key = uuid.uuid4()
    return Subject("enquiry", key, reference, key, reference, case_id=key)


def poisoned(decision: Starter, reference: str = "M-9999-9999") -> Deadline:
    """Start a clock whose ladder cannot be reckoned: an hour after it is past the end of all calendars."""
    made = decision(subject=about(reference))
    rows = Deadline._base_manager.filter(pk=made.pk)
    rows.update(due_at=FAR_AWAY, policy_due_at=FAR_AWAY, next_check_at=MISSED)
    return made


def sweep(at: datetime = MISSED, batch: int = 200) -> int:
    with logged_in_as("mash_sweep"):
        return actions.sweep(viewer=CLOCK, at=at, batch=batch)


def five_times() -> None:
    for minute in range(5):
        sweep(MISSED + minute * MINUTE)


def failed() -> list[tuple[str, int, str, bool]]:
    rows = FailedRow.objects.order_by("row")
    return [(row.loop, row.tries, row.error, row.set_aside_at is not None) for row in rows]


@pytest.mark.parametrize("batch", [1, 7, 200])
def test_one_deadline_that_cannot_be_told_stops_no_other(decision: Starter, batch: int) -> None:
    for _ in range(25):
        decision()
    poison = poisoned(decision)
    for _ in range(25):
        decision()
    assert sweep(batch=batch) == 50
    assert not Escalation.objects.filter(deadline=poison).exists()
    assert Escalation.objects.values("deadline").distinct().count() == 50
    assert failed() == [("ladder", 1, "OverflowError", False)]
    assert sweep(batch=batch) == 0
    assert failed() == [("ladder", 1, "OverflowError", False)]


def test_neither_do_several_that_the_database_refuses(decision: Starter) -> None:
    for _ in range(5):
        decision()
    with refused("notices_notice", "reference", "M-8888-8888"):
        for _ in range(3):
            decision(subject=about("M-8888-8888"))
        assert sweep() == 5
    assert failed() == [("ladder", 1, "InternalError", False)] * 3
    assert sweep(MISSED + MINUTE) == 3
    assert (failed(), Escalation.objects.count()) == ([], 8)


def test_after_five_tries_it_is_set_aside_and_those_who_answer_are_told(
    decision: Starter, social_worker: Person, mash_manager: Person, other_manager: Person
) -> None:
    made = poisoned(decision)
    assign_deadlines(made.subject_id, social_worker.membership.pk)
    five_times()
    assert failed() == [("ladder", 5, "OverflowError", True)]
    told = Notice.objects.filter(kind="deadline.set_aside", channel="in_app")
    assert set(told.values_list("membership_id", "reference")) == {
        (who.membership.pk, "M-9999-9999") for who in (social_worker, mash_manager, other_manager)
    }
    assert Notice.objects.filter(kind="deadline.set_aside", channel="mail").count() == 3
    sweep(MISSED + 9 * MINUTE)
    assert failed() == [("ladder", 6, "OverflowError", True)]
    assert told.count() == 3


def test_what_is_set_aside_is_told_by_itself_once_its_cause_is_mended(decision: Starter) -> None:
    decision(subject=about("M-8888-8888"))
    with refused("notices_notice", "kind", "deadline.missed"):
        five_times()
        assert failed() == [("ladder", 5, "InternalError", True)]
    assert sweep(MISSED + 8 * MINUTE) == 0
    assert sweep(MISSED + 9 * MINUTE) == 1
    assert failed() == []


def test_many_that_are_set_aside_keep_nothing_waiting(decision: Starter) -> None:
    for _ in range(30):
        poisoned(decision)
    five_times()
    made = decision()
    assert sweep(MISSED + 9 * MINUTE) == 1
    assert Escalation.objects.get().deadline_id == made.pk


def test_pages_show_it_to_manager_and_worker_and_to_the_administrator_a_number(
    decision: Starter,
    client_of: ClientOf,
    social_worker: Person,
    mash_manager: Person,
    administrator: Person,
    police_officer: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = poisoned(decision)
    assign_deadlines(made.subject_id, social_worker.membership.pk)
    five_times()
    monkeypatch.setattr("django.utils.timezone.now", lambda: MISSED + 6 * MINUTE)
    shown = {}
    for who in (social_worker, mash_manager, administrator, police_officer):
        page = client_of(who).get(reverse("notices:list")).content.decode()
        line = f">{made.subject_reference}</a>: Decision. " in page
        shown[who.user.email] = (line, "Steps of deadlines: 1" in page)
    assert list(shown.values()) == [(True, False), (True, False), (False, True), (False, False)]
    meet_deadline("enquiry", made.subject_id, at=MISSED)
    assert "</a>: Decision. " not in client_of(mash_manager).get(reverse("notices:list")).content.decode()


def test_the_command_sends_mail_whatever_the_ladder_meets(
    decision: Starter, postbox: Postbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    poisoned(decision)
    decision()
    monkeypatch.setattr("django.utils.timezone.now", lambda: MISSED)
    with logged_in_as("mash_sweep"):
        call_command("run_sweep")
    assert capsys.readouterr() == ("1 steps taken, 2 mails sent\n", "")
    assert len(postbox.mails) == 2


@pytest.fixture
def stuck(postbox: Postbox) -> Iterator[uuid.UUID]:
    """Write three mails, of which the database lets the middle one not even be claimed."""
    for number in range(3):
        actions.notify_address(Message("k", f"Number {number}", "B"), "head@school.invalid", at=MISSED)
    key: uuid.UUID = Notice.objects.get(subject="Number 1").pk
    with refused("notices_notice", "id", key, on="UPDATE"):
        yield key


def send(at: datetime = MISSED) -> dict[Outcome, int]:
    with logged_in_as("mash_sweep"):
        return actions.send_waiting(viewer=CLOCK, at=at)


def test_one_mail_that_cannot_be_claimed_keeps_no_other(stuck: uuid.UUID, postbox: Postbox) -> None:
    assert send() == {Outcome.SENT: 2, Outcome.FAILED: 1}
    assert sorted(str(mail["Subject"]) for mail in postbox.mails) == ["Number 0", "Number 2"]
    assert [send(MISSED + minute * MINUTE) for minute in range(1, 5)] == [{Outcome.FAILED: 1}] * 4
    assert failed() == [("mail", 5, "InternalError", True)]


def test_a_mail_that_could_not_be_claimed_five_times_is_a_dead_letter(postbox: Postbox) -> None:
    actions.notify_address(Message("k", "S", "B", reference="C-2345-6789"), "head@school.invalid", at=MISSED)
    with refused("notices_notice", "attempts", 1, on="UPDATE"):
        outcomes = [send(MISSED + minute * MINUTE) for minute in range(5)]
    assert outcomes == [{Outcome.FAILED: 1}] * 5
    assert (DeadLetter.objects.get().error, postbox.mails) == ("other", [])


CHOICES = (
    ("clock_deadline", "measure", "deadline_measure_known"),
    ("clock_deadline", "colour", "deadline_colour_known"),
    ("clock_ladderstep", "measure", "ladder_measure_known"),
    ("clock_ladderstep", "colour", "ladder_colour_known"),
    ("clock_ladderstep", "who", "ladder_who_known"),
    ("clock_ratingpolicy", "measure", "policy_measure_known"),
    ("clock_ratingpolicy", "colour", "policy_colour_known"),
    ("clock_ratingpolicy", "unit", "policy_unit_known"),
    ("clock_ratingpolicy", "start", "policy_start_known"),
    ("notices_notice", "channel", "notice_channel_known"),
    ("notices_notice", "last_error", "notice_error_known"),
)


@pytest.mark.parametrize(("table", "column", "name"), CHOICES)
def test_the_database_refuses_a_choice_that_the_sweep_could_not_word(
    decision: Starter, table: str, column: str, name: str
) -> None:
    decision()
    actions.notify_address(Message("k", "S", "B"), "head@school.invalid", at=MISSED)
    assert LadderStep.objects.exists()
    assert RatingPolicy.objects.exists()
    value = "{nobody}" if column == "who" else "mauve"
    with logged_in_as("mash_owner"), connection.cursor() as cursor, transaction.atomic():
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")  # taken back with the transaction
        with pytest.raises(IntegrityError, match=name):
            cursor.execute(f"UPDATE {table} SET {column} = %s", [value])
        transaction.set_rollback(True)
