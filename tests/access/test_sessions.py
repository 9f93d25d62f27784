"""Sessions whose table gives nothing away."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from psycopg2.extensions import connection as Connection

from agencies.access.sessions import SessionStore, _ask, closed, opened, row_key
from tests.people import Person, person

pytestmark = pytest.mark.django_db
KEY = "k" * 32
SOON = timezone.now() + timedelta(hours=1)


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
    mine, other = str(kept(membership="one").session_key), str(kept(membership="two").session_key)
    content = _ask("SELECT fw.session_text(%s)", row_key(other))
    assert _ask("SELECT fw.keep_session(%s, %s, %s, false)", row_key(mine), content, SOON) is True
    assert (dict(SessionStore(mine).items()), SessionStore(other).get("membership")) == ({}, "two")


def test_session_that_has_run_out_is_gone_and_is_cleared() -> None:
    over, running = str(kept(membership="one").session_key), str(kept(membership="two").session_key)
    content = _ask("SELECT fw.session_text(%s)", row_key(over))
    _ask("SELECT fw.keep_session(%s, %s, %s, false)", row_key(over), content, timezone.now() - timedelta(seconds=1))
    assert [SessionStore().exists(key) for key in (over, running)] == [False, True]
    assert dict(SessionStore(over).items()) == {}
    call_command("clearsessions")
    assert _ask("SELECT fw.clear_sessions()") == 0
    assert SessionStore(running).get("membership") == "two"


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
    key = str(session.session_key)
    session.flush()
    assert (session.session_key, dict(session.items()), session.exists(key)) == (None, {}, False)


def test_session_that_was_ended_meanwhile_does_not_come_back() -> None:
    session = kept(membership="one")
    SessionStore().delete(session.session_key)
    session["membership"] = "two"
    with pytest.raises(UpdateError):
        session.save()
    assert session.exists(str(session.session_key)) is False


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
