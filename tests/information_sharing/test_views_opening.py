"""The manager opens what is confidential: a purpose, the password once more, and a line in the log for each opening."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg2.extensions import connection as Connection

from agencies.access import password_again
from agencies.access.identity import acting_as
from agencies.access.viewer import NOBODY
from agencies.models import PasswordTries
from common.errors import NotPermitted
from information_sharing.models import InformationRequest
from tests.drawn import text
from tests.information_sharing.web import url, written
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import MORNING, Case, seal

pytestmark = pytest.mark.django_db

SECRET = "The informant is his brother."
PASSWORD = "orchard-bicycle-lamp"  # invented here
WRONG, TOO_MANY = "This is not your password", "Too many wrong passwords"


@pytest.fixture
def manager(mash_manager: Person, client_of: ClientOf) -> Client:
    """Sign the manager in; the account has a password of this file."""
    mash_manager.user.set_password(PASSWORD)
    mash_manager.user.save()
    return client_of(person("maeve_manager"))


@pytest.fixture
def page(case: Case, asked: InformationRequest, police_officer: Person) -> str:
    """Return the address of an enquiry's confidential page with one item on it."""
    seal(asked, police_officer, SECRET)
    return url("sealed", case.enquiry.reference)


def opened(client: Client, page: str, **typed: str) -> tuple[str, list[str], list[str]]:
    """Return the page, and the readings and refusals that were written."""
    with CaptureQueriesContext(connection) as caught:
        key = str(uuid.uuid4())
        response: Any = client.post(page, {"purpose": "decision", "password": PASSWORD, "submission_key": key, **typed})
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert typed.get("password", PASSWORD) not in response.content.decode()
    return text(response), written("audit_reading", caught), written("audit_refusal", caught)


def test_it_opens_for_a_purpose_and_the_password(
    manager: Client, page: str, mash_manager: Person, asked: InformationRequest
) -> None:
    shown, readings, refusals = opened(manager, page)
    assert SECRET in shown
    assert "Opened “To decide on this enquiry”. This is logged." in shown
    assert (len(readings), refusals) == (1, [])
    for word in ("'sealed'", "'decision'", str(mash_manager.membership.pk), str(asked.enquiry_id)):
        assert word in readings[0]
    assert re.search(r"ARRAY\['[0-9a-f-]{36}'", readings[0])
    assert SECRET not in str(readings)


def test_each_opening_asks_and_is_recorded_again(manager: Client, page: str) -> None:
    assert [len(opened(manager, page, purpose=purpose)[1]) for purpose in ("decision", "safety")] == [1, 1]
    assert SECRET not in text(manager.get(page))


def test_a_browser_that_sends_it_again_opens_nothing(manager: Client, page: str) -> None:
    key = str(uuid.uuid4())
    assert SECRET in opened(manager, page, submission_key=key)[0]
    form = {"purpose": "decision", "password": PASSWORD, "submission_key": key}
    with CaptureQueriesContext(connection) as caught:
        again = manager.post(page, form)
    assert (again.status_code, again.headers["Location"], written("audit_reading", caught)) == (302, page, [])
    for refused in ({"submission_key": None}, {"submission_key": key, "purpose": "rating"}):
        answer = manager.post(page, {"purpose": "decision", "password": PASSWORD, **refused})
        assert (answer.status_code, SECRET in text(answer), PASSWORD in text(answer)) == (409, False, False)


@pytest.mark.parametrize(
    "typed",
    [
        {"password": ""},
        {"password": "lantern"},
        {"password": PASSWORD.upper()},
        {"password": f" {PASSWORD}"},
        {"purpose": ""},
        {"purpose": "curiosity"},
    ],
    ids=str,
)
def test_nothing_else_opens_it(typed: dict[str, str], manager: Client, page: str) -> None:
    if typed.get("password") == "":
        response = manager.post(page, {"purpose": "decision", "password": ""})
        assert SECRET not in text(response)
        return
    shown, readings, refusals = opened(manager, page, **typed)
    assert SECRET not in shown
    assert "There is a problem" in shown
    assert (readings, len(refusals)) == ([], "password" in typed)
    assert (WRONG in shown) == ("password" in typed)


def test_a_purpose_in_the_address_opens_nothing(manager: Client, page: str) -> None:
    for query in ("?purpose=decision", f"?purpose=decision&password={PASSWORD}"):
        with CaptureQueriesContext(connection) as caught:
            shown = text(manager.get(page + query))
        assert "1 item is held for you alone" in shown
        assert SECRET not in shown
        assert written("audit_reading", caught) == []


def test_after_five_wrong_passwords_the_account_waits(manager: Client, page: str, mash_manager: Person) -> None:
    said = [opened(manager, page, password="lantern")[0] for _ in range(6)]
    assert [TOO_MANY in one for one in said] == [False] * 5 + [True]
    shown, readings, refusals = opened(manager, page)
    assert (SECRET in shown, TOO_MANY in shown, readings, len(refusals)) == (False, True, [], 1)
    earlier = timezone.now() - password_again.WAIT - timedelta(seconds=1)
    PasswordTries.objects.filter(user_id=mash_manager.user.pk).update(last_wrong_at=earlier)
    assert WRONG in opened(manager, page, password="lantern")[0]
    assert TOO_MANY in opened(manager, page)[0]
    PasswordTries.objects.filter(user_id=mash_manager.user.pk).update(last_wrong_at=earlier)
    assert SECRET in opened(manager, page)[0]
    assert PasswordTries.objects.get(user_id=mash_manager.user.pk).wrong == 0


def test_the_password_is_the_viewers_own_and_the_page_the_managers(
    manager: Client, page: str, client_of: ClientOf, other_manager: Person, social_worker: Person
) -> None:
    assert SECRET not in opened(client_of(other_manager), page)[0]
    others = (social_worker, person("audrey_auditor"), person("police_researcher"))
    answers = [client_of(who).post(page, {"purpose": "decision", "password": PASSWORD}) for who in others]
    assert [(answer.status_code, SECRET in text(answer)) for answer in answers] == [
        (403, False),
        (404, False),
        (403, False),
    ]


def test_an_account_without_a_password_or_that_is_gone_opens_nothing(manager: Client, mash_manager: Person) -> None:
    tell: Any = {"route": "x", "reference": "M-2222-2222", "at": MORNING}
    user = mash_manager.user
    for password, is_active in ((None, True), (PASSWORD, False)):
        user.set_password(password)
        user.is_active = is_active
        user.save()
        with acting_as(mash_manager.viewer):
            assert password_again.refusal_of_password(mash_manager.viewer, PASSWORD, **tell) == password_again.WRONG
    with pytest.raises(NotPermitted):
        password_again.refusal_of_password(NOBODY, PASSWORD, **tell)


def test_the_manager_reads_no_sealed_text_beside_an_instruction(
    manager: Client, case: Case, page: str, mash_manager: Person
) -> None:
    opened_page = opened(manager, page)[0]
    found = re.search(rf'href="({re.escape(page)}[0-9a-f-]+/)"', opened_page)
    assert found is not None
    key = "0b0f3e9a-6a0e-4c58-9a86-0f2d6f6f1c11"
    assert manager.post(found[1], {"words": "Go in twos.", "submission_key": key}).status_code == 302
    listed = text(manager.get(page))
    link = re.search(r'href="(/instructions/I-[^"]+)"', listed)
    assert link is not None
    shown = text(manager.get(link[1]))
    assert ("Go in twos." in shown, SECRET in shown) == (True, False)


def test_tries_of_one_account_follow_one_another(
    transactional_db: None, superuser_connection: Connection, mash_manager: Person
) -> None:
    """A hundred tries at once are a hundred tries: each waits for the count of the one before."""
    with acting_as(mash_manager.viewer):
        PasswordTries.objects.create(user_id=mash_manager.user.pk)
    with superuser_connection.cursor() as other:
        other.execute("SELECT wrong FROM agencies_passwordtries FOR UPDATE")
        with acting_as(mash_manager.viewer), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                password_again.refusal_of_password(
                    mash_manager.viewer, PASSWORD, route="x", reference="M-2222-2222", at=MORNING
                )
