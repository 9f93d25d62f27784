"""Passwords are tried and changed without anybody reading a hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher, make_password
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from agencies.access import passwords
from agencies.access.accounts import SignInBackend
from agencies.access.identity import acting_as
from agencies.access.passwords import encoded_like, keep_password, try_password
from agencies.access.viewer import BUILDER, NOBODY, PUBLIC
from agencies.actions import create_account
from agencies.models import User
from agencies.models.accounts import PASSWORD_ALONE
from common.references import new_key
from demo.people import PASSWORD
from tests.people import Person

pytestmark = pytest.mark.django_db
HASHERS = "django.contrib.auth.hashers."
ARGON2, PBKDF2, MD5 = (f"{HASHERS}{name}PasswordHasher" for name in ("Argon2", "PBKDF2", "MD5"))
OTHER = "harbour-lantern-74"


def blanked(encoded: str) -> str:
    start, digest = encoded.rsplit("$", 1)
    return f"{start}${'A' * len(digest)}"


def questions(do: Callable[[], object]) -> list[str]:
    """Return what the database is asked meanwhile, without values."""
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        do()
    return asked


@pytest.mark.parametrize("hasher", [ARGON2, PBKDF2, MD5])
def test_password_is_hashed_as_it_was(hasher: str, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [hasher]
    encoded = make_password(PASSWORD)
    assert encoded_like(PASSWORD, blanked(encoded)) == encoded
    assert encoded_like(OTHER, blanked(encoded)) != encoded


@pytest.mark.parametrize("hasher", [ARGON2, PBKDF2, MD5])
def test_password_is_kept_and_tried(hasher: str, settings: Any, front_door: Person) -> None:
    settings.PASSWORD_HASHERS = [hasher]
    user = front_door.user
    user.set_password(OTHER)
    user.save()
    found = User.objects.get(pk=user.pk)
    assert [found.check_password(word) for word in (OTHER, PASSWORD, "", None)] == [True, False, False, False]
    assert found.has_usable_password() is True


def test_record_carries_a_stamp_and_no_hash(front_door: Person) -> None:
    user = User.objects.get(pk=front_door.user.pk)
    stamp = user.password
    assert (len(stamp), "$" in stamp) == (32, False)
    user.set_password(OTHER)
    assert user.password == stamp
    user.save(update_fields=PASSWORD_ALONE)
    assert user.password not in {stamp, "", "!"}
    user.set_unusable_password()
    user.save()
    assert (user.password, user.has_usable_password(), user.check_password(OTHER)) == ("!", False, False)


def test_older_hash_is_replaced_at_the_right_password_and_sessions_go_on(settings: Any, front_door: Person) -> None:
    settings.PASSWORD_HASHERS = [PBKDF2, ARGON2]
    user = front_door.user
    user.set_password(OTHER)
    user.save()
    settings.PASSWORD_HASHERS = [ARGON2, PBKDF2]
    stamp = user.password_stamp
    assert (try_password(user.pk, PASSWORD), try_password(user.pk, OTHER).is_outdated) == (passwords.Trial(False), True)
    with acting_as(PUBLIC):  # As while signing in.
        assert user.check_password(OTHER) is True
    assert try_password(user.pk, OTHER) == passwords.Trial(is_right=True)
    assert User.objects.get(pk=user.pk).password_stamp == stamp


def test_unknown_account_takes_the_same_work(front_door: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known, unknown, and without a password: as many questions, and one hash each."""
    nobody = User.objects.create_user("empty@demo.invalid", None, name="Empty")
    hashed: list[str] = []
    usual = type(get_hasher()).encode

    def counted(*args: Any) -> Any:
        hashed.append("once")
        return usual(*args)

    monkeypatch.setattr(type(get_hasher()), "encode", counted)
    passwords._decoy()
    told = []
    for email in (front_door.user.email, nobody.email, "unknown@demo.invalid"):
        hashed.clear()
        backend = SignInBackend()
        asked = questions(lambda: backend.authenticate(None, email=email, password="wrong"))  # noqa: B023
        told.append((hashed.copy(), [one for one in asked if "fw." in one]))
    assert told[0] == (
        ["once"],
        ["SELECT fw.password_shape(%s)", "SELECT fw.password_matches(%s, %s, %s)"],
    )
    assert told == [told[0]] * 3


def refused(do: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            do()
    except DatabaseError as error:
        return "insufficient" in type(error.__cause__).__name__.lower() or "Privilege" in type(error.__cause__).__name__
    return False


def test_password_of_another_is_not_changed_even_by_the_application(
    front_door: Person, screener: Person, administrator: Person
) -> None:
    user = front_door.user
    for viewer, is_refused in (
        (screener.viewer, True),
        (front_door.viewer, False),
        (administrator.viewer, False),
        (BUILDER, False),
        (PUBLIC, False),  # Signing in, or a link that was sent by mail: the application has checked it.
        (NOBODY, False),
    ):
        user.refresh_from_db()
        encoded = make_password(OTHER)
        with acting_as(viewer):
            assert refused(lambda: keep_password(user.pk, encoded, stamp=user.password_stamp)) is is_refused  # noqa: B023


def test_permit_holds_for_one_value_and_one_stamp(front_door: Person, screener: Person) -> None:
    user, encoded = front_door.user, make_password(OTHER)
    made = hashlib.sha256(encoded.encode()).hexdigest()
    good = passwords._permit("set", user.pk, user.password_stamp, made)

    def change(account: object, purpose: str, value: str, permit: str | None) -> Callable[[], object]:
        return lambda: passwords._ask("SELECT fw.set_password(%s, %s, %s, %s)", account, purpose, value, permit)

    tries = {
        "other value": change(user.pk, "set", make_password(OTHER), good),
        "other account": change(screener.user.pk, "set", encoded, good),
        "no account": change(new_key(), "set", encoded, good),
        "other purpose": change(user.pk, "upgrade", encoded, good),
        "no permit": change(user.pk, "set", encoded, None),
        "of a try": change(user.pk, "set", encoded, passwords._permit("try", user.pk, made)),
    }
    assert [name for name, one in tries.items() if not refused(one)] == []
    assert refused(change(user.pk, "set", encoded, good)) is False
    assert refused(change(user.pk, "set", encoded, good)) is True  # The stamp has changed: it is used up.


def test_stamp_is_not_written_by_hand(front_door: Person) -> None:
    assert refused(lambda: User.objects.filter(pk=front_door.user.pk).update(password_stamp="x")) is True


def test_administrator_makes_an_account_with_a_password(administrator: Person) -> None:
    with acting_as(administrator.viewer) as viewer:
        user = create_account("nora@demo.invalid", "Nora", password=OTHER, viewer=viewer, at=timezone.now())
        assert User.objects.get(pk=user.pk).check_password(OTHER) is True


def test_changed_password_ends_every_other_session(front_door: Person) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(User.objects.get(pk=front_door.user.pk))
        assert client.get("/work/").status_code == 200
    changed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert here.post("/account/password/change/", changed | {"oldpassword": "wrong"}).status_code == 200
    assert (here.get("/work/").status_code, elsewhere.get("/work/").status_code) == (200, 200)
    here.post("/account/password/change/", changed)
    assert here.get("/work/").status_code == 200
    assert elsewhere.get("/work/").headers["Location"].startswith("/account/login/")
