"""A second factor as people meet it: set up, renewed, compulsory by role, reset when it is lost."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import actions
from agencies.access import second_factor
from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_of
from agencies.access.viewer import BUILDER
from agencies.choices import Role
from agencies.models import HubSettings, User
from audit.models import Event
from common.errors import NotPermitted, RuleBroken
from demo.people import PASSWORD
from tests.drawn import text
from tests.factors import SET_UP, device_of, is_in, key_on, set_up_on
from tests.people import ClientOf, Person

pytestmark = pytest.mark.django_db
CODES, ACCOUNT = "/account/second-factor/codes/", "/account/"
NOW = timezone.now()
RESET = {"reason": "lost", "made_sure": "rang_back"}
Mails = list[EmailMessage]


@pytest.fixture(autouse=True)
def _standing(standing_clock: datetime) -> None:
    """Let the clock stand: a code lasts half a minute."""


def ask_of(*in_roles: str) -> None:
    HubSettings.objects.update(second_factor_roles=list(in_roles))


def code_of(key: str, steps: int = 0) -> str:
    return second_factor.code_at(key, second_factor.step_at(timezone.now()) + steps)


def codes_on(page: Any) -> list[str]:
    return re.findall(r"<li>((?:\w{4}-){3}\w{4})</li>", text(page))


def test_a_person_sets_a_device_up_and_keeps_the_codes(
    client_of: ClientOf, front_door: Person, mailoutbox: Mails, django_capture_on_commit_callbacks: Any
) -> None:
    client, other = client_of(front_door), client_of(front_door)
    assert "None. " in text(client.get(ACCOUNT))
    with django_capture_on_commit_callbacks(execute=True):
        assert set_up_on(client).headers["Location"] == CODES
    shown = codes_on(client.get(CODES))
    assert (len(set(shown)), codes_on(client.get(CODES))) == (10, shown)
    assert client.post(CODES, {}).headers["Location"] == "/"
    assert codes_on(client.get(CODES)) == []
    assert "10 of 10 left" in text(client.get(ACCOUNT))
    assert (is_in(client), is_in(other)) == (True, False)
    event = Event.objects.get(verb="account.second_factor_set_up")
    assert (event.record_id, event.membership_id) == (front_door.user.pk, front_door.membership.pk)
    assert event.details == {"is_another": False}
    assert [(mail.to, "A device was set up" in str(mail.body)) for mail in mailoutbox] == [
        ([front_door.user.email], True)
    ]
    assert [word for word in (*shown, PASSWORD) if word in str(mailoutbox[0].body)] == []


def test_the_code_that_set_it_up_does_not_sign_in(client_of: ClientOf, front_door: Person) -> None:
    client = client_of(front_door)
    code = code_of(key_on(client.get(SET_UP)))
    client.post(SET_UP, {"one_time_password": code})
    assert actions.give_second_factor(front_door.user, code, viewer=front_door.viewer, at=timezone.now()) is False
    key = second_factor.factor_of(front_door.user.pk)
    assert key is not None
    after = code_of(key.secret, 1)
    assert actions.give_second_factor(front_door.user, after, viewer=front_door.viewer, at=timezone.now()) is True


def test_the_square_says_the_key_the_hub_and_the_account(client_of: ClientOf, front_door: Person) -> None:
    client = client_of(front_door)
    page = client.get(SET_UP)
    key = key_on(page)
    assert key_on(client.get(SET_UP)) == key
    address = second_factor.address_for_device(key, account=front_door.user.email, hub="A hub")
    assert address == f"otpauth://totp/A%20hub:fiona.front%40demo.invalid?secret={key}&issuer=A%20hub"
    assert re.search(r'<path class="hub-square__dark" d="M4 4h1v1h-1z', text(page))


@pytest.mark.parametrize("typed", ["", "000", "abcdef"])
def test_a_device_that_was_not_seen_to_work_is_not_set_up(typed: str, client_of: ClientOf, front_door: Person) -> None:
    client = client_of(front_door)
    key = key_on(client.get(SET_UP))
    page = client.post(SET_UP, {"one_time_password": typed})
    assert (page.status_code, key_on(page)) == (200, key)
    assert User.objects.get(pk=front_door.user.pk).has_second_factor is False


def test_another_device_takes_the_password_and_ends_the_codes_of_before(
    client_of: ClientOf, front_door: Person, mailoutbox: Mails, django_capture_on_commit_callbacks: Any
) -> None:
    earlier = device_of(front_door, timezone.now())
    client = client_of(front_door)
    assert set_up_on(client).status_code == 200
    assert set_up_on(client, password="wrong").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert set_up_on(client, password=PASSWORD).headers["Location"] == CODES
    factor = second_factor.factor_of(front_door.user.pk)
    assert factor is not None
    assert (factor.secret == earlier.secret, factor.codes_left) == (False, 10)
    assert second_factor.use_recovery_code(front_door.user.pk, earlier.codes[0]) is False
    assert "in place of the earlier one" in str(mailoutbox[0].body)


def test_a_session_of_this_morning_takes_the_password_too(
    client_of: ClientOf, front_door: Person, standing_clock: datetime
) -> None:
    client = client_of(front_door)
    with time_machine.travel(standing_clock + timedelta(minutes=16), tick=False):
        assert set_up_on(client).status_code == 200
        assert set_up_on(client, password=PASSWORD).headers["Location"] == CODES


def test_new_recovery_codes_take_the_password_and_end_the_earlier(
    client_of: ClientOf, front_door: Person, mailoutbox: Mails, django_capture_on_commit_callbacks: Any
) -> None:
    device = device_of(front_door, timezone.now())
    client = client_of(front_door)
    assert client.post(f"{CODES}new/", {"password": "wrong"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{CODES}new/", {"password": PASSWORD}).headers["Location"] == CODES
    [first, *_rest] = codes_on(client.get(CODES))
    tried = [second_factor.use_recovery_code(front_door.user.pk, code) for code in (device.codes[0], first)]
    assert tried == [False, True]
    assert "New recovery codes" in str(mailoutbox[0].body)


def test_codes_without_a_second_factor_are_not_made(client_of: ClientOf, front_door: Person) -> None:
    page = client_of(front_door).post(f"{CODES}new/", {"password": PASSWORD})
    assert (page.status_code, "Set up a second factor first." in text(page)) == (200, True)


def test_a_new_hub_asks_it_of_those_who_see_or_settle_most() -> None:
    assert HubSettings().second_factor_roles == ["administrator", "auditor", "manager", "reviewer"]


def test_whoever_must_have_one_opens_nothing_before(client_of: ClientOf, mash_manager: Person) -> None:
    ask_of(Role.MANAGER)
    client = client_of(mash_manager)
    closed = (
        "/work/",
        "/notices/",
        "/search/",
        "/account/",
        "/account/password/change/",
        "/typed/",
        "/directory/",
        "/",
    )
    assert {client.get(path).headers.get("Location") for path in closed} == {SET_UP}
    assert client.post("/search/", {"q": "x"}).headers["Location"] == SET_UP
    assert "Nothing else opens before it is set up." in text(client.get(SET_UP))
    assert client.get("/membership/choose/").status_code == 200
    set_up_on(client)
    assert client.post(CODES, {}).headers["Location"] == "/"
    assert is_in(client)


def test_it_is_asked_in_the_middle_of_a_session_too(client_of: ClientOf, mash_manager: Person) -> None:
    client = client_of(mash_manager)
    assert is_in(client)
    ask_of(Role.MANAGER)
    assert client.get("/work/").headers["Location"] == SET_UP
    ask_of(Role.AUDITOR)
    assert is_in(client)


@pytest.mark.parametrize(("asked", "lacks"), [(None, True), (["manager"], True), ([], False), (["lead"], False)])
def test_a_hub_whose_settings_were_never_saved_asks_it(
    asked: list[str] | None, lacks: bool, mash_manager: Person, front_door: Person
) -> None:
    membership: Any = mash_manager.membership
    membership.asked_of = asked
    assert viewer_of(membership).lacks_second_factor is lacks
    other: Any = front_door.membership
    other.asked_of = asked
    assert viewer_of(other).lacks_second_factor is False


def test_administrator_says_of_whom_it_is_asked(client_of: ClientOf, administrator: Person) -> None:
    client = client_of(administrator)
    assert "It is asked of nobody" in text(client.get("/directory/settings/"))
    answer = client.post("/directory/second-factor/", {"roles": ["manager", "lead"]})
    assert answer.headers["Location"] == "/directory/settings/"
    event = Event.objects.get(verb="hub.second_factor_asked")
    assert event.details == {"before": "", "after": "lead manager"}
    page = text(client.get("/directory/settings/"))
    assert "as: MASH manager, Agency lead." in page
    assert f'by <span dir="auto">{administrator.user.name}</span>' in page
    again = client.post("/directory/second-factor/", {"roles": ["lead", "manager"]})
    assert "It is so already" in text(again)


@pytest.mark.parametrize("wrong", [["root"], ["manager", "clock"]])
def test_only_roles_can_be_asked(wrong: list[str], administrator: Person, front_door: Person) -> None:
    with acting_as(administrator.viewer), pytest.raises(RuleBroken):
        actions.ask_second_factor_of(wrong, viewer=administrator.viewer, at=NOW)
    with acting_as(front_door.viewer), pytest.raises(NotPermitted):
        actions.ask_second_factor_of([], viewer=front_door.viewer, at=NOW)


def test_who_set_it_and_when_stand_together(administrator: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HubSettings.objects.update(second_factor_set_at=NOW, second_factor_set_by=None)


def test_a_lost_one_is_reset_with_a_reason_and_both_are_told(
    client_of: ClientOf,
    administrator: Person,
    front_door: Person,
    mailoutbox: Mails,
    django_capture_on_commit_callbacks: Any,
) -> None:
    device_of(front_door, timezone.now())
    theirs, client = client_of(front_door), client_of(administrator)
    page = f"/directory/people/{front_door.user.pk}/"
    assert "second-factor/" in text(client.get(page))
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{page}second-factor/", RESET).headers["Location"] == page
    assert (second_factor.factor_of(front_door.user.pk), is_in(theirs)) == (None, False)
    event = Event.objects.get(verb="account.second_factor_reset")
    assert (event.record_id, event.membership_id, event.details) == (
        front_door.user.pk,
        administrator.membership.pk,
        RESET,
    )
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([administrator.user.email, front_door.user.email])
    assert "second-factor/" not in text(client.get(page))
    assert "there is nothing to reset" in text(client.post(f"{page}second-factor/", RESET))


@pytest.mark.parametrize("missing", ["reason", "made_sure"])
def test_a_reset_says_why_and_how_it_is_known_who_asked(
    missing: str, client_of: ClientOf, administrator: Person, front_door: Person
) -> None:
    device_of(front_door, timezone.now())
    said = {name: value for name, value in RESET.items() if name != missing}
    page = client_of(administrator).post(f"/directory/people/{front_door.user.pk}/second-factor/", said)
    assert (page.status_code, second_factor.factor_of(front_door.user.pk) is None) == (200, False)
    with acting_as(administrator.viewer), pytest.raises(RuleBroken):
        actions.reset_second_factor(front_door.user, **(RESET | {missing: ""}), viewer=administrator.viewer, at=NOW)


def test_nobody_resets_their_own_and_nobody_else_resets_any(administrator: Person, mash_manager: Person) -> None:
    device_of(administrator, timezone.now())
    for who, error in ((administrator, RuleBroken), (mash_manager, NotPermitted)):
        with acting_as(who.viewer), pytest.raises(error):
            actions.reset_second_factor(administrator.user, **RESET, viewer=who.viewer, at=NOW)
    assert second_factor.factor_of(administrator.user.pk) is not None


def test_whoever_runs_the_server_resets_that_of_the_only_administrator(administrator: Person) -> None:
    device_of(administrator, timezone.now())
    with acting_as(BUILDER):
        actions.reset_second_factor(administrator.user, **RESET, viewer=BUILDER, at=NOW)
    assert second_factor.factor_of(administrator.user.pk) is None


def test_a_changed_password_is_written_and_mailed(
    client_of: ClientOf, front_door: Person, mailoutbox: Mails, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_of(front_door)
    form = {"oldpassword": PASSWORD, "password1": "harbour-lantern-74", "password2": "harbour-lantern-74"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/password/change/", form)
    event = Event.objects.get(verb="account.password_changed")
    assert (event.record_id, event.membership_id) == (front_door.user.pk, front_door.membership.pk)
    assert event.details == {"is_first": False}
    assert [(mail.to, "The password of your account was changed." in str(mail.body)) for mail in mailoutbox] == [
        ([front_door.user.email], True)
    ]


def test_pages_of_one_account_are_for_its_owner(front_door: Person, screener: Person) -> None:
    with acting_as(screener.viewer), pytest.raises(NotPermitted):
        actions.replace_recovery_codes(front_door.user, viewer=screener.viewer, at=NOW)
    with acting_as(screener.viewer), pytest.raises(NotPermitted):
        actions.set_up_second_factor(front_door.user, "A" * 32, "000000", viewer=screener.viewer, at=NOW)
