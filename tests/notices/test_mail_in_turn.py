"""Mail leaves while there is any and time, what is Red first; a slow server makes no deadline late."""

from __future__ import annotations

import threading
import time
import uuid

import pytest
from django.db import connection

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from clock.actions import meet_deadline
from clock.rules.subject import Subject
from notices import actions
from notices.actions import Message, Outcome, sending
from tests.clock.times import london
from tests.logins import logged_in_as
from tests.notices.conftest import MONDAY, Postbox, Starter

NOW = london("2027-02-01 10:00")
HEAD = "head@school.invalid"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quiet_broker")]


@pytest.fixture
def quiet_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave Valkey out: mail is found by query."""
    monkeypatch.setattr("notices.actions.writing.enqueue", lambda task: None)


def about(reference: str) -> Subject:
    key = uuid.uuid4()
    return Subject("enquiry", key, reference, key, reference, case_id=key)


def write(reference: str, *, at: object = MONDAY) -> None:
    actions.notify_address(Message("k", reference, "B", reference=reference), HEAD, at=at)  # type: ignore[arg-type]


def send(*, batch: int = 100, seconds: float = 30) -> dict[Outcome, int]:
    with logged_in_as("mash_sweep"):
        return actions.send_waiting(viewer=CLOCK, at=NOW, batch=batch, seconds=seconds)


def order(postbox: Postbox) -> list[str]:
    return [str(mail["Subject"]) for mail in postbox.mails]


def test_one_run_sends_all_that_waits(postbox: Postbox) -> None:
    for number in range(25):
        write(f"C-2345-67{number:02}")
    assert send(batch=4) == {Outcome.SENT: 25}
    assert len({mail["Message-ID"] for mail in postbox.mails}) == 25


def test_what_is_red_leaves_before_what_has_waited_longer(postbox: Postbox, decision: Starter) -> None:
    decision("green", subject=about("M-2222-2222"))
    red = decision(subject=about("M-3333-3333"))
    over = decision(subject=about("M-4444-4444"))
    meet_deadline("enquiry", over.subject_id, at=MONDAY)
    for reference in ("M-2222-2222", "M-4444-4444"):
        write(reference)
    write(red.subject_reference, at=NOW)
    assert send() == {Outcome.SENT: 3}
    assert order(postbox) == ["M-3333-3333", "M-2222-2222", "M-4444-4444"]


def test_what_is_red_is_looked_for_again_while_a_slow_server_takes_the_others(
    postbox: Postbox, decision: Starter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LOOK_AGAIN_SECONDS", 0.0)
    decision(subject=about("M-3333-3333"))
    for number in range(3):
        write(f"C-2345-670{number}")
    written = threading.Event()

    def write_meanwhile() -> None:
        with acting_as(CLOCK):
            write("M-3333-3333", at=NOW)
        connection.close()
        written.set()

    def come() -> None:
        if len(postbox.mails) == 1:
            threading.Thread(target=write_meanwhile).start()
            written.wait(10)

    postbox.on_mail = come
    assert send() == {Outcome.SENT: 4}
    assert order(postbox) == ["C-2345-6700", "M-3333-3333", "C-2345-6701", "C-2345-6702"]


def test_a_run_ends_when_its_time_is_over(postbox: Postbox) -> None:
    for number in range(10):
        write(f"C-2345-670{number}")
    postbox.on_mail = lambda: time.sleep(0.2)
    sent = send(seconds=0.5).get(Outcome.SENT, 0)
    assert 1 <= sent <= 5
    postbox.on_mail = lambda: None
    assert send() == {Outcome.SENT: 10 - sent}
    assert len({mail["Message-ID"] for mail in postbox.mails}) == 10
