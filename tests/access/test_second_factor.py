"""Signing in with a second factor: asked after the password, each code once, nobody kept out."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from psycopg2.extensions import connection as Connection

from agencies.access import second_factor
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER, NOBODY, PUBLIC, Viewer
from audit.models import Event
from demo.people import PASSWORD
from tests.drawn import text
from tests.factors import CODE, LOGIN, Device, device_of, give_code, give_password, is_in
from tests.people import ClientOf, Person, person

pytestmark = pytest.mark.django_db
WRONG = "This code does not open your account."
FIRST = "Give your password first"
TOO_MANY = "Too many wrong codes from here."


@pytest.fixture
def device(front_door: Person, standing_clock: datetime) -> Device:
    return device_of(front_door, standing_clock)


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def verbs() -> list[str]:
    return [one.verb for one in Event.objects.filter(record_type="agencies.user").exclude(verb="account.created")]


def test_password_alone_opens_nothing(browser: Client, device: Device, front_door: Person) -> None:
    answer = give_password(browser, front_door.user.email)
    assert (answer.status_code, answer.headers["Location"]) == (302, CODE)
    assert browser.get("/work/").headers["Location"] == f"{LOGIN}?next=/work/"
    assert "_auth_user_id" not in browser.session


def test_the_code_opens_the_page_that_was_wanted(browser: Client, device: Device, front_door: Person) -> None:
    give_password(browser, front_door.user.email, next="/notices/")
    answer = give_code(browser, device.code())
    assert answer.headers["Location"] == "/notices/"
    assert is_in(browser)
    assert sorted(verbs()) == ["account.second_factor_used", "account.signed_in"]
    event = Event.objects.get(verb="account.signed_in")
    assert (event.record_id, event.user_id) == (front_door.user.pk, None)
    assert (event.membership_id, event.details) == (PUBLIC.membership_id, {"with_second_factor": True})


def test_without_the_password_the_page_of_the_code_leads_to_sign_in(browser: Client, device: Device) -> None:
    for page in (browser.get(CODE), Client().post(CODE, {"one_time_password": device.code()})):
        assert (page.status_code, FIRST in text(page), 'name="one_time_password"' in text(page)) == (200, True, False)
    assert not is_in(browser)


def test_a_sign_in_waits_a_quarter_of_an_hour_for_its_code(
    browser: Client, device: Device, front_door: Person, standing_clock: datetime
) -> None:
    give_password(browser, front_door.user.email)
    with time_machine.travel(standing_clock + timedelta(minutes=16), tick=False):
        assert FIRST in text(browser.get(CODE))


@pytest.mark.parametrize("steps", [-2, -1, 0, 1, 2])
def test_a_code_is_right_half_a_minute_before_and_after(steps: int, device: Device, standing_clock: datetime) -> None:
    found = second_factor.step_of(device.secret, device.code_near(steps), at=standing_clock)
    assert found == (second_factor.step_at(standing_clock) + steps if abs(steps) <= 1 else None)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345x", "٠١٢٣٤٥", "0x1234", "-12345", " "])
def test_what_is_no_code_is_none(typed: str, device: Device, standing_clock: datetime) -> None:
    assert second_factor.step_of(device.secret, typed, at=standing_clock) is None


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: its last six figures at these seconds."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    shown = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
    assert {second: second_factor.code_at(secret, second // 30) for second in shown} == shown


def test_a_code_with_a_blank_in_it_is_read(browser: Client, device: Device, front_door: Person) -> None:
    give_password(browser, front_door.user.email)
    code = device.code()
    assert give_code(browser, f" {code[:3]} {code[3:]} ").status_code == 302


def test_the_same_code_never_opens_twice(device: Device, front_door: Person) -> None:
    code = device.code()
    answers = []
    for _ in range(2):
        browser = Client(enforce_csrf_checks=True)
        give_password(browser, front_door.user.email)
        answers.append(give_code(browser, code).status_code)
        assert is_in(browser) is (answers == [302])
    assert answers == [302, 200]
    assert Event.objects.get(verb="account.second_factor_failed").details == {"why": "used before"}


def test_an_earlier_code_than_the_one_used_is_refused(browser: Client, device: Device, front_door: Person) -> None:
    assert second_factor.use_step(front_door.user.pk, second_factor.step_at(device.at))
    give_password(browser, front_door.user.email)
    assert WRONG in text(give_code(browser, device.code_near(-1)))
    assert give_code(browser, device.code_near(1)).status_code == 302


def test_five_wrong_codes_stop_the_network_and_nobody_else(
    device: Device, front_door: Person, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: object
) -> None:
    browser = Client(enforce_csrf_checks=True, REMOTE_ADDR="198.51.100.1")
    give_password(browser, front_door.user.email)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's
        pages = [text(give_code(browser, device.wrong())) for _ in range(5)]
    assert [WRONG in page for page in pages] == [True] * 5
    assert TOO_MANY in text(give_code(browser, device.code()))
    assert [mail.to for mail in mailoutbox] == [[front_door.user.email]]
    assert "several wrong codes" in str(mailoutbox[0].body)
    elsewhere = Client(enforce_csrf_checks=True, REMOTE_ADDR="198.51.100.2")
    give_password(elsewhere, front_door.user.email)
    assert give_code(elsewhere, device.code()).status_code == 302


def test_wrong_codes_of_one_account_do_not_stop_another(
    device: Device, front_door: Person, administrator: Person, standing_clock: datetime
) -> None:
    other = device_of(administrator, standing_clock)
    browser = Client(enforce_csrf_checks=True)
    give_password(browser, front_door.user.email)
    for _ in range(6):
        give_code(browser, device.wrong())
    second = Client(enforce_csrf_checks=True)
    give_password(second, administrator.user.email)
    assert give_code(second, other.code()).status_code == 302


def test_a_known_device_gives_its_code_whatever_others_try_from_its_network(device: Device, front_door: Person) -> None:
    known = Client(enforce_csrf_checks=True)
    give_password(known, front_door.user.email)
    assert give_code(known, device.code()).status_code == 302
    known.cookies.pop("mash_session")
    others = Client(enforce_csrf_checks=True)
    give_password(others, front_door.user.email)
    for _ in range(6):
        give_code(others, device.wrong())
    assert TOO_MANY in text(give_code(others, device.code()))
    give_password(known, front_door.user.email)
    assert give_code(known, device.code()).status_code == 302


def test_a_recovery_code_opens_once_in_whatever_way_it_is_typed(
    device: Device, front_door: Person, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: object
) -> None:
    typed = device.codes[0].replace("-", " ").upper().replace("0", "O").replace("1", "l")
    answers = []
    for _ in range(2):
        browser = Client(enforce_csrf_checks=True)
        give_password(browser, front_door.user.email)
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's
            answers.append(give_code(browser, typed).status_code)
    assert answers == [302, 200]
    assert Event.objects.get(verb="account.recovery_code_used").details == {"left": 9}
    assert [(mail.to, "9 are left." in str(mail.body)) for mail in mailoutbox] == [([front_door.user.email], True)]
    factor = second_factor.factor_of(front_door.user.pk)
    assert factor is not None
    assert factor.codes_left == 9


def test_a_recovery_code_of_another_opens_nothing(
    browser: Client, device: Device, administrator: Person, standing_clock: datetime, front_door: Person
) -> None:
    other = device_of(administrator, standing_clock)
    give_password(browser, front_door.user.email)
    assert WRONG in text(give_code(browser, other.codes[0]))
    assert WRONG in text(give_code(browser, other.code()))


def test_a_wrong_password_is_not_told_apart_by_the_second_factor(
    browser: Client, device: Device, front_door: Person
) -> None:
    assert give_password(browser, front_door.user.email, "wrong").status_code == 200
    assert FIRST in text(browser.get(CODE))
    event = Event.objects.get(verb="account.sign_in_failed")
    assert (event.record_id, event.membership_id) == (front_door.user.pk, PUBLIC.membership_id)
    give_password(browser, "nobody@demo.invalid", "wrong")
    assert Event.objects.filter(verb="account.sign_in_failed", record_id=None).count() == 1


def test_sessions_of_before_end_when_a_second_factor_is_set_up(
    front_door: Person, client_of: ClientOf, standing_clock: datetime
) -> None:
    before = client_of(front_door)
    assert is_in(before)
    device_of(front_door, standing_clock)
    assert not is_in(before)


def test_a_link_of_a_new_password_does_not_go_past_the_second_factor(
    browser: Client, device: Device, front_door: Person
) -> None:
    front_door.user.set_password("harbour-lantern-74")
    front_door.user.save()
    assert give_password(browser, front_door.user.email, "harbour-lantern-74").headers["Location"] == CODE


def test_secret_rests_closed_and_codes_as_hashes(superuser_connection: Connection) -> None:
    device = device_of(person("fiona_front"), timezone.now())
    with superuser_connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM fw.second_factor")
        [(closed,)] = cursor.fetchall()
        cursor.execute("SELECT string_agg(verifier, ' '), count(*) FROM fw.recovery_code")
        [(hashes, kept)] = cursor.fetchall()
    assert (closed.startswith("enc2."), device.secret in closed, kept) == (True, False, second_factor.CODES)
    assert [code for code in device.codes if code in hashes or code.replace("-", "") in hashes] == []


def refused(question: str, *values: uuid.UUID | str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(question, values)
    except DatabaseError as error:
        return "Privilege" in type(error.__cause__).__name__
    return False


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM fw.second_factor",
        "SELECT count(*) FROM fw.recovery_code",
        "DELETE FROM fw.second_factor",
        "SELECT fw.second_factor_of('{user}', 'x')",
        "SELECT fw.second_factor_of('{user}', NULL)",
        "SELECT fw.use_step('{user}', 99999999999, NULL)",
        "SELECT fw.use_recovery_code('{user}', 'x', 'x')",
        "SELECT fw.set_up_factor('{user}', 'enc2.', 1, '{{x}}', 'x')",
        "SELECT fw.replace_recovery_codes('{user}', '{{x}}', NULL)",
        "SELECT fw.take_factor_away('{user}', NULL)",
        "SELECT fw.permits_factor('read', '{user}', '', 'x')",
        "UPDATE agencies_user SET second_factor_stamp = '' WHERE id = '{user}'",
    ],
)
def test_sql_alone_reaches_nothing(question: str, device: Device, front_door: Person, administrator: Person) -> None:
    with acting_as(administrator.viewer):
        assert refused(question.format(user=front_door.user.pk))


def test_a_permit_holds_for_one_account_and_one_purpose(
    device: Device, front_door: Person, administrator: Person
) -> None:
    permit = second_factor._permit("read", front_door.user.pk)
    assert not refused("SELECT fw.second_factor_of(%s, %s)", front_door.user.pk, permit)
    assert refused("SELECT fw.second_factor_of(%s, %s)", administrator.user.pk, permit)
    assert refused("SELECT fw.take_factor_away(%s, %s)", front_door.user.pk, permit)


def test_even_the_application_sets_up_nobody_elses(front_door: Person, screener: Person, administrator: Person) -> None:
    def keep(viewer: Viewer) -> bool:
        try:
            with transaction.atomic(), acting_as(viewer):
                second_factor.keep_factor(front_door.user.pk, "A" * 32, step=1, codes=["x"])
        except DatabaseError:
            return False
        return True

    viewers = (screener.viewer, administrator.viewer, BUILDER, PUBLIC, NOBODY, front_door.viewer)
    assert [keep(viewer) for viewer in viewers] == [False] * 5 + [True]


def test_even_the_application_takes_away_nobodys_own(
    device: Device, front_door: Person, screener: Person, administrator: Person
) -> None:
    def take(viewer: Viewer) -> bool:
        try:
            with transaction.atomic(), acting_as(viewer):
                return second_factor.take_away(front_door.user.pk)
        except DatabaseError:
            return False

    viewers = (front_door.viewer, screener.viewer, PUBLIC, NOBODY, administrator.viewer)
    assert [take(viewer) for viewer in viewers] == [False] * 4 + [True]
    assert second_factor.factor_of(front_door.user.pk) is None


def test_password_is_the_same_as_ever_where_there_is_no_second_factor(browser: Client, front_door: Person) -> None:
    assert give_password(browser, front_door.user.email, PASSWORD).headers["Location"] == "/"
    assert verbs() == ["account.signed_in"]
