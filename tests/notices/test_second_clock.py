"""The second clock: nothing of the worker's is done twice, and what the worker leaves is done; operations are told."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from clock.actions import beat
from clock.models import Escalation, Heartbeat
from notices import actions, tasks
from notices.actions import SecondClock
from notices.models import Notice
from tests.clock.times import london
from tests.logins import logged_in_as
from tests.notices.conftest import Postbox, Starter
from tests.people import ClientOf, Person
from tests.poison import refused

MISSED = london("2027-02-01 13:30")
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
NOW = [MISSED]
OPERATIONS = "operations@council.invalid"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quiet_broker")]


@pytest.fixture
def quiet_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave Valkey out: the second clock must not need it."""
    monkeypatch.setattr("notices.actions.writing.enqueue", lambda task: None)


def moment() -> datetime:
    return NOW[0]


def a_round() -> actions.Done:
    return actions.run_round(moment)


@pytest.fixture
def second(settings: Any, monkeypatch: pytest.MonkeyPatch) -> SecondClock:
    """Give a second clock that began when the deadline was missed; what it does, it does at that moment."""
    settings.MASH_OPERATIONS_EMAIL = OPERATIONS
    monkeypatch.setattr("django.utils.timezone.now", moment)
    NOW[0] = MISSED
    return SecondClock(now=moment, since=MISSED - 5 * MINUTE)


def seen(at: object, *names: str) -> None:
    with acting_as(CLOCK):
        for name in names:
            beat(name, at=at)  # type: ignore[arg-type]


def look(second: SecondClock, at: Any) -> actions.Done | None:
    NOW[0] = at
    return second.look(at=at)


def to_operations(postbox: Postbox) -> list[str]:
    return [str(mail["Subject"]) for mail in postbox.mails if mail["To"] == OPERATIONS]


def test_while_the_worker_works_it_only_looks(decision: Starter, second: SecondClock, postbox: Postbox) -> None:
    decision()
    with logged_in_as("mash_sweep"):
        seen(MISSED, "sweep", "worker", "mail")
        assert look(second, MISSED + MINUTE) is None
    assert (Escalation.objects.count(), postbox.mails) == (0, [])
    assert Heartbeat.objects.get(name="timer").at == MISSED + MINUTE


@pytest.mark.parametrize(("sweep_at", "mail_at"), [(MISSED - 61 * SECOND, MISSED), (MISSED, MISSED - 121 * SECOND)])
def test_it_stands_in_for_a_sweep_or_a_sender_that_is_silent(
    decision: Starter, second: SecondClock, postbox: Postbox, sweep_at: object, mail_at: object
) -> None:
    decision()
    with logged_in_as("mash_sweep"):
        seen(sweep_at, "sweep", "worker")
        seen(mail_at, "mail")
        done = look(second, MISSED)
    assert done is not None
    assert (done.steps, done.failed, len(postbox.mails), Notice.objects.count()) == (1, [], 2, 4)
    with logged_in_as("mash_sweep"):
        tasks.sweep()
        tasks.send_waiting()
    assert (Escalation.objects.count(), len(postbox.mails)) == (1, 2)


def test_worker_and_second_clock_at_once_tell_each_step_once(
    decision: Starter, second: SecondClock, postbox: Postbox
) -> None:
    for _ in range(30):
        decision()

    def run(work: Any) -> None:
        work()
        connection.close()

    with logged_in_as("mash_sweep"):
        works = (tasks.sweep, a_round, tasks.send_waiting, a_round)
        threads = [threading.Thread(target=run, args=[work]) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        a_round()
    assert (Escalation.objects.count(), Notice.objects.count()) == (30, 120)
    assert len({mail["Message-ID"] for mail in postbox.mails}) == len(postbox.mails) == 60


def test_one_part_that_fails_stops_no_other(decision: Starter, second: SecondClock, postbox: Postbox) -> None:
    decision()
    with refused("clock_heartbeat", "name", "sweep"), logged_in_as("mash_sweep"):
        done = a_round()
    assert (done.failed, len(postbox.mails), Escalation.objects.count()) == (["sweep"], 2, 1)


def test_the_command_says_what_failed(decision: Starter, second: SecondClock, postbox: Postbox) -> None:
    failed = pytest.raises(CommandError, match=r"^Failed, and tried again by the next sweep: sweep. See the log.$")
    with refused("clock_heartbeat", "name", "sweep"), logged_in_as("mash_sweep"), failed:
        call_command("run_sweep")


def test_operations_are_told_once_of_a_silence_and_once_of_its_end(second: SecondClock, postbox: Postbox) -> None:
    with logged_in_as("mash_sweep"):
        seen(MISSED, "sweep", "worker", "mail")
        for minute in range(7):
            look(second, MISSED + minute * MINUTE)
            seen(MISSED + minute * MINUTE, "sweep", "mail")
        assert to_operations(postbox) == ["MASH: worker silent since 13:30 UTC"]
        seen(MISSED + 7 * MINUTE, "worker")
        for minute in (7, 8):
            look(second, MISSED + minute * MINUTE)
    assert to_operations(postbox) == ["MASH: worker silent since 13:30 UTC", "MASH: worker works again"]


def test_a_mail_to_operations_that_fails_is_tried_again(
    second: SecondClock, no_mail_server: None, settings: Any
) -> None:
    with logged_in_as("mash_sweep"):
        seen(MISSED, "sweep", "mail")
        look(second, MISSED + 4 * MINUTE)
        assert second.told == set()
        settings.MASH_OPERATIONS_EMAIL = ""
        look(second, MISSED + 5 * MINUTE)
    assert second.told == {"worker"}


def test_a_database_that_is_away_ends_nothing_and_is_told(second: SecondClock, postbox: Postbox) -> None:
    settings = connection.settings_dict
    host, port = settings["HOST"], settings["PORT"]
    connection.close()
    settings["HOST"], settings["PORT"] = "127.0.0.1", "1"
    try:
        for minute in range(5):
            assert look(second, MISSED + minute * MINUTE) is None
    finally:
        settings["HOST"], settings["PORT"] = host, port
    assert to_operations(postbox) == ["MASH: database silent since 13:30 UTC"]
    with logged_in_as("mash_sweep"):
        look(second, MISSED + 5 * MINUTE)
        look(second, MISSED + 8 * MINUTE)
        assert to_operations(postbox)[1:] == ["MASH: database works again"]
        look(second, MISSED + 9 * MINUTE)
    assert to_operations(postbox)[2:] == ["MASH: worker silent since 13:35 UTC"]


def test_a_health_check_asks_whether_one_keeps_watch() -> None:
    with pytest.raises(CommandError, match="No second clock has been seen for three minutes"):
        call_command("run_sweep", "--is-seen")
    with logged_in_as("mash_sweep"):
        seen(timezone.now(), "timer")
        call_command("run_sweep", "--is-seen")


WORK_PAGES = ("/work/", "/notices/")
LATE = "Notices and email are late at the moment."
STOOD_IN_FOR = "Its second clock does the work"


def test_silence_shows_on_the_pages_of_manager_and_front_door(
    client_of: ClientOf, mash_manager: Person, front_door: Person, police_officer: Person
) -> None:
    def shown(words: str) -> list[list[int]]:
        people = (mash_manager, front_door, police_officer)
        pages = [[client_of(who).get(path).content.decode() for path in WORK_PAGES] for who in people]
        return [[page.count(words) for page in of_one] for of_one in pages]

    now = timezone.now()
    assert shown(LATE) == [[1, 1], [1, 1], [0, 1]]
    with logged_in_as("mash_sweep"):
        seen(now, "sweep")
    assert (shown(LATE), shown(STOOD_IN_FOR)) == ([[0, 0]] * 3, [[1, 1], [1, 1], [0, 0]])
    with logged_in_as("mash_sweep"):
        seen(now, "worker")
    assert (shown(LATE), shown(STOOD_IN_FOR)) == ([[0, 0]] * 3, [[0, 0]] * 3)
