"""A second factor, in a browser: set up from the square's key, asked at the next sign-in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from agencies.access.second_factor import STEP_SECONDS, code_at
from demo.people import PASSWORD
from tests.browser.hands import no_errors, press

ADDRESS = "rhona.reviewer@demo.invalid"


def step() -> int:
    return int(time.time()) // STEP_SECONDS


def give(page: Page, code: str, button: str) -> None:
    page.get_by_label("Code", exact=True).fill(code)
    press(page.locator("main"), button)
    no_errors(page)


def test_a_device_is_set_up_and_asked_for(sign_in: Callable[..., Page], open_page: Callable[..., Page]) -> None:
    page = sign_in("rhona_reviewer")
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("link", name="Set up a second factor").click()
    key = "".join(page.locator(".hub-square__key span").all_inner_texts())
    first = step()
    give(page, code_at(key, first), "Set it up")
    expect(page.locator(".hub-codes li")).to_have_count(10)
    [recovery, *_rest] = page.locator(".hub-codes li").all_inner_texts()
    press(page, "I have kept them")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    for code in (code_at(key, first + 1), recovery):
        other = open_page("/account/login/")
        other.get_by_label("Email").fill(ADDRESS)
        other.get_by_label("Password", exact=True).fill(PASSWORD)
        press(other, "Sign in")
        expect(other).to_have_url(re.compile("/account/code/$"))
        give(other, code, "Sign in")
        expect(other.get_by_role("button", name="Sign out")).to_be_visible()
