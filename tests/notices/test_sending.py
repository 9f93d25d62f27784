"""Mail leaves: once where all goes well, at least once where a sender dies, never to those who may not be told."""

from __future__ import annotations

import smtplib
import threading
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.db.models import F

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from agencies.models import Membership
from audit.models import Event
from clock.models import FailedRow, Heartbeat
from common.errors import NotPermitted, NotVisible
from notices import actions, queries
from notices.actions import Message, Outcome
from notices.choices import Channel
from notices.models import DeadLetter, Notice
from tests.clock.times import london
from tests.database import TESTER
from tests.logins import logged_in_as
from tests.notices.conftest import Postbox
from tests.people import Person, person

NOW = london("2027-02-01 09:00")
SCHOOL = "head@school.invalid"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quiet_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave Valkey out: mail is found by query."""
    monkeypatch.setattr("notices.actions.writing.enqueue", lambda task: None)


@pytest.fixture
def worker() -> Iterator[None]:
    """Be the worker, with its role of the database."""
    with logged_in_as("mash_sweep"):
        yield


def written(count: int = 1, *, address: str = SCHOOL) -> list[uuid.UUID]:
    """Write mails as the web role does."""
    message = Message("feedback.sent", "About C-2345-6789", "Thank you.", reference="C-2345-6789", staff_path="/c/")
    for _ in range(count):
        actions.notify_address(message, address, at=NOW)
    return list(Notice.objects.order_by("pk").values_list("pk", flat=True))


def send(at: datetime = NOW) -> dict[Outcome, int]:
    """Send as the worker does."""
    with logged_in_as("mash_sweep"):
        return actions.send_waiting(viewer=CLOCK, at=at)


def standing(key: uuid.UUID) -> tuple[int, str, bool, bool]:
    """Return tries, last error, sent, given up."""
    row = Notice.objects.get(pk=key)
    return row.attempts, row.last_error, row.sent_at is not None, row.given_up_at is not None


def test_a_mail_leaves(postbox: Postbox) -> None:
    [key] = written()
    assert send() == {Outcome.SENT: 1}
    [mail] = postbox.mails
    assert (mail["To"], mail["Subject"], mail["Message-ID"]) == (SCHOOL, "About C-2345-6789", f"<{key}@localhost>")
    assert standing(key) == (1, "", True, False)
    assert send() == {}
    assert len(postbox.mails) == 1
    assert Heartbeat.objects.get(name="mail").at == NOW


def test_mail_to_a_membership_goes_to_the_address_of_the_account(postbox: Postbox, police_officer: Person) -> None:
    actions.notify(Message("k", "S", "B"), memberships=[police_officer.membership.pk], at=NOW)
    assert send() == {Outcome.SENT: 1}
    assert postbox.recipients == [police_officer.user.email]


def test_a_membership_that_has_ended_is_not_written_to(postbox: Postbox, police_officer: Person) -> None:
    actions.notify(Message("k", "S", "B"), memberships=[police_officer.membership.pk], at=NOW, channels=[Channel.MAIL])
    Membership.objects.filter(pk=police_officer.membership.pk).update(ended_at=NOW)
    assert send() == {Outcome.WITHDRAWN: 1}
    row = Notice.objects.get()
    assert (row.withdrawn_at, row.sent_at, postbox.mails) == (NOW, None, [])
    assert send() == {}


def test_a_membership_that_ends_the_day_before(postbox: Postbox, police_officer: Person) -> None:
    actions.notify(Message("k", "S", "B"), memberships=[police_officer.membership.pk], at=NOW, channels=[Channel.MAIL])
    Membership.objects.filter(pk=police_officer.membership.pk).update(ends_on=date(2027, 2, 1))
    key = Notice.objects.get().pk
    with logged_in_as("mash_sweep"):
        assert actions.send_notice(key, viewer=CLOCK, at=london("2027-02-02 00:00")) == Outcome.WITHDRAWN


def test_mail_before_its_time_waits(postbox: Postbox) -> None:
    [key] = written()
    Notice.objects.filter(pk=key).update(not_before=NOW + timedelta(hours=1))
    assert send() == {}
    assert send(NOW + timedelta(hours=1)) == {Outcome.SENT: 1}


def test_the_same_mail_handed_out_five_times_leaves_once(postbox: Postbox) -> None:
    [key] = written()
    with logged_in_as("mash_sweep"):
        outcomes = [actions.send_notice(key, viewer=CLOCK, at=NOW) for _ in range(5)]
    assert outcomes == [Outcome.SENT, *[Outcome.NOT_MINE] * 4]
    assert len(postbox.mails) == 1


def test_two_senders_at_once_send_each_mail_once(postbox: Postbox, worker: None) -> None:
    with logged_in_as(TESTER):
        keys = written(30)
    counts: list[dict[Outcome, int]] = []

    def run() -> None:
        counts.append(actions.send_waiting(viewer=CLOCK, at=NOW))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = sorted(str(mail["Message-ID"]) for mail in postbox.mails)
    assert ids == sorted(f"<{key}@localhost>" for key in keys)
    assert sum(count.get(Outcome.SENT, 0) for count in counts) == 30


def test_a_sender_that_dies_after_the_servers_yes_repeats_itself_with_the_same_id(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    [key] = written()

    def die(*args: object, **kwargs: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("notices.actions.sending._settle", die)
        with pytest.raises(SystemExit):
            send()
    assert standing(key) == (1, "interrupted", False, False)
    assert send(NOW + timedelta(seconds=59)) == {}
    assert send(NOW + timedelta(seconds=60)) == {Outcome.SENT: 1}
    assert [mail["Message-ID"] for mail in postbox.mails] == [f"<{key}@localhost>"] * 2


def test_a_mail_that_kills_its_sender_is_given_up_after_five_tries(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    [key] = written()

    def die(*args: object, **kwargs: object) -> None:
        raise SystemExit

    at = NOW
    with monkeypatch.context() as patch:
        patch.setattr("notices.actions.sending._deliver", die)
        for _ in range(5):
            with pytest.raises(SystemExit):
                send(at)
            at += timedelta(minutes=8)
    assert send(at) == {Outcome.FAILED: 1}
    assert standing(key) == (5, "interrupted", False, True)
    assert DeadLetter.objects.get().error == "interrupted"


def test_a_server_that_is_away_costs_no_try_and_ends_the_round(no_mail_server: None) -> None:
    keys = written(3)
    at = NOW
    for _ in range(7):
        assert send(at) == {Outcome.SERVER_AWAY: 1}
        Notice.objects.update(not_before=F("not_before"))
        at += timedelta(minutes=1)
    assert {standing(key)[0] for key in keys} == {0}
    assert DeadLetter.objects.count() == 0
    with acting_as(person("anton_admin").viewer) as viewer:
        late = queries.mail_backlog(viewer, at=NOW + timedelta(minutes=16))
    assert (late.count, late.oldest_at) == (3, NOW)
    with acting_as(person("police_lead").viewer) as viewer:
        assert queries.mail_backlog(viewer, at=NOW + timedelta(minutes=16)).count == 0


def test_a_recipient_who_is_refused_for_good_is_given_up_at_once(
    postbox: Postbox, front_door: Person, mash_manager: Person
) -> None:
    postbox.refusals[SCHOOL] = "550 no such mailbox"
    [key] = written()
    assert send() == {Outcome.FAILED: 1}
    assert standing(key) == (1, "refused", False, True)
    letter = DeadLetter.objects.get()
    assert (letter.kind, letter.reference, letter.staff_path, letter.attempts, letter.error, letter.at) == (
        "feedback.sent",
        "C-2345-6789",
        "/c/",
        1,
        "refused",
        NOW,
    )
    told = Notice.objects.filter(kind="mail.given_up")
    assert {row.channel for row in told} == {"in_app"}
    assert {front_door.membership.pk, mash_manager.membership.pk} < {row.membership_id for row in told}
    assert {(row.subject, row.path) for row in told} == {("An email was not sent: C-2345-6789", "/c/")}


def test_a_recipient_who_is_refused_for_now_is_tried_five_times(postbox: Postbox) -> None:
    postbox.refusals[SCHOOL] = "450 later"
    [key] = written()
    tries = [NOW + timedelta(minutes=minutes) for minutes in (0, 1, 3, 7, 15)]
    for at in tries[:-1]:
        assert send(at - timedelta(seconds=1)) == {}
        assert send(at) == {Outcome.FAILED: 1}
    assert standing(key) == (4, "refused_for_now", False, False)
    assert send(tries[-1]) == {Outcome.FAILED: 1}
    assert standing(key) == (5, "refused_for_now", False, True)
    assert send(tries[-1] + timedelta(hours=1)) == {}


def test_one_refused_mail_does_not_keep_the_others(postbox: Postbox) -> None:
    postbox.refusals[SCHOOL] = "550 no such mailbox"
    written()
    written(address="other@school.invalid")
    assert send() == {Outcome.FAILED: 1, Outcome.SENT: 1}
    assert postbox.recipients == ["other@school.invalid"]


def test_a_server_that_falls_silent_after_the_mail_costs_tries_and_the_mail_is_given_up(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_and_silent(*args: object, **kwargs: object) -> None:
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed: timed out")

    monkeypatch.setattr(smtplib.SMTP, "data", taken_and_silent)
    [key] = written()
    for turn in range(1, 6):
        assert send(NOW + turn * timedelta(hours=1)) == {Outcome.FAILED: 1}
        assert standing(key) == (turn, "interrupted", False, turn == 5)
    assert DeadLetter.objects.get().attempts == 5
    assert Notice.objects.waiting(NOW + timedelta(days=1)).filter(pk=key).count() == 0


def test_a_soft_time_limit_ends_the_round_and_its_try_stands(postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_slow(*args: object, **kwargs: object) -> None:
        raise SoftTimeLimitExceeded

    written()
    first, second = written(address="other@school.invalid")
    with monkeypatch.context() as patch:
        patch.setattr(smtplib.SMTP, "data", too_slow)
        with pytest.raises(SoftTimeLimitExceeded):
            send()
    assert sorted([standing(first), standing(second)]) == [(0, "", False, False), (1, "interrupted", False, False)]
    assert send(NOW + timedelta(hours=1)) == {Outcome.SENT: 2}


def test_an_unusable_address_is_given_up_at_once(postbox: Postbox) -> None:
    [key] = written(address="head at school")
    assert send() == {Outcome.FAILED: 1}
    assert standing(key) == (1, "no_address", False, True)


def test_a_text_that_does_not_open_is_a_failure_of_its_own(postbox: Postbox) -> None:
    [key] = written()
    written(address="other@school.invalid")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_notice SET body = 'enc2.gone.AAAA' WHERE id = %s", [str(key)])
    assert send() == {Outcome.FAILED: 1, Outcome.SENT: 1}
    row = Notice.objects.defer("body").get(pk=key)
    assert (row.last_error, row.attempts) == ("unreadable", 1)


def test_a_mail_of_an_account_that_fails_is_the_administrators_matter(
    postbox: Postbox, police_officer: Person, administrator: Person
) -> None:
    postbox.refusals[police_officer.user.email] = "550 no"
    actions.notify(Message("k", "S", "B"), memberships=[police_officer.membership.pk], at=NOW, channels=[Channel.MAIL])
    assert send() == {Outcome.FAILED: 1}
    told = Notice.objects.filter(kind="mail.given_up")
    assert {row.membership_id for row in told} == {administrator.membership.pk}
    assert {row.subject for row in told} == {"An email was not sent"}


def test_having_a_mail_tried_again(postbox: Postbox, front_door: Person, police_lead: Person) -> None:
    postbox.refusals[SCHOOL] = "550 no such mailbox"
    [key] = written()
    send()
    letter = DeadLetter.objects.get()
    with pytest.raises(NotPermitted):
        actions.retry_mail(letter.pk, viewer=police_lead.viewer, at=NOW)
    postbox.refusals.clear()
    later = NOW + timedelta(hours=1)
    actions.retry_mail(letter.pk, viewer=front_door.viewer, at=later)
    with pytest.raises(NotVisible):
        actions.retry_mail(letter.pk, viewer=front_door.viewer, at=later)
    assert queries.open_dead_letters(front_door.viewer) == []
    assert send(later) == {Outcome.SENT: 1}
    assert standing(key) == (1, "", True, False)
    event = Event.objects.get(verb="mail.tried_again")
    assert (event.record_id, event.reference, event.membership_id) == (
        letter.pk,
        "C-2345-6789",
        front_door.membership.pk,
    )


def test_a_mail_that_fails_again_has_a_second_letter(postbox: Postbox, front_door: Person) -> None:
    postbox.refusals[SCHOOL] = "550 no such mailbox"
    written()
    send()
    actions.retry_mail(DeadLetter.objects.get().pk, viewer=front_door.viewer, at=NOW)
    send()
    assert [letter.seen_to_at for letter in DeadLetter.objects.order_by("seen_to_at")] == [NOW, None]
    assert len(queries.open_dead_letters(front_door.viewer)) == 1


def test_the_web_role_does_not_give_up_mails(postbox: Postbox) -> None:
    postbox.refusals[SCHOOL] = "550 no"
    written()
    with pytest.raises(Exception, match="permission denied for table clock_heartbeat"):
        actions.send_waiting(viewer=CLOCK, at=NOW)
    assert DeadLetter.objects.count() == 0
    assert FailedRow.objects.get().error == "ProgrammingError"
