"""Notices are written with the action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import redis
from celery import current_app
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.urls import reverse

from agencies.access import firewall
from agencies.access.conditions import EVERYTHING, NOTHING
from agencies.access.viewer import CLOCK, NOBODY, PUBLIC
from agencies.choices import Role
from agencies.models import Membership
from common import pages
from notices import actions, queries
from notices.actions import Message
from notices.choices import Channel
from notices.models import DeadLetter, Notice
from tests.broker import broker
from tests.clock.times import london
from tests.notices.conftest import free_port
from tests.people import Person, person

NOW = london("2027-02-01 09:00")
MESSAGE = Message(
    kind="request.made",
    subject="New request R-2345-6789",
    body="You are asked to search.",
    path="/requests/R-2345-6789",
    reference="R-2345-6789",
)


def rows() -> list[tuple[str, str]]:
    found = Notice.objects.order_by("membership__user__email", "channel")
    return [(str(row.membership and row.membership.user), row.channel) for row in found]


@pytest.mark.django_db
def test_a_membership_is_told_in_the_hub_and_by_mail(police_officer: Person) -> None:
    actions.notify(MESSAGE, memberships=[police_officer.membership.pk], at=NOW)
    assert rows() == [(str(police_officer.user), "in_app"), (str(police_officer.user), "mail")]
    told = Notice.objects.get(channel=Channel.MAIL)
    shown = Notice.objects.get(channel=Channel.IN_APP)
    kept = (told.kind, told.subject, told.body, told.path, told.reference, told.created_at, told.not_before)
    assert kept == (
        "request.made",
        "New request R-2345-6789",
        "You are asked to search.",
        reverse("notices:notice", args=[shown.pk]),
        "R-2345-6789",
        NOW,
        NOW,
    )
    assert shown.path == "/requests/R-2345-6789"
    assert (told.to_address, told.sent_at, told.attempts) == ("", None, 0)


@pytest.mark.django_db
def test_a_membership_named_twice_is_told_once(police_officer: Person) -> None:
    key = police_officer.membership.pk
    actions.notify(MESSAGE, memberships=[key, key], at=NOW, channels=[Channel.IN_APP])
    assert len(rows()) == 1


@pytest.mark.django_db
def test_the_same_notice_twice_is_written_once(police_officer: Person) -> None:
    message = Message(kind="request.made", subject="S", body="B", dedupe="request:R-2345-6789")
    for _ in range(2):
        actions.notify(message, memberships=[police_officer.membership.pk], at=NOW)
    assert len(rows()) == 2


@pytest.mark.django_db
def test_nobody_to_tell_writes_nothing() -> None:
    actions.notify(MESSAGE, memberships=[], at=NOW)
    assert rows() == []


@pytest.mark.django_db
def test_holders_of_a_role_in_an_agency(police_officer: Person, police_lead: Person) -> None:
    police = police_officer.membership.agency_id
    actions.notify_holders(MESSAGE, Role.RESEARCHER, Role.LEAD, agency_id=police, at=NOW, channels=[Channel.IN_APP])
    assert {key for key, _ in rows()} == {str(police_officer.user), str(police_lead.user)}


@pytest.mark.django_db
def test_holders_in_a_team(assessment_worker: Person) -> None:
    team = assessment_worker.membership.team_id
    actions.notify_holders(MESSAGE, Role.RECEIVING_WORKER, team_id=team, at=NOW, channels=[Channel.IN_APP])
    assert rows() == [(str(assessment_worker.user), "in_app")]


@pytest.mark.django_db
def test_holders_whose_membership_is_over_are_not_told(assessment_worker: Person) -> None:
    Membership.objects.filter(pk=assessment_worker.membership.pk).update(ends_on=date(2027, 1, 31))
    actions.notify_holders(MESSAGE, Role.RECEIVING_WORKER, team_id=assessment_worker.membership.team_id, at=NOW)
    assert rows() == []


@pytest.mark.django_db
def test_a_role_must_be_named() -> None:
    with pytest.raises(ValueError, match="at least one role"):
        actions.notify_holders(MESSAGE, at=NOW)


@pytest.mark.django_db
def test_a_person_without_an_account_rests_encrypted() -> None:
    actions.notify_address(MESSAGE, " head@school.invalid\n", at=NOW)
    told = Notice.objects.get()
    assert (told.to_address, told.membership_id, told.channel) == ("head@school.invalid", None, "mail")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_address, body FROM notices_notice")
        [(address, body)] = cursor.fetchall()
    assert [address[:5], body[:5], "school" in address, "search" in body] == ["enc2.", "enc2.", False, False]


@pytest.mark.django_db
def test_a_hostile_subject_is_one_short_line(police_officer: Person) -> None:
    message = Message(kind="k", subject="A\r\nBcc: x@y.invalid\u2028" + "long " * 100, body="B")
    actions.notify(message, memberships=[police_officer.membership.pk], at=NOW, channels=[Channel.IN_APP])
    subject = Notice.objects.get().subject
    assert (len(subject), subject[:26], subject.isprintable()) == (160, "A Bcc: x@y.invalid long lo", True)


@pytest.mark.django_db
@pytest.mark.parametrize("columns", [{"to_address": "a@b.invalid"}, {"membership": None}])
def test_a_notice_has_one_recipient(police_officer: Person, columns: dict[str, Any]) -> None:
    row: dict[str, Any] = {
        "kind": "k",
        "channel": "in_app",
        "membership": police_officer.membership,
        "subject": "S",
        "body": "B",
        "created_at": NOW,
        "not_before": NOW,
        "dedupe": "d",
    }
    with pytest.raises(IntegrityError, match="notice_has_one_recipient"), transaction.atomic():
        Notice(**row | columns).save(force_insert=True)


@pytest.mark.django_db
def test_who_sees_which_notice(police_officer: Person, police_lead: Person, mash_manager: Person) -> None:
    actions.notify(MESSAGE, memberships=[police_officer.membership.pk], at=NOW)
    actions.notify_address(MESSAGE, "head@school.invalid", at=NOW)
    rule = firewall.rule_for(Notice)
    viewers = [police_officer.viewer, police_lead.viewer, mash_manager.viewer, NOBODY, PUBLIC, CLOCK]
    assert [Notice.objects.filter(rule(viewer)).count() for viewer in viewers] == [1, 0, 0, 0, 0, 3]
    assert [Notice.objects.visible_to(viewer).count() for viewer in viewers] == [1, 0, 0, 0, 0, 3]


OUTSIDE = Q(is_to_the_public=True)
"""Mail for people without an account: what one of the hub's own was to be told may speak of something sealed."""


@pytest.mark.django_db
def test_who_sees_mails_that_did_not_leave(police_officer: Person) -> None:
    actions.notify_address(MESSAGE, "head@school.invalid", at=NOW)
    notice = Notice.objects.get()
    rule = firewall.rule_for(DeadLetter)
    viewers = [person(key).viewer for key in ("anton_admin", "maeve_manager", "fiona_front", "police_lead")]
    seen = [str(rule(viewer)) for viewer in (*viewers, PUBLIC, CLOCK)]
    assert notice.given_up_at is None
    all_of_them, outside_alone, none = (str(one) for one in (EVERYTHING, OUTSIDE, NOTHING))
    assert seen == [all_of_them, outside_alone, outside_alone, none, none, all_of_them]


@pytest.mark.django_db
def test_the_unread_are_counted(police_officer: Person, police_lead: Person) -> None:
    for _ in range(3):
        actions.notify(MESSAGE, memberships=[police_officer.membership.pk], at=NOW)
    assert [queries.unread_and_signs(one.viewer)[0] for one in (police_officer, police_lead)] == [3, 0]


@pytest.mark.urls("tests.notices.routes")
def test_pages_are_registered_by_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_routes", {})
    pages.register("request", "request")
    pages.register("list", "notices:list")
    paths = [pages.path_of(kind, "R-2345-6789") for kind in ("request", "list", "nothing")]
    assert paths == ["/requests/R-2345-6789/", "/", "/"]


@pytest.fixture
def queue() -> Callable[[], int]:
    """Count the messages that wait in this worker's Valkey."""
    client = redis.Redis.from_url(current_app.conf.broker_url)
    client.delete("mail")
    return lambda: int(client.llen("mail"))


@pytest.mark.django_db(transaction=True)
def test_mail_is_called_for_after_the_commit(queue: Callable[[], int], police_officer: Person) -> None:
    with transaction.atomic():
        actions.notify(MESSAGE, memberships=[police_officer.membership.pk], at=NOW)
        before = queue()
    actions.notify(MESSAGE, memberships=[police_officer.membership.pk], at=NOW, channels=[Channel.IN_APP])
    assert (before, queue()) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_tells_nobody(queue: Callable[[], int], police_officer: Person) -> None:
    @transaction.atomic
    def fail() -> None:
        actions.notify(MESSAGE, memberships=[police_officer.membership.pk], at=NOW)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (rows(), queue()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_without_redis_the_deed_stands(police_officer: Person) -> None:
    with broker(f"redis://127.0.0.1:{free_port()}/0"):
        actions.notify(MESSAGE, memberships=[police_officer.membership.pk], at=NOW)
    assert len(rows()) == 2
