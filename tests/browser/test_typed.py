"""Nothing typed is lost: whatever ends while somebody types a long text, they find it again and put it back.

The page is the largest one, New contact: what is kept of it brings its rows of people back too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from demo.people import DOMAIN, PASSWORD
from tests.browser.hands import fill, press

LONG = ("The child said that she is afraid to go home. " * 435)[:20_000]
NEW = "/contacts/new/"
KEPT, SIGNED_OUT = re.compile("Kept as you typed it at"), re.compile("You are signed out")
LOST = re.compile("No connection")
TYPED = {"children-0-given_name": "Zuzanna", "children-0-family_name": "Łukaszewicz-Ågård", "channel": "telephone"}
SECONDS = 1_000


def type_in(page: Page, said: re.Pattern[str]) -> None:
    """Type as somebody on the telephone does, and wait for what the form says of it."""
    page.locator('[name="report"]').fill(LONG)
    fill(page, TYPED)
    page.locator('[name="children-0-given_name"]').blur()
    expect(page.locator("[data-keep-status]").first).to_contain_text(said, timeout=20 * SECONDS)
    if said is not LOST:
        page.wait_for_selector("form[data-keep-state=kept]")


def sign_in_again(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(f"fiona.front@{DOMAIN}")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/" not in url)


def session_ends(page: Page) -> None:
    """The session ends, unseen, while the page is open; typing goes on."""
    page.context.clear_cookies(name="mash_session")
    type_in(page, SIGNED_OUT)
    sign_in_again(page)


def session_ends_before_it_is_sent(page: Page) -> None:
    """The same, and it is sent all the same."""
    page.context.clear_cookies(name="mash_session")
    page.locator('[name="report"]').fill(LONG)
    fill(page, TYPED)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile("/account/login/"))
    sign_in_again(page)


def tab_is_closed(page: Page) -> None:
    type_in(page, KEPT)


def network_drops(page: Page) -> None:
    page.context.set_offline(True)
    type_in(page, LOST)
    page.context.set_offline(False)
    page.wait_for_selector("form[data-keep-state=kept]")


def throw_away_what_is_kept(page: Page) -> None:
    """Let go of what other tests typed into this form: two texts of one form are both kept."""
    page.goto("/typed/")
    while page.locator(".hub-card__title a").count():
        page.locator(".hub-card__title a").first.click()
        press(page, "Throw it away")
        page.goto("/typed/")


@pytest.mark.parametrize(
    "ending", [session_ends, session_ends_before_it_is_sent, tab_is_closed, network_drops], ids=lambda one: one.__name__
)
def test_found_again_and_put_back(
    ending: Callable[[Page], None], sign_in: Callable[..., Page], complaints: list[str]
) -> None:
    page = sign_in("fiona_front")
    throw_away_what_is_kept(page)
    page.goto(NEW)
    ending(page)
    again = page.context.new_page()
    page.close()
    again.goto(NEW)
    again.get_by_role("link", name="See it, put it back or throw it away").click()
    press(again, "Put it back into its form")
    held = {name: again.locator(f'[name="{name}"]').first.input_value() for name in ("report", *list(TYPED)[:2])}
    assert held == {"report": LONG, **dict(list(TYPED.items())[:2])}
    assert again.locator('[name="channel"][value="telephone"]').is_checked()
    again.goto("/typed/")
    again.locator(".hub-card__title a").click()
    press(again, "Throw it away")
    expect(again.get_by_text("You have nothing that was typed and not sent.")).to_be_visible()
    complaints[:] = [one for one in complaints if "net::ERR_" not in one]


def test_put_back_on_the_page_itself(sign_in: Callable[..., Page]) -> None:
    """A form without rows is filled where it stands, without leaving the page."""
    page = sign_in("fiona_front")
    page.goto(NEW)
    type_in(page, KEPT)
    page.goto(NEW)
    # What a page of an earlier test sent while it was closed may stand below it.
    page.get_by_role("button", name="Put it back", exact=True).first.click()
    assert page.locator('[name="report"]').input_value() == LONG
    assert page.locator('[name="channel"][value="telephone"]').is_checked()


def test_what_was_typed_stays_when_the_page_comes_back(sign_in: Callable[..., Page]) -> None:
    """As it does when another form of the page is sent, such as where one of three children is."""
    page = sign_in("fiona_front")
    page.goto(NEW)
    type_in(page, KEPT)
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="New contact").click()
    expect(page.locator('[name="report"]')).to_have_value(LONG)
