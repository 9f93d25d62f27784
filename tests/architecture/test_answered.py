"""Back never resubmits: whatever a browser sends anywhere, it is led on to a page, and nothing typed is in the address.

The addresses are found by walking the routes, so that a new one is among them.
"""

from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote_plus

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.access import passing
from agencies.access.table.whole import ADDRESSES
from audit.models import Event
from contacts.models import Contact
from tests.architecture.addresses import routes
from tests.architecture.planting import World
from tests.architecture.test_put_back import search
from tests.people import ClientOf, Person
from tests.scenes.rows import new_contact
from tests.sending import Browser

pytestmark = pytest.mark.django_db

ROUTES = {one.name: one for one in routes() if "POST" in ADDRESSES[one.name].methods}
SCRIPTS = {"agencies:keep", "contacts:suggest", "decisions:analysis_draft"}
"""What a script asks while somebody types; no browser goes there."""

AT_BROWSER: dict[str, Any] = {"HTTP_SEC_FETCH_MODE": "navigate"}
TYPED = "Lila hid under the bed"
WORDS = {"text": TYPED, "q": TYPED, "reference": TYPED, "reason": TYPED, "name": TYPED, "login": TYPED, "step": TYPED}


def path(name: str) -> str:
    return reverse(name, kwargs=ROUTES[name].sample())


def is_led_on(browser: Browser, name: str, **typed: str) -> tuple[bool, bool]:
    """Return whether a sending was led on to another address, and whether that says what was typed."""
    answer = browser.post(path(name), {**WORDS, **typed}, **AT_BROWSER)
    where = answer.headers.get("Location", "")
    return answer.status_code in {302, 303} and bool(where), TYPED in unquote_plus(where)


@pytest.mark.parametrize("name", sorted(set(ROUTES) - SCRIPTS))
def test_every_sending_by_staff_is_led_on(name: str, client_of: ClientOf, front_door: Person) -> None:
    assert is_led_on(client_of(front_door), name) == (True, False)


@pytest.mark.parametrize("name", sorted(set(ROUTES) - SCRIPTS))
def test_every_sending_without_an_account_is_led_on(name: str, client: Browser) -> None:
    assert is_led_on(client, name) == (True, False)


@pytest.mark.parametrize("name", sorted(set(ROUTES) - SCRIPTS))
def test_every_sending_by_a_manager_is_led_on(name: str, client_of: ClientOf, mash_manager: Person) -> None:
    assert is_led_on(client_of(mash_manager), name, version="1", password="wrong", purpose="x") == (True, False)


def refused(browser: Browser, contact: Contact) -> str:
    """Send a form that has to be put right and return the address to which that leads."""
    page = reverse("contacts:correct", args=[contact.reference])
    answer = browser.post(page, {"text": ""}, **AT_BROWSER)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{page}?again=")
    return str(answer.headers["Location"])


def test_form_to_be_put_right_is_shown_once_and_then_its_page(client_of: ClientOf, front_door: Person) -> None:
    browser = client_of(front_door)
    where = refused(browser, new_contact())
    shown, again = browser.get(where), browser.get(where)
    assert (shown.status_code, "There is a problem" in shown.content.decode()) == (200, True)
    assert (again.status_code, again.headers["Location"]) == (302, where.partition("?")[0])


def test_refusal_keeps_its_status_and_is_logged_once(client_of: ClientOf, front_door: Person) -> None:
    browser = client_of(front_door)
    page = reverse("contacts:correct", args=[new_contact().reference])
    answer = browser.post(page, {"text": TYPED, "submission_key": "none"}, **AT_BROWSER)
    logged = Event.objects.count()
    shown = browser.get(answer.headers["Location"])
    assert (shown.status_code, TYPED in shown.content.decode(), Event.objects.count()) == (409, True, logged)


def test_kept_page_opens_for_its_session_and_membership_alone(
    client_of: ClientOf, front_door: Person, other_front_door: Person
) -> None:
    contact, browser = new_contact(), client_of(front_door)
    where = refused(browser, contact)
    for other in (client_of(other_front_door), client_of(front_door)):
        assert other.get(where).status_code == 302
    session = browser.session
    session["membership"] = str(other_front_door.membership.pk)
    session.save()
    assert browser.get(where).status_code == 302


def test_kept_page_ends_with_the_session_and_after_a_time(client_of: ClientOf, front_door: Person) -> None:
    contact, browser = new_contact(), client_of(front_door)
    where = refused(browser, contact)
    cookies = dict(browser.cookies)
    browser.post(reverse("account_logout"))
    browser.cookies = SimpleCookie(cookies)
    assert browser.get(where).headers["Location"].startswith((reverse("account_login"), where.partition("?")[0]))
    browser = client_of(front_door)
    where = refused(browser, contact)
    with time_machine.travel(timezone.now() + passing.KEPT_FOR + timedelta(minutes=1)):
        assert browser.get(where).status_code == 302


def test_pages_of_the_public_form_stay_until_it_is_sent(client: Browser) -> None:
    page = reverse("contacts:report")
    first = client.post(page, {"who-referrer_kind": "neighbour", "who-danger": "no", "step": "who"}, **AT_BROWSER)
    where = first.headers["Location"]
    assert [client.get(where).status_code for _ in range(3)] == [200, 200, 200]
    assert Browser().get(where).status_code == 302


def test_program_gets_its_answer_at_once(client_of: ClientOf, front_door: Person) -> None:
    page = reverse("contacts:correct", args=[new_contact().reference])
    answer = client_of(front_door).post(page, {"text": ""})
    assert (answer.status_code, b"govuk-error-summary" in answer.content) == (200, True)


def test_every_form_of_a_hub_is_led_on(world: World) -> None:
    """The forms as people meet them on real pages, sent as they are drawn."""
    wrong, tried = [], 0
    for name, one, form, _page in search(world):
        with transaction.atomic():
            answer: Any = one.client.post(form.action, form.drawn, **AT_BROWSER)
            transaction.set_rollback(True)
        tried += 1
        if answer.status_code not in {302, 303}:
            wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []
    assert tried >= 60
