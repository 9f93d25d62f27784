"""Signing in through allauth, with the real anti-forgery check."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.utils import timezone

from agencies.access.accounts import SignInOnlyAdapter, display_name
from agencies.access.devices import known_device
from agencies.actions import create_account
from agencies.models import User
from demo.people import PASSWORD
from tests.drawn import plain
from tests.people import Person

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture
def browser() -> Client:
    """Return a client that is asked for the anti-forgery token, as a browser is."""
    return Client(enforce_csrf_checks=True)


def token(browser: Client, path: str = LOGIN) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(path).content.decode())
    assert found
    return found[1]


def sign_in(browser: Client, email: str, password: str) -> tuple[int, str]:
    answer = browser.post(LOGIN, {"login": email, "password": password, "csrfmiddlewaretoken": token(browser)})
    return answer.status_code, answer.headers.get("Location", "")


def test_right_password_opens_the_work(browser: Client, front_door: Person) -> None:
    assert sign_in(browser, front_door.user.email, PASSWORD) == (302, "/")
    assert browser.get("/").headers["Location"] == "/work/"


def test_address_is_read_in_any_case(browser: Client, front_door: Person) -> None:
    assert sign_in(browser, front_door.user.email.upper(), PASSWORD) == (302, "/")


def test_wrong_password_and_unknown_address_are_one_answer(browser: Client, front_door: Person) -> None:
    pages = []
    for email in (front_door.user.email, "nobody@demo.invalid"):
        form = {"login": email, "password": "wrong", "csrfmiddlewaretoken": token(browser)}
        page = browser.post(LOGIN, form)
        assert (page.status_code, browser.get("/work/").status_code) == (200, 302)
        pages.append(plain(page).replace(email, "EMAIL"))
    assert pages[0] == pages[1]
    assert "wrong" not in pages[0]


def test_sign_in_without_the_token_is_refused_and_shows_no_password(browser: Client, front_door: Person) -> None:
    answer = browser.post(LOGIN, {"login": front_door.user.email, "password": PASSWORD})
    assert (answer.status_code, PASSWORD in answer.content.decode()) == (403, False)
    assert browser.get("/work/").status_code == 302


def test_next_page_is_one_of_ours(browser: Client, front_door: Person) -> None:
    form = {"login": front_door.user.email, "password": PASSWORD, "next": "https://elsewhere.invalid/"}
    answer = browser.post(LOGIN, form | {"csrfmiddlewaretoken": token(browser)})
    assert answer.headers["Location"] == "/"


def test_closed_account_does_not_sign_in(browser: Client, front_door: Person) -> None:
    User.objects.filter(pk=front_door.user.pk).update(is_active=False)
    sign_in(browser, front_door.user.email, PASSWORD)
    assert browser.get("/work/").headers["Location"] == f"{LOGIN}?next=/work/"


def test_account_without_a_password_does_not_sign_in(browser: Client, front_door: Person) -> None:
    front_door.user.set_password(None)
    front_door.user.save()
    assert sign_in(browser, front_door.user.email, "")[0] == 200
    assert sign_in(browser, front_door.user.email, PASSWORD)[0] == 200


def test_session_changes_its_key_on_the_way_in_and_ends_on_the_way_out(browser: Client, front_door: Person) -> None:
    browser.get(LOGIN)
    before = browser.session.session_key
    sign_in(browser, front_door.user.email, PASSWORD)
    inside = browser.session.session_key
    assert inside not in {None, before}
    page = browser.get("/membership/choose/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    browser.post("/account/logout/", {"csrfmiddlewaretoken": found[1]})
    assert browser.get("/work/").headers["Location"] == f"{LOGIN}?next=/work/"


def test_sign_out_by_a_link_alone_does_nothing(client: Client, front_door: Person) -> None:
    client.force_login(front_door.user)
    asked = client.get("/account/logout/")
    assert (asked.status_code, client.session["_auth_user_id"]) == (200, str(front_door.user.pk))
    assert client.get("/membership/choose/").status_code == 200


def tried(browser: Client, email: str, password: str, network: str = "198.51.100.1") -> bool:
    """Say whether somebody at a network is signed in after a try."""
    browser.defaults["REMOTE_ADDR"] = network
    return sign_in(browser, email, password)[0] == 302


def test_many_wrong_passwords_of_an_account_are_stopped_where_they_come_from(front_door: Person) -> None:
    email, browser = front_door.user.email, Client(enforce_csrf_checks=True)
    assert [tried(browser, email, f"wrong-{number}") for number in range(5)] == [False] * 5
    assert not tried(browser, email, PASSWORD)
    assert not tried(browser, email.upper(), PASSWORD)
    assert tried(Client(enforce_csrf_checks=True), email, PASSWORD, "198.51.100.2")


def test_wrong_passwords_behind_one_address_keep_nobody_else_out(front_door: Person, administrator: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    for number in range(44):
        assert not tried(browser, front_door.user.email, f"wrong-{number}")
    assert tried(Client(enforce_csrf_checks=True), administrator.user.email, PASSWORD)


def test_a_known_device_signs_in_whatever_others_try_from_its_network(front_door: Person) -> None:
    email, known = front_door.user.email, Client(enforce_csrf_checks=True)
    assert tried(known, email, PASSWORD)
    known.post("/account/logout/", {"csrfmiddlewaretoken": token(known, "/account/logout/")})
    others = Client(enforce_csrf_checks=True)
    for number in range(6):
        assert not tried(others, email, f"wrong-{number}")
    assert not tried(others, email, PASSWORD)
    assert tried(known, email, PASSWORD)


def test_a_known_device_is_counted_too(front_door: Person) -> None:
    email, known = front_door.user.email, Client(enforce_csrf_checks=True)
    assert tried(known, email, PASSWORD)
    known.post("/account/logout/", {"csrfmiddlewaretoken": token(known, "/account/logout/")})
    assert [tried(known, email, f"wrong-{number}", f"198.51.100.{number}") for number in range(5)] == [False] * 5
    assert not tried(known, email, PASSWORD, "198.51.100.77")


def test_a_device_is_known_for_its_own_account_alone(front_door: Person, administrator: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert tried(browser, front_door.user.email, PASSWORD)
    browser.post("/account/logout/", {"csrfmiddlewaretoken": token(browser, "/account/logout/")})
    request = RequestFactory().get("/")
    request.COOKIES["mash_device"] = browser.cookies["mash_device"].value
    assert known_device(request, front_door.user.email.upper()) != ""
    assert known_device(request, administrator.user.email) == ""
    request.COOKIES["mash_device"] += "x"
    assert known_device(request, front_door.user.email) == ""


def test_nobody_signs_up(client: Client) -> None:
    form = {"email": "new@demo.invalid", "password1": PASSWORD, "password2": PASSWORD}
    answers = [client.get("/account/signup/"), client.post("/account/signup/", form)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert User.objects.filter(email="new@demo.invalid").count() == 0
    assert SignInOnlyAdapter().is_open_for_signup(client.request().wsgi_request) is False


def test_person_is_called_by_name(front_door: Person) -> None:
    assert display_name(front_door.user) == front_door.user.name


@pytest.mark.parametrize("page", ["email/", "confirm-email/", "login/code/confirm/", "3rdparty/"])
def test_page_of_the_library_that_the_hub_does_not_use_is_closed(page: str, client: Client, front_door: Person) -> None:
    """An address is the administrator's to change: it is what a person signs in with and where resets go."""
    client.force_login(front_door.user)
    assert client.get(f"/account/{page}").status_code == 404


def test_password_is_set_again_by_mail(client: Client, administrator: Person, mailoutbox: list[EmailMessage]) -> None:
    """Also the way in for a new account, which the administrator makes without a password."""
    user = create_account(
        "new@demo.invalid", "Nora Vale", password=None, viewer=administrator.viewer, at=timezone.now()
    )
    client.post("/account/password/reset/", {"email": "NEW@demo.invalid"})
    path = re.search(r"http://testserver(/account/password/reset/key/\S+)", str(mailoutbox[0].body))
    assert path
    form = client.get(path[1], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "harbour-lantern-74", "password2": "harbour-lantern-74"})
    assert sign_in(Client(enforce_csrf_checks=True), user.email, "harbour-lantern-74") == (302, "/")
    assert [len(mailoutbox), mailoutbox[0].to, user.name in str(mailoutbox[0].body)] == [1, ["new@demo.invalid"], False]
