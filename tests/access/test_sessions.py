"""Sessions whose table gives nothing away."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from psycopg2.extensions import connection as Connection

from agencies.access.sessions import SessionStore, closed, opened, row_key
from tests.people import Person, person

pytestmark = pytest.mark.django_db
KEY = "k" * 32


def kept(**content: object) -> SessionStore:
    session = SessionStore()
    session.update(content)
    session.save()
    return session


def test_engine_is_ours() -> None:
    assert import_module(settings.SESSION_ENGINE).SessionStore is SessionStore


def test_session_comes_back_by_its_key_alone() -> None:
    session = kept(membership="one")
    assert dict(SessionStore(session.session_key).items()) == {"membership": "one"}
    for other in (KEY, row_key(str(session.session_key)), "", None):
        found = SessionStore(other)
        assert (dict(found.items()), found.session_key) == ({}, None)


def test_content_opens_with_its_own_key_alone() -> None:
    sealed = closed("secret", KEY)
    assert (opened(sealed, KEY), opened(sealed, "o" * 32), opened(sealed[:-4] + "AAA=", KEY)) == ("secret", None, None)
    assert opened("not base64!", KEY) is None
    assert closed("secret", KEY) != sealed


def test_content_of_one_row_is_not_read_in_another() -> None:
    mine, other = kept(membership="one"), kept(membership="two")
    rows = {key: Session.objects.get(session_key=row_key(str(key))) for key in (mine.session_key, other.session_key)}
    row = rows[mine.session_key]
    row.session_data = rows[other.session_key].session_data
    row.save()
    assert dict(SessionStore(mine.session_key).items()) == {}


def test_session_that_has_run_out_is_gone_and_is_cleared() -> None:
    session, running = kept(membership="one"), kept(membership="two")
    Session.objects.filter(session_key=row_key(str(session.session_key))).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    assert (session.exists(str(session.session_key)), running.exists(str(running.session_key))) == (False, True)
    assert dict(SessionStore(session.session_key).items()) == {}
    call_command("clearsessions")
    assert list(Session.objects.values_list("session_key", flat=True)) == [row_key(str(running.session_key))]


def test_new_key_takes_the_content_along_and_ends_the_old_one() -> None:
    session = kept(membership="one")
    before = session.session_key
    session.cycle_key()
    assert session.session_key != before
    assert (SessionStore(before).get("membership"), SessionStore(session.session_key).get("membership")) == (
        None,
        "one",
    )


def test_flushed_session_leaves_nothing() -> None:
    session = kept(membership="one")
    session.flush()
    assert (session.session_key, Session.objects.count()) == (None, 0)


def test_session_that_was_ended_meanwhile_does_not_come_back() -> None:
    session = kept(membership="one")
    SessionStore(session.session_key).delete()
    session["membership"] = "two"
    with pytest.raises(UpdateError):
        session.save()
    assert Session.objects.count() == 0


def test_taken_key_is_not_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept(membership="one")
    keys = [first.session_key, KEY]
    monkeypatch.setattr(SessionStore, "_get_new_session_key", lambda self: keys.pop(0))
    second = SessionStore()
    second.create()
    assert (second.session_key, SessionStore(first.session_key).get("membership")) == (KEY, "one")


@pytest.mark.django_db(transaction=True)
def test_table_read_raw_holds_no_cookie_and_no_person(client: Client, superuser_connection: Connection) -> None:
    who: Person = person("fiona_front")
    client.force_login(who.user)
    client.get("/work/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with superuser_connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data FROM django_session")
        rows = cursor.fetchall()
    assert len(rows) == 1
    key, content = rows[0]
    assert key == row_key(cookie)
    for secret in (cookie, str(who.user.pk), str(who.membership.pk), "_auth_user"):
        assert secret not in f"{key} {content}"
    assert Client().get("/work/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={key}"}).status_code == 302
