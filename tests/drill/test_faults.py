"""Faults on real processes: what is expected, what was seen, and the figure between."""

from __future__ import annotations

import time

import pytest
import redis
from django.utils import timezone
from redis.exceptions import RedisError

from clock.models import Escalation, FailedRow
from notices.actions import Message, notify_address
from tests.drill.machinery import SEND, SWEEP, Machinery, miss, poison, told_twice, untold
from tests.proofs.figures import is_quick, report

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 20 if is_quick() else 200
FLAPS = 20
MAILS = 8


def goal_is_none(name: str, figure: int) -> None:
    report(name, figure, "0", ok=figure == 0)


def within(name: str, seconds: float, most: float) -> None:
    report(name, seconds, f"<= {most:g}", ok=seconds <= most)


def test_killed_in_mid_sweep(machinery: Machinery) -> None:
    machinery.start_workers()
    keys, killed = [], 0
    for turn in range(KILLS):
        keys += miss(10)
        machinery.call(SWEEP)
        time.sleep(0.01 * (turn % 20))
        killed += machinery.kill_children()
    machinery.eventually(lambda: untold(keys) == 0, again=lambda: machinery.call(SWEEP))
    report("kill -9 in mid-sweep: processes killed", killed, f">= {KILLS}", ok=killed >= KILLS)
    goal_is_none("kill -9 in mid-sweep: deadlines told not at all", untold(keys))
    goal_is_none("kill -9 in mid-sweep: deadlines told twice", told_twice())


def test_valkey_flaps(machinery: Machinery) -> None:
    machinery.start_workers()
    keys, lost = [], 0
    for _ in range(FLAPS):
        keys += miss(5)
        try:
            machinery.call(SWEEP)
            with redis.Redis.from_url(machinery.valkey.url()) as client:
                client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        except (RedisError, OSError):
            lost += 1  # a call that did not come through is one more fault
        machinery.supervisor.look_after()
        time.sleep(0.3)
    assert lost < FLAPS, "No call came through at all."
    took = machinery.eventually(lambda: untold(keys) == 0, again=lambda: machinery.call(SWEEP))
    within("Valkey flaps: seconds until all was told", took, 60)
    goal_is_none("Valkey flaps: deadlines told not at all", untold(keys))
    goal_is_none("Valkey flaps: deadlines told twice", told_twice())


def test_a_poison_row(machinery: Machinery) -> None:
    keys = miss(25)
    poison()
    keys += miss(25)
    machinery.start_workers()
    machinery.call(SWEEP)
    machinery.eventually(lambda: untold(keys) == 0 and FailedRow.objects.exists())
    told = Escalation.objects.values("deadline").distinct().count()
    report("poison row: others told", told, "50", ok=told == 50)
    failed = FailedRow.objects.count()
    report("poison row: rows set aside or waiting for another try", failed, "1", ok=failed == 1)


def test_poison_tasks(machinery: Machinery) -> None:
    machinery.start_workers()
    with redis.Redis.from_url(machinery.valkey.url()) as client:
        for queue in ("deadline", "celery"):
            client.lpush(queue, "this is no message", '{"body": "", "headers": {}, "properties": {}}')
    machinery.call("no.such.task", "decisions.tasks.nothing")
    keys = miss(1)
    machinery.call(SWEEP)
    took = machinery.eventually(lambda: untold(keys) == 0, again=lambda: machinery.call(SWEEP))
    within("poison tasks: seconds until a deadline behind them was told", took, 60)


def test_a_slow_mail_server(machinery: Machinery) -> None:
    for number in range(MAILS):
        message = Message("feedback.sent", f"Number {number}", "Thank you.", reference="C-2345-6789")
        notify_address(message, "head@school.invalid", at=timezone.now())
    with machinery.mail_server(seconds_a_mail=2) as box:
        machinery.start_workers()
        machinery.call(SEND, SEND)
        time.sleep(3)
        keys = miss(20)
        machinery.call(SWEEP)
        took = machinery.eventually(lambda: untold(keys) == 0)
        machinery.eventually(lambda: len(box.mails) >= MAILS)
        arrived = [str(mail["Message-ID"]) for mail in box.mails]
    within("slow mail server: seconds until every deadline was told", took, 10)
    report("slow mail server: mails that arrived", len(set(arrived)), f">= {MAILS}", ok=len(set(arrived)) >= MAILS)
    goal_is_none("slow mail server: mails that arrived twice", len(arrived) - len(set(arrived)))


def test_the_same_task_five_times(machinery: Machinery) -> None:
    keys = miss(100)
    machinery.call(*[SWEEP] * 5)
    machinery.start_workers()
    machinery.eventually(lambda: untold(keys) == 0)
    time.sleep(2)
    goal_is_none("the same task five times: deadlines told not at all", untold(keys))
    goal_is_none("the same task five times: deadlines told twice", told_twice())


def test_no_valkey(machinery: Machinery) -> None:
    keys = miss(10)
    machinery.valkey.stop()
    with machinery.mail_server():
        machinery.run_sweep()
    told = len(keys) - untold(keys) // 2
    report("no Valkey: deadlines that the second trigger told", told, "10", ok=told == 10)
