"""The sweep: each step is told once, to those it concerns, whatever happens to the sweepers."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from agencies.access.viewer import CLOCK
from agencies.models import Membership
from clock.actions import assign_deadlines, meet_deadline, start_deadline
from clock.choices import Measure, Start, Who
from clock.models import Escalation, Heartbeat, LadderStep
from clock.rules.subject import Owing, Subject
from notices import actions, tasks
from notices.actions.sweeping import CHOOSERS
from notices.models import Notice
from tests.clock.conftest import request_subject
from tests.clock.times import london
from tests.logins import logged_in_as
from tests.notices.conftest import MONDAY, Postbox, Starter
from tests.people import Person, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("known_pages", "quiet_broker")]

MISSED = london("2027-02-01 13:30")


@pytest.fixture
def quiet_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave Valkey out: mail is found by query."""
    monkeypatch.setattr("notices.actions.writing.enqueue", lambda task: None)


def sweep(at: object = MISSED, batch: int = 200) -> int:
    """Sweep as the worker does."""
    with logged_in_as("mash_sweep"):
        return actions.sweep(viewer=CLOCK, at=at, batch=batch)  # type: ignore[arg-type]


def told() -> set[tuple[str, str]]:
    """Return who was told, and which page they are led to."""
    return {(row.membership.user.email.split("@")[0], row.path) for row in Notice.objects.filter(channel="in_app")}


def test_nothing_to_tell(decision: Starter) -> None:
    decision()
    assert (sweep(london("2027-02-01 10:00")), Notice.objects.count()) == (0, 0)
    assert Heartbeat.objects.get(name="sweep").at == london("2027-02-01 10:00")


def test_a_missed_decision_is_told_to_worker_and_managers(decision: Starter, social_worker: Person) -> None:
    made = decision()
    assign_deadlines(made.subject_id, social_worker.membership.pk)
    assert sweep() == 1
    assert told() == {
        ("saira.worker", "/enquiries/M-7KQ4-M2XD/"),
        ("maeve.manager", "/enquiries/M-7KQ4-M2XD/"),
        ("martin.manager", "/enquiries/M-7KQ4-M2XD/"),
    }
    mails = Notice.objects.filter(channel="mail")
    assert mails.count() == 3
    shown = {(row.kind, row.subject, row.body, row.reference) for row in mails}
    assert shown == {
        (
            "deadline.missed",
            "Overdue: Decision, M-7KQ4-M2XD",
            "Red. Decision: due Monday 1 February 2027 at 13:30. Sign in to the hub to see what is missing.",
            "M-7KQ4-M2XD",
        )
    }


def test_a_near_decision_is_called_near(decision: Starter) -> None:
    decision()
    assert sweep(london("2027-02-01 12:30")) == 1
    assert set(Notice.objects.values_list("kind", "subject")) == {("deadline.near", "Due soon: Decision, M-7KQ4-M2XD")}


def test_a_missed_answer_is_told_to_the_owing_agency_alone_among_agencies(
    answer: Starter, decision: Starter, social_worker: Person, police_officer: Person
) -> None:
    enquiry = decision("green")
    about = request_subject(enquiry.subject_id)
    owing = Owing(agency_id=police_officer.membership.agency_id, membership_id=social_worker.membership.pk)
    answer(subject=about, owing=owing)
    assert sweep(london("2027-02-01 11:00")) == 1
    assert told() == {
        ("police.researcher", "/requests/R-2345-6789/"),
        ("police.lead", "/requests/R-2345-6789/"),
        ("saira.worker", "/enquiries/M-7KQ4-M2XD/"),
    }
    references = Notice.objects.filter(membership=social_worker.membership).values_list("reference", flat=True)
    assert set(references) == {"M-7KQ4-M2XD"}


def test_a_team_that_was_handed_a_contact_is_led_to_its_list(assessment_worker: Person, settings: Any) -> None:
    settings.ROOT_URLCONF = "mash.urls"
    key = uuid.uuid4()
    start_deadline(
        Subject("contact", key, "C-2345-6789", case_id=key),
        Measure.ACKNOWLEDGEMENT,
        moments={Start.SENDING: MONDAY},
        owing=Owing(team_id=assessment_worker.membership.team_id),
        at=MONDAY,
    )
    assert sweep(london("2027-02-01 17:01")) == 1
    assert told() == {(assessment_worker.user.email.split("@")[0], "/work/")}


def test_where_a_step_means_nobody_the_managers_are_told(decision: Starter) -> None:
    LadderStep.objects.filter(measure="decision", colour="red").update(who=[Who.WORKER])
    decision()
    sweep()
    assert {name for name, _ in told()} == {"maeve.manager", "martin.manager"}


def test_where_no_manager_is_left_the_administrators_are_told_without_the_case(
    decision: Starter, mash_manager: Person, other_manager: Person, administrator: Person, settings: Any
) -> None:
    settings.ROOT_URLCONF = "mash.urls"
    LadderStep.objects.filter(measure="decision", colour="red").update(who=[Who.MANAGERS])
    decision()
    over = [mash_manager.membership.pk, other_manager.membership.pk]
    Membership.objects.filter(pk__in=over).update(ended_at=MISSED)
    assert (sweep(), sweep()) == (1, 0)
    assert told() == {(administrator.user.email.split("@")[0], "/directory/")}
    for notice in Notice.objects.all():
        assert (notice.kind, notice.reference) == ("deadline.nobody_told", "")
        assert "M-7KQ4-M2XD" not in notice.subject + notice.body


def test_a_membership_that_is_over_is_not_told(decision: Starter, other_manager: Person) -> None:
    decision()
    Membership.objects.filter(pk=other_manager.membership.pk).update(ended_at=MISSED)
    sweep()
    assert {name for name, _ in told()} == {"maeve.manager"}


def test_every_word_of_the_ladder_means_somebody() -> None:
    assert set(CHOOSERS) == set(Who)


def test_a_second_sweep_tells_nothing_new(decision: Starter) -> None:
    decision()
    assert (sweep(), Notice.objects.count()) == (1, 4)
    assert (sweep(), Notice.objects.count()) == (0, 4)


def test_small_batches_take_everything(decision: Starter) -> None:
    for _ in range(5):
        decision()
    assert (sweep(batch=2), Escalation.objects.count()) == (5, 5)


def test_what_was_met_in_time_is_not_told(decision: Starter) -> None:
    made = decision()
    meet_deadline("enquiry", made.subject_id, at=london("2027-02-01 13:00"))
    assert (sweep(), Notice.objects.count()) == (0, 0)


def test_sweepers_at_once_tell_each_step_once(decision: Starter) -> None:
    for _ in range(40):
        decision()
    counts: list[int] = []

    def run() -> None:
        counts.append(actions.sweep(viewer=CLOCK, at=MISSED, batch=3))
        connection.close()

    with logged_in_as("mash_sweep"):
        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (sum(counts), Escalation.objects.count()) == (40, 40)
    assert Notice.objects.count() == 40 * 2 * 2


@pytest.mark.parametrize("place", ["mail.escalation", "actions.sweeping.write", "actions.sweeping._holders"])
def test_a_sweeper_that_dies_before_its_commit_has_told_nothing(
    decision: Starter, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    for _ in range(3):
        decision()

    def die(*args: object, **kwargs: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(f"notices.{place}", die)
        with pytest.raises(SystemExit):
            sweep()
    assert (Escalation.objects.count(), Notice.objects.count()) == (0, 0)
    assert (sweep(), Escalation.objects.count(), Notice.objects.count()) == (3, 3, 12)


def test_a_sweeper_that_dies_between_two_batches_leaves_the_rest_to_the_next(
    decision: Starter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        decision()
    real, calls = actions.sweeping.tell, iter(range(10))

    def die_at_second(*args: object, **kwargs: object) -> None:
        if next(calls) == 1:
            raise SystemExit
        real(*args, **kwargs)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("notices.actions.sweeping.tell", die_at_second)
        with pytest.raises(SystemExit):
            sweep(batch=2)
    assert Escalation.objects.count() == 2
    assert (sweep(batch=2), Escalation.objects.count(), Notice.objects.count()) == (3, 5, 20)


def test_a_deadline_that_somebody_is_meeting_is_passed_over(decision: Starter) -> None:
    made = decision()
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT id FROM clock_deadline WHERE id = %s FOR UPDATE", [str(made.pk)])
            locked.set()
            done.wait(10)
            cursor.execute("ROLLBACK")
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert locked.wait(10)
    passed_over = sweep()
    done.set()
    holder.join()
    assert (passed_over, sweep()) == (0, 1)


def test_the_command_sweeps_and_sends(
    decision: Starter, postbox: Postbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decision()
    monkeypatch.setattr("django.utils.timezone.now", lambda: MISSED)
    with logged_in_as("mash_sweep"):
        call_command("run_sweep")
    assert capsys.readouterr() == ("1 steps taken, 2 mails sent\n", "")
    managers = [person(key).user.email for key in ("maeve_manager", "martin_manager")]
    assert postbox.recipients == sorted(managers)


def test_the_command_says_that_the_mail_server_is_away(
    decision: Starter, no_mail_server: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decision()
    monkeypatch.setattr("django.utils.timezone.now", lambda: MISSED)
    with logged_in_as("mash_sweep"):
        call_command("run_sweep")
    assert capsys.readouterr() == (
        "1 steps taken, 0 mails sent\n",
        "The mail server could not be reached: the mails wait.\n",
    )


def test_the_tasks_do_the_same(decision: Starter, postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    decision()
    monkeypatch.setattr("django.utils.timezone.now", lambda: MISSED)
    with logged_in_as("mash_sweep"):
        tasks.sweep()
        tasks.send_waiting()
    assert len(postbox.mails) == 2
